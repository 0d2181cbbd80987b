"""The paired t-test, d_z and Holm, against Student's own example and a second implementation."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from simpul.engines.statistics.paired import (
    ALL_ZERO,
    CONSTANT,
    FEW,
    described,
    holm,
    paired,
    paired_from_summary,
)
from tests.engines.statistics.patience import PATIENT

# Student (1908), p. 20: hours of sleep gained by ten patients, the second drug less the first.
STUDENT = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]
WHOLE = st.lists(st.integers(-20, 20).map(float), min_size=2, max_size=40)


class TestPaired:
    def test_gives_what_student_s_data_are_known_for(self):
        found = paired(STUDENT)
        # As R's t.test prints them, the classic worked example; scipy works them out again.
        other = stats.ttest_1samp(STUDENT, 0)
        assert (found.t, found.p) == pytest.approx((other.statistic, other.pvalue))
        assert round(found.difference, 2) == 1.58
        assert round(found.sd, 2) == 1.23
        assert round(found.t, 4) == 4.0621
        assert found.df == 9
        assert round(found.p, 6) == 0.002833
        assert (round(found.low, 7), round(found.high, 7)) == (0.7001142, 2.4598858)
        assert round(found.d_z, 4) == 1.2846

    @settings(PATIENT, max_examples=40)
    @given(WHOLE)
    def test_agrees_with_a_second_implementation(self, values):
        weightstats = pytest.importorskip("statsmodels.stats.weightstats")
        found = paired(values)
        if found.p is None:
            return
        other = weightstats.DescrStatsW(values)
        t, p, df = other.ttest_mean(0)
        assert math.isclose(found.t, t, rel_tol=1e-9, abs_tol=1e-12)
        assert math.isclose(found.p, p, rel_tol=1e-7, abs_tol=1e-14)
        assert found.df == df
        assert (found.low, found.high) == pytest.approx(other.tconfint_mean(), rel=1e-9, abs=1e-9)

    def test_holds_d_z_between_the_bounds_under_which_it_is_one_in_forty(self):
        found = paired(STUDENT)
        root = math.sqrt(found.pairs)
        assert stats.nct.sf(found.t, found.df, found.d_z_low * root) == pytest.approx(0.025, abs=1e-9)
        assert stats.nct.cdf(found.t, found.df, found.d_z_high * root) == pytest.approx(0.025, abs=1e-9)

    @pytest.mark.parametrize(
        ("values", "why_not"),
        [
            pytest.param([], FEW, id="nobody"),
            pytest.param([3.0], FEW, id="one person"),
            pytest.param([0.0, 0.0, 0.0], ALL_ZERO, id="nobody changed"),
            pytest.param([2.0, 2.0, 2.0], CONSTANT, id="all by the same"),
        ],
    )
    def test_says_why_there_is_no_test(self, values, why_not):
        found = paired(values)
        assert (found.why_not, found.t, found.p, found.d_z) == (why_not, None, None, None)

    @PATIENT
    @given(WHOLE)
    def test_turns_with_the_sign_and_does_not_mind_the_order(self, values):
        there, back = paired(values), paired([-value for value in reversed(values)])
        assert there.p == back.p
        assert there.difference == -back.difference
        assert there.t is None or there.t == -back.t

    def test_stays_a_number_where_almost_nobody_differs(self):
        found = paired([5.0] * 400 + [5.000001])
        assert found.p < 1e-12
        assert math.isfinite(found.low)


class TestPairedFromSummary:
    def test_gives_the_same_as_the_scores_themselves(self):
        found = paired(STUDENT)
        assert paired_from_summary(10, found.difference, found.sd) == found

    @pytest.mark.parametrize(
        ("pairs", "difference", "sd", "why_not"),
        [(1, 2.0, 1.0, FEW), (30, 2.0, 0.0, CONSTANT), (30, 0.0, 0.0, ALL_ZERO)],
    )
    def test_says_why_there_is_no_test(self, pairs, difference, sd, why_not):
        assert paired_from_summary(pairs, difference, sd).why_not == why_not

    def test_refuses_a_negative_spread(self):
        with pytest.raises(ValueError, match="cannot be"):
            paired_from_summary(30, 1.1, -2.0)


class TestDescribed:
    def test_divides_by_one_less_than_there_are(self):
        found = described([2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0])
        assert (found.mean, found.median) == (5.0, 4.5)
        assert found.sd == pytest.approx(math.sqrt(32 / 7))

    def test_knows_no_spread_of_one(self):
        assert (described([3.0]).sd, described([]).mean) == (None, None)


class TestHolm:
    @given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
    @PATIENT
    def test_agrees_with_a_second_implementation(self, chances):
        multitest = pytest.importorskip("statsmodels.stats.multitest")
        assert list(holm(chances)) == pytest.approx(list(multitest.multipletests(chances, method="holm")[1]))

    def test_leaves_out_what_was_not_tested(self):
        assert holm([0.01, None, 0.04]) == (0.02, None, 0.04)
