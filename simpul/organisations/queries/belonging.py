"""Who belongs to a body: nobody checks, judges or decides about their own."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.models import Grant, User
from simpul.access.refusal import Refusal
from simpul.engines.matching.names import name_key
from simpul.organisations.models import Officer, Staff


def belongs_to(organisations: Collection[UUID], user: User) -> frozenset[UUID]:
    """Those of these bodies for which somebody works, or among whose officers and staff their name stands."""
    found = {grant.organisation for grant in user.standing_grants}
    name, here = name_key(str(user)), {"organisation__in": organisations, "ended_on": None}
    for model in (Officer, Staff):
        rows = model.objects.filter(**here).values_list("organisation", "name")
        found |= {body for body, theirs in rows if name and name_key(theirs) == name}
    return frozenset(organisations) & found


def insiders(organisation: UUID, users: Collection[UUID], *, at: datetime | None = None) -> frozenset[UUID]:
    """Those of these people who belong to one body: `belongs_to` for many people, in four questions.

    With `at` those who belonged to it at that moment. An officer since nobody knows when is taken to have been one.
    """
    if not users:
        return frozenset()
    grants = Grant.objects.filter(_granted(at), organisation=organisation, user__in=users)
    found = set(grants.values_list("user_id", flat=True))
    names = {
        name_key(name)
        for model in (Officer, Staff)
        for name in model.objects.filter(_listed(at), organisation=organisation).values_list(
            "name", flat=True
        )
    } - {""}
    if names:
        found |= {one.pk for one in User.objects.filter(pk__in=users) if name_key(str(one)) in names}
    return frozenset(found)


def _granted(at: datetime | None) -> Q:
    if at is None:
        return Q(withdrawn_at=None)
    return Q(granted_at__lte=at) & (Q(withdrawn_at=None) | Q(withdrawn_at__gt=at))


def _listed(at: datetime | None) -> Q:
    if at is None:
        return Q(ended_on=None)
    day = timezone.localdate(at)
    return (Q(since=None) | Q(since__lte=day)) & (Q(ended_on=None) | Q(ended_on__gt=day))


def require_outsider(organisation: UUID, user: User) -> None:
    """For every action of an office about a body. Raises Refusal for who belongs to it, whatever else they may."""
    if belongs_to([organisation], user):
        raise Refusal(
            _("Anda bagian dari lembaga ini. Orang lain dari kantor yang memeriksa dan memutuskannya.")
        )
