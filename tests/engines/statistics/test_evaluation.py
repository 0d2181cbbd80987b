"""The numbers of a whole evaluation, before anything is said about them."""

from __future__ import annotations

import pytest

from simpul.engines.statistics import Aspect, Study
from simpul.engines.statistics.evaluation import computed
from tests.engines.statistics.test_findings import scores


class TestComputed:
    def test_tells_its_progress_to_the_end(self):
        told = []
        computed(Study((Aspect("A"), Aspect("B")), []), lambda done, total: told.append((done, total)))
        assert told == [(1, 3), (2, 3), (3, 3)]

    def test_gives_each_organisation_its_own_numbers(self):
        rows = scores([1, 2, 3, 4], [2, 4, 6, 8], organisations=2)
        found = computed(Study((Aspect("A"),), rows)).aspects[0].organisations
        assert [(one.organisation, one.pairs, one.before, one.after) for one in found] == [
            ("o0", 2, 2, 4),
            ("o1", 2, 3, 6),
        ]

    def test_describes_those_with_both_scores_apart_from_everybody(self):
        one = computed(Study((Aspect("A"),), scores([1, 3, 8], [2, 5, None]))).aspects[0]
        assert (one.before.n, one.before.mean) == (2, 2)
        assert (one.all_before.n, one.all_before.mean) == (3, 4)

    def test_draws_an_interval_by_organisation(self):
        rows = scores([1, 2, 3, 4, 5, 6], [2, 4, 6, 8, 9, 9], organisations=3)
        found = computed(Study((Aspect("A"),), rows)).aspects[0].clustered
        assert found.drawn_low < 17 / 6 < found.drawn_high
        assert found.flip_p == pytest.approx(0.25)
