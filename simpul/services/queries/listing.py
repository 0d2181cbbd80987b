"""Lists of services for those who keep them: one body's, one's own, and the unconfirmed ones of an area."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, QuerySet, When

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.organisations.models import Organisation
from simpul.services.models import Service
from simpul.services.queries.attention import Attention, attention_of
from simpul.services.queries.parts import kinds
from simpul.services.queries.shown import free_said, last_days, unconfirmed
from simpul.services.stages import Listing

EDIT = Permission.SERVICE_EDIT
KEPT = (Listing.OPEN, Listing.PAUSED)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a list: the service, its kind in words, what to look at, free places as they can be counted on."""

    service: Service
    kind: str
    attention: tuple[Attention, ...]
    free: int | None

    @property
    def is_late(self) -> bool:
        return any(one.is_late for one in self.attention)

    @property
    def is_kept(self) -> bool:
        """Whether "masih sesuai" can be said of it."""
        return self.service.listing in KEPT


def lines_of(services: Iterable[Service], on: date) -> list[Line]:
    """The rows of one page. A constant number of queries; the services come with their organisation."""
    rows = list(services)
    attention, titles = attention_of(rows, on), dict(kinds())
    return [Line(row, titles.get(row.kind, row.kind), attention[row.pk], free_said(row, on)) for row in rows]


def mine(user: User) -> QuerySet[Any]:
    """All services that this person may keep current, those of the oldest confirmation first."""
    rows: QuerySet[Any] = Service.objects.reachable(user, EDIT).select_related("organisation")
    return _ordered(rows)


def of_body(organisation: Organisation, user: User) -> QuerySet[Any]:
    """What a body offers: all of it for who keeps it, and otherwise what everybody may find."""
    rows: QuerySet[Any] = Service.objects.filter(organisation=organisation).select_related("organisation")
    if not may_keep(organisation, user):
        rows = rows.filter(listing__in=KEPT)
    return _ordered(rows)


def _ordered(rows: QuerySet[Any]) -> QuerySet[Any]:
    has_ended = Case(When(listing=Listing.ENDED, then=1), default=0)
    return rows.order_by(has_ended, F("confirmed_on").asc(nulls_first=True), "name", "pk")


def may_keep(organisation: Organisation, user: User) -> bool:
    """Whether this person keeps the listings of that body: works there, or helps it from the area's office."""
    return is_within_reach(organisation, user, EDIT)


def unconfirmed_within(user: User, on: date) -> QuerySet[Any]:
    """Listings within reach that nobody confirmed in time, the oldest first."""
    rows: QuerySet[Any] = Service.objects.reachable(user, EDIT).public()
    return (
        rows.filter(unconfirmed(on))
        .select_related("organisation")
        .order_by(F("confirmed_on").asc(nulls_first=True), "organisation__name", "name", "pk")
    )


def soon_unconfirmed_within(user: User, on: date) -> QuerySet[Any]:
    """Listings within reach of which the last reminder has come, the oldest first."""
    rows: QuerySet[Any] = Service.objects.reachable(user, EDIT).public().filter(last_days(on))
    return rows.select_related("organisation").order_by("confirmed_on", "organisation__name", "name", "pk")


def keeps_one_body(user: User) -> Organisation | None:
    """The only body whose services this person keeps, so that their list can begin with a new one."""
    keys = {grant.organisation for grant in user.grants_with(EDIT)}
    key = keys.pop() if len(keys) == 1 else None
    if key is None:
        return None
    found: Organisation | None = Organisation.objects.filter(pk=key).first()
    return found
