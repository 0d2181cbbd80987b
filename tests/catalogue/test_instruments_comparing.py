"""What of two versions may be compared: only what asks the same, in the same levels, and counts the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simpul.catalogue import instruments
from simpul.catalogue.instruments import comparable
from simpul.catalogue.text import Text

OLD = instruments.get("organisation-empowerment")
FIRST = OLD.domains[0]


def changed(**details):
    """The next version with its first item, or its first domain, changed."""
    domain = {
        name: details.pop(name)
        for name in list(details)
        if name in ("method", "direction", "fewest_answered")
    }
    items = (replace(FIRST.items[0], **details), *FIRST.items[1:])
    return replace(OLD, version=2, domains=(replace(FIRST, items=items, **domain), *OLD.domains[1:]))


class TestComparable:
    def test_finds_everything_the_same_in_the_same(self) -> None:
        found = comparable(OLD, replace(OLD, version=2, title=Text("Lain", "Other")))
        assert found.same_items == {item.code for item in OLD.items}
        assert found.same_domains == {domain.code for domain in OLD.domains}

    @pytest.mark.parametrize(
        ("details", "because"),
        [
            ({"question": Text("Visi dan misi tertulis", "x")}, "wording"),
            ({"is_reversed": True}, "reversed"),
            ({"levels": FIRST.items[0].levels[:2]}, "levels"),
            ({"levels": FIRST.items[1].levels}, "level_words"),
            ({"kind": "choice"}, "kind"),
        ],
        ids=["wording", "reversed", "levels", "level words", "kind"],
    )
    def test_names_why_an_item_and_its_domain_are_not(self, details: dict[str, object], because: str) -> None:
        found = comparable(OLD, changed(**details))
        assert found.items[0].because == (because,)
        assert found.domains[0].because == ("items",)
        assert found.domains[1].is_same

    @pytest.mark.parametrize(
        ("details", "because"),
        [({"method": "mean"}, "method"), ({"direction": "lower_is_better"}, "direction"), ({"fewest_answered": 3}, "fewest")],
        ids=["method", "direction", "fewest"],
    )  # fmt: skip
    def test_names_why_a_domain_of_the_same_items_is_not(
        self, details: dict[str, object], because: str
    ) -> None:
        found = comparable(OLD, changed(**details))
        assert found.items[0].is_same
        assert found.domains[0].because == (because,)

    def test_overlooks_spaces_capitals_and_a_full_stop(self) -> None:
        assert comparable(OLD, changed(question=Text("visi  dan Misi.", "x"))).items[0].is_same

    def test_tells_what_came_and_what_went(self) -> None:
        new = replace(OLD, version=2, domains=OLD.domains[1:])
        gone = {one.code: one.because for one in comparable(OLD, new).domains}
        came = {one.code: one.because for one in comparable(new, OLD).domains}
        assert (gone["identity"], came["identity"]) == (("removed",), ("added",))

    def test_compares_nothing_of_two_instruments(self) -> None:
        found = comparable(OLD, instruments.get("organisation-capacity"))
        assert not found.same_items | found.same_domains
