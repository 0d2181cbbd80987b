"""The waiting list of a service: who is next, by the order that its owner chose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from simpul.referrals.models import Referral
from simpul.referrals.queries.room import free_places
from simpul.referrals.stages import Stage
from simpul.screening.stages import Urgency
from simpul.services.models import Service
from simpul.services.stages import WaitingOrder

_URGENCIES = list(Urgency.values)
_BEFORE_ALL = Urgency.EMERGENCY


@dataclass(frozen=True, slots=True)
class InLine:
    """Where somebody stands in the line of a service, from 1, and how many wait there altogether."""

    place: int
    number: int


def waiting_list(service: Service) -> tuple[Referral, ...]:
    """Who waits, the next first. Those in danger stand before everybody, whatever the order."""
    rows = Referral.objects.filter(service=service, stage=Stage.WAITING)
    standing = rows.filter(Referral.objects.all().standing())
    return tuple(sorted(standing, key=lambda row: _turn(row, service)))


def place_of(referral: Referral) -> InLine | None:
    """Where this referral stands in the line; None where it waits for nothing, or its consent is gone."""
    if referral.stage != Stage.WAITING or referral.service is None:
        return None
    line = [row.pk for row in waiting_list(referral.service)]
    return InLine(line.index(referral.pk) + 1, len(line)) if referral.pk in line else None


def passed_over(referral: Referral, on: date) -> int:
    """How many who wait would lose their turn if this one were accepted now; 0 where there is room for them too."""
    service = referral.service
    if service is None:
        return 0
    own = _turn(referral, service, came=referral.waiting_since or on)
    before = sum(row.pk != referral.pk and _turn(row, service) < own for row in waiting_list(service))
    free = free_places([service.pk], on)[service.pk] if before else None
    return 0 if free is not None and free > before else before


def places_in(services: set[UUID]) -> dict[UUID, int]:
    """At which place each waiting referral of these services stands, from 1."""
    return {
        row.pk: place
        for service in Service.objects.filter(pk__in=services)
        for place, row in enumerate(waiting_list(service), start=1)
    }


def _turn(row: Referral, service: Service, *, came: date | None = None) -> tuple[Any, ...]:
    """By what the line is sorted. Of one day, in the order in which they were sent."""
    since, order = came or row.waiting_since, _ORDERS[WaitingOrder(service.waiting_order)]
    told = (since.isoformat() if since else "", row.sent_at.isoformat() if row.sent_at else "")
    return (row.urgency != _BEFORE_ALL, order(row, service), *told, row.pk.hex)


def _by_urgency(row: Referral, _service: Service) -> int:
    return _URGENCIES.index(row.urgency) if row.urgency in _URGENCIES else len(_URGENCIES)


def _by_nearness(row: Referral, service: Service) -> int:
    """How many levels of the area's code differ: the same village is nearest."""
    here, there = service.region.split("."), row.region.split(".")
    shared = 0
    for one, other in zip(here, there, strict=False):
        if one != other:
            break
        shared += 1
    return -shared


_ORDERS: dict[WaitingOrder, Callable[[Referral, Service], int]] = {
    WaitingOrder.ARRIVAL: lambda _row, _service: 0,
    WaitingOrder.URGENCY: _by_urgency,
    WaitingOrder.NEARNESS: _by_nearness,
}
