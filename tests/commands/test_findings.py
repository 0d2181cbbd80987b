"""Findings on a terminal."""

from __future__ import annotations

from datetime import date

import pytest

from simpul.catalogue import editions
from simpul.catalogue import facts as catalogue_facts
from simpul.commands import findings

ON = date(2026, 11, 21)


@pytest.fixture
def settling(monkeypatch):
    """What is said of a type for which just these facts are open."""

    def said(*names):
        class Open:
            def step(self, _values):
                return {need.code: (None, frozenset(names))}

        monkeypatch.setattr(findings, "open_facts", lambda _edition, _on: Open())
        return findings._settling(need, edition, {}, ON, ())

    edition = editions.default()
    need = edition.types[0]
    return said


class TestSettling:
    def test_never_says_to_ask_what_is_only_volunteered(self, settling):
        for name in catalogue_facts.asking().volunteered:
            assert settling(name) == "Tidak ditanyakan; hanya dicatat bila disampaikan sendiri."

    def test_names_the_other_fact_that_is_open(self, settling):
        volunteered = min(catalogue_facts.asking().volunteered)
        assert settling(volunteered, "basic_needs_met") == (
            f"Yang perlu diketahui: {catalogue_facts.get('basic_needs_met').question.id}"
        )
