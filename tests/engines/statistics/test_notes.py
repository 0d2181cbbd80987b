"""Normality, people far out, those who left, and change beyond the error of measuring."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.engines.statistics.notes import missing, reliable, shape
from simpul.engines.statistics.study import Aspect, Column
from tests.engines.statistics.patience import PATIENT

SCORES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 10).map(float), min_size=1)


class TestShape:
    def test_names_who_is_far_out_and_what_would_be_without_them(self):
        differences = {f"p{number}": float(number % 4) for number in range(12)} | {"ani": 40.0}
        found = shape(differences)
        assert found.outliers == ("ani",)
        assert found.without == pytest.approx(1.5)
        assert found.normal_p < 0.001

    def test_gives_what_shapiro_and_wilk_worked_out(self):
        # Their example, section 6.2: weights of eleven men; W is printed as 0.79.
        weights = [148, 154, 158, 160, 161, 162, 166, 170, 182, 195, 236]
        found = shape({str(number): float(value) for number, value in enumerate(weights)})
        # The table of their constants for eleven men, by hand: W is the squared sum of them over the sum of squares.
        constants = (0.5601, 0.3315, 0.2260, 0.1429, 0.0695)
        slope = sum(one * (weights[-1 - n] - weights[n]) for n, one in enumerate(constants))
        middle = sum(weights) / 11
        assert found.normal_w == pytest.approx(
            slope**2 / sum((one - middle) ** 2 for one in weights), abs=0.002
        )
        assert round(found.normal_w, 2) == 0.79

    def test_draws_no_fences_where_half_of_the_people_changed_alike(self):
        assert shape(dict.fromkeys("abcdefg", 2.0) | {"z": 9.0}).outliers is None
        assert shape({"a": 1.0, "b": 9.0}).outliers is None

    def test_judges_no_normality_of_two_people_or_of_one_value(self):
        assert shape({"a": 1.0, "b": 2.0}).normal_p is None
        assert shape(dict.fromkeys("abcd", 2.0)).normal_p is None


class TestMissing:
    def test_bounds_the_difference_by_the_ends_of_the_scale(self):
        column = Column({"a": 2.0, "b": 4.0, "c": 5.0}, {"a": 4.0, "b": 6.0})
        found = missing(Aspect("X", lowest=0, highest=10), column)
        assert (found.people, found.bounds_from) == (1, "scale")
        assert (found.lowest, found.highest) == pytest.approx(((2 + 2 - 5) / 3, (2 + 2 + 5) / 3))
        assert found.carried.difference == pytest.approx(4 / 3)

    def test_takes_what_was_seen_where_no_scale_is_known(self):
        found = missing(Aspect("X"), Column({"a": 2.0, "c": 5.0}, {"a": 7.0}))
        assert found.bounds_from == "seen"
        assert (found.lowest, found.highest) == ((5 - 3) / 2, (5 + 2) / 2)

    def test_is_silent_where_nobody_left(self):
        assert missing(Aspect("X"), Column({"a": 1.0}, {"a": 2.0, "b": 3.0})) is None

    @PATIENT
    @given(SCORES, SCORES)
    def test_holds_every_result_that_could_have_been(self, before, after):
        column, aspect = Column(before, after), Aspect("X", lowest=0, highest=10)
        found = missing(aspect, column)
        if found is None:
            return
        for end in (0.0, 3.0, 10.0):
            whole = [after.get(one, end) - before[one] for one in before]
            assert found.lowest - 1e-9 <= math.fsum(whole) / len(whole) <= found.highest + 1e-9


class TestReliable:
    COLUMN = Column({"a": 10.0, "b": 10.0, "c": 10.0, "d": 10.0}, {"a": 20.0, "b": 11.0, "c": 10.0, "d": 0.0})

    def test_counts_those_beyond_the_error_of_measuring(self):
        # SEM 5 * sqrt(0.2) = 2.236, S_diff 3.162, smallest 6.198: ten points are, one is not.
        aspect = Aspect("X", reliability=0.8, standard_deviation=5.0)
        found = reliable(aspect, self.COLUMN, alpha=None, sd_before=None)
        assert (found.better, found.same, found.worse) == (1, 2, 1)
        assert (found.better_percent, found.same_percent, found.worse_percent) == (25.0, 50.0, 25.0)
        assert found.smallest == pytest.approx(6.198, abs=0.001)

    def test_turns_where_lower_is_better(self):
        aspect = Aspect("X", reliability=0.8, standard_deviation=1.0, higher_is_better=False)
        found = reliable(aspect, Column({"a": 10.0}, {"a": 2.0}), alpha=None, sd_before=None)
        assert (found.better, found.worse) == (1, 0)

    def test_borrows_alpha_and_the_spread_of_these_people_and_says_so(self):
        found = reliable(Aspect("X"), self.COLUMN, alpha=0.8, sd_before=5.0)
        assert (found.reliability_from, found.deviation_from) == ("alpha", "before")

    @pytest.mark.parametrize(
        ("alpha", "spread", "why_not"),
        [
            pytest.param(None, 5.0, "no_reliability", id="not measured"),
            pytest.param(-0.3, 5.0, "no_reliability", id="negative alpha"),
            pytest.param(0.8, 0.0, "no_variation", id="all alike"),
        ],
    )
    def test_says_why_it_cannot_be_said(self, alpha, spread, why_not):
        assert reliable(Aspect("X"), self.COLUMN, alpha=alpha, sd_before=spread).why_not == why_not
