"""The ladder of sanctions: what stands against a body, and which rung may come next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.organisations.models import Certificate, Organisation, Sanction
from simpul.organisations.queries.belonging import belongs_to
from simpul.organisations.queries.registration_rules import own_offices
from simpul.organisations.queries.waiting import Waiting
from simpul.organisations.stages import REGISTERED_BY, CertificateState, SanctionStep

_LADDER = list(SanctionStep.values)


def sanctions_of(organisation: Organisation) -> list[Sanction]:
    """All of them, the newest first."""
    return list(Sanction.objects.filter(organisation=organisation).order_by("-at"))


def standing_sanctions(organisation: Organisation) -> list[Sanction]:
    """Those that nobody lifted, the heaviest first."""
    rows = Sanction.objects.filter(organisation=organisation, lifted_on=None)
    return sorted(rows, key=lambda row: (-_LADDER.index(row.step), row.at))


def is_stopped(organisation: Organisation) -> bool:
    """Whether a stop stands against it that nobody lifted, even if its last day has passed."""
    rows = Sanction.objects.filter(organisation=organisation, lifted_on=None, step=SanctionStep.STOP)
    return bool(rows.exists())


def liftable(organisation: Organisation, user: User) -> frozenset[UUID]:
    """The standing sanctions that this person may end: those of their own office, and none of their own body."""
    offices = own_offices(user, Permission.REGISTRATION_DECIDE)
    if not offices or belongs_to([organisation.pk], user):
        return frozenset()
    rows = standing_sanctions(organisation)
    return frozenset(row.pk for row in rows if row.region is None or row.region in offices)


def acting_office(organisation: Organisation, user: User) -> str:
    """The office for which somebody imposes: the one that registered the body if it is theirs, else the nearest."""
    here = [
        region
        for region in own_offices(user, Permission.REGISTRATION_DECIDE)
        if not region or f"{organisation.region}.".startswith(f"{region}.")
    ]
    registered = [row.issuer_region for row in to_revoke(organisation)]
    return next((region for region in registered if region in here), max(here, key=len, default=""))


def to_revoke(organisation: Organisation) -> list[Certificate]:
    """What a revocation would withdraw."""
    return list(
        Certificate.objects.filter(
            organisation=organisation,
            kind__in=REGISTERED_BY,
            state__in=(CertificateState.STANDING, CertificateState.SUSPENDED),
        )
    )


def may_follow_now(organisation: Organisation) -> list[str]:
    """The rungs that may be taken: those that stand may be repeated, and one more.

    Revocation is passed over where there is nothing to revoke: a body that serves without any certificate.
    """
    standing = {row.step for row in standing_sanctions(organisation)}
    revocable = bool(to_revoke(organisation))
    allowed = []
    for step in _LADDER:
        if step == SanctionStep.REVOCATION and not revocable:
            continue
        allowed.append(step)
        if step not in standing:
            break
    return allowed


def standing_on_day(on: date) -> Q:
    """The sanctions that stand on a day: nobody lifted them until then."""
    return Q(on__lte=on) & (Q(lifted_on=None) | Q(lifted_on__gt=on))


def to_follow_up(user: User, on: date) -> QuerySet[Sanction]:
    """Sanctions of this user's offices whose last day has passed and which nobody lifted or led further."""
    rows: QuerySet[Sanction] = Sanction.objects.reachable(user, Permission.REGISTRATION_DECIDE)
    ours = Q(region__in=own_offices(user, Permission.REGISTRATION_DECIDE)) | Q(region=None)
    return rows.filter(ours, lifted_on=None, until__lt=on).select_related("organisation").order_by("until")


def sanction_waits(user: User, on: date) -> Iterator[Waiting]:
    """What a body is told of sanctions against it, and an office of those whose last day has passed."""
    if user.can(Permission.REGISTRATION_APPLY):
        own = Sanction.objects.reachable(user, Permission.REGISTRATION_APPLY).filter(lifted_on=None)
        for row in own.select_related("organisation").order_by("on", "pk"):
            words = _("%(sanction)s terhadap %(name)s: baca dasarnya dan perbaiki")
            told = {"sanction": row.get_step_display(), "name": row.organisation}
            page = reverse("organisations:registrations", args=[row.organisation_id])
            yield Waiting(words % told, 1, f"{page}#against", row.until is not None and row.until < on)
    if not user.can(Permission.REGISTRATION_DECIDE):
        return
    over = list(to_follow_up(user, on))
    for body in dict.fromkeys(row.organisation for row in over):
        number = sum(row.organisation_id == body.pk for row in over)
        words = ngettext(
            "%(number)s sanksi terhadap %(name)s lewat batas waktunya",
            "%(number)s sanksi terhadap %(name)s lewat batas waktunya",
            number,
        )
        page = reverse("organisations:sanctions", args=[body.pk])
        yield Waiting(words % {"number": number, "name": body}, number, page, is_late=True)
