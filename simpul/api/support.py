"""Network and providers around a client, and how far the client is prepared for a step of the plan."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Router

from simpul.access.gate import Entered, look_up
from simpul.access.permissions import Permission
from simpul.api.answers import read
from simpul.api.door import Holds
from simpul.api.support_shapes import PreparedShape, SupportShape
from simpul.cases.models import Case, PlanStep
from simpul.cases.queries.case import sees_all
from simpul.cases.queries.linking import prepared_for
from simpul.cases.queries.support import support_of

router = Router(tags=["Support and preparation"])


@router.get("/cases/{uuid:pk}/support", auth=Holds(Permission.CASE_VIEW), response=read(SupportShape))
def support(request: Entered, pk: UUID) -> Any:
    """How able the people around the client and the providers were at the start, and are now."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_VIEW)
    is_told = sees_all(case, request.user)
    found = support_of(case, is_told=is_told)
    return {"is_told": is_told, "is_evaluated": found.is_evaluated, "sides": found.sides}


@router.get("/steps/{uuid:pk}/preparation", auth=Holds(Permission.CASE_VIEW), response=read(PreparedShape))
def preparation(request: Entered, pk: UUID) -> Any:
    """What was told, foreseen and practised before a service, and who came along; the newest of each."""
    step = look_up(PlanStep, pk, by=request.user, permission=Permission.CASE_VIEW)
    is_told = sees_all(step.case, request.user)
    return {"is_told": is_told, "parts": prepared_for(step, is_told=is_told).parts}
