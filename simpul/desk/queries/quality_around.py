"""Cases that nobody works on, bodies and services that nobody confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from simpul.access.models import Grant
from simpul.access.permissions import Permission
from simpul.cases.models import Case
from simpul.catalogue.quality import norms
from simpul.desk.queries.quality_seen import Line, Seen
from simpul.engines.days import months_later
from simpul.organisations.models import Organisation
from simpul.organisations.queries.bodies import told_region
from simpul.services.models import Service
from simpul.services.queries.listing import unconfirmed_within
from simpul.services.queries.places import shown_region


def running_cases(seen: Seen) -> Any:
    """Cases within reach that run."""
    rows = seen.within(
        Case.objects.all(), also=Permission.CASE_VIEW, region="person__region", organisation="organisation"
    )
    return rows.open()


def cases_alone(seen: Seen) -> Any:
    """Running cases whose worker has left: signs in no more, or holds no role any longer."""
    working = Grant.objects.filter(withdrawn_at=None, user__is_active=True).order_by().values("user")
    return (
        running_cases(seen).exclude(worker__in=working).select_related("person").order_by("opened_at", "pk")
    )


def case_lines(rows: Sequence[Case], _seen: Seen) -> list[Line]:
    """Cases with who accompanied them last."""
    return [
        Line(
            row.person.name,
            _("%(number)s, terakhir didampingi %(who)s") % {"number": row.number, "who": row.worker_name},
            reverse("cases:case", args=[row.pk]),
            row.person.region,
            (row.person_id,),
        )
        for row in rows
    ]


def standing_bodies(seen: Seen) -> Any:
    """Bodies within reach that still stand."""
    rows = seen.within(
        Organisation.objects.all(), also=Permission.ORGANISATION_VIEW, region="region", organisation="pk"
    )
    return rows.filter(is_closed=False)


def bodies_unconfirmed(seen: Seen) -> Any:
    """Bodies that still stand whose data nobody looked at within the norm."""
    oldest = months_later(seen.on, -norms()["body_months"].value)
    late = standing_bodies(seen).filter(Q(verified_on=None) | Q(verified_on__lt=oldest))
    return late.order_by(F("verified_on").asc(nulls_first=True), "name", "pk")


def body_lines(rows: Sequence[Organisation], _seen: Seen) -> list[Line]:
    """Bodies with when they were confirmed last."""
    return [
        Line(
            row.name,
            _since(row.verified_on),
            reverse("organisations:organisation", args=[row.pk]),
            told_region(row),
        )
        for row in rows
    ]


def _since(day: date | None) -> str:
    if day is None:
        return _("belum pernah dipastikan")
    return _("terakhir dipastikan %(day)s") % {"day": date_format(day, "j F Y")}


def public_services(seen: Seen) -> Any:
    """Listings within reach that the public sees."""
    rows = Service.objects.reachable(seen.viewer, Permission.SERVICE_EDIT).public()
    return rows.filter(seen.scope.condition("organisation__region", "organisation"))


def services_unconfirmed(seen: Seen) -> Any:
    """Listings that nobody confirmed in time, as the office's own list has them."""
    condition = seen.scope.condition("organisation__region", "organisation")
    return unconfirmed_within(seen.viewer, seen.on).filter(condition)


def service_lines(rows: Sequence[Service], _seen: Seen) -> list[Line]:
    """Listings with whose they are and when they were confirmed last."""
    return [
        Line(
            row.name,
            f"{row.organisation}: {_since(row.confirmed_on)}",
            reverse("services:one", args=[row.pk]),
            shown_region(row),
        )
        for row in rows
    ]
