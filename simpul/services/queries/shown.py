"""What every list and page of services shows, asked once for all rows of a list."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from simpul.access.reach import within
from simpul.catalogue.services import norms
from simpul.engines.reasons import Answer
from simpul.organisations.models import Certificate, ServedArea
from simpul.organisations.queries.certificates import valid_on
from simpul.organisations.queries.office_list import grade_of
from simpul.organisations.stages import CertificateKind
from simpul.services.models import Area, Place, Service
from simpul.services.queries.hours import is_open_at, words_of

__all__ = [
    "accreditation_of",
    "areas_of",
    "covers",
    "free_said",
    "hours_words",
    "is_open_at",
    "is_unconfirmed",
    "is_within",
    "last_days",
    "unconfirmed",
]


# --- since when nobody confirmed it ---


def is_unconfirmed(service: Service, on: date) -> bool:
    """Whether nobody said within the norm (90 days) that the listing still holds."""
    return service.confirmed_on is None or service.confirmed_on < _oldest(on)


def unconfirmed(on: date, prefix: str = "") -> Q:
    """The same as a condition on services; `prefix` is the path to them, such as "service__"."""
    return Q(**{f"{prefix}confirmed_on": None}) | Q(**{f"{prefix}confirmed_on__lt": _oldest(on)})


def last_days(on: date) -> Q:
    """A condition on services: confirmed, but within the last reminder before they count as unconfirmed."""
    oldest = _oldest(on)
    return Q(
        confirmed_on__gte=oldest, confirmed_on__lte=oldest + timedelta(days=min(norms().remind_before_days))
    )


def _oldest(on: date) -> date:
    return on - timedelta(days=norms().unconfirmed_days)


def free_said(service: Service, on: date) -> int | None:
    """Free places as the owner said them; None where nobody did, or too long ago to count on."""
    if service.free_on is None or (on - service.free_on).days > norms().room_days:
        return None
    return service.free


# --- accreditation, carried from the body ---


def accreditation_of(organisation_ids: Iterable[UUID], on: date) -> dict[UUID, str]:
    """The grade of each body's accreditation that holds on that day, in printed words; "" where it has none."""
    found = dict.fromkeys(organisation_ids, "")
    held = Certificate.objects.filter(
        valid_on(on), kind=CertificateKind.ACCREDITATION, organisation__in=list(found)
    ).order_by("issued_on", "at")
    for certificate in held:
        found[certificate.organisation_id] = grade_of(certificate) or _("terakreditasi")
    return found


# --- when ---


def hours_words(service: Service, place: Place | None = None) -> list[str]:
    """Its hours in words, at one place or at all. Prefetch `hours` for a list."""
    rows = [row for row in service.hours.all() if place is None or row.place_id in (None, place.pk)]
    return words_of(rows)


# --- where its people live ---


def areas_of(services: Collection[Service]) -> dict[UUID, tuple[str, ...]]:
    """The codes of the regions whose people each takes: its own, or else those its body serves. Two queries."""
    found: dict[UUID, list[str]] = {service.pk: [] for service in services}
    for service_id, code in Area.objects.filter(service__in=list(found)).values_list("service", "code"):
        found[service_id].append(code)
    bare = {service.organisation_id for service in services if not found[service.pk]}
    served: dict[UUID, list[str]] = {}
    rows = ServedArea.objects.filter(organisation__in=bare, ended_on=None) if bare else ()
    for row in rows:
        served.setdefault(row.organisation_id, []).append(row.code)
    return {
        service.pk: tuple(sorted(found[service.pk] or served.get(service.organisation_id, [])))
        for service in services
    }


def covers(service: Service, region_code: str, codes: Collection[str] | None = None) -> Answer:
    """Whether it takes people who live there. `codes` are what areas_of gave, where a list is asked."""
    return is_within(region_code, areas_of([service])[service.pk] if codes is None else codes)


def is_within(region_code: str, codes: Collection[str]) -> Answer:
    """Whether a region lies in one of these. Not known where none is told, or where only a part of it does."""
    if not region_code or not codes:
        return Answer.UNKNOWN
    if any(within(region_code, code) for code in codes):
        return Answer.YES
    return Answer.UNKNOWN if any(code.startswith(f"{region_code}.") for code in codes) else Answer.NO
