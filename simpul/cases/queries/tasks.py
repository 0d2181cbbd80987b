"""What there is to do in cases, and for whom: one definition for list, badge, strip and calendar file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.prepared import Prepared
from simpul.cases.models import Case, CaseMember, Task, TaskKind
from simpul.cases.models.case import is_reached_by, ties_of
from simpul.cases.queries.office import norms_for
from simpul.cases.queries.team import lasts
from simpul.cases.stages import Stage


@dataclass(frozen=True, slots=True)
class Door:
    """Where a task is done: an address of this subject, what its button says, and whose key it takes.

    `to_row` tells that the page is of the row which the task is about, not of the case.
    """

    address: str
    button: Promise
    to_row: bool = False


HERE = Door("cases:task", gettext_lazy("Kerjakan"))
# What has a page of its own is done there, and the task is over with it.
ELSEWHERE: dict[str, Door] = {
    TaskKind.REASSESSMENT: Door("cases:assessments", gettext_lazy("Nilai lagi")),
    TaskKind.GOAL: Door("cases:goal", gettext_lazy("Lihat tujuan"), to_row=True),
    TaskKind.PLAN_STEP: Door("cases:plan", gettext_lazy("Lihat rencana")),
    TaskKind.FOLLOW_UP: Door("cases:ending", gettext_lazy("Catat bimbingan lanjut")),
    TaskKind.HANDOVER: Door("cases:handover", gettext_lazy("Jawab serah terima")),
    TaskKind.APPROVAL: Door("cases:plan", gettext_lazy("Periksa rencana")),
    TaskKind.GLASS: Door("cases:privacy", gettext_lazy("Periksa pembukaan")),
}
# What a worker wrote alone, and may change without a word to others.
FREE = frozenset({TaskKind.OWN, TaskKind.VISIT})
# What a second person answers; without one in reach it stays with the case.
FOR_SUPERVISORS = (TaskKind.APPROVAL, TaskKind.GLASS)
# What only its own page, or who was asked, lets go: nobody may put off being looked after.
KEPT = frozenset(ELSEWHERE) - {TaskKind.REASSESSMENT, TaskKind.GOAL, TaskKind.PLAN_STEP}
# The first postponement is the worker's own; at this one the supervisor is asked.
ASKED_AGAIN = 2
# Where no contact is expected for a while.
_MAY_BE_QUIET = (Stage.SUSPENDED, Stage.FOLLOW_UP, Stage.OUTREACH)


@dataclass(frozen=True, slots=True)
class Line:
    """One task as it is shown. `days` is how many it is late, below zero how many are left.

    `words` and `because` are empty for who may not read workers' own words.
    """

    key: UUID
    case: UUID
    number: str
    kind: str
    kind_name: str
    words: str
    because: str
    due_on: date
    days: int
    worker: UUID | None
    worker_name: str
    postponed: int
    version: int
    door: Door
    keys: tuple[UUID, ...]

    @property
    def is_overdue(self) -> bool:
        return self.days > 0

    @property
    def is_done_here(self) -> bool:
        return self.door is HERE

    @property
    def is_for_supervisor(self) -> bool:
        """Only a supervisor can answer it: others are told that it waits."""
        return self.kind in FOR_SUPERVISORS

    @property
    def is_kept(self) -> bool:
        """Nothing about it is changed by hand."""
        return self.kind in KEPT

    @property
    def waits_for_supervisor(self) -> bool:
        return self.postponed >= ASKED_AGAIN


def line_of(task: Task, on: date, *, is_told: bool) -> Line:
    """A task as a line; its case has to be at hand."""
    door = ELSEWHERE.get(TaskKind(task.kind), HERE)
    return Line(
        key=task.pk,
        case=task.case_id,
        number=task.case.number,
        kind=task.kind,
        kind_name=task.get_kind_display(),
        words=(task.words or "") if is_told else "",
        because=(task.because or "") if is_told else "",
        due_on=task.due_on,
        days=(on - task.due_on).days,
        worker=task.worker,
        worker_name=task.worker_name,
        postponed=task.postponed,
        version=task.version,
        door=door,
        keys=_keys(task, door),
    )


def _keys(task: Task, door: Door) -> tuple[UUID, ...]:
    """What the address of the door is made with."""
    if door is HERE:
        return (task.case_id, task.pk)
    if door.to_row and task.about:
        return (task.about,)
    return (task.case_id,)


def tasks_of(case: Case, viewer: User, on: date) -> tuple[Line, ...]:
    """What waits in one case that this viewer has reached, the overdue first."""
    return tuple(
        line_of(_with(task, case), on, is_told=is_reached_by(task, case, viewer, Permission.SENSITIVE_VIEW))
        for task in _TASKS.rows(key=case.pk, viewer=viewer.pk)
    )


def _tasks(*, key: UUID, viewer: UUID) -> Any:
    rows = Task.objects.waiting().filter(case=key).annotate(**ties_of(viewer, key))
    return rows.order_by("due_on", "at", "pk")


_TASKS = Prepared(_tasks)


def _with(task: Task, case: Case) -> Task:
    task.case = case
    return task


def told_of(cases: Iterable[UUID], viewer: User) -> set[UUID]:
    """Those of these cases whose workers' own words this viewer may read."""
    open_to = Case.objects.reachable(viewer, Permission.SENSITIVE_VIEW)
    return set(open_to.filter(pk__in=set(cases)).values_list("pk", flat=True))


def mine(viewer: User, on: date) -> Any:
    """The tasks that wait for this person: one's own, those of whom one covers today, a supervisor's answers.

    A manager also finds those of who has left the team, or would have, by the last day that was agreed.
    A queryset of tasks, so that a page can count, order and cut it.
    """
    whose = ~Q(kind__in=FOR_SUPERVISORS) & (
        Q(worker=viewer.pk) | Q(Exists(_cover_of(viewer, on))) | _left_behind(viewer, on)
    )
    if viewer.can(Permission.CASE_APPROVE):
        supervised = Case.objects.reachable(viewer, Permission.CASE_APPROVE).order_by().values("pk")
        whose |= Q(case__in=supervised) & (Q(kind__in=FOR_SUPERVISORS) | Q(postponed__gte=ASKED_AGAIN))
    return Task.objects.waiting().reachable(viewer, Permission.CASE_VIEW).filter(whose)


def _cover_of(viewer: User, on: date, *, case: str = "case") -> Any:
    """Standing in on that day for whoever a task, or a case, is given to."""
    covers = CaseMember.objects.filter(lasts(on), user=viewer.pk).exclude(covers="")
    return covers.filter(case=OuterRef(case), covers=OuterRef("worker_name"))


def _left_behind(viewer: User, on: date) -> Q:
    """In one's own cases, given to somebody who was of the team and is not any more: a date tells nobody."""
    of_worker = CaseMember.objects.filter(case=OuterRef("case"), user=OuterRef("worker"))
    once, now = of_worker.filter(since__lte=on), of_worker.filter(lasts(on))
    return Q(case__worker=viewer.pk) & ~Q(kind=TaskKind.HANDOVER) & Q(Exists(once)) & ~Q(Exists(now))


def overdue_count(viewer: User, on: date) -> int:
    """How many tasks of this person are overdue: what list, badge, strip and API say."""
    count: int = mine(viewer, on).overdue(on).count()
    return count


def silent(viewer: User, on: date) -> Any:
    """My cases in which nobody was met for longer than the office's norm, counted from the opening at first.

    A queryset of cases with `quiet_since`. Suspended cases, and those that are only looked in on, may be quiet.
    """
    running = Case.objects.reachable(viewer, Permission.CASE_VIEW).open().exclude(stage__in=_MAY_BE_QUIET)
    own = running.filter(Q(worker=viewer.pk) | Q(Exists(_cover_of(viewer, on, case="pk"))))
    quiet = own.annotate(quiet_since=Coalesce("last_contact_on", "opened_on"))
    return quiet.filter(_too_long(own, on)).select_related("person")


def _too_long(cases: Any, on: date) -> Q:
    """Quiet for longer than the norm of the office that keeps the case."""
    too_long = Q(pk__in=[])
    # The series is the organisation's or the regency's: most workers have cases of one office only.
    for organisation, series in cases.order_by().values_list("organisation", "series").distinct():
        of_office = Case(organisation=organisation, region="" if organisation else series)
        days = int(norms_for(of_office)["no_contact_days"])
        too_long |= Q(organisation=organisation, series=series, quiet_since__lt=on - timedelta(days=days))
    return too_long


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody of the team to whom a task can be given."""

    key: UUID
    name: str


def workers_of(case: Case, by: User, on: date) -> tuple[Worker, ...]:
    """Who can be given a task on a day: the team that has accounts here, and who writes it down, first."""
    team = CaseMember.objects.filter(lasts(on), case=case, user__isnull=False).order_by("name", "pk")
    found = {by.pk: str(by)} | dict(team.values_list("user", "name"))
    return tuple(Worker(key, name) for key, name in found.items())


def ticked_by_hand(case: Case) -> Any:
    """Tasks of this case that are over when a worker says so: what a visit may settle at once."""
    rows = Task.objects.waiting().filter(case=case).exclude(kind__in=list(ELSEWHERE))
    return rows.order_by("due_on", "at", F("pk"))
