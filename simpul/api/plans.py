"""Goals of a case with how far they were reached, and its plan."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from ninja import Router

from simpul.access.gate import Entered, look_up
from simpul.access.permissions import Permission
from simpul.api.answers import read
from simpul.api.case_shapes import GoalsShape, PlanAnswer, words_of
from simpul.api.door import Holds
from simpul.cases.models import Case, Plan
from simpul.cases.queries import plans as queries
from simpul.cases.queries.case import sees_all
from simpul.cases.queries.goals import goals_of
from simpul.cases.queries.office import norms_for

router = Router(tags=["Goals and plan"])


@router.get("/cases/{uuid:pk}/goals", auth=Holds(Permission.CASE_VIEW), response=read(GoalsShape))
def goals(request: Entered, pk: UUID) -> Any:
    """Every goal of a case, and what all of them together say."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_VIEW)
    longest = norms_for(case)["goal_longest_days"]
    return goals_of(case, request.user, timezone.localdate(), longest=longest)


@router.get("/cases/{uuid:pk}/plan", auth=Holds(Permission.CASE_VIEW), response=read(PlanAnswer))
def plan(request: Entered, pk: UUID, number: int | None = None) -> Any:
    """The plan with its steps: the version that is being written, or else the one in force; any other by `number`."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_VIEW)
    versions = queries.plans_of(case)
    shown = queries.in_the_making(versions) or queries.in_force(versions)
    if number is not None:
        shown = next((version for version in versions if version.number == number), None)
        if shown is None:
            raise Http404
    is_told = sees_all(case, request.user)
    steps = queries.steps_of(shown, timezone.localdate(), is_told=is_told) if shown else ()
    return {
        "is_told": is_told,
        "plan": _told(shown, is_told=is_told) if shown else None,
        "steps": steps,
        "total_cost": queries.total_cost(steps),
        "versions": versions,
    }


_WORDS = ("crisis", "agreed_by", "agreed_how", "team_says", "decision_because")
_PLAIN = (
    "id",
    "number",
    "state",
    "get_state_display",
    "at",
    "by_name",
    "version",
    "agreed_capacity",
    "agreed_on",
    "team_agreed_on",
    "approved_at",
    "approved_by_name",
)


def _told(plan: Plan, *, is_told: bool) -> dict[str, Any]:
    plain = {name: getattr(plan, name) for name in _PLAIN}
    return plain | {"get_state_display": plan.get_state_display()} | words_of(plan, _WORDS, is_told=is_told)
