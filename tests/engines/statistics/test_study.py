"""Scores sorted into columns, whatever the order in which they come."""

from __future__ import annotations

import pytest

from simpul.engines.statistics import Aspect, Score, Study
from simpul.engines.statistics.study import difference, gather


def study(*rows, **options):
    return Study((Aspect("A"), Aspect("B")), rows, **options)


class TestGather:
    def test_pairs_people_in_the_order_of_their_names(self):
        rows = [
            Score("b", "A", "before", 1),
            Score("a", "A", "after", 5),
            Score("b", "A", "after", 4),
            Score("a", "A", "before", 2),
        ]
        column = gather(study(*rows)).columns["A"]
        assert column.pairs() == ["a", "b"]
        assert column.differences() == [3, 3]

    def test_counts_somebody_who_answered_nothing_and_pairs_nobody(self):
        found = gather(study(Score("a", "A", "before", None), Score("a", "A", "after", 4)))
        assert found.people == {"a"}
        assert found.columns["A"].pairs() == []

    def test_keeps_the_comparison_group_apart(self):
        rows = [Score("a", "A", "before", 1, group="p"), Score("z", "A", "before", 9, group="l")]
        found = gather(study(*rows, comparison="l"))
        assert (found.columns["A"].before, found.compared["A"].before) == ({"a": 1}, {"z": 9})

    def test_refuses_two_scores_at_one_time(self):
        with pytest.raises(ValueError, match="two scores of 'A'"):
            gather(study(Score("a", "A", "before", 1), Score("a", "A", "before", 1)))


class TestDifference:
    def test_makes_ties_of_what_decimals_blur(self):
        assert difference(0.1, 0.4) == difference(0.2, 0.5) == 0.3
