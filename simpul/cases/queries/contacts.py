"""What was noted of contacts, and what was promised there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.cases.models import Case, ContactKind, Goal, GoalState, Note, Task
from simpul.cases.queries.tasks import Line, tasks_of

# Trying in vain, and thinking at a desk, are no contact with anybody.
NO_CONTACT = (ContactKind.ATTEMPT, ContactKind.NOTE, ContactKind.PRESCREENING)
# What a worker can choose; a prescreening has its own page.
BY_HAND = tuple((code, name) for code, name in ContactKind.choices if code != ContactKind.PRESCREENING)
_IN_PANEL = 5
_SENT_AGAIN = timedelta(minutes=10)
_MOST_PROMISES = 20


@dataclass(frozen=True, slots=True)
class GoalChoice:
    """A goal on which a note can hang."""

    key: UUID
    number: int
    words: str


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One note as it is shown; its words are empty for who may not read workers' own words."""

    key: UUID
    on: date
    at: datetime
    who: str
    kind: str
    kind_name: str
    place: str
    with_whom: str
    words: str
    third_party: str
    next_step: str
    goals: tuple[GoalChoice, ...]
    minutes: int | None
    is_corrected: bool
    corrects: bool

    @property
    def is_late_entry(self) -> bool:
        """Written down on another day than it happened."""
        return timezone.localtime(self.at).date() > self.on


def goal_choices(case: Case, *, all_states: bool = False) -> tuple[GoalChoice, ...]:
    """The goals on which a note of this case can hang, by number: those that are still worked on."""
    goals = Goal.objects.filter(case=case).order_by("number")
    if not all_states:
        goals = goals.filter(state=GoalState.ACTIVE)
    return tuple(GoalChoice(goal.pk, goal.number, goal.words or "") for goal in goals)


def notes_of(case: Case, *, kind: str = "", since: date | None = None) -> Any:
    """The notes of a case, the newest day first; a queryset, so that a page can cut it."""
    notes = Note.objects.filter(case=case).order_by("-on", "-at", "pk")
    if kind in ContactKind.values:
        notes = notes.filter(kind=kind)
    return notes if since is None else notes.filter(on__gte=since)


def note_lines(notes: Iterable[Note], case: Case, *, is_told: bool) -> tuple[NoteLine, ...]:
    """Notes as lines, with which of them were corrected, and the goals by number."""
    listed = list(notes)
    corrected = set(
        Note.objects.filter(corrects__in=[note.pk for note in listed]).values_list("corrects", flat=True)
    )
    goals = {str(goal.key): goal for goal in goal_choices(case, all_states=True)}
    return tuple(_line(note, goals, is_corrected=note.pk in corrected, is_told=is_told) for note in listed)


def _line(note: Note, goals: dict[str, GoalChoice], *, is_corrected: bool, is_told: bool) -> NoteLine:
    told = {name: (getattr(note, name) or "") if is_told else "" for name in _WORDS}
    return NoteLine(
        key=note.pk,
        on=note.on,
        at=note.at,
        who=note.by_name,
        kind=note.kind,
        kind_name=note.get_kind_display(),
        goals=tuple(goals[key] for key in note.goals if key in goals) if is_told else (),
        minutes=note.minutes,
        is_corrected=is_corrected,
        corrects=note.corrects_id is not None,
        **told,
    )


_WORDS = ("place", "with_whom", "words", "third_party", "next_step")


_WORDS = ("words", "third_party", "place", "with_whom", "next_step")


def written_just_now(case: Case, by: User, at: datetime, typed: Mapping[str, Any]) -> bool:
    """Whether somebody wrote this very note some minutes ago: gone back in the browser, they send it again.

    `typed` is what the form of a note holds. With anything else in it, it is another note.
    """
    newest = Note.objects.filter(case=case, by=by.pk, corrections=None, at__gte=at - _SENT_AGAIN)
    found = newest.filter(kind=typed["kind"], on=typed["happened_on"], minutes=typed["minutes"])
    return any(_is_same(note, typed) for note in found)


def _is_same(note: Note, typed: Mapping[str, Any]) -> bool:
    said = all((getattr(note, name) or "").split() == (typed[name] or "").split() for name in _WORDS)
    promised = Task.objects.filter(case=note.case_id, about=note.pk, first_due_on=typed["next_on"])
    return (
        said
        and set(note.goals) == set(typed.get("goals") or ())
        and (typed["next_on"] is None or promised.exists())
    )


def newest_of(note: Note) -> Note:
    """The note itself, or the last of its corrections."""
    while later := note.corrections.order_by("at").first():
        note = later
    return note


@dataclass(frozen=True, slots=True)
class Promise:
    """A next step that was noted, and for which no day was set."""

    on: date
    words: str
    who: str


def promises_of(case: Case) -> tuple[Promise, ...]:
    """Next steps that stand in notes without a task behind them, the newest first: for handing a case over.

    What has a day is among the tasks. For readers of workers' own words only.
    """
    notes = Note.objects.filter(case=case, corrections=None, next_step_sealed__isnull=False)
    dated = Task.objects.filter(case=case, about__isnull=False).values("about")
    open_ones = notes.exclude(pk__in=dated).order_by("-on", "-at")[:_MOST_PROMISES]
    return tuple(Promise(note.on, note.next_step, note.by_name) for note in open_ones)


@dataclass(frozen=True, slots=True)
class Panel:
    """What the page of a case shows of contacts and tasks.

    What still waits in an ended case can be ticked off (`may_note`), but nothing is added (`may_add`).
    `may_answer` tells whether what waits for a supervisor can be answered by this viewer.
    """

    case: Case
    tasks: tuple[Line, ...]
    more: int
    overdue: int
    last_contact_on: date | None
    may_note: bool
    may_add: bool
    may_answer: bool


def panel(case: Case, viewer: User, on: date) -> Panel:
    """Open tasks, the overdue first, and when somebody last met the client."""
    tasks, may_note = tasks_of(case, viewer, on), viewer.can(Permission.CASE_NOTE)
    return Panel(
        case=case,
        tasks=tasks[:_IN_PANEL],
        more=max(0, len(tasks) - _IN_PANEL),
        overdue=sum(1 for task in tasks if task.is_overdue),
        last_contact_on=case.last_contact_on,
        may_note=may_note,
        may_add=may_note and case.is_open,
        may_answer=viewer.can(Permission.CASE_APPROVE),
    )
