"""Invented people who all wait for the same help, and what a calculation proposes for them."""

from __future__ import annotations

import uuid
from typing import Any

from simpul.access.models import User
from simpul.access.reach import Where
from simpul.cases.models import Case, PlanStep
from simpul.referrals.actions.placing import decide, make_round
from simpul.referrals.models import Placing, PlacingRound
from simpul.services.models import Service
from tests.cases.factories import opened
from tests.referrals.loop import a_line, a_service
from tests.screening.factories import TODAY, consented, when

SHELTER = "shelter"


def a_shelter(free: int | None = 1, **details: Any) -> Service:
    told = {} if free is None else {"free": free, "free_on": TODAY, "confirmed_on": TODAY}
    return a_service(**{"kind": SHELTER, "name": "Penampungan", **told, **details})


def someone_waits(by: User, name: str, *, urgency: str = "normal", **about: Any) -> PlanStep:
    case = opened(consented(by, name=name, **about), by, urgency=urgency)
    return a_line(by, case, service_kind=SHELTER)


def a_round(by: User, where: Where, *, key: uuid.UUID | None = None, **details: Any) -> PlacingRound:
    typed = {"title": "Setelah banjir", "need_kind": SHELTER, **details}
    return make_round(where, by=by, key=key or uuid.uuid4(), **typed, **when(200))


def placed(found: PlacingRound) -> dict[str, str]:
    """Who goes where, by names."""
    rows = Placing.objects.filter(round=found, proposed__isnull=False)
    return {row.case.person.name: row.proposed.name for row in rows}


def row_of(found: PlacingRound, case: Case) -> Placing:
    return Placing.objects.get(round=found, case=case)


def all_confirmed(found: PlacingRound, by: User) -> None:
    for row in Placing.objects.filter(round=found, proposed__isnull=False):
        decide(row, by=by, service=row.proposed, version=row.version, **when(210))
