"""What may leave: thresholds with their source, the closed list, the conditions."""

import pytest

from simpul.catalogue import disclosure
from simpul.catalogue.tables import CatalogueError

WHOLE = disclosure.PATH.read_text(encoding="utf-8")


class TestRules:
    def test_hide_what_is_smaller_than_five(self):
        assert (disclosure.rules().threshold, disclosure.rules().k) == (5, 5)


class TestVariables:
    def test_hold_nothing_that_names_somebody(self):
        assert {one.code for one in disclosure.variables()} == {"sex", "age", "area", "household"}


class TestConditions:
    def test_forbid_to_recognise_anybody_in_both_languages(self):
        told = [(one.id, one.en) for one in disclosure.conditions()]
        assert any("mengenali" in indonesian and "recognise" in english for indonesian, english in told)


class TestReadDisclosure:
    @pytest.mark.parametrize(
        ("before", "after", "why"),
        [
            ('code = "threshold"\nvalue = 5', 'code = "threshold"\nvalue = 2', "3 or more"),
            ('code = "k"\nvalue = 5', 'code = "k"\nvalue = 1', "2 or more"),
            ('code = "diversity"', 'code = "diversities"', "exactly the rules"),
            ('verified = "memory"', 'verified = "perhaps"', "verified"),
        ],
        ids=["threshold", "k", "unknown rule", "verified"],
    )
    def test_refuses_what_makes_no_sense(self, tmp_path, before, after, why):
        path = tmp_path / "disclosure.toml"
        path.write_text(WHOLE.replace(before, after, 1), encoding="utf-8")
        with pytest.raises(CatalogueError, match=why):
            disclosure.read_disclosure(path)


class TestBands:
    def test_are_those_of_the_recaps_with_who_is_of_unknown_age(self):
        assert disclosure.bands("compact").codes == ("0-5", "6-17", "18-59", "60+", "unknown")
