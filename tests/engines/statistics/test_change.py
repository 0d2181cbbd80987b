"""The reliable change index of Jacobson & Truax (1991), Journal of Consulting and Clinical Psychology 59(1), 12-19."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.engines.statistics import Verdict, reliable_change

SCALE = {"standard_deviation": 10, "reliability": 0.88}


class TestReliableChange:
    def test_follows_the_formula_of_jacobson_and_truax(self):
        # By hand: SEM 10 * sqrt(1 - 0.88), the difference of two sqrt(2) times that, and 15 points in units of it.
        found = reliable_change(32.5, 47.5, **SCALE)
        assert round(found.standard_error, 2) == 3.46
        assert round(found.difference_error, 2) == 4.90
        assert round(found.index, 2) == 3.06
        assert found.verdict is Verdict.BETTER

    @pytest.mark.parametrize(
        ("after", "higher_is_better", "verdict"),
        [
            (70, True, Verdict.BETTER),
            (70, False, Verdict.WORSE),
            (30, True, Verdict.WORSE),
            (30, False, Verdict.BETTER),
            (55, True, Verdict.NOT_RELIABLE),
            (50, False, Verdict.NOT_RELIABLE),
        ],
    )
    def test_says_which_way_it_went(self, after, higher_is_better, verdict):
        found = reliable_change(50, after, **SCALE, higher_is_better=higher_is_better)
        assert found.verdict is verdict

    def test_tells_the_smallest_change_that_would_count(self):
        smallest = reliable_change(0, 1, **SCALE).smallest
        assert reliable_change(0, smallest * 0.999, **SCALE).verdict is Verdict.NOT_RELIABLE
        assert reliable_change(0, smallest * 1.001, **SCALE).verdict is Verdict.BETTER

    @pytest.mark.parametrize("missing", ["before", "after", "standard_deviation", "reliability"])
    def test_says_nothing_where_something_is_not_known(self, missing):
        known = {"before": 32.5, "after": 47.5, **SCALE, missing: None}
        found = reliable_change(known.pop("before"), known.pop("after"), **known)
        assert (found.verdict, found.because, found.index) == (Verdict.CANNOT_BE_SAID, (missing,), None)

    def test_tells_the_change_even_where_its_trust_is_not_known(self):
        assert reliable_change(2, 3.5, standard_deviation=None, reliability=None).change == 1.5

    @given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(0.01, 1e3), st.floats(0, 0.999))
    def test_is_the_mirror_of_itself(self, before, after, deviation, reliability):
        there = reliable_change(before, after, standard_deviation=deviation, reliability=reliability)
        back = reliable_change(after, before, standard_deviation=deviation, reliability=reliability)
        assert there.index == -back.index
        assert (there.verdict is Verdict.BETTER) is (back.verdict is Verdict.WORSE)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"standard_deviation": 0},
            {"standard_deviation": math.inf},
            {"reliability": 1},
            {"reliability": -0.1},
            {"reliability": math.nan},
            {"before": math.nan},
        ],
        ids=str,
    )
    def test_refuses_what_cannot_be(self, wrong):
        given_numbers = {"before": 1, "after": 2, **SCALE, **wrong}
        with pytest.raises(ValueError):
            reliable_change(given_numbers.pop("before"), given_numbers.pop("after"), **given_numbers)
