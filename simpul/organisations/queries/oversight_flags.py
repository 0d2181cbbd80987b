"""Flags about a body: which stand on a day, and who reads their words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from simpul.access.models import Grant, User
from simpul.access.permissions import Permission
from simpul.access.reach import Where, is_within_reach
from simpul.catalogue.organisations import oversight as catalogue
from simpul.engines.reasons import Answer
from simpul.organisations.models import Flag, Organisation
from simpul.organisations.queries.standing_area import authority_of
from simpul.places.models import REGENCY_SIGNS


@dataclass(frozen=True, slots=True)
class StandingFlag:
    """That a flag stands: its kind and its days, never its words. For those who judge a body, and for its page."""

    kind: str
    title: str
    on: date
    until: date | None


def stands_on(on: date) -> Q:
    """The flags that stand on a day: begun, not run out, not lifted. One lifted on that day stands no more."""
    begun = Q(on__lte=on) & (Q(until=None) | Q(until__gte=on))
    return begun & (Q(lifted_on=None) | Q(lifted_on__gt=on))


def standing_flags(organisation: Organisation, on: date) -> tuple[StandingFlag, ...]:
    """What stands about a body on that day, the newest first. Not for public pages."""
    rows = Flag.objects.filter(stands_on(on), organisation=organisation).order_by("-on", "-at", "pk")
    return tuple(StandingFlag(row.kind, row.get_kind_display(), row.on, row.until) for row in rows)


def reads_words(organisation: Organisation, user: User) -> bool:
    """The body itself, and the office that watches it, read why; assessors and the plenary do not."""
    return any(
        is_within_reach(organisation, user, permission)
        for permission in (Permission.ORGANISATION_EDIT, Permission.ORGANISATION_WATCH)
    )


def flags_of(organisation: Organisation) -> QuerySet[Flag]:
    """Every flag that ever was, the newest first."""
    rows: QuerySet[Flag] = Flag.objects.filter(organisation=organisation)
    return rows.order_by("-on", "-at", "pk")


def office_of(organisation: Organisation, user: User) -> str | None:
    """The office for which this officer acts about a body, the nearest one; None for who works for no office."""
    place = Where(organisation=organisation.pk, region=organisation.region)
    grants = user.grants_with(Permission.ORGANISATION_VERIFY)
    offices = [_office(grant) for grant in grants if grant.organisation is None and place.is_within(grant)]
    return max(offices, key=len, default=None)


def may_lift(flag: Flag, user: User, on: date) -> bool:
    """Whether this officer works for the office that raised it: another one, higher or lower, does not lift it.

    Where it was not kept who raised it, for the office that has the body in its register on that day.
    """
    grants = user.grants_with(Permission.ORGANISATION_VERIFY)
    offices = {_office(grant) for grant in grants if grant.organisation is None}
    if not offices:
        return False
    return (_registers(flag.organisation, on) if flag.office is None else flag.office) in offices


def _registers(organisation: Organisation, on: date) -> str:
    """The office that registers a body; its kabupaten/kota where the area it serves does not tell."""
    judged = authority_of(organisation, on)
    if judged.finding.answer is Answer.UNKNOWN:
        return str(organisation.region)[:REGENCY_SIGNS]
    return judged.region


def _office(grant: Grant) -> str:
    """Who works in a kecamatan works for the office of the kabupaten/kota."""
    return grant.region[:REGENCY_SIGNS]


def to_review(user: User, on: date) -> QuerySet[Flag]:
    """Flags without an end that stand so long that this officer should look at them again, the oldest first."""
    since = on - timedelta(days=catalogue.norm("flag_review_days").value)
    rows: QuerySet[Flag] = Flag.objects.reachable(user, Permission.ORGANISATION_VERIFY)
    return rows.filter(stands_on(on), until=None, on__lte=since).order_by("on", "pk")


def about_own_body(user: User, on: date) -> QuerySet[Flag]:
    """What stands about the bodies whose record this user keeps."""
    rows: QuerySet[Flag] = Flag.objects.reachable(user, Permission.ORGANISATION_EDIT)
    return rows.filter(stands_on(on)).order_by("on", "pk")
