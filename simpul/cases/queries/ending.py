"""The ending of an episode: what is filled in, all that happened, and the looks afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Self
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.cases.models import (
    Assessment,
    Case,
    Condition,
    ContactKind,
    Ending,
    FollowUp,
    Goal,
    GoalState,
    Note,
    StepState,
    Task,
    TaskKind,
    TaskState,
)
from simpul.cases.queries import goals as goal_queries
from simpul.cases.queries.comparisons import SEALED_WORDS, Comparison, compared
from simpul.cases.queries.office import model_of, norms_for
from simpul.cases.queries.plans import StepRow, plan_of, steps_of
from simpul.cases.stages import Stage
from simpul.catalogue import casework
from simpul.engines.days import months_later
from simpul.people.models import Capacity

LONGEST_WORDS = 4000
LONGEST_OUTCOME = 1000
LONGEST_HANDED_TO = 500
MOST_FOLLOW_UPS = 12

# What an end beside the way says of its reason, and after which nobody is looked for any more.
REASON_OF = {
    Stage.REFERRED_OUT: "referred_out",
    Stage.LEFT: "own_wish",
    Stage.DIED: "died",
    Stage.NOT_FOUND: "not_found",
    Stage.NOT_ELIGIBLE: "not_eligible",
}
WITHOUT_LOOKS = (Stage.DIED, Stage.NOT_FOUND, Stage.NOT_ELIGIBLE)

PROCESS: dict[str, Promise] = {
    "quantity": gettext_lazy("Banyaknya layanan"),
    "quality": gettext_lazy("Mutu layanan"),
    "cost": gettext_lazy("Biaya"),
    "fit": gettext_lazy("Kesesuaian dengan rencana"),
    "unmet": gettext_lazy("Kebutuhan yang belum terpenuhi"),
}
TRANSITION: dict[str, Promise] = {
    "goes_on": gettext_lazy("Apa yang berlanjut?"),
    "stands_by": gettext_lazy("Siapa yang mendampingi?"),
    "when_hard": gettext_lazy("Apa yang dilakukan bila keadaan menjadi sulit lagi?"),
}
LABELS: dict[str, Promise] = {
    "held_on": gettext_lazy("Tanggal pengakhiran"),
    "reason": gettext_lazy("Alasan berakhir"),
    "is_lasting_need": gettext_lazy("Kebutuhan menetap"),
    "outcomes": gettext_lazy("Hasil tiap tujuan"),
    "effect": gettext_lazy("Hasil bagi orang itu"),
    "process": gettext_lazy("Evaluasi proses"),
    "transition": gettext_lazy("Rencana peralihan"),
    "made_with_client": gettext_lazy("Disusun bersama klien"),
    "handed_to": gettext_lazy("Diserahkan kepada"),
    "statement": gettext_lazy("Pernyataan klien"),
    "statement_capacity": gettext_lazy("Yang menyatakan"),
    "follow_ups": gettext_lazy("Bimbingan lanjut"),
    "follow_up_words": gettext_lazy("Catatan bimbingan lanjut"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that is filled in of an ending. Keys of `outcomes` are those of goals, as text."""

    held_on: date
    reason: str = ""
    is_lasting_need: bool = False
    outcomes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    effect: str = ""
    process: Mapping[str, str] = field(default_factory=dict)
    transition: Mapping[str, str] = field(default_factory=dict)
    made_with_client: bool = False
    handed_to: str = ""
    statement: str = ""
    statement_capacity: str = ""
    follow_ups: tuple[date, ...] = ()
    follow_up_words: str = ""

    @classmethod
    def of(cls, ending: Ending) -> Self:
        """What is kept."""
        return cls(
            held_on=ending.on,
            reason=ending.reason,
            is_lasting_need=ending.is_lasting_need,
            outcomes=ending.outcomes or {},
            effect=ending.effect or "",
            process=ending.process or {},
            transition=ending.transition or {},
            made_with_client=ending.made_with_client,
            handed_to=ending.handed_to or "",
            statement=ending.statement or "",
            statement_capacity=ending.statement_capacity,
            follow_ups=tuple(date.fromisoformat(day) for day in ending.follow_ups),
            follow_up_words=ending.follow_up_words or "",
        )

    def differing(self, other: Told) -> list[str]:
        """The names of what is not the same in both."""
        return [one.name for one in fields(self) if getattr(self, one.name) != getattr(other, one.name)]

    def in_words(self, names: Iterable[str]) -> str:
        """These of its values, for whoever meets somebody else's change."""
        return "; ".join(f"{LABELS[name]}: {_said(name, getattr(self, name))}" for name in names)


def _said(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if not value:
        return _("(kosong)")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if name == "reason":
        return reason_name(value)
    if name == "outcomes":
        return _said_outcomes(value)
    if name == "statement_capacity":
        return str(dict(Capacity.choices).get(value, value))
    if isinstance(value, Mapping):
        labels = PROCESS | TRANSITION
        return ", ".join(f"{labels.get(key, key)} = {words}" for key, words in value.items())
    if isinstance(value, tuple):
        return ", ".join(date_format(day, "j F Y") for day in value)
    return str(value)


def _said_outcomes(outcomes: Mapping[str, Mapping[str, Any]]) -> str:
    numbers = {
        str(goal.pk): goal.number for goal in Goal.objects.filter(pk__in=list(outcomes)).only("number")
    }
    return ", ".join(
        f"{numbers.get(key, '?')} = {said_outcome(one['level'])} ({one['words'] or '-'})"
        for key, one in outcomes.items()
    )


def said_outcome(level: int | None) -> str:
    """A final level, or that it cannot be said."""
    return _("tidak dapat dikatakan") if level is None else goal_queries.said_level(level)


def reason_name(code: str) -> str:
    """Why an episode ended, in the language of this page; the code where it is not known any more."""
    try:
        return casework.entry("end_reasons", code).title.in_language(get_language() or "id")
    except KeyError:
        return code


def reasons() -> list[tuple[str, str]]:
    """Every reason with its name, for choosing one."""
    return [(entry.code, reason_name(entry.code)) for entry in casework.end_reasons()]


def ending_of(case: Case) -> Ending | None:
    """The ending of this episode, draft or complete."""
    found: Ending | None = Ending.objects.filter(case=case).first()
    return found


# --- the goals, to be judged ---


@dataclass(frozen=True, slots=True)
class GoalOutcome:
    """One goal with what was said of it at the end. `is_final`: an outcome was noted."""

    key: UUID
    number: int
    words: str
    baseline: str
    now: str
    levels: tuple[goal_queries.Level, ...]
    may_be_scored: bool
    is_final: bool
    level: int | None
    because: str

    @property
    def said(self) -> str:
        return said_outcome(self.level) if self.is_final else ""


def goals_of(case: Case) -> tuple[Goal, ...]:
    """The goals that need an outcome: all but those given up on the way."""
    return tuple(Goal.objects.filter(case=case).exclude(state=GoalState.DROPPED).order_by("number"))


def outcomes_of(case: Case, ending: Ending | None, viewer: User, on: date) -> tuple[GoalOutcome, ...]:
    """Every goal that needs an outcome, with what is kept of it; words only for who may read workers' own."""
    shown = goal_queries.goals_of(case, viewer, on)
    rows = {row.key: row for row in shown.rows}
    kept: Mapping[str, Any] = (ending.outcomes if ending else None) or {}
    needed = goals_of(case)
    if ending and ending.completed_at:
        # Completing it ended the goals, also those that were not reached.
        needed = tuple(Goal.objects.filter(case=case, pk__in=list(kept)).order_by("number"))
    return tuple(_outcome(goal, rows[goal.pk], kept.get(str(goal.pk)), shown.is_told) for goal in needed)


def _outcome(
    goal: Goal, row: goal_queries.GoalRow, kept: Mapping[str, Any] | None, is_told: bool
) -> GoalOutcome:
    return GoalOutcome(
        key=goal.pk,
        number=goal.number,
        words=row.words,
        baseline=row.baseline,
        now=row.now,
        levels=goal_queries.levels_of(goal) if is_told else (),
        may_be_scored=goal_queries.may_be_scored(goal.levels),
        is_final=kept is not None,
        level=kept["level"] if kept else None,
        because=kept["words"] if kept and is_told else "",
    )


# --- all that happened ---


@dataclass(frozen=True, slots=True)
class Happened:
    """What an honest ending looks back at: goals, assessments against the baseline, services given or not."""

    goals: goal_queries.Panel
    comparisons: tuple[Comparison, ...]
    given: tuple[StepRow, ...]
    not_given: tuple[StepRow, ...]

    @property
    def attainment(self) -> goal_queries.Attainment:
        return self.goals.attainment


def happened_in(case: Case, viewer: User, on: date) -> Happened:
    """Everything of the episode, in words only for who may read workers' own."""
    shown = goal_queries.goals_of(case, viewer, on)
    held = Assessment.objects.filter(case=case).defer(*SEALED_WORDS)
    is_told = Case.objects.reachable(viewer, Permission.SENSITIVE_VIEW).filter(pk=case.pk).exists()
    plan = plan_of(case)
    steps = steps_of(plan, on, is_told=is_told) if plan else ()
    return Happened(
        goals=shown,
        comparisons=tuple(found for found in compared(held, is_told=is_told) if found.baseline),
        given=tuple(step for step in steps if _was_given(step)),
        not_given=tuple(step for step in steps if not _was_given(step)),
    )


def _was_given(step: StepRow) -> bool:
    return step.state in (StepState.DONE, StepState.RUNNING) and step.last_delivered != "no"


def is_by_process(case: Case) -> bool:
    """Whether the working model of the case looks at the process of the services."""
    model = model_of(case)
    return model is not None and model.evaluation == "process"


# --- looking in afterwards ---


def default_follow_ups(case: Case, on: date) -> tuple[date, ...]:
    """The days that the office's norms foresee."""
    return tuple(months_later(on, months) for months in norms_for(case)["follow_up_months"])


@dataclass(frozen=True, slots=True)
class Look:
    """One follow-up in a list: made, cancelled, or still to come."""

    key: UUID
    due_on: date
    done_on: date | None
    done_by_name: str
    condition_name: str
    decision_name: str
    words: str
    is_cancelled: bool
    is_late: bool

    @property
    def is_waiting(self) -> bool:
        return self.done_on is None and not self.is_cancelled


def looks_of(case: Case, on: date, *, is_told: bool) -> tuple[Look, ...]:
    """Every follow-up in its order."""
    return tuple(_look(row, on, is_told) for row in _with_cancelled(case))


def _with_cancelled(case: Case) -> Any:
    dropped = Task.objects.filter(
        case=OuterRef("case"), kind=TaskKind.FOLLOW_UP, about=OuterRef("pk"), state=TaskState.DROPPED
    )
    rows = FollowUp.objects.filter(case=case).annotate(is_dropped=Exists(dropped))
    return rows.order_by("due_on", "at", "pk")


def _look(row: Any, on: date, is_told: bool) -> Look:
    is_cancelled = row.done_on is None and row.is_dropped
    return Look(
        key=row.pk,
        due_on=row.due_on,
        done_on=row.done_on,
        done_by_name=row.done_by_name,
        condition_name=row.get_condition_display() if row.condition else "",
        decision_name=row.get_decision_display() if row.decision else "",
        words=(row.words or "") if is_told else "",
        is_cancelled=is_cancelled,
        is_late=row.done_on is None and not is_cancelled and row.due_on < on,
    )


def waiting_beside(follow_up: FollowUp) -> list[FollowUp]:
    """The other follow-ups of the same case that are still to come."""
    rows = _with_cancelled(follow_up.case).filter(done_on=None, is_dropped=False)
    return list(rows.exclude(pk=follow_up.pk))


def tries_of(case: Case) -> int:
    """How often the client was looked for in vain since the ending: notes of attempts, and follow-ups."""
    ending = ending_of(case)
    since = ending.on if ending else case.opened_on
    attempts = Note.objects.filter(case=case, kind=ContactKind.ATTEMPT, on__gte=since, corrections=None)
    return attempts.count() + FollowUp.objects.filter(case=case, condition=Condition.NOT_MET).count()


def tries_needed(case: Case) -> int:
    """After how many times in vain the client of this case may be called unreachable."""
    return int(norms_for(case)["follow_up_tries"])


# --- the part of the case page ---


@dataclass(frozen=True, slots=True)
class Panel:
    """On the page of the case: whether the ending is begun or complete, and the next look afterwards."""

    ending: Ending | None
    reason_name: str
    next: Look | None
    made: int
    of: int
    may_end: bool


def panel(case: Case, viewer: User, on: date) -> Panel:
    """Two questions to the database; nothing of it in workers' own words."""
    ending = ending_of(case)
    looks = looks_of(case, on, is_told=False) if ending and ending.completed_at else ()
    counted = [look for look in looks if not look.is_cancelled]
    return Panel(
        ending=ending,
        reason_name=reason_name(ending.reason) if ending and ending.reason else "",
        next=next((look for look in looks if look.is_waiting), None),
        made=sum(look.done_on is not None for look in counted),
        may_end=viewer.can(Permission.CASE_END),
        of=len(counted),
    )
