import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from simpul.cases.actions.tasks import postpone_task
from simpul.cases.models import Case, CaseMember, Office, Task, TaskKind
from simpul.cases.queries.tasks import (
    ELSEWHERE,
    HERE,
    mine,
    overdue_count,
    silent,
    tasks_of,
    ticked_by_hand,
    workers_of,
)
from simpul.catalogue import casework
from tests.access.factories import user_with
from tests.cases.contacts_factories import covering, noted, opened, reminded, tasked
from tests.screening.factories import TODAY, when

pytestmark = pytest.mark.django_db
NORM = casework.norms()["no_contact_days"]


def asked_again(task, by):
    for days in (10, 20):
        task = postpone_task(
            task,
            by=by,
            on=TODAY,
            at=when(80)["at"],
            version=task.version,
            until=TODAY + timedelta(days=days),
            because=f"Kapal tidak berlayar sampai hari ke-{days}",
        )
    return task


class TestTasksOf:
    def test_puts_the_overdue_first(self, caseworker):
        case = opened(caseworker)
        tasked(case, caseworker, days=2)
        late = tasked(case, caseworker, days=-4)
        lines = tasks_of(case, caseworker, TODAY)
        assert [line.days for line in lines] == [4, -2]
        assert (lines[0].key, lines[0].is_overdue, lines[1].is_overdue) == (late.pk, True, False)

    def test_keeps_workers_own_words_from_who_may_not_read_them(self, caseworker, head):
        case = opened(caseworker)
        tasked(case, caseworker)
        (line,) = tasks_of(case, head, TODAY)
        assert (line.words, line.kind_name) == ("", "Tugas")

    def test_leads_to_where_each_kind_is_done(self, caseworker):
        case = opened(caseworker)
        tasks = {kind: reminded(case, caseworker, kind) for kind in TaskKind.values}
        for line in tasks_of(case, caseworker, TODAY):
            door = ELSEWHERE.get(line.kind, HERE)
            key = tasks[line.kind].about if door.to_row else case.pk
            assert (line.door, line.keys[0]) == (door, key)

    @pytest.mark.parametrize("kind", sorted(ELSEWHERE))
    def test_leads_to_pages_that_exist(self, kind):
        assert reverse(ELSEWHERE[kind].address, args=[uuid.uuid4()])

    def test_asks_the_database_once(self, caseworker, django_assert_num_queries):
        case = opened(caseworker)
        for _ in range(3):
            tasked(case, caseworker)
        with django_assert_num_queries(1):
            tasks_of(case, caseworker, TODAY)


class TestWorkersOf:
    def test_are_those_of_the_team_on_that_day(self, caseworker, supervisor):
        case = opened(caseworker)
        covering(case, supervisor, until=5)
        names = [
            [worker.name for worker in workers_of(case, caseworker, TODAY + timedelta(days=days))]
            for days in (5, 6)
        ]
        assert names == [[str(caseworker), str(supervisor)], [str(caseworker)]]


class TestMine:
    def test_holds_what_is_given_to_me_and_nothing_of_others(self, caseworker, supervisor):
        case = opened(caseworker)
        own = tasked(case, caseworker)
        tasked(case, supervisor)
        assert list(mine(caseworker, TODAY)) == [own]

    def test_holds_for_the_manager_what_was_of_who_left_by_a_date(self, caseworker, supervisor):
        case = opened(caseworker)
        covering(case, supervisor, until=5)
        task, last = tasked(case, supervisor), TODAY + timedelta(days=5)
        assert list(mine(caseworker, last)) == []
        assert list(mine(caseworker, last + timedelta(days=1))) == [task]

    def test_ends_when_the_case_is_out_of_reach(self, caseworker, stranger):
        task = tasked(opened(caseworker), caseworker)
        Task.objects.filter(pk=task.pk).update(worker=stranger.pk)
        assert not mine(stranger, TODAY).exists()

    @pytest.mark.parametrize(
        ("since", "until", "count"),
        [(0, 5, 1), (-3, 0, 1), (1, 5, 0), (-5, -1, 0)],
        ids=["first day", "last day", "before", "after"],
    )
    def test_holds_those_of_whom_i_cover_during_the_leave(self, caseworker, officer, since, until, count):
        case = opened(caseworker)
        tasked(case, caseworker)
        covering(case, officer, since=since, until=until)
        assert mine(officer, TODAY).count() == count

    @pytest.mark.parametrize("kind", [TaskKind.APPROVAL, TaskKind.GLASS])
    def test_gives_what_needs_a_second_person_to_supervisors_only(self, caseworker, supervisor, kind):
        task = reminded(opened(caseworker), caseworker, kind)
        assert not mine(caseworker, TODAY).exists()
        assert list(mine(supervisor, TODAY)) == [task]

    def test_brings_to_the_supervisor_what_is_to_be_postponed_again(self, caseworker, supervisor):
        task = asked_again(tasked(opened(caseworker), caseworker), caseworker)
        assert list(mine(supervisor, TODAY)) == [task]
        assert list(mine(caseworker, TODAY)) == [task]

    def test_leaves_supervisors_elsewhere_alone(self, caseworker, other_organisation):
        reminded(opened(caseworker), caseworker, TaskKind.APPROVAL)
        elsewhere = user_with("case_supervisor", organisation=other_organisation)
        assert not mine(elsewhere, TODAY).exists()


class TestOverdueCount:
    def test_counts_what_is_late_and_waits(self, caseworker):
        case = opened(caseworker)
        late, done = tasked(case, caseworker, days=-1), tasked(case, caseworker, days=-1)
        tasked(case, caseworker, days=0)
        Task.objects.filter(pk=done.pk).update(state="done")
        assert overdue_count(caseworker, TODAY) == 1
        assert list(Task.objects.overdue(TODAY)) == [late]


class TestSilent:
    @pytest.mark.parametrize(("days", "count"), [(NORM, 0), (NORM + 1, 1)])
    def test_counts_from_the_opening_until_there_was_a_contact(self, caseworker, days, count):
        opened(caseworker, days=days)
        assert silent(caseworker, TODAY).count() == count

    def test_is_broken_by_a_contact_and_not_by_an_attempt(self, caseworker):
        case = opened(caseworker, days=NORM + 5)
        noted(case, caseworker, kind="attempt")
        assert list(silent(caseworker, TODAY)) == [case]
        noted(case, caseworker, kind="call")
        assert not silent(caseworker, TODAY).exists()

    @pytest.mark.parametrize("stage", ["suspended", "follow_up", "closed", "died"])
    def test_leaves_alone_what_may_be_quiet(self, caseworker, stage):
        opened(caseworker, days=NORM + 5)
        Case.objects.update(stage=stage)
        assert not silent(caseworker, TODAY).exists()

    def test_follows_the_norm_of_the_office(self, caseworker, organisation):
        opened(caseworker, days=NORM + 5)
        Office.objects.create(
            organisation=organisation, norms={"no_contact_days": NORM + 20}, changed_at=when()["at"]
        )
        assert not silent(caseworker, TODAY).exists()

    def test_is_a_matter_of_the_worker_and_of_the_cover(self, caseworker, supervisor, officer):
        case = opened(caseworker, days=NORM + 5)
        assert not silent(supervisor, TODAY).exists()
        covering(case, officer)
        assert list(silent(officer, TODAY)) == [case]


class TestTickedByHand:
    def test_leaves_out_what_has_a_page_of_its_own(self, caseworker):
        case = opened(caseworker)
        own, advocate = tasked(case, caseworker), reminded(case, caseworker, TaskKind.ADVOCATE)
        reminded(case, caseworker, TaskKind.GOAL)
        assert set(ticked_by_hand(case)) == {own, advocate}


def test_a_member_without_cover_does_not_take_over_tasks(caseworker, officer):
    case = opened(caseworker)
    tasked(case, caseworker)
    member = covering(case, officer)
    CaseMember.objects.filter(pk=member.pk).update(covers="")
    assert not mine(officer, TODAY).exists()
