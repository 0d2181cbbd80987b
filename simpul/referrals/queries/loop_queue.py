"""The waiting list of a service: who is next, by the order that its owner chose."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from simpul.referrals.models import Referral
from simpul.referrals.stages import Stage
from simpul.screening.stages import Urgency
from simpul.services.models import Service
from simpul.services.stages import WaitingOrder

_URGENCIES = list(Urgency.values)
_BEFORE_ALL = Urgency.EMERGENCY


def waiting_list(service: Service) -> tuple[Referral, ...]:
    """Who waits, the next first. Those in danger stand before everybody, whatever the order."""
    rows = Referral.objects.filter(service=service, stage=Stage.WAITING)
    standing = rows.filter(Referral.objects.all().standing())
    order = _ORDERS[WaitingOrder(service.waiting_order)]
    return tuple(
        sorted(standing, key=lambda row: (row.urgency != _BEFORE_ALL, order(row, service), *_came(row)))
    )


def places_in(services: set[UUID]) -> dict[UUID, int]:
    """At which place each waiting referral of these services stands, from 1."""
    return {
        row.pk: place
        for service in Service.objects.filter(pk__in=services)
        for place, row in enumerate(waiting_list(service), start=1)
    }


def _came(row: Referral) -> tuple[str, str]:
    # Of one day, in the order in which they were sent.
    sent = row.sent_at.isoformat() if row.sent_at else ""
    return (row.waiting_since.isoformat() if row.waiting_since else "", sent)


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
