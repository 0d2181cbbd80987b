"""The T-score of Kiresuk & Sherman (1968), Community Mental Health Journal 4(6), 443-453."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.engines.statistics import gas_t_score


class TestGasTScore:
    @pytest.mark.parametrize(("level", "expected"), [(-2, 30), (-1, 40), (0, 50), (1, 60), (2, 70)])
    def test_of_one_goal_moves_by_ten_points_a_level(self, level, expected):
        assert gas_t_score([level], [7]) == pytest.approx(expected)

    @pytest.mark.parametrize("goals", [1, 2, 5])
    def test_is_fifty_where_all_is_as_expected(self, goals):
        assert gas_t_score([0] * goals, [3] * goals) == 50

    # From the formula by hand, rho = 0.3: n goals at +1 of one weight give 50 + 10n / sqrt(0.7n + 0.3n²),
    # here to one decimal.
    @pytest.mark.parametrize(
        ("scores", "expected"),
        [([1, 1], 62.4), ([1, 1, 1], 63.7), ([1, 0], 56.2), ([2, 2], 74.8), ([-1, -1, -1], 36.3)],
        ids=str,
    )
    def test_of_equally_weighted_goals_follows_the_formula(self, scores, expected):
        assert round(gas_t_score(scores, [1] * len(scores)), 1) == expected

    # Worked output printed in the README of the R package gasr (T. Dunn), an implementation of its own of the
    # formula of 1968: three goals of one weight each, T to five decimals.
    @pytest.mark.parametrize(
        ("scores", "published"),
        [([2, 2, 2], 77.38613), ([0, -1, 1], 50.00000), ([0, 1, 1], 59.12871), ([2, 1, 2], 72.82177)],
        ids=str,
    )
    def test_agrees_with_published_worked_output(self, scores, published):
        assert round(gas_t_score(scores, [1, 1, 1]), 5) == published

    def test_counts_a_weighty_goal_more(self):
        # By hand: 3·1 + 1·(-1) = 2; 0.7·(9 + 1) + 0.3·16 = 11.8; 50 + 20 / sqrt(11.8).
        assert gas_t_score([1, -1], [3, 1]) == pytest.approx(50 + 20 / math.sqrt(11.8))

    @given(
        st.lists(st.tuples(st.integers(-2, 2), st.integers(1, 20)), min_size=1, max_size=9),
        st.floats(0.01, 1000),
    )
    def test_depends_on_the_proportion_of_weights_only(self, goals, factor):
        scores, weights = [list(column) for column in zip(*goals, strict=True)]
        grown = [weight * factor for weight in weights]
        assert gas_t_score(scores, weights) == pytest.approx(gas_t_score(scores, grown))

    def test_bears_huge_and_tiny_weights(self):
        assert gas_t_score([1, 1], [1e300, 1e300]) == pytest.approx(gas_t_score([1, 1], [1e-300, 1e-300]))

    @pytest.mark.parametrize(
        ("scores", "weights", "said"),
        [
            ([], [], "at least one"),
            ([1], [1, 1], "1 scores but 2 weights"),
            ([3], [1], "not 3"),
            ([0.5], [1], "not 0.5"),
            ([True], [1], "not True"),
            ([0], [0], "above zero"),
            ([0], [-1], "above zero"),
            ([0], [math.nan], "above zero"),
        ],
        ids=str,
    )
    def test_refuses_what_cannot_be(self, scores, weights, said):
        with pytest.raises(ValueError, match=said):
            gas_t_score(scores, weights)
