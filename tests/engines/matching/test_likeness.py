from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.engines.matching.likeness import LIKELY, POSSIBLE, Card, likeness
from simpul.engines.reasons import Finding

BORN = date(1954, 3, 12)
CARD = Card("Siti Aminah", BORN, BORN, "P", b"nik", "sulastri", "21.02.01.1001")

dates = st.dates(date(1930, 1, 1), date(2026, 1, 1))
cards = st.builds(
    Card,
    name=st.text(max_size=30),
    earliest=st.none() | dates,
    latest=st.none() | dates,
    sex=st.sampled_from(["", "L", "P"]),
    nik=st.none() | st.binary(max_size=4),
    mother=st.text(max_size=10),
    region=st.sampled_from(["", "21", "21.02", "21.02.01.1001", "21.02.02.1001"]),
)


def how(left, right, about):
    return next((part.values["how"] for part in likeness(left, right).parts if part.about == about), "")


class TestLikeness:
    def test_of_a_card_with_itself_is_likely(self):
        assert likeness(CARD, CARD).answer >= LIKELY

    def test_of_strangers_is_not_even_possible(self):
        stranger = Card(
            "Budi Santoso", date(1990, 1, 1), date(1990, 1, 1), "L", b"other", "tini", "31.71.01.1001"
        )
        assert likeness(CARD, stranger).answer < POSSIBLE

    @given(cards, cards)
    def test_is_the_same_from_both_sides(self, left, right):
        assert likeness(left, right).answer == likeness(right, left).answer

    @given(cards)
    def test_says_nothing_about_what_is_missing(self, card):
        assert likeness(card, Card()).parts == ()

    @given(cards, cards)
    def test_can_be_kept_as_json(self, left, right):
        finding = likeness(left, right)
        assert Finding.from_json(finding.to_json()) == finding

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("Hj. Siti Aminah", "same"),
            ("Site Aminoh", "same_sound"),
            ("Aminah", "part"),
            ("Siti Aminan", "alike"),
            ("Budi Santoso", "different"),
        ],
    )
    def test_names_how_the_names_compare(self, name, expected):
        assert how(CARD, replace(CARD, name=name), "name") == expected

    @pytest.mark.parametrize(
        ("born", "expected"),
        [
            (date(1954, 12, 3), "swapped"),
            (date(1954, 3, 13), "one_slip"),
            (date(1954, 3, 21), "one_slip"),
            (date(1954, 8, 30), "same_year"),
            (date(1956, 8, 30), "near"),
            (date(1971, 8, 30), "different"),
        ],
    )
    def test_names_how_the_births_compare(self, born, expected):
        assert how(CARD, replace(CARD, earliest=born, latest=born), "born") == expected

    def test_takes_an_estimate_that_holds_the_day_for_fitting(self):
        estimated = replace(CARD, earliest=date(1950, 1, 1), latest=date(1958, 1, 1))
        assert how(CARD, estimated, "born") == "estimate_fits"

    @pytest.mark.parametrize(
        ("region", "expected"),
        [
            ("21.02.01.1001", "same_village"),
            ("21.02.01.1002", "same_district"),
            ("21.02.02.1001", "same_regency"),
            ("21.021", "elsewhere"),
        ],
    )
    def test_names_how_near_they_live(self, region, expected):
        assert how(CARD, replace(CARD, region=region), "region") == expected
