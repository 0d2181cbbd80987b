"""Power and the comparison group, against published values and a second implementation."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.engines.statistics import pairs_needed, power_of, smallest_effect
from simpul.engines.statistics.design import FEW, ONE_BODY, SAME, compared, design_power
from tests.engines.statistics.patience import PATIENT

LISTS = st.lists(st.integers(-9, 9).map(float), min_size=2, max_size=12)


class TestPowerOf:
    def test_gives_what_the_manual_of_g_power_prints(self):
        # G*Power 3.1 manual, "difference between two dependent means": d_z 0.421637, 50 pairs.
        assert round(power_of(50, 0.421637), 6) == 0.832114

    @settings(PATIENT, max_examples=40)
    @given(st.integers(3, 300), st.floats(0.05, 1.5))
    def test_agrees_with_a_second_implementation(self, pairs, d_z):
        power = pytest.importorskip("statsmodels.stats.power")
        other = power.TTestPower().power(d_z, pairs, 0.05)
        # Deep in the tail the other one has no number.
        assert math.isnan(other) or power_of(pairs, d_z) == pytest.approx(other, abs=1e-7)

    def test_refuses_one_pair(self):
        with pytest.raises(ValueError, match="One pair"):
            power_of(1, 0.5)


class TestPairsNeeded:
    def test_gives_fifty_two_for_two_fifths(self):
        # 51.0 and a little more; nobody can ask a part of a person.
        assert pairs_needed(0.4) == 52
        assert power_of(52, 0.4) >= 0.8 > power_of(51, 0.4)

    def test_ends_where_the_effect_is_too_small(self):
        assert pairs_needed(0.0) is None
        assert pairs_needed(0.0001) is None


class TestSmallestEffect:
    @settings(PATIENT, max_examples=30)
    @given(st.integers(3, 500))
    def test_is_found_four_times_in_five(self, pairs):
        assert power_of(pairs, smallest_effect(pairs)) == pytest.approx(0.8, abs=1e-6)

    def test_grows_with_aspects_and_with_likeness(self):
        power = design_power(30, 8, 2.0)
        assert power.smallest < power.corrected < power.clustered

    def test_grows_where_few_organisations_give_the_test_few_degrees_of_freedom(self):
        # Five organisations: t with 4 degrees of freedom, whatever the number of people.
        power = design_power(30, 8, 1.0, 4.0)
        assert power.clustered > 1.3 * power.corrected
        assert power_of(30, power.clustered, alpha=0.05 / 8, df=4.0) == pytest.approx(0.8, abs=1e-6)

    def test_is_none_of_one_pair(self):
        assert smallest_effect(1) is None


class TestCompared:
    @pytest.mark.filterwarnings("ignore:Precision loss")
    @settings(PATIENT, max_examples=40)
    @given(LISTS, LISTS)
    def test_agrees_with_scipy_by_person(self, ours, theirs):
        from scipy import stats

        found = compared(ours, theirs, [], [])
        if found.p is None:
            return
        other = stats.ttest_ind(ours, theirs, equal_var=False)
        assert (found.t, found.p) == pytest.approx((other.statistic, other.pvalue))
        assert (found.low, found.high) == pytest.approx(tuple(other.confidence_interval()))

    def test_goes_by_organisation_where_both_sides_have_two(self):
        ours, theirs = [[4.0, 6.0], [3.0]], [[1.0], [0.0, 1.0]]
        found = compared([4, 6, 3], [1, 0, 1], ours, theirs)
        assert (found.unit, found.change, found.compared_change) == ("organisation", 4.0, 0.75)

    def test_is_not_made_against_a_single_organisation(self):
        # What that one is like cannot be told from what the programme did.
        found = compared([4, 6, 3, 5], [1, 0, 1], [[4.0, 6.0], [3.0, 5.0]], [[1.0, 0.0, 1.0]])
        assert (found.why_not, found.p) == (ONE_BODY, None)

    @pytest.mark.parametrize(
        ("theirs", "why_not"), [pytest.param([1.0], FEW, id="one"), pytest.param([1.0, 1.0], SAME, id="same")]
    )
    def test_says_why_there_is_no_test(self, theirs, why_not):
        found = compared([2.0, 2.0], theirs, [], [])
        assert (found.why_not, found.p) == (why_not, None)
