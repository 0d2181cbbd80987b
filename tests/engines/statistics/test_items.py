"""Item analysis, against published values and definitions written out."""

from __future__ import annotations

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simpul.engines.statistics import ItemAnswers, analyse_items
from tests.engines.statistics.patience import PATIENT

# Shrout & Fleiss (1979), table 2. Their ICC(3,4), which is Cronbach's alpha, is printed as .91.
SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
ROWS = st.integers(2, 5).flatmap(
    lambda size: st.lists(st.lists(st.integers(0, 4), min_size=size, max_size=size), min_size=2, max_size=25)
)


def answers(rows, lowest=0, highest=10):
    size = len(rows[0])
    codes = tuple(f"Q{number + 1}" for number in range(size))
    floats = [[None if value is None else float(value) for value in row] for row in rows]
    return ItemAnswers("X", codes, floats, (float(lowest),) * size, (float(highest),) * size)


class TestAnalyseItems:
    def test_gives_the_alpha_of_shrout_and_fleiss(self):
        assert round(analyse_items(answers(SHROUT_FLEISS)).alpha, 2) == 0.91

    def test_gives_the_interval_between_which_feldt_s_ratio_lies_in_nineteen_of_twenty(self):
        # (1 - true alpha) / (1 - alpha found) is an F with n - 1 and (n - 1)(k - 1) degrees of freedom.
        found = analyse_items(answers(SHROUT_FLEISS))
        ratios = [(1 - end) / (1 - found.alpha) for end in (found.alpha_high, found.alpha_low)]
        assert list(stats.f.cdf(ratios, 5, 15)) == pytest.approx([0.025, 0.975])

    @PATIENT
    @given(ROWS)
    def test_agrees_with_the_definitions_written_out(self, rows):
        found = analyse_items(answers(rows, 0, 4))
        totals = [sum(row) for row in rows]
        if found.alpha is None:
            assert len(set(totals)) == 1
            return
        size = len(rows[0])
        parts = sum(statistics.variance(column) for column in zip(*rows, strict=True))
        assert found.alpha == pytest.approx(size / (size - 1) * (1 - parts / statistics.variance(totals)))
        for place, item in enumerate(found.items):
            own = [row[place] for row in rows]
            rest = [total - one for total, one in zip(totals, own, strict=True)]
            assert item.difficulty == pytest.approx(statistics.mean(own) / 4)
            if item.item_total is not None:
                assert item.item_total == pytest.approx(statistics.correlation(own, rest))

    def test_takes_only_those_who_answered_everything_for_alpha(self):
        found = analyse_items(answers([*SHROUT_FLEISS, [None, 3, 3, 3]]))
        assert (found.people, found.complete) == (7, 6)
        assert found.items[0].answered == 6
        assert found.items[1].answered == 7

    def test_tells_floor_and_ceiling(self):
        found = analyse_items(answers([[0, 0], [4, 4], [4, 4], [1, 2]], 0, 4))
        assert (found.floor, found.ceiling, found.ceiling_percent) == (1, 2, 50.0)
        assert found.is_crowded

    def test_gives_alpha_without_each_item(self):
        found = analyse_items(answers(SHROUT_FLEISS))
        without_first = analyse_items(answers([row[1:] for row in SHROUT_FLEISS]))
        assert found.items[0].alpha_without == pytest.approx(without_first.alpha)

    @pytest.mark.parametrize(
        ("rows", "why_not"),
        [
            pytest.param([[1], [2]], "few_items", id="one item"),
            pytest.param([[1, 2]], "few_people", id="one person"),
            pytest.param([[1, 2], [2, 1]], "no_variation", id="equal sums"),
        ],
    )
    def test_says_why_there_is_no_alpha(self, rows, why_not):
        found = analyse_items(answers(rows))
        assert (found.why_not, found.alpha, found.alpha_low) == (why_not, None, None)

    def test_refuses_a_row_with_too_few_answers(self):
        with pytest.raises(ValueError, match="one answer for each"):
            analyse_items(ItemAnswers("X", ("a", "b"), [[1.0]], (0.0, 0.0), (1.0, 1.0)))
