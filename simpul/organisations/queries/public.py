"""What everybody may know of a body that helps, without an account.

Who stands in the public list: every body of the register that is still at work, registered or not. A small group
without a certificate is said to have none "yet", nothing more: no reason, no running application, no flag, no warning.
Where an office suspended or withdrew the certificate, that alone is said, with its day. A body that has closed leaves the list; its page stays, so that old paper
leads somewhere, and says only that it has closed. Persons and families who help are not listed: they are people,
and are found, if they agreed, among the sources of help. What only an officer has seen as a draft (an application
not yet decided) is never here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import get_language

from simpul.catalogue import editions
from simpul.catalogue.sources import skill_titles
from simpul.organisations.models import Certificate, Organisation, ServedArea
from simpul.organisations.queries.bodies import AT_HOME, TOLD_SIGNS, is_place_secret
from simpul.organisations.queries.certificates import Standing, newest_of, standing_on
from simpul.organisations.queries.office_asked import Asked
from simpul.organisations.queries.office_list import Line, lines_of, listed
from simpul.organisations.queries.registration_lines import certificate_kind
from simpul.organisations.queries.registration_office import NOT_REGISTERED
from simpul.organisations.queries.secret_words import open_text
from simpul.organisations.queries.source_types import source_types
from simpul.organisations.queries.sources_counts import listed as listed_sources
from simpul.organisations.queries.sources_counts import listed_under_bodies
from simpul.organisations.stages import ServiceSystem
from simpul.places.models import DISTRICT_SIGNS
from simpul.places.queries import FoundRegion, code_and_above, find, named, names_of

# A village says too much of who serves: it is mostly where they live.
_NEAR = DISTRICT_SIGNS
_MOST_AREAS, _MOST_SOURCES, _MOST_NAMED = 12, 20, 3


def public_bodies() -> QuerySet[Any]:
    """Those that may be shown at all."""
    return Organisation.objects.exclude(kind__in=AT_HOME)


def public_list(asked: Asked, on: date) -> QuerySet[Any]:
    """The public list: those at work only, whatever was asked."""
    return listed(public_bodies(), asked.but(state="", is_flagged=False, papers=""), on)


@dataclass(frozen=True, slots=True)
class Place:
    """What an area that somebody typed was taken for, and what else it might have been."""

    taken: FoundRegion | None
    others: tuple[FoundRegion, ...]


def place_of(text: str, code: str) -> Place:
    """The region of a code, or the best of those that the words find."""
    if code and (chosen := named(code)):
        return Place(chosen, ())
    found = find(text, limit=5) if text.strip() else []
    return Place(found[0] if found else None, tuple(found[1:]))


@dataclass(frozen=True, slots=True)
class PublicSource:
    """A source of help who agreed to be named: name, type, skills, and the area served by its kecamatan.

    Never where they live: to that nobody agreed.
    """

    name: str
    type: str
    place: str
    skills: tuple[str, ...]


def sources_in(area: str, on: date) -> tuple[PublicSource, ...]:
    """Those who serve an area; none without an area, so that nobody reads the whole country's names off one page."""
    if not area:
        return ()
    near = area[:_NEAR]
    # The list of codes as it is written, which both databases read the same way.
    serves = Q(areas_told__contains=f'"{near}.')
    for code in code_and_above(near):
        serves |= Q(areas_told__contains=f'"{code}"')
    return _sources(listed_sources(on).annotate(areas_told=Cast("areas", TextField())).filter(serves), near)


def _sources(rows: QuerySet[Any, Any], near: str = "") -> tuple[PublicSource, ...]:
    found, language = list(rows[:_MOST_SOURCES]), get_language() or "id"
    areas = {row["id"]: _areas_near(row["areas"], near) for row in found}
    places = names_of({code for codes in areas.values() for code in codes})
    types = source_types()
    return tuple(
        PublicSource(
            row["name"],
            str(types[row["type_code"]].display.in_language(language)) if row["type_code"] in types else "",
            "; ".join(str(places[code]) for code in areas[row["id"]] if code in places),
            tuple(skill_titles(row["skills"], language)),
        )
        for row in found
    )


def _areas_near(codes: list[str], near: str) -> list[str]:
    """The areas served by their kecamatan, those asked for first."""
    told = sorted({code[:_NEAR] for code in codes}, key=lambda code: (not code.startswith(near), code))
    return told[:_MOST_NAMED]


@dataclass(frozen=True, slots=True)
class PublicPage:
    """One body as everybody may see it. What is secret or not known is empty."""

    line: Line
    place: FoundRegion | None
    about: str
    source: str
    address: str
    website: str
    phone: str
    email: str
    needs: tuple[str, ...]
    ways: tuple[str, ...]
    areas: tuple[FoundRegion, ...]
    capacity: int | None
    degrees: tuple[float, float] | None
    sources: tuple[PublicSource, ...]
    stopped: Certificate | None

    @property
    def organisation(self) -> Organisation:
        return self.line.organisation

    @property
    def registered(self) -> Certificate | None:
        return self.line.registered

    @property
    def accredited(self) -> Certificate | None:
        return self.line.accredited

    @property
    def could_be_registered(self) -> bool:
        """Whether registration is said at all: an office of the state has none."""
        return self.organisation.kind not in NOT_REGISTERED


def _stopped(body: Organisation, line: Line, on: date) -> Certificate | None:
    """The certificate that an office suspended or withdrew; None where one holds, or the dates alone ended it."""
    newest = None if line.registered else newest_of(body, certificate_kind(body))
    if newest is None or standing_on(newest, on) not in (Standing.SUSPENDED, Standing.WITHDRAWN):
        return None
    return newest


def public_page(key: UUID, on: date) -> PublicPage | None:
    """The page of one body; None where there is none to be shown."""
    body = public_bodies().filter(pk=key).first()
    if body is None:
        return None
    (line,) = lines_of([body], on)
    served = _served(body, on)
    places = names_of({line.region, *served})
    is_open = not (body.is_closed or is_place_secret(body))
    return PublicPage(
        line=line,
        stopped=_stopped(body, line, on),
        place=places.get(line.region),
        about=open_text(body, body.about),
        source=open_text(body, body.source),
        address=body.address if is_open else "",
        website=safe_link(body.website) if is_open else "",
        phone=body.phone if is_open else "",
        email=body.email if is_open else "",
        needs=_needs(body),
        ways=tuple(
            str(ServiceSystem(code).label) for code in body.service_systems if code in ServiceSystem.values
        ),
        areas=tuple(places[code] for code in served if code in places),
        capacity=body.capacity,
        degrees=_degrees(body) if is_open else None,
        # Who serves at a safe house could be followed there.
        sources=_sources(listed_under_bodies(on).filter(organisation=body)) if is_open else (),
    )


def _degrees(body: Organisation) -> tuple[float, float] | None:
    """Latitude and longitude, where both are recorded."""
    if body.latitude is None or body.longitude is None:
        return None
    return body.latitude, body.longitude


def _served(body: Organisation, on: date) -> list[str]:
    """Where it serves; a secret one no closer than the kabupaten/kota."""
    rows = ServedArea.objects.filter(Q(since=None) | Q(since__lte=on), organisation=body)
    codes = rows.filter(Q(ended_on=None) | Q(ended_on__gt=on)).values_list("code", flat=True)
    told = {code[:TOLD_SIGNS] if is_place_secret(body) else code for code in codes}
    return sorted(told)[:_MOST_AREAS]


def safe_link(typed: str) -> str:
    """A website as a link, or nothing: only the two ways of the web are followed."""
    address = typed.strip()
    if address.startswith(("https://", "http://")):
        return address
    return f"https://{address}" if "." in address and ":" not in address and " " not in address else ""


def _needs(body: Organisation) -> tuple[str, ...]:
    language = get_language() or "id"
    known = {
        need.code: str(need.display.in_language(language))
        for need in editions.get(settings.SIMPUL_EDITION).types
    }
    return tuple(known[code] for code in body.need_types if code in known)
