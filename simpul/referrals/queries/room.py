"""How many places are still free: as the owner said last, without those whom referrals have taken in since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max, OuterRef, Q, Subquery
from django.utils.timezone import localtime

from simpul.catalogue.services import norms
from simpul.referrals.models import Referral, ReferralStep
from simpul.referrals.stages import HOLDS_A_PLACE, MAY_STILL_HOLD, Stage
from simpul.services.models import Confirmation, Service


def free_places(service_ids: Collection[UUID], on: date | None = None) -> dict[UUID, int | None]:
    """For each service; None where it is not known, or, with `on`, was said too long before that day."""
    said = Service.objects.filter(pk__in=service_ids).values_list("pk", "free", "free_on")
    left = places_left({str(pk): (free, free_on) for pk, free, free_on in said}, on)
    return {pk: left.get(str(pk)) for pk in service_ids}


Said = tuple[int | None, date | None]


def places_left(
    said: Mapping[str, Said], on: date | None = None, *, among: Any = None
) -> dict[str, int | None]:
    """The same where what the owner said is at hand: how many are free, and on which day, by the service's key.

    `among`: a query of the keys, where thousands of them would be written out otherwise.
    """
    known: dict[str, tuple[int, date | None]] = {
        key: (free, day) for key, (free, day) in said.items() if free is not None
    }
    if on is not None:
        oldest = on - timedelta(days=norms().room_days)
        known = {key: (free, day) for key, (free, day) in known.items() if day is None or day >= oldest}
    taken = _taken_since({key: day for key, (_free, day) in known.items()}, among)
    return {key: max(0, known[key][0] - taken[key]) if key in known else None for key in said}


def _taken_since(said_on: Mapping[str, date | None], among: Any) -> Counter[str]:
    """How many were accepted after the owner counted, and did not come to nothing since."""
    accepted = ReferralStep.objects.filter(referral=OuterRef("pk"), stage=Stage.ACCEPTED)
    services: Any = list(said_on) if among is None else among
    holds = Q(stage__in=sorted(HOLDS_A_PLACE))
    if days := [day for day in said_on.values() if day is not None]:
        # What ended before the first counting was accepted before it too.
        holds |= Q(stage__in=sorted(MAY_STILL_HOLD), stage_since__gte=min(days))
    holding = Referral.objects.filter(holds, service__in=services)
    rows = holding.annotate(accepted_at=Subquery(accepted.order_by("-at").values("at")[:1]))
    held = list(rows.values_list("service", "accepted_at", "stage"))
    counted_at = _counted_at({service for service, _at, _stage in held})
    return Counter(
        key
        for key, service, at, stage in ((str(service), service, at, stage) for service, at, stage in held)
        if key in said_on
        and (stage in HOLDS_A_PLACE or said_on[key] is not None)
        and _is_after(at, said_on[key], counted_at.get(service))
    )


def _counted_at(services: Collection[UUID]) -> dict[UUID, datetime]:
    said = Confirmation.objects.filter(Q(free__isnull=False), service__in=services).order_by()
    return dict(said.values("service").annotate(last=Max("at")).values_list("service", "last"))


def _is_after(accepted_at: datetime | None, day: date | None, counted_at: datetime | None) -> bool:
    if accepted_at is None or day is None:
        return True
    accepted_on = localtime(accepted_at).date()
    if accepted_on == day and counted_at is not None:
        return accepted_at > counted_at
    return accepted_on >= day
