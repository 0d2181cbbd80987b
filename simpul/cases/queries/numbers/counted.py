"""Numbers that the database counts: each function is the one definition of its number."""

from __future__ import annotations

from collections import defaultdict
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import CharField, Count, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from simpul.access.permissions import Permission
from simpul.cases.models import (
    Assessment,
    Case,
    Ending,
    Goal,
    GoalScore,
    GoalState,
    Moment,
    Occasion,
    PlanState,
    PlanStep,
    StepState,
    Task,
)
from simpul.cases.queries.numbers.lines import FoundRows, Grouped
from simpul.cases.queries.numbers.scope import Scope
from simpul.cases.stages import Stage
from simpul.catalogue import casework


def running(scope: Scope) -> Any:
    """The cases that have not ended, as they stand now."""
    return scope.cases().open()


def by_stage(scope: Scope) -> Grouped:
    return Grouped(running(scope), "stage", case="pk")


def by_model(scope: Scope) -> Grouped:
    return Grouped(running(scope), "working_model", case="pk")


def by_worker(scope: Scope) -> Grouped:
    """The load of those whom the viewer supervises, and the viewer's own: nobody compares colleagues."""
    supervised = Case.objects.reachable(scope.viewer, Permission.TEAM_VIEW).order_by().values("pk")
    told = Q(worker=scope.viewer.pk) | Q(pk__in=supervised)
    return Grouped(running(scope).filter(told), "worker", case="pk")


def overdue(scope: Scope) -> Grouped:
    """Tasks that are overdue as everywhere else, by their kind."""
    return Grouped(Task.objects.overdue(scope.on).filter(case__in=scope.keys()), "kind")


def flow(scope: Scope) -> Grouped:
    """Opened in the period, those among them that open a later episode, and ended in the period."""
    opened = scope.cases().filter(scope.in_period("opened_on"))
    return Grouped(opened.annotate(which=_which_episode()), "which", case="pk")


def _which_episode() -> Any:
    return Choose(When(episode__gt=1, then=Value("again")), default=Value("first"), output_field=CharField())


def ended(scope: Scope) -> Any:
    """The cases that ended in the period and have not been opened again as the same episode."""
    return scope.cases().filter(scope.in_period("closed_on"))


# Where a case ended beside the way, its stage says why.
_SAID_BY_STAGE = {
    Stage.REFERRED_OUT: "referred_out",
    Stage.LEFT: "own_wish",
    Stage.DIED: "died",
    Stage.NOT_FOUND: "not_found",
    Stage.NOT_ELIGIBLE: "not_eligible",
}


def by_reason(scope: Scope) -> Grouped:
    """Why cases ended: the reason of the completed ending; without one, what the last stage says."""
    told = Ending.objects.filter(case=OuterRef("pk"), completed_at__isnull=False).exclude(reason="")
    said = [When(stage=stage, then=Value(reason)) for stage, reason in _SAID_BY_STAGE.items()]
    by_stage = Choose(*said, default=Value(""), output_field=CharField())
    reasons = Coalesce(Subquery(told.values("reason")[:1]), by_stage)
    return Grouped(ended(scope).annotate(ended_because=reasons), "ended_because", case="pk")


REACHED, MISSED, UNSCORED, DROPPED = "reached", "missed", "unscored", "dropped"


def goals(scope: Scope) -> FoundRows:
    """Goals that came to their end in the period, by what became of them."""
    groups: dict[str, list[UUID]] = defaultdict(list)
    for _goal, case, outcome in outcomes(scope):
        groups[outcome].append(case)
    return FoundRows(groups)


def outcomes(scope: Scope) -> list[tuple[UUID, UUID, str]]:
    """Each goal that ended, on its own or with its case: its key, its case's, and its outcome by the newest final score."""
    with_case = Q(ended_on=None) & scope.in_period("case__closed_on")
    over = Goal.objects.filter(scope.in_period("ended_on") | with_case, case__in=scope.keys()).order_by()
    final = GoalScore.objects.filter(moment=Moment.FINAL, goal__in=over.values("pk"))
    # The newest is last and stays. Put together here: PostgreSQL would look for it three times for every goal.
    levels: dict[UUID, int] = dict(final.order_by("on", "at", "pk").values_list("goal", "level"))
    rows = over.values_list("pk", "case", "state")
    return [(key, case, _outcome(state, levels.get(key))) for key, case, state in rows]


def _outcome(state: str, level: int | None) -> str:
    if state == GoalState.DROPPED:
        return DROPPED
    if level is None:
        return UNSCORED
    return REACHED if level >= 0 else MISSED


def unmet(scope: Scope) -> Grouped:
    """Lines of plans for which no service was found, as queries.plans.unmet_needs counts them, by kind."""
    steps = (
        PlanStep.objects.filter(case__in=scope.keys())
        .filter(Q(case__closed_on=None) | Q(case__closed_on__gt=scope.on))
        .filter(state=StepState.NO_SERVICE, state_since__lte=scope.on)
        .exclude(plan__state=PlanState.REPLACED)
    )
    return Grouped(steps, "service_kind", row="line")


Days = tuple[int, float | None, int | None, int | None]


def days_in_stage(scope: Scope) -> dict[str, Days]:
    """For each stage: how many cases stand in it now, and since how many days: median, shortest, longest."""
    lines = running(scope).values("stage", "stage_since").annotate(number=Count("pk"))
    days: dict[str, list[int]] = defaultdict(list)
    for line in lines:
        days[line["stage"]] += [(scope.on - line["stage_since"]).days] * line["number"]
    return {stage: _summary(found) for stage, found in days.items()}


def fewest_for_a_median() -> int:
    """Of fewer cases no middle is told: it would tell of single people."""
    return int(casework.common_norms()["fewest_for_a_median"])


def _summary(days: list[int]) -> Days:
    if len(days) < fewest_for_a_median():
        return len(days), None, None, None
    return len(days), float(median(days)), min(days), max(days)


def names_of_workers(scope: Scope) -> dict[str, str]:
    """By what name each worker is known in the cases."""
    pairs = running(scope).values_list("worker", "worker_name").distinct()
    return {str(worker): name for worker, name in sorted(pairs, key=lambda pair: pair[1])}


def reassessed(scope: Scope) -> Grouped:
    """Cases assessed again in the period, by instrument."""
    again = assessments(scope).filter(scope.in_period("on"), occasion=Occasion.REASSESSMENT)
    return Grouped(again, "instrument")


def assessments(scope: Scope) -> Any:
    """What was completed in these cases until the end of the period."""
    return Assessment.objects.filter(case__in=scope.keys(), completed_at__isnull=False, on__lte=scope.until)
