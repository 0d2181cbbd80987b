"""Which cases and days a recap of a period looks at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from simpul.access.models import Grant, User
from simpul.access.permissions import Permission
from simpul.cases.models import Case
from simpul.cases.queries.numbers import Scope
from simpul.cases.stages import Confidentiality
from simpul.organisations.models import Organisation
from simpul.organisations.queries.office_list import in_area
from simpul.places.queries import codes_on, lies_in_on, successors_on
from simpul.recaps.facts import Asked
from simpul.recaps.queries.people import day_words

# What goes to another office holds nothing that only this right of who happens to hand it in opens.
_NOT_HANDED_IN = frozenset({Permission.SENSITIVE_VIEW, Permission.CASE_PROTECTED_VIEW})


@dataclass(frozen=True, slots=True)
class Deliverer:
    """Who hands in, as a reader: with these grants alone, and the same numbers whoever of the body it is."""

    pk: UUID
    standing_grants: tuple[Grant, ...]
    # The body for which it is handed in; None for an office.
    organisation: UUID | None = None

    def grants_with(self, permission: Permission) -> list[Grant]:
        if permission in _NOT_HANDED_IN:
            return []
        return [grant for grant in self.standing_grants if permission in grant.permissions]

    def can(self, permission: Permission) -> bool:
        return bool(self.grants_with(permission))


@dataclass(frozen=True, slots=True)
class CaseReach(Scope):
    """The cases that somebody may count: by RECAP_VIEW instead of by the right to open them.

    Protected cases count only for who may know of them. `worker` and `is_without_body` narrow to one line of a
    table; `is_team` to those whom the viewer supervises and the viewer's own, as casework itself compares nobody else.
    """

    worker: UUID | None = None
    is_without_body: bool = False
    is_team: bool = False
    # Without those that a reader knows only by standing in their team.
    is_ordinary: bool = False

    def within(self, region: str) -> Q:
        # By the codes in force on the last day, as everything else in a recap.
        asked = lies_in_on(region, self.region, self.until)
        return asked & Q(organisation=self.organisation) if self.organisation else asked

    def cases(self) -> Any:
        reached = Case.objects.reachable(self.viewer, Permission.RECAP_VIEW)
        found = reached.filter(self.within("person__region")).order_by()
        if self.is_ordinary:
            found = found.filter(confidentiality=Confidentiality.ORDINARY)
        if self.is_team:
            supervised = Case.objects.reachable(self.viewer, Permission.TEAM_VIEW).order_by().values("pk")
            found = found.filter(Q(worker=self.viewer.pk) | Q(pk__in=supervised))
        if self.worker:
            found = found.filter(worker=self.worker)
        if self.is_without_body:
            found = found.filter(organisation=None)
        return found


def case_reach(user: User, asked: Asked) -> CaseReach:
    is_ordinary = isinstance(user, Deliverer)
    return CaseReach(user, asked.until, asked.since, asked.until, asked.area, is_ordinary=is_ordinary)


def bodies_in(area: str, on: date) -> Q:
    """The organisations of an area by the codes in force on a day; a secret one never closer than its kabupaten."""
    if not area:
        return Q()
    told = reduce(or_, map(in_area, codes_on(area, on)))
    return told & lies_in_on("region", area, on)


def with_codes_on(bodies: Iterable[Organisation], on: date) -> None:
    """Each is told with the code in force on that day; nothing of it is saved."""
    told = list(bodies)
    renewed = successors_on({body.region for body in told}, on)
    for body in told:
        body.region = renewed.get(body.region, body.region)


def in_care_at_start(asked: Asked) -> Q:
    """Opened before the period and not ended before it."""
    return Q(opened_on__lt=asked.since) & (Q(closed_on=None) | Q(closed_on__gte=asked.since))


def period_heading(asked: Asked, of: str, source: str) -> tuple[tuple[str, str], ...]:
    """What a recap of a period says above its tables."""
    return (
        (
            pgettext("recap", "Jangka"),
            _("%(since)s sampai %(until)s")
            % {"since": day_words(asked.since), "until": day_words(asked.until)},
        ),
        (_("Yang dihitung"), of),
        (_("Sumber"), source),
    )
