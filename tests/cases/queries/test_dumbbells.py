from dataclasses import replace

import pytest

from simpul.cases.queries.dumbbells import Dumbbell, place
from simpul.engines.scoring import DomainScore
from tests.cases.assessing import own_instrument

DOMAIN = own_instrument().domains[0]


def scored(value):
    return DomainScore("hidup", value, 2, 2, 1.0, 3.0, ())


class TestPlace:
    @pytest.mark.parametrize(
        ("value", "direction", "at"),
        [
            (1, "higher_is_better", "10"),
            (3, "higher_is_better", "230"),
            (1, "lower_is_better", "230"),
            (2, "lower_is_better", "120"),
        ],
    )
    def test_puts_the_better_end_at_the_right(self, value, direction, at):
        assert place(replace(DOMAIN, direction=direction), scored(value)) == at

    @pytest.mark.parametrize("score", [None, scored(None)], ids=["nothing", "not known"])
    def test_has_no_place_for_what_is_not_known(self, score):
        assert place(DOMAIN, score) == ""


class TestStart:
    @pytest.mark.parametrize(
        ("before", "now", "start"),
        [("50", "90", "57"), ("90", "50", "83"), ("50", "56", ""), ("", "50", ""), ("50", "", "")],
    )
    def test_leaves_the_ring_towards_today(self, before, now, start):
        assert Dumbbell(before, "", now, "").start == start
