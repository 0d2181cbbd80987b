"""Invented plans of an invented case."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from simpul.access.models import User
from simpul.cases.actions.plan_steps import add_step, check_service, edit_step, set_step_state
from simpul.cases.actions.plans import agree, decide, start_plan
from simpul.cases.models import Case, Office, Plan, PlanStep, ServiceCheck
from tests.screening.factories import NOW, TODAY, when

NEED = "Gerobak yang rusak"


def plan_of(case: Case, by: User, *, key: uuid.UUID | None = None, minutes: int = 100) -> Plan:
    return start_plan(case, by=by, key=key or uuid.uuid4(), **when(minutes))


def step_details(**changed: Any) -> dict[str, Any]:
    """What was typed of a step, for the actions."""
    typed = {
        "need": NEED,
        "service_kind": "livelihood",
        "action": "Ajukan modal usaha",
        "provider": "Koperasi Melati",
        "due_on": TODAY + timedelta(days=20),
        "cost": 1_250_000,
        "alternatives": [{"provider": "Baznas", "words": "antre sebulan"}],
    }
    return typed | changed


def step_of(
    plan: Plan, by: User, *, key: uuid.UUID | None = None, minutes: int = 101, **changed: Any
) -> PlanStep:
    return add_step(plan, by=by, key=key or uuid.uuid4(), **when(minutes), **step_details(**changed))


def edited(step: PlanStep, by: User, *, version: int | None = None, **changed: Any) -> PlanStep:
    version = step.version if version is None else version
    return edit_step(step, by=by, version=version, **when(103), **step_details(**changed))


def now_at(step: PlanStep, by: User, to: str, *, reason: str = "", version: int | None = None) -> PlanStep:
    held = PlanStep.objects.get(pk=step.pk).version if version is None else version
    return set_step_state(step, by=by, to=to, reason=reason, version=held, **when(120))


def agreed(plan: Plan, by: User, *, version: int | None = None, **changed: Any) -> Plan:
    """Agreed by the client and the team; it waits for approval where the office wants that."""
    version = Plan.objects.get(pk=plan.pk).version if version is None else version
    typed = {
        "capacity": "self",
        "how": "Dibacakan di rumah, langkah demi langkah",
        "agreed_on": TODAY,
        "team_agreed_on": TODAY,
    }
    return agree(plan, by=by, version=version, **when(110), **(typed | changed))


def decided_on(
    plan: Plan, by: User, *, approved: bool = True, reason: str = "", version: int | None = None
) -> Plan:
    version = Plan.objects.get(pk=plan.pk).version if version is None else version
    return decide(plan, by=by, version=version, approved=approved, reason=reason, **when(115))


def checked(
    step: PlanStep, by: User, delivered: str, *, key: uuid.UUID | None = None, **details: Any
) -> ServiceCheck:
    return check_service(step, by=by, key=key or uuid.uuid4(), delivered=delivered, **when(130), **details)


def approval_wanted(case: Case, *, wanted: bool = True) -> Office:
    """The office's own norm about whether plans are approved."""
    return Office.objects.create(
        organisation=case.organisation,
        norms={"plan_needs_approval": wanted},
        changed_at=NOW,
        changed_by_name="Pak Hamdan",
    )
