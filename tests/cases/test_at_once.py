"""The same form sent twice at one moment, and two workers in two rows of one case: on PostgreSQL, in two threads."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection

from simpul.access.models import User
from simpul.access.refusal import Clash, Refusal
from simpul.cases.actions.around import About, add_concerned
from simpul.cases.actions.assessments import start
from simpul.cases.actions.goals import edit_goal
from simpul.cases.actions.handover import propose
from simpul.cases.actions.stages import prescreen
from simpul.cases.actions.team import Minutes, Participant, add_member, hold_conference
from simpul.cases.actions.ties import tie
from simpul.cases.actions.voice import give_rights
from simpul.cases.models import Case, PlanStep, Task, Tie
from tests.cases import assessing, factories
from tests.cases.contacts_factories import opened
from tests.cases.factories import moved
from tests.cases.goals import goal_details, goal_of
from tests.cases.plans import agreed, approval_wanted, now_at, plan_of, step_of
from tests.cases.test_two_workers import both_at_once
from tests.screening.factories import TODAY, when

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time."),
]
# One try would often miss the moment.
TRIES = 5
MINUTES = Minutes(TODAY, [Participant("Ns. Fitri")], "Keadaan di rumah", "Kunjungan tiap minggu")


def conference(case, by, key):
    return hold_conference(case, by=by, key=key, minutes=MINUTES, **when(200))


def concerned(case, by, key):
    about = About(name="Bu Jamilah", relation="tetangga")
    return add_concerned(case, by=by, key=key, about=about, **when(200))


def rights(case, by, key):
    return give_rights(case, by=by, key=key, how="Dibacakan, lalu diberikan", **when(200))


def member(case, by, key):
    return add_member(case, by=by, key=key, called="Ns. Fitri", **when(200))


def assessment(case, by, key):
    return start(case, by=by, key=key, instrument=assessing.WG, **when(200))


def handover(case, by, key):
    to = User.objects.get(name="Pak Hamdan").pk
    return propose(case, by=by, key=key, to=to, because="Pindah wilayah kerja", **when(200))


def prescreening(case, by, key):
    Case.objects.filter(pk=case.pk, stage="intake").update(stage="prescreening")
    return prescreen(case, by=by, key=key, **when(200))


def another_case(case, by, key):
    return factories.opened(case.person, by, key=key, urgency="normal")


CREATING = [conference, concerned, rights, member, assessment, handover, prescreening, another_case]


@pytest.mark.parametrize("create", CREATING, ids=lambda create: create.__name__)
class TestOneForm:
    def test_sent_twice_at_one_moment_is_kept_once(self, create: Callable[..., Any], caseworker, supervisor):
        for number in range(TRIES):
            case, key = opened(caseworker, name=f"Siti {number}"), uuid.uuid4()
            first, second = both_at_once(*[partial(create, case, caseworker, key)] * 2)
            assert first is not None
            assert (first, first.pk) == (second, key)


class TestTie:
    def test_by_two_workers_at_one_moment_is_kept_once(self, caseworker, supervisor):
        for number in range(TRIES):
            case = opened(caseworker, name=f"Siti {number}")
            row = concerned(case, caseworker, uuid.uuid4())

            def tied(by, case=case, row=row):
                try:
                    return tie(
                        case, by=by, key=uuid.uuid4(), kind="supports", one=None, other=row.pk, **when(200)
                    )
                except Refusal as refusal:
                    return refusal

            came = both_at_once(lambda tied=tied: tied(caseworker), lambda tied=tied: tied(supervisor))
            assert sorted(isinstance(one, Tie) for one in came) == [False, True]
            assert Tie.objects.filter(case=case).count() == 1


class TestOneLineInTwoVersions:
    def test_takes_one_of_two_states_and_locks_nobody_out(self, caseworker, supervisor):
        for number in range(TRIES):
            case = opened(caseworker, name=f"Siti {number}")
            if not number:
                approval_wanted(case, wanted=False)
            plan = plan_of(case, caseworker)
            step = step_of(plan, caseworker)
            agreed(plan, caseworker)
            copy = PlanStep.objects.get(plan=plan_of(case, caseworker), line=step.line)
            versions = {row.pk: PlanStep.objects.get(pk=row.pk).version for row in (step, copy)}
            came = both_at_once(
                lambda row=step, held=versions: now_at(row, caseworker, "arranged", version=held[row.pk]),
                lambda row=copy, held=versions: now_at(row, supervisor, "running", version=held[row.pk]),
            )
            assert {type(one) for one in came} == {PlanStep, Clash}
            assert len(set(PlanStep.objects.filter(line=step.line).values_list("state", flat=True))) == 1


class TestAReminder:
    def test_is_not_put_into_a_case_that_is_being_ended(self, caseworker, supervisor):
        for number in range(TRIES):
            case = opened(caseworker, name=f"Siti {number}")
            goal = goal_of(case, caseworker, target_on=None)

            def edited(goal=goal):
                try:
                    return edit_goal(
                        goal,
                        by=caseworker,
                        version=goal.version,
                        **goal_details(target_on=TODAY),
                        **when(200),
                    )
                except Refusal as refusal:
                    return refusal

            came = both_at_once(
                edited, lambda case=case: moved(case, supervisor, "left", because="Pindah ke luar pulau")
            )
            assert None not in came
            assert not Task.objects.waiting().filter(case=case, kind="goal").exists()
