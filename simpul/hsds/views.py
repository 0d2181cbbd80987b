"""What each address of the interface answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from http import HTTPStatus
from itertools import chain
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.rows import key_in
from simpul.hsds import finding, nesting
from simpul.hsds.asking import Asked
from simpul.hsds.described import described, profile_page
from simpul.hsds.door import absent, door, enveloped, refused, streamed, told, within
from simpul.hsds.loading import Loaded, loaded, loaded_places, whole, with_body, with_place
from simpul.hsds.rows import organization_row
from simpul.hsds.schemas import VERSION
from simpul.hsds.terms import taxonomies_asked, terms_asked
from simpul.organisations.models import Organisation
from simpul.services.models import AtPlace, Place, Service

Row = dict[str, Any]
# Rows of a stream that are read at once.
PIECE = 200

_PAGES = ("search", "page", "per_page", "format")
_NARROWING = ("taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after", "full")


@door()
def about(request: HttpRequest, asked: Asked) -> HttpResponseBase:
    """What this interface is."""
    return told(
        request,
        {
            "version": VERSION,
            "profile": request.build_absolute_uri(reverse("hsds:profile")),
            "openapi_url": request.build_absolute_uri(reverse("hsds:openapi")),
        },
    )


@door()
def openapi(request: HttpRequest, asked: Asked) -> HttpResponseBase:
    """The description of this interface, with the addresses under which it was asked."""
    return told(request, described(request.build_absolute_uri(reverse("hsds:about"))))


@login_not_required
def profile(request: HttpRequest) -> HttpResponse:
    """What Simpul adds to the standard, in words."""
    return HttpResponse(profile_page(request))


@door()
def unknown(request: HttpRequest, asked: Asked, rest: str) -> HttpResponseBase:
    """Whatever else lies below: a program gets JSON here too."""
    return refused(_("Alamat itu tidak ada di antarmuka ini."), HTTPStatus.NOT_FOUND)


# --- services ---


@door(*_PAGES, *_NARROWING, "minimal")
def services(request: HttpRequest, asked: Asked) -> HttpResponseBase:
    """Services: their own fields, whole ones with `full`, all of them in one page with `minimal`."""
    rows = finding.services_asked(asked)
    if asked.minimal:
        contents = [
            nesting.service_minimal(service)
            for service in rows.only(*nesting.MINIMAL).select_related("organisation")
        ]
        return told(request, enveloped(contents, total=len(contents), page=1, length=len(contents)))
    read = _whole_services if asked.full else _listed_services
    return _page(request, asked, rows, read)


def _listed_services(rows: QuerySet[Any], on: date) -> list[Row]:
    found = list(with_body(rows))
    beside = loaded(found, on, is_whole=False)
    return [nesting.service_listed(service, beside) for service in found]


def _whole_services(rows: QuerySet[Any], on: date) -> list[Row]:
    found = list(whole(rows))
    beside = loaded(found, on)
    return [nesting.service_nested(service, beside) for service in found]


@door()
def service(request: HttpRequest, asked: Asked, key: str) -> HttpResponseBase:
    """One service with all that belongs to it."""
    found: Service | None = whole(finding.services()).filter(pk=key_in(key)).first()
    if found is None:
        return absent()
    row = nesting.service_nested(found, loaded([found], timezone.localdate()))
    return told(request, row, changed=found.modified_at)


# --- services at locations ---


@door(*_PAGES, *_NARROWING, "postcode", "proximity")
def service_at_locations(request: HttpRequest, asked: Asked) -> HttpResponseBase:
    """Services at their places."""

    def read(rows: QuerySet[Any], on: date) -> list[Row]:
        found = list(with_place(rows))
        held, beside = _services_of(found, on, is_whole=asked.full)
        nest = nesting.at_location_nested if asked.full else nesting.at_location_listed
        return [nest(row, held[row.service_id], beside) for row in found]

    return _page(request, asked, finding.at_places_asked(asked), read)


@door()
def service_at_location(request: HttpRequest, asked: Asked, key: str) -> HttpResponseBase:
    """A service at one place."""
    row = with_place(finding.at_places_asked(Asked())).filter(pk=key_in(key)).first()
    if row is None:
        return absent()
    held, beside = _services_of([row], timezone.localdate())
    listing = held[row.service_id]
    return told(request, nesting.at_location_nested(row, listing, beside), changed=listing.modified_at)


def _services_of(
    rows: Sequence[AtPlace], on: date, *, is_whole: bool = True
) -> tuple[dict[UUID, Service], Loaded]:
    wanted = Service.objects.filter(pk__in={row.service_id for row in rows})
    found = list(whole(wanted) if is_whole else with_body(wanted))
    return {service.pk: service for service in found}, loaded(found, on, is_whole=is_whole)


# --- bodies ---


@door(*_PAGES, "full", "full_service")
def organizations(request: HttpRequest, asked: Asked) -> HttpResponseBase:
    """Bodies: their own fields, with places and services where `full`."""

    def read(rows: QuerySet[Any], on: date) -> list[Row]:
        found = list(rows)
        if asked.full or asked.full_service:
            return _whole_bodies(found, on, has_full_services=asked.full_service)
        beside = Loaded(on)
        return [organization_row(body, beside) for body in found]

    return _page(request, asked, finding.bodies_asked(asked), read)


@door("full_service")
def organization(request: HttpRequest, asked: Asked, key: str) -> HttpResponseBase:
    """One body with its places and services."""
    found = finding.bodies().filter(pk=key_in(key)).first()
    if found is None:
        return absent()
    (row,) = _whole_bodies([found], timezone.localdate(), has_full_services=asked.full_service)
    return told(request, row)


def _whole_bodies(bodies: list[Organisation], on: date, *, has_full_services: bool) -> list[Row]:
    keys = [body.pk for body in bodies]
    rows = finding.services().filter(organisation__in=keys).order_by("name", "pk")
    listings = list(whole(rows) if has_full_services else with_body(rows))
    # Only where something is offered that everybody may find.
    places = list(
        Place.objects.filter(
            organisation__in=keys, ended_on=None, services__ended_on=None, services__service__in=listings
        )
        .distinct()
        .order_by("name", "pk")
    )
    beside = loaded_places(places, loaded(listings, on, is_whole=has_full_services))
    return [
        nesting.organization_nested(
            body,
            beside,
            places=[place for place in places if place.organisation_id == body.pk],
            services=[one for one in listings if one.organisation_id == body.pk],
            has_full_services=has_full_services,
        )
        for body in bodies
    ]


# --- taxonomies ---


@door(*_PAGES)
def taxonomies(request: HttpRequest, asked: Asked) -> HttpResponseBase:
    """The lists of terms."""
    return _terms_page(request, asked, taxonomies_asked(asked))


@door()
def taxonomy(request: HttpRequest, asked: Asked, key: str) -> HttpResponseBase:
    """One list."""
    return _one_of(request, taxonomies_asked(Asked()), key)


@door(*_PAGES, "taxonomy_id", "top_only", "parent_id")
def taxonomy_terms(request: HttpRequest, asked: Asked) -> HttpResponseBase:
    """Terms of all lists, or of one."""
    return _terms_page(request, asked, terms_asked(asked))


@door()
def taxonomy_term(request: HttpRequest, asked: Asked, key: str) -> HttpResponseBase:
    """One term."""
    return _one_of(request, terms_asked(Asked()), key)


def _terms_page(request: HttpRequest, asked: Asked, rows: list[Row]) -> HttpResponseBase:
    if asked.format == "ndjson":
        return streamed(iter(rows))
    page = enveloped(rows[within(asked)], total=len(rows), page=asked.page, length=asked.per_page)
    return told(request, page)


def _one_of(request: HttpRequest, rows: list[Row], key: str) -> HttpResponseBase:
    wanted = str(key_in(key) or "")
    found = next((row for row in rows if row["id"] == wanted), None)
    return absent() if found is None else told(request, found)


# --- what all have in common ---


def _page(
    request: HttpRequest,
    asked: Asked,
    rows: QuerySet[Any],
    read: Callable[[QuerySet[Any], date], list[Row]],
) -> HttpResponseBase:
    on = timezone.localdate()
    if asked.format == "ndjson":
        return streamed(_all(rows, read, on))
    # First which ones: to sort thousands of whole rows for a page of them would take longer than all the rest.
    keys = list(rows.values_list("pk", flat=True)[within(asked)])
    held = {row["id"]: row for row in read(rows.model.objects.filter(pk__in=keys), on)}
    contents = [held[str(key)] for key in keys if str(key) in held]
    total = rows.count()
    page = enveloped(contents, total=total, page=asked.page, length=asked.per_page)
    return told(request, page, changed=_newest(contents))


def _all(rows: QuerySet[Any], read: Callable[[QuerySet[Any], date], list[Row]], on: date) -> Iterator[Row]:
    """Piece by piece, by the keys as they stood at the beginning: a change meanwhile neither doubles nor hides any."""
    keys = list(rows.values_list("pk", flat=True))
    pieces = (keys[start : start + PIECE] for start in range(0, len(keys), PIECE))
    return chain.from_iterable(read(rows.filter(pk__in=piece), on) for piece in pieces)


def _newest(contents: Sequence[Row]) -> datetime | None:
    moments = [row.get("last_modified") or row.get("service", {}).get("last_modified") for row in contents]
    return max((datetime.fromisoformat(told) for told in moments if told), default=None)
