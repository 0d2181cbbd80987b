"""Handing a case over: what was asked of whom, and what the new worker needs to see first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from simpul.access.models import User
from simpul.cases.models import Case, Goal, GoalState, Handing, Handover, HandoverState, Note, TaskKind
from simpul.cases.queries import around
from simpul.cases.queries.case import sees_all
from simpul.cases.queries.plans import crisis_of
from simpul.cases.queries.tasks import Line, tasks_of
from simpul.cases.queries.team import Member, team_of

_NEWEST_NOTES = 5
# What was promised to somebody; all other tasks are dates that the case itself sets.
_PROMISES = (TaskKind.OWN, TaskKind.ADVOCATE, TaskKind.CONFERENCE)


@dataclass(frozen=True, slots=True)
class Asked:
    """One handover or leave cover that was proposed. Reasons are empty for who may not read them."""

    key: UUID
    kind: str
    kind_name: str
    on: date
    from_name: str
    to_user: UUID
    to_name: str
    state: str
    state_name: str
    because: str
    open_promises: str
    answer: str
    starts_on: date
    until: date | None

    @property
    def is_waiting(self) -> bool:
        return self.state == HandoverState.PROPOSED

    @property
    def is_cover(self) -> bool:
        return self.kind == Handing.COVER


@dataclass(frozen=True, slots=True)
class Contact:
    """One of the last contacts."""

    on: date
    kind_name: str
    who: str
    words: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal that is being worked on."""

    number: int
    words: str
    target_on: date | None


@dataclass(frozen=True, slots=True)
class FirstSight:
    """All that a new worker should see first, on one page: `risk` and `crisis` are what cannot wait."""

    summary: str
    risk: str
    crisis: str
    wishes: str
    contacts: tuple[Contact, ...]
    promises: tuple[Line, ...]
    dates: tuple[Line, ...]
    people: tuple[around.Row, ...]
    goals: tuple[Aim, ...]
    before: tuple[Member, ...]


def handovers_of(case: Case, viewer: User) -> tuple[Asked, ...]:
    """Every handover of a case that was ever proposed, newest first."""
    is_told = sees_all(case, viewer)
    rows = Handover.objects.filter(case=case).order_by("-at", "pk")
    return tuple(_asked(row, is_told or row.to_user == viewer.pk) for row in rows)


def _asked(row: Handover, is_told: bool) -> Asked:
    def told(words: str | None) -> str:
        return (words or "") if is_told else ""

    return Asked(
        key=row.pk,
        kind=row.kind,
        kind_name=row.get_kind_display(),
        on=timezone.localtime(row.at).date(),
        from_name=row.by_name,
        to_user=row.to_user,
        to_name=row.to_name,
        state=row.state,
        state_name=row.get_state_display(),
        because=told(row.because),
        open_promises=told(row.open_promises),
        answer=told(row.answer),
        starts_on=row.starts_on,
        until=row.until,
    )


def first_sight(case: Case, viewer: User, on: date) -> FirstSight | None:
    """The handover view; nothing for who may not read what workers wrote."""
    if not sees_all(case, viewer):
        return None
    tasks = tasks_of(case, viewer, on)
    notes = Note.objects.filter(case=case, corrections=None).order_by("-on", "-at")[:_NEWEST_NOTES]
    goals = Goal.objects.filter(case=case, state=GoalState.ACTIVE).order_by("priority", "number")
    found = around.around_of(case, viewer)
    return FirstSight(
        summary=case.summary or "",
        risk=case.risk or "",
        crisis=crisis_of(case),
        wishes=case.wishes or "",
        contacts=tuple(
            Contact(note.on, note.get_kind_display(), note.by_name, note.words or "", note.next_step or "")
            for note in notes
        ),
        promises=tuple(task for task in tasks if task.kind in _PROMISES),
        dates=tuple(task for task in tasks if task.kind not in _PROMISES),
        people=found.rows,
        goals=tuple(Aim(goal.number, goal.words or "", goal.target_on) for goal in goals),
        before=team_of(case, on).former,
    )
