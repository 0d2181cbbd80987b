"""Wilcoxon's signed ranks, against published examples and every sign counted one by one."""

from __future__ import annotations

import math
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from simpul.engines.statistics.ranks import EXACT_UP_TO, NOBODY, signed_ranks
from tests.engines.statistics.patience import PATIENT

# Darwin's maize, crossed less self-fertilised, in eighths of an inch (Fisher, 1935, The design of experiments,
# section 17), the classic example of signs counted in full.
DARWIN = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]
# Hollander & Wolfe (1973), p. 29: depression before and after a tranquilliser, the example of R's wilcox.test.
BEFORE = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30]
AFTER = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]
SOME = st.lists(st.integers(-4, 4).map(float), min_size=1, max_size=9)


def counted_one_by_one(values):
    """The plain twin: ranks by comparing each with each, then all signs."""
    used = [value for value in values if value]
    ranks = [sum(abs(o) < abs(v) for o in used) + (sum(abs(o) == abs(v) for o in used) + 1) / 2 for v in used]
    seen = sum(rank for rank, value in zip(ranks, used, strict=True) if value > 0)
    sums = [
        sum(r for r, is_up in zip(ranks, signs, strict=True) if is_up)
        for signs in product((0, 1), repeat=len(used))
    ]
    tails = [sum(one <= seen for one in sums), sum(one >= seen for one in sums)]
    return min(1.0, 2 * min(tails) / len(sums))


class TestSignedRanks:
    def test_gives_the_published_values_of_hollander_and_wolfe(self):
        found = signed_ranks([a - b for a, b in zip(AFTER, BEFORE, strict=True)])
        assert (found.down, found.up) == (40, 5)
        assert found.p == pytest.approx(stats.wilcoxon(AFTER, BEFORE, method="exact").pvalue)
        # One-sided, as the example is known.
        assert round(found.p / 2, 5) == 0.01953
        assert found.is_exact

    def test_gives_what_is_known_of_darwin_s_plants(self):
        found = signed_ranks([float(value) for value in DARWIN])
        assert (found.used, found.down, found.up) == (15, 24, 96)
        assert found.p == pytest.approx(counted_one_by_one([float(value) for value in DARWIN]))
        assert found.rank_biserial == pytest.approx((96 - 24) / 120)

    @PATIENT
    @given(SOME)
    def test_agrees_with_every_sign_counted_one_by_one(self, values):
        found = signed_ranks(values)
        if found.why_not:
            assert not any(values)
            return
        assert found.p == pytest.approx(counted_one_by_one(values))
        assert found.zeros == values.count(0)

    @settings(PATIENT, max_examples=25)
    @given(st.lists(st.integers(-30, 30).map(float), min_size=EXACT_UP_TO + 20, max_size=EXACT_UP_TO + 60))
    def test_agrees_with_scipy_where_there_are_many(self, values):
        found = signed_ranks(values)
        if found.used <= EXACT_UP_TO:
            return
        other = stats.wilcoxon(values, zero_method="wilcox", correction=True, method="asymptotic")
        assert not found.is_exact
        assert math.isclose(found.p, other.pvalue, rel_tol=1e-7)

    def test_takes_tied_ranks_and_says_so(self):
        assert signed_ranks([1.0, -1.0, 2.0, 0.0]).has_ties
        assert not signed_ranks([1.0, -2.0, 3.0]).has_ties

    def test_refuses_where_nobody_changed(self):
        found = signed_ranks([0.0, 0.0])
        assert (found.why_not, found.p, found.zeros) == (NOBODY, None, 2)

    def test_changes_little_where_counting_ends(self):
        values = [float((-1) ** n * n) + 7.5 for n in range(1, EXACT_UP_TO + 1)]
        exact, rough = signed_ranks(values), signed_ranks([*values, 0.5])
        assert exact.is_exact != rough.is_exact
        assert abs(exact.p - rough.p) < 0.05
