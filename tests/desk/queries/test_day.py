"""Who waits for this worker, and who for the team."""

from __future__ import annotations

from uuid import uuid4

import pytest

from simpul.desk.queries import today, villages_of
from simpul.screening.actions import start
from tests.access.factories import give
from tests.cases.factories import opened
from tests.screening.factories import TODAY, decided, finished, started, when

pytestmark = pytest.mark.django_db


def lines(desk, viewer, *, of_team):
    villages = villages_of(desk.waits, viewer, on=TODAY)
    return [line for village in villages if village.of_team is of_team for line in village.lines]


class TestToday:
    def test_counts_for_me_only_what_i_began(self, caseworker, supervisor):
        started(caseworker)
        finished(supervisor)
        desk = today(caseworker, on=TODAY)
        assert (desk.waiting, desk.in_team) == (1, 1)
        assert [count.waits_for for count in desk.counts] == ["asking"]

    def test_lists_what_is_mine_before_what_is_more_urgent_elsewhere(self, caseworker, supervisor):
        started(caseworker)
        decided(supervisor)
        desk = today(caseworker, on=TODAY)
        assert [source for _part, _rank, _since, source, _pk in desk.waits] == ["screening", "screening"]
        assert [line.waits_for for line in lines(desk, caseworker, of_team=False)] == ["asking"]
        assert [line.waits_for for line in lines(desk, caseworker, of_team=True)] == ["decided"]

    @pytest.mark.parametrize("only", ["asking", "finished", "decided", "case", "tim"])
    def test_counts_as_many_as_it_lists(self, caseworker, supervisor, only):
        for by in (caseworker, supervisor, supervisor):
            started(by)
            finished(by)
        opened(decided(caseworker), caseworker)
        desk = today(caseworker, on=TODAY)
        numbers = {count.waits_for: count.number for count in desk.counts} | {"tim": desk.in_team}
        listed = today(caseworker, on=TODAY, only=only)
        shown = lines(listed, caseworker, of_team=only == "tim")
        assert len(shown) == numbers.get(only, 0) == listed.waits.count()

    def test_counts_a_person_once_for_two_things(self, caseworker):
        case = opened(decided(caseworker), caseworker)
        start(case.person, by=caseworker, key=uuid4(), **when())
        desk = today(caseworker, on=TODAY)
        assert sum(count.number for count in desk.counts) == 2
        assert desk.waiting == 1

    @pytest.mark.parametrize(
        ("role", "sees"), [("head", "organisation"), ("verifier", "region"), ("caseworker", "organisation")]
    )
    def test_says_by_the_grants_how_far_somebody_sees(self, request, role, sees):
        assert today(request.getfixturevalue(role), on=TODAY).sees == sees

    def test_says_region_where_one_of_two_grants_is_a_region(self, head):
        give(head, "dinas_verifier", region="21.02")
        assert today(head, on=TODAY).sees == "region"
