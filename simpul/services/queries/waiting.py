"""What waits about services on the start page: listings that nobody confirmed, and those that soon need it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.catalogue.services import norms
from simpul.organisations.queries.waiting import Waiting
from simpul.services.models import Service
from simpul.services.queries.shown import last_days, unconfirmed


def waits(user: User, on: date) -> tuple[Waiting, ...]:
    """For the owner every day from the first reminder; for the area's office what has or soon will have gone unconfirmed."""
    if not user.can(Permission.SERVICE_EDIT):
        return ()
    rows: QuerySet[Any] = Service.objects.reachable(user, Permission.SERVICE_EDIT).public()
    found = [_late(rows.filter(unconfirmed(on)).count())]
    pressing, soon = rows.filter(last_days(on)), rows.filter(_is_soon(on))
    keeps_a_body = any(grant.organisation for grant in user.grants_with(Permission.SERVICE_EDIT))
    found.append(_pressing(pressing.count(), "services:mine" if keeps_a_body else "services:unconfirmed"))
    if keeps_a_body:
        found.append(_soon(soon.exclude(last_days(on)).count()))
    return tuple(waiting for waiting in found if waiting.number)


def _is_soon(on: date) -> Q:
    """Within the longest reminder before the norm, and not past it."""
    oldest = on - timedelta(days=norms().unconfirmed_days)
    return Q(
        confirmed_on__gte=oldest, confirmed_on__lte=oldest + timedelta(days=max(norms().remind_before_days))
    )


def _pressing(number: int, name: str) -> Waiting:
    days = min(norms().remind_before_days)
    words = ngettext(
        "%(number)s layanan akan lewat waktu dalam %(days)s hari ini",
        "%(number)s layanan akan lewat waktu dalam %(days)s hari ini",
        number,
    )
    return Waiting(words % {"number": number, "days": days}, number, reverse(name), is_late=True)


def _late(number: int) -> Waiting:
    words = ngettext(
        "%(number)s layanan sudah lama tidak dipastikan",
        "%(number)s layanan sudah lama tidak dipastikan",
        number,
    )
    return Waiting(words % {"number": number}, number, reverse("services:unconfirmed"), is_late=True)


def _soon(number: int) -> Waiting:
    words = ngettext(
        "%(number)s layanan segera perlu dipastikan",
        "%(number)s layanan segera perlu dipastikan",
        number,
    )
    return Waiting(words % {"number": number}, number, reverse("services:mine"))
