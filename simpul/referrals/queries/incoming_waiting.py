"""Requests for help that wait for somebody, in the shape that the start page shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import ngettext

from simpul.access.models import User
from simpul.organisations.queries.waiting import Waiting
from simpul.referrals.models import HelpRequest
from simpul.referrals.queries.incoming import DUTY, UNANSWERED
from simpul.referrals.stages import RequestState


def waits(user: User, at: datetime) -> tuple[Waiting, ...]:
    """What lies on this person's duty list: in danger, late, and not yet taken. Each request counts once."""
    return tuple(_waits(user, at)) if user.can(DUTY) else ()


def _waits(user: User, at: datetime) -> Iterator[Waiting]:
    rows = HelpRequest.objects.reachable(user, DUTY).filter(state__in=sorted(UNANSWERED))
    href = reverse("referrals:requests")
    late, new = (
        Q(is_urgent=False, answer_by__lt=at),
        Q(is_urgent=False, answer_by__gte=at, state=RequestState.NEW),
    )
    # One question for all three, because every start page asks.
    found = rows.aggregate(
        urgent=Count("pk", filter=Q(is_urgent=True)),
        late=Count("pk", filter=late),
        new=Count("pk", filter=new),
    )
    if urgent := found["urgent"]:
        words = ngettext(
            "%(number)s orang minta bantuan dalam keadaan bahaya",
            "%(number)s orang minta bantuan dalam keadaan bahaya",
            urgent,
        )
        yield Waiting(words % {"number": urgent}, urgent, href, is_late=True)
    if overdue := found["late"]:
        words = ngettext(
            "%(number)s permintaan bantuan lewat waktunya",
            "%(number)s permintaan bantuan lewat waktunya",
            overdue,
        )
        yield Waiting(words % {"number": overdue}, overdue, href, is_late=True)
    if fresh := found["new"]:
        words = ngettext("%(number)s permintaan bantuan baru", "%(number)s permintaan bantuan baru", fresh)
        yield Waiting(words % {"number": fresh}, fresh, href)
