"""How a body stands: what its page shows, and the level and the office that other parts ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.organisations.models import Organisation
from simpul.organisations.queries.standing_area import (
    Area,
    Judged,
    area_of,
    authority_in,
    authority_of,
    level_in,
    level_of,
)
from simpul.organisations.queries.standing_words import level_name, office_name, type_name

__all__ = ["Area", "Judged", "StandingPanel", "area_of", "authority_of", "level_of", "panel"]


@dataclass(frozen=True, slots=True)
class StandingPanel:
    """What the page of a body shows: level, office, the type that an officer confirmed, and where to read why.

    Each is empty where it is not known, `href` where this person may not see the reasons.
    """

    level_name: str
    office: str
    type: str
    href: str


def panel(organisation: Organisation, user: User, on: date) -> StandingPanel:
    """What the page of an organisation shows of this part. Level and type are public, the reasons are not."""
    area = area_of(organisation, on)
    is_inside = is_within_reach(organisation, user, Permission.ORGANISATION_INSIDE)
    return StandingPanel(
        level_name=level_name(level_in(area)),
        office=office_name(authority_in(organisation, area)),
        type=type_name(organisation.confirmed_type),
        href=reverse("organisations:standing", args=[organisation.pk]) if is_inside else "",
    )
