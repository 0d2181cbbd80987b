"""Who belongs to a body: nobody checks, judges or decides about their own."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.models import User
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


def require_outsider(organisation: UUID, user: User) -> None:
    """For every action of an office about a body. Raises Refusal for who belongs to it, whatever else they may."""
    if belongs_to([organisation], user):
        raise Refusal(
            _("Anda bagian dari lembaga ini. Orang lain dari kantor yang memeriksa dan memutuskannya.")
        )
