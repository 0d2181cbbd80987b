"""What waits about organisations on the start page: registration, papers, changes, reports, accreditation, services, partners, programmes, recaps."""

from __future__ import annotations

from datetime import date

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.accreditation.queries import panel
from simpul.organisations.queries import office
from simpul.organisations.queries.waiting import Waiting
from simpul.partners.queries import waiting as partners
from simpul.programmes.queries import waiting as programmes
from simpul.recaps.queries import due as recaps
from simpul.services.queries import waiting as services

# Whoever holds one of these has work with bodies, not only a list to look at.
_WORK = (
    Permission.ORGANISATION_EDIT,
    Permission.ORGANISATION_WATCH,
    Permission.REGISTRATION_CHECK,
    Permission.REGISTRATION_DECIDE,
    Permission.ACCREDITATION_RECOMMEND,
    Permission.ACCREDITATION_SECRETARY,
    Permission.ACCREDITATION_SCORE,
    Permission.ACCREDITATION_VALIDATE,
    Permission.ACCREDITATION_DECIDE,
    Permission.SERVICE_EDIT,
    Permission.PARTNER_EDIT,
    Permission.PROGRAMME_MANAGE,
    Permission.PROGRAMME_DECIDE,
    Permission.PROGRAMME_MENTOR,
    Permission.PROGRAMME_TAKE_PART,
)


def works_with_bodies(user: User) -> bool:
    """Whether somebody's start page has a place for organisations."""
    return any(user.can(permission) for permission in _WORK)


def bodies_waiting(user: User, on: date) -> tuple[Waiting, ...]:
    """What waits for this person about organisations and their accreditation, late things first."""
    parts = (office, panel, services, partners, programmes, recaps)
    found = tuple(waiting for part in parts for waiting in part.waits(user, on))
    return tuple(sorted(found, key=lambda waiting: not waiting.is_late))
