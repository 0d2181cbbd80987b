"""Goals of a case: where each stands, what all of them together say, and what looks unlikely about one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.prepared import Prepared
from simpul.cases.models import (
    Case,
    Goal,
    GoalScore,
    GoalState,
    Moment,
    Note,
    PlanState,
    PlanStep,
    StepState,
    Term,
)
from simpul.cases.models.case import is_reached_by, ties_of
from simpul.cases.queries.office import norms_for
from simpul.engines.statistics import gas_t_score

LONGEST_WORDS = 300
LONGEST_CRITERION = 500
LONGEST_LEVEL = 300
LONGEST_REASON = 1000
SHORTEST_REASON = 5
NEWEST_NOTES = 5
_NOTES_LOOKED_THROUGH = 200

LEVEL_NAMES = {
    2: gettext_lazy("Jauh lebih baik daripada yang diharapkan"),
    1: gettext_lazy("Lebih baik daripada yang diharapkan"),
    0: gettext_lazy("Seperti yang diharapkan"),
    -1: gettext_lazy("Kurang dari yang diharapkan"),
    -2: gettext_lazy("Jauh dari yang diharapkan"),
}


def said_level(level: int | None) -> str:
    """+1, 0, -2; nothing for a goal that was not scored."""
    if level is None:
        return ""
    return f"+{level}" if level > 0 else f"{level}".replace("-", "−")


def may_be_scored(levels: Mapping[str, str] | None) -> bool:
    """Whether enough levels are described: the expected one, one above it and one below."""
    told = {int(level) for level, words in (levels or {}).items() if words}
    return 0 in told and any(level > 0 for level in told) and any(level < 0 for level in told)


# --- all goals together ---


@dataclass(frozen=True, slots=True)
class Attainment:
    """All goals of a case as one number, by Kiresuk and Sherman; 50 is as expected.

    A goal without a score is never counted, nor one that was given up. `change` compares only the goals that
    have a baseline and a later score (`compared` of them); None where there are none.
    """

    baseline_t: float | None = None
    now_t: float | None = None
    change: float | None = None
    scored: int = 0
    of: int = 0
    based: int = 0
    compared: int = 0
    dropped: int = 0

    @property
    def unscored(self) -> int:
        return self.of - self.scored


def attainment(case: Case, on: date) -> Attainment:
    """What all goals of one case say together on that day."""
    return attainments([case.pk], on).get(case.pk, Attainment())


def attainments(cases: Iterable[UUID], on: date) -> dict[UUID, Attainment]:
    """The same for many cases in one question to the database; cases without goals are left out."""
    of_case: dict[UUID, list[Any]] = {}
    goals = _scored(Goal.objects.filter(case__in=list(cases)), on).order_by()
    # Rows instead of goals: the numbers of an office ask for ten thousand.
    for goal in goals.values_list("case", *_JUDGED, named=True):
        of_case.setdefault(goal.case, []).append(goal)
    return {key: _attained(goals) for key, goals in of_case.items()}


_JUDGED = ("weight", "state", "baseline_level", "now_level", "now_moment")


def _scored(goals: QuerySet[Goal], on: date) -> QuerySet[Any]:
    """Goals with their levels: of the newest baseline, and of the newest day (`now_moment` says of which kind)."""
    known = GoalScore.objects.filter(goal=OuterRef("pk"), on__lte=on).order_by("-on", "-at", "-pk")
    baseline = known.filter(moment=Moment.BASELINE)
    return goals.annotate(
        baseline_level=Subquery(baseline.values("level")[:1]),
        now_level=Subquery(known.values("level")[:1]),
        now_moment=Subquery(known.values("moment")[:1]),
    ).order_by("case", "number")


def _attained(goals: Iterable[Any]) -> Attainment:
    # What was judged at the end counts, also where it was not reached: else only successes would be left.
    counted = [goal for goal in goals if goal.state != GoalState.DROPPED or goal.now_moment == Moment.FINAL]
    scored = [goal for goal in counted if goal.now_level is not None]
    based = [goal for goal in counted if goal.baseline_level is not None]
    compared = [goal for goal in based if goal.now_moment != Moment.BASELINE]
    before, after = _t_of(compared, "baseline_level"), _t_of(compared, "now_level")
    return Attainment(
        baseline_t=_t_of(based, "baseline_level"),
        now_t=_t_of(scored, "now_level"),
        change=None if before is None or after is None else after - before,
        scored=len(scored),
        of=len(counted),
        based=len(based),
        compared=len(compared),
        dropped=len(list(goals)) - len(counted),
    )


def _t_of(goals: list[Any], which: str) -> float | None:
    if not goals:
        return None
    return gas_t_score([getattr(goal, which) for goal in goals], [goal.weight for goal in goals])


# --- one goal among others ---


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One goal in a list. `direction` is "up", "down", "same", or empty where nothing can be compared."""

    key: UUID
    number: int
    parent: UUID | None
    term_name: str
    words: str
    priority: int
    target_on: date | None
    state: str
    state_name: str
    baseline: str
    now: str
    direction: str
    next_step: str
    next_on: date | None
    next_runs: bool
    is_late: bool
    remarks: tuple[str, ...]

    @property
    def direction_words(self) -> str:
        return {
            "up": _("naik"),
            "down": _("turun"),
            "same": _("tetap"),
        }.get(self.direction, _("belum dapat dibandingkan"))


@dataclass(frozen=True, slots=True)
class Panel:
    """Goals on the page of the case. `is_told`: whether who reads may see workers' own words."""

    rows: tuple[GoalRow, ...]
    attainment: Attainment
    is_told: bool


def panel(case: Case, viewer: User, on: date) -> Panel:
    """The goals that are being worked on, in two questions to the database: start, now, direction, next step."""
    found = goals_of(case, viewer, on)
    active = tuple(row for row in found.rows if row.state == GoalState.ACTIVE)
    return Panel(active, found.attainment, found.is_told)


def goals_of(case: Case, viewer: User, on: date, *, longest: Mapping[str, int] | None = None) -> Panel:
    """Every goal, short-term ones under the long-term one they lead to. Words only for who may read them.

    With `longest` (goal_longest_days of the norms) the remarks also look at dates that lie too far away.
    """
    goals = _GOALS.rows(key=case.pk, viewer=viewer.pk, on=on)
    steps = _next_steps(case) if goals else {}
    for goal in goals:
        goal.case = case
        goal.is_told = is_reached_by(goal, case, viewer, Permission.SENSITIVE_VIEW)
    rows = {goal.pk: _row(goal, steps.get(goal.pk), on, longest or {}) for goal in goals}
    is_told = bool(goals) and goals[0].is_told
    return Panel(_as_tree(rows), _attained(goals), is_told)


def _goals(*, key: UUID, viewer: UUID, on: date) -> QuerySet[Any]:
    goals: QuerySet[Any] = _scored(Goal.objects.filter(case=key), on).annotate(**ties_of(viewer, key))
    return goals


_GOALS = Prepared(_goals)


def _as_tree(rows: dict[UUID, GoalRow]) -> tuple[GoalRow, ...]:
    """By priority and number, each followed by the goals that lead to it."""

    def rank(row: GoalRow) -> tuple[bool, int, int]:
        return row.state != GoalState.ACTIVE, row.priority, row.number

    ordered: list[GoalRow] = []
    for row in sorted((row for row in rows.values() if row.parent not in rows), key=rank):
        ordered.append(row)
        ordered += sorted((under for under in rows.values() if under.parent == row.key), key=rank)
    return tuple(ordered)


_TO_BE_DONE = (StepState.PLANNED, StepState.ARRANGED, StepState.RUNNING)


def _next_steps(case: Case) -> dict[UUID, PlanStep]:
    """For each goal the step of the plan that comes next.

    One of the plan in force before one of a draft, and one that is still to be begun before one that runs.
    """
    following: dict[UUID, PlanStep] = {}
    for step in sorted(_STEPS.rows(key=case.pk), key=_how_near):
        following.setdefault(step.goal_id, step)
    return following


def _how_near(step: PlanStep) -> tuple[bool, bool]:
    in_force = step.plan.state in (PlanState.AGREED, PlanState.APPROVED)
    return not in_force, step.state == StepState.RUNNING


def _steps(*, key: UUID) -> QuerySet[PlanStep]:
    return (
        PlanStep.objects.filter(case=key, goal__isnull=False, state__in=_TO_BE_DONE)
        .exclude(plan__state=PlanState.REPLACED)
        .select_related("plan")
        .order_by(F("due_on").asc(nulls_last=True), "order")
    )


_STEPS = Prepared(_steps)


def _row(goal: Any, step: PlanStep | None, on: date, longest: Mapping[str, int]) -> GoalRow:
    has_later = goal.now_level is not None and goal.now_moment != Moment.BASELINE
    return GoalRow(
        key=goal.pk,
        number=goal.number,
        parent=goal.parent_id,
        term_name=goal.get_term_display(),
        words=(goal.words or "") if goal.is_told else "",
        priority=goal.priority,
        target_on=goal.target_on,
        state=goal.state,
        state_name=goal.get_state_display(),
        baseline=said_level(goal.baseline_level),
        now=said_level(goal.now_level) if has_later else "",
        direction=_direction(goal.baseline_level, goal.now_level) if has_later else "",
        next_step=(step.action or step.need or "") if step and goal.is_told else "",
        # The day of what runs already was that of its beginning.
        next_on=step.due_on if step and step.state != StepState.RUNNING else None,
        next_runs=step is not None and step.state == StepState.RUNNING,
        is_late=goal.state == GoalState.ACTIVE and goal.target_on is not None and goal.target_on < on,
        remarks=remarks(goal, on, longest=longest) if goal.is_told else (),
    )


def _direction(before: int | None, after: int) -> str:
    if before is None:
        return ""
    return "same" if after == before else "up" if after > before else "down"


def remarks(goal: Goal, on: date, *, longest: Mapping[str, int] | None = None) -> tuple[str, ...]:
    """What is missing or unlikely about a goal that is being worked on. Said, never refused.

    `longest` is goal_longest_days of the norms; asked for where it is not given.
    """
    if goal.state != GoalState.ACTIVE:
        return ()
    if longest is None:
        longest = norms_for(goal.case)["goal_longest_days"]
    told = []
    if not goal.criterion:
        told.append(_("Belum tertulis dari apa terlihat bahwa tujuan ini tercapai."))
    if not may_be_scored(goal.levels):
        told.append(_("Tingkat pencapaian belum lengkap, jadi tujuan ini belum dapat dinilai."))
    return (*told, *_about_the_date(goal, on, longest))


def _about_the_date(goal: Goal, on: date, longest: Mapping[str, int]) -> tuple[str, ...]:
    if goal.target_on is None:
        return (_("Belum ada tanggal sasaran."),)
    if goal.target_on < on:
        return (_("Tanggal sasarannya sudah lewat. Nilai bersama, lalu tentukan tanggal baru atau akhiri."),)
    days = (goal.target_on - timezone.localtime(goal.at).date()).days
    if goal.term == Term.SHORT and days > longest.get("short", days):
        return (_("Tanggal ini jauh untuk tujuan jangka pendek. Pecah menjadi langkah yang lebih dekat."),)
    if days > longest.get("long", days):
        return (_("Tanggal ini sangat jauh. Pertimbangkan tujuan antara yang lebih dekat."),)
    return ()


# --- the page of one goal ---


@dataclass(frozen=True, slots=True)
class Level:
    """One of the five levels: its number, its name, and what it means for this goal."""

    level: int
    said: str
    name: str
    words: str


def levels_of(goal: Goal) -> tuple[Level, ...]:
    """The five levels from the best to the worst; those not described yet without words."""
    told = goal.levels or {}
    return tuple(
        Level(level, said_level(level), str(name), told.get(str(level), ""))
        for level, name in LEVEL_NAMES.items()
    )


def scores_of(goal: Goal) -> tuple[GoalScore, ...]:
    """Every score, the newest day first."""
    return tuple(GoalScore.objects.filter(goal=goal).order_by("-on", "-at"))


def notes_on(goal: Goal) -> tuple[Note, ...]:
    """The newest progress notes that hang on this goal; their days and kinds only, nothing unsealed."""
    standing = Note.objects.filter(case=goal.case_id, corrections=None)
    recent = standing.order_by("-on", "-at").only("on", "kind", "goals")
    hanging = [note for note in recent[:_NOTES_LOOKED_THROUGH] if str(goal.pk) in note.goals]
    return tuple(hanging[:NEWEST_NOTES])


def possible_parents(case: Case, goal: Goal | None = None) -> tuple[Goal, ...]:
    """The goals that another may lead to: two levels are enough, so none that leads to one itself."""
    found = Goal.objects.filter(case=case, state=GoalState.ACTIVE, parent=None).order_by("number")
    if goal is None:
        return tuple(found)
    if Goal.objects.filter(parent=goal).exists():
        return ()
    return tuple(found.filter(~Q(pk=goal.pk)))


def goals_with_words(case: Case) -> tuple[Goal, ...]:
    """The goals that are being worked on, for choosing one."""
    return tuple(Goal.objects.filter(case=case, state=GoalState.ACTIVE).order_by("number"))


# --- the drawing ---


@dataclass(frozen=True, slots=True)
class Mark:
    """One score in the drawing: where, and what it says."""

    x: str
    y: str
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Levels over time, in units of a box of 340 by 140; numbers as text, so that no language changes them."""

    marks: tuple[Mark, ...]
    line: str
    rules: tuple[tuple[str, str, bool], ...]
    title: str
    words: str


_LEFT, _RIGHT, _TOP, _STEP = 36, 326, 16, 26


def picture_of(goal: Goal, scores: Iterable[GoalScore]) -> Picture | None:
    """The drawing of a goal's scores from the first to the newest; None before the first."""
    ordered = sorted(scores, key=lambda score: (score.on, score.at))
    if not ordered:
        return None
    first, days = ordered[0].on, max((ordered[-1].on - ordered[0].on).days, 1)
    marks = []
    for score in ordered:
        x = _LEFT + 8 + round((score.on - first).days * (_RIGHT - _LEFT - 16) / days)
        marks.append(Mark(str(x), str(_height(score.level)), _score_words(score)))
    return Picture(
        tuple(marks),
        " ".join(f"{mark.x},{mark.y}" for mark in marks),
        tuple((str(_height(level)), said_level(level), level == 0) for level in LEVEL_NAMES),
        _("Pencapaian tujuan %(number)s dari waktu ke waktu") % {"number": goal.number},
        "; ".join(mark.words for mark in marks),
    )


def _height(level: int) -> int:
    return _TOP + (2 - level) * _STEP


def _score_words(score: GoalScore) -> str:
    return _("%(day)s: tingkat %(level)s, %(name)s") % {
        "day": f"{score.on:%d-%m-%Y}",
        "level": said_level(score.level),
        "name": str(LEVEL_NAMES[score.level]).lower(),
    }
