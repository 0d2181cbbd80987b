"""Every finding has its words, in both languages, and numbers read as people write them."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from simpul.engines import statistics
from simpul.engines.reasons import Answer, Finding
from simpul.engines.statistics import label, method_notes, sentence, written

FOLDER = Path(statistics.__file__).parent
WORDS = tomllib.loads((FOLDER / "wording.toml").read_text(encoding="utf-8"))
PLACE = re.compile(r"\{(\w+)\}")


class TestSentence:
    @pytest.mark.parametrize("kind", sorted(WORDS["finding"]))
    def test_says_the_same_in_both_languages(self, kind):
        for text in WORDS["finding"][kind].values():
            assert set(PLACE.findall(text["id"])) == set(PLACE.findall(text["en"]))

    def test_has_words_for_every_kind_that_is_made(self):
        # Kinds that are written whole where a Finding is made; the others are tried in test_findings.
        made = {
            node.args[1].value
            for name in ("findings.py", "counts.py")
            for node in ast.walk(ast.parse((FOLDER / name).read_text(encoding="utf-8")))
            if isinstance(node, ast.Call)
            and getattr(node.func, "id", "") == "Finding"
            and isinstance(node.args[1], ast.Constant)
        }
        assert len(made) > 20
        assert made <= set(WORDS["finding"])

    def test_fills_in_title_and_numbers(self):
        values = {"pairs": 1200, "mean_before": 9.3, "mean_after": 10.4, "difference": 1.1, "size": 1.1}
        finding = Finding(Answer.YES, "seen_up", "LEG", values)
        assert sentence(finding, "id", title="Legalitas") == (
            "Legalitas: pada 1.200 orang yang ikut kedua tes, rata-rata naik dari 9,30 menjadi 10,40 (selisih 1,10)."
        )
        assert "1,200 people" in sentence(finding, "en-gb")
        assert sentence(finding, "en").startswith("LEG: ")

    def test_does_not_know_a_finding_of_others(self):
        with pytest.raises(KeyError):
            sentence(Finding(Answer.YES, "criterion"))


class TestWritten:
    @pytest.mark.parametrize(
        ("name", "value", "told"),
        [
            ("p", 0.0625, "= 0,063"),
            ("person_p", 0.0004, "< 0,001"),
            ("p", 1.0, "= 1,000"),
            ("difference", -0.001, "0,00"),
            ("difference", 2.675, "2,68"),
            ("sum", 1234567, "1.234.567"),
            ("printed", "16.170", "16,170"),
            ("title", "Kel. 3", "Kel. 3"),
            ("low", None, "-"),
            ("people", ("a", "b"), "a, b"),
        ],
        ids=str,
    )
    def test_writes_as_people_read(self, name, value, told):
        assert written(name, value) == told

    def test_shortens_a_long_list(self):
        told = written("people", tuple(str(number) for number in range(20)), "en")
        assert told.endswith("11, and 8 more")


class TestMethodNotes:
    def test_give_a_source_for_everything(self):
        assert all(text and re.search(r"\d{4}", source) for text, source in method_notes("id"))
        assert len(method_notes("id")) == len(method_notes("en"))


class TestLabel:
    def test_speaks_both(self):
        assert (label("difference"), label("difference", "en")) == ("Selisih", "Difference")
