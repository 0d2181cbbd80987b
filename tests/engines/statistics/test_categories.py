"""Categories before and after, against published tables and a second implementation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from simpul.engines.statistics.categories import (
    BELOW_ALL,
    MCNEMAR,
    NO_PAIRS,
    NOBODY_MOVED,
    ONE_BAND,
    STUART_MAXWELL,
    from_table,
    shift,
)
from simpul.engines.statistics.study import Band
from tests.engines.statistics.patience import PATIENT

# Stuart (1955), table 1: unaided distance vision of 7477 women, right eye and left eye, in four grades.
STUART = ((1520, 266, 124, 66), (234, 1512, 432, 78), (117, 362, 1772, 205), (36, 82, 179, 492))
# Agresti (1990), p. 350: approval of the prime minister in two surveys of the same 1600 people.
AGRESTI = ((794, 150), (86, 570))
THREE = (Band("kurang", 0), Band("cukup", 8), Band("baik", 14))
TABLES = st.integers(2, 4).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 9), min_size=size, max_size=size), min_size=size, max_size=size
    )
)


def bands(size):
    return tuple(Band(str(number), number) for number in range(size))


class TestFromTable:
    def test_gives_the_chi_square_that_stuart_s_table_is_known_for(self):
        found = from_table(bands(4), STUART)
        assert (found.test, found.df, round(found.statistic, 2)) == (STUART_MAXWELL, 3, 11.96)
        assert round(found.p, 4) == 0.0075

    def test_counts_two_categories_exactly(self):
        multi = pytest.importorskip("statsmodels.stats.contingency_tables")
        found = from_table(bands(2), AGRESTI)
        assert found.test == MCNEMAR
        assert found.p == pytest.approx(multi.mcnemar(AGRESTI, exact=True).pvalue)

    def test_gives_the_tails_of_the_binomial_between_who_went_each_way(self):
        # The binomial that such tables print, as scipy gives it.
        found = from_table(bands(2), ((5, 10), (2, 5)))
        assert found.p == pytest.approx(stats.binomtest(2, 12).pvalue)

    @settings(PATIENT, max_examples=60)
    @given(TABLES)
    def test_agrees_with_a_second_implementation(self, table):
        square = pytest.importorskip("statsmodels.stats.contingency_tables")
        if not any(map(sum, table)):
            return
        found = from_table(bands(len(table)), table)
        if found.test != STUART_MAXWELL or found.df < len(table) - 1:
            # The other one cannot turn a table with unused categories around.
            return
        other = square.SquareTable(np.array(table), shift_zeros=False).homogeneity()
        assert found.statistic == pytest.approx(other.statistic, abs=1e-6)
        assert found.p == pytest.approx(other.pvalue, abs=1e-7)

    @PATIENT
    @given(TABLES)
    def test_counts_everybody_once_on_both_sides(self, table):
        if not any(map(sum, table)):
            return
        found = from_table(bands(len(table)), table)
        assert sum(one.before for one in found.standings) == found.people
        assert sum(one.after for one in found.standings) == found.people
        assert found.up + found.down + sum(table[i][i] for i in range(len(table))) == found.people

    def test_leaves_out_a_category_that_nobody_is_in(self):
        with_empty = ((3, 0, 5), (0, 0, 0), (1, 0, 4))
        assert from_table(bands(3), with_empty).p == from_table(bands(2), ((3, 5), (1, 4))).p


class TestShift:
    def test_puts_scores_where_they_belong(self):
        found = shift(THREE, [(7, 8), (8, 13), (0, 14), (14, 2)])
        assert [(one.before, one.after) for one in found.standings] == [(2, 1), (1, 2), (1, 1)]
        assert [one.before_percent for one in found.standings] == [50.0, 25.0, 25.0]
        assert (found.up, found.down) == (2, 1)

    @pytest.mark.parametrize(
        ("pairs", "why_not"),
        [
            pytest.param([], NO_PAIRS, id="nobody"),
            pytest.param([(1, 2), (3, 4)], ONE_BAND, id="all in one"),
            pytest.param([(1, 2), (9, 10)], NOBODY_MOVED, id="nobody moved"),
            pytest.param([(-1, 2)], BELOW_ALL, id="below all"),
        ],
    )
    def test_says_why_there_is_no_test(self, pairs, why_not):
        found = shift(THREE, pairs)
        assert (found.why_not, found.p) == (why_not, None)
