"""The distributions at their ends, where series stop and nobody may get a wrong number."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.engines.statistics.distributions import (
    coin_two_sided,
    noncentral_t_below,
    noncentrality,
    root,
)
from tests.engines.statistics.patience import PATIENT


class TestNoncentralTBelow:
    @settings(PATIENT, max_examples=200)
    @given(st.floats(-60, 60), st.integers(1, 2000), st.floats(-60, 60))
    def test_is_a_chance_everywhere(self, t, df, centre):
        assert 0 <= noncentral_t_below(t, df, centre) <= 1

    @settings(PATIENT, max_examples=60)
    @given(st.floats(-8, 8), st.integers(2, 60), st.floats(-5, 5))
    def test_mirrors(self, t, df, centre):
        whole = noncentral_t_below(t, df, centre) + noncentral_t_below(-t, df, -centre)
        assert whole == pytest.approx(1, abs=1e-8)

    @pytest.mark.parametrize(("t", "df", "centre"), [(2.0, 9, 1.0), (-1.0, 3, 0.5), (4.1, 29, 3.0)])
    def test_agrees_with_its_own_definition(self, t, df, centre):
        from scipy import integrate, stats

        # T is at most t where the normal is at most t times the root of chi-square over df.
        below = integrate.quad(
            lambda v: stats.norm.cdf(t * math.sqrt(v / df) - centre) * stats.chi2.pdf(v, df), 0, 400
        )
        assert noncentral_t_below(t, df, centre) == pytest.approx(below[0], abs=1e-7)


class TestNoncentrality:
    @settings(PATIENT, max_examples=60)
    @given(st.floats(-30, 30), st.integers(2, 500), st.sampled_from([0.025, 0.5, 0.975]))
    def test_turns_the_chance_around(self, t, df, share):
        centre = noncentrality(t, df, share)
        assert centre is not None
        assert noncentral_t_below(t, df, centre) == pytest.approx(share, abs=1e-8)


class TestCoinTwoSided:
    @given(st.integers(1, 200).flatmap(lambda throws: st.tuples(st.integers(0, throws), st.just(throws))))
    @PATIENT
    def test_agrees_with_scipy(self, throw):
        from scipy import stats

        heads, throws = throw
        assert coin_two_sided(heads, throws) == pytest.approx(stats.binomtest(heads, throws).pvalue)

    def test_keeps_a_chance_too_small_for_powers_of_a_half(self):
        assert 0 < coin_two_sided(100, 1000) < 1e-150


class TestRoot:
    def test_finds_where_a_function_crosses(self):
        assert root(lambda x: x * x - 2, 0, 2) == pytest.approx(math.sqrt(2))

    def test_finds_nothing_where_it_does_not(self):
        assert root(lambda x: x + 5, 0, 2) is None
        assert root(lambda x: math.nan, 0, 2) is None
