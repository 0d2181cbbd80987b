import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.engines.statistics.agreement import FEW, NO_VARIATION, weighted_kappa

# Cohen (1968), table 1: 200 cases, two judges, three diagnoses, and how bad each disagreement is.
COHEN = ((88, 14, 18), (10, 40, 10), (2, 6, 12))
COHEN_WEIGHTS = ((0, 1, 3), (1, 0, 6), (3, 6, 0))
# Agresti (1990), ratings of 91 couples: the example of the function Kappa in the R package vcd.
COUPLES = ((7, 7, 2, 3), (2, 8, 3, 7), (1, 5, 4, 9), (2, 8, 9, 14))
Z = 1.959963984540054
SCORES = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=40)


def as_pairs(table):
    return [
        (row, column)
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        for _case in range(count)
    ]


def plain_kappa(pairs):
    """By Cohen's words: what is seen of disagreement, over what all possible pairings would give."""
    seen = sum((a - b) ** 2 for a, b in pairs) / len(pairs)
    by_chance = sum((a - b) ** 2 for a, _b in pairs for _a, b in pairs) / len(pairs) ** 2
    return 1 - seen / by_chance


class TestWeightedKappa:
    def test_gives_what_cohen_worked_out(self):
        found = weighted_kappa(
            as_pairs(COHEN), fewest=2, disagreement=lambda a, b: float(COHEN_WEIGHTS[a][b])
        )
        assert found.kappa == pytest.approx(0.348, abs=0.0005)
        assert (found.items, found.same) == (200, 140)

    @pytest.mark.parametrize(
        ("disagreement", "kappa", "error"),
        [
            pytest.param(lambda a, b: float(a != b), 0.1293, 0.06860, id="unweighted"),
            pytest.param(lambda a, b: float(abs(a - b)), 0.2374, 0.07832, id="equal steps"),
        ],
    )
    def test_gives_the_value_and_the_error_of_the_published_example(self, disagreement, kappa, error):
        found = weighted_kappa(as_pairs(COUPLES), fewest=2, disagreement=disagreement)
        assert found.kappa == pytest.approx(kappa, abs=0.00005)
        assert (found.high - found.kappa) / Z == pytest.approx(error, abs=0.000005)
        raters = pytest.importorskip("statsmodels.stats.inter_rater")
        weights = np.array([[disagreement(a, b) for b in range(4)] for a in range(4)])
        other = raters.cohens_kappa(np.array(COUPLES), weights=weights)
        assert (found.kappa, (found.high - found.kappa) / Z) == pytest.approx((other.kappa, other.std_kappa))

    def test_is_one_where_all_is_the_same(self):
        found = weighted_kappa([(0, 0), (3, 3), (4, 4)], fewest=2)
        assert (found.kappa, found.low, found.high) == pytest.approx((1, 1, 1))

    def test_refuses_few_items(self):
        found = weighted_kappa([(0, 1), (3, 2)], fewest=3)
        assert (found.kappa, found.why_not, found.items, found.same) == (None, FEW, 2, 0)

    def test_refuses_where_one_of_the_two_gave_everything_the_same(self):
        assert weighted_kappa([(2, 1), (2, 3), (2, 4)], fewest=2).why_not == NO_VARIATION
        assert weighted_kappa([(1, 2), (3, 2), (4, 2)], fewest=2).why_not == NO_VARIATION

    def test_does_not_take_one_item_for_evidence(self):
        with pytest.raises(ValueError, match="two items"):
            weighted_kappa([(1, 1)], fewest=1)

    @given(SCORES)
    def test_agrees_with_its_plain_twin_and_lies_within_its_interval(self, pairs):
        found = weighted_kappa(pairs, fewest=2)
        if found.kappa is not None:
            assert math.isclose(found.kappa, plain_kappa(pairs), abs_tol=1e-9)
            assert -1 <= found.low <= found.kappa + 1e-9
            assert found.kappa - 1e-9 <= found.high <= 1

    @given(SCORES)
    def test_does_not_mind_who_is_named_first(self, pairs):
        there = weighted_kappa(pairs, fewest=2)
        back = weighted_kappa([(b, a) for a, b in pairs], fewest=2)
        assert (there.kappa is None) == (back.kappa is None)
        assert there.kappa is None or math.isclose(there.kappa, back.kappa, abs_tol=1e-9)
