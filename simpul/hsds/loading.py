"""Loads what a page of services needs, in a number of questions that does not grow with the page."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from time import monotonic
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from simpul.organisations.models import Organisation
from simpul.organisations.queries.bodies import TOLD_SIGNS, is_place_secret
from simpul.organisations.queries.secret_words import open_text, tells_place
from simpul.places.models import CODE_SIGNS
from simpul.places.queries import FoundRegion, names_of
from simpul.services.models import Area, AtPlace, Hours, Place, Service
from simpul.services.queries.places import ShownPlace, shown_place, standing
from simpul.services.queries.shown import accreditation_of, areas_of

FRESH = 60  # seconds for which a store on the way may answer by itself


@dataclass
class Loaded:
    """Everything beside the rows themselves that answers are made of."""

    on: date
    accreditations: dict[UUID, str] = field(default_factory=dict)
    areas: dict[UUID, tuple[str, ...]] = field(default_factory=dict)
    names: dict[str, FoundRegion] = field(default_factory=dict)
    # Of bodies whose place is secret: whether any of their texts gives it away.
    telling: dict[UUID, bool] = field(default_factory=dict)

    def words(self, body: Organisation, text: str) -> str:
        """A text as everybody may read it."""
        if not text or not is_place_secret(body) or self.telling.get(body.pk) is False:
            return text
        return open_text(body, text)

    def name(self, code: str) -> str:
        """The name of a region with its kind; the code itself where the list of codes does not know it."""
        found = self.names.get(code)
        return found.name if found else code


# What of a body the rows are made of; the rest of it is much, and told by nobody here.
_OF_A_BODY = frozenset(
    [
        "id",
        "name",
        "short_name",
        "kind",
        "about",
        "email",
        "website",
        "founded_year",
        "legal_status",
        "parent",
        "phone",
        "region",
        "address",
        "is_address_secret",
    ]
)
_UNTOLD = tuple(field.name for field in Organisation._meta.concrete_fields if field.name not in _OF_A_BODY)


def with_body(rows: Any) -> Any:
    """A queryset of services with what is told of them and of their bodies."""
    untold = (f"organisation__{name}" for name in _UNTOLD)
    return rows.select_related("organisation").defer("searched", *untold)


def whole(rows: Any, *, has_kept: bool = False) -> Any:
    """A queryset of services with all that a whole service is made of.

    `has_kept`: also what was kept of imported places, hours and areas, for files alone.
    """
    places, hours, areas = AtPlace.objects.select_related("place"), Hours.objects.all(), Area.objects.all()
    if not has_kept:
        places, hours, areas = with_place(AtPlace.objects.all()), hours.defer("hsds"), areas.defer("hsds")
    return with_body(rows).prefetch_related(
        Prefetch("at_places", queryset=places.filter(standing()).order_by("place__name", "pk")),
        Prefetch("hours", queryset=hours.order_by("opens_at", "pk")),
        Prefetch("areas", queryset=areas.order_by("code")),
    )


def with_place(rows: Any) -> Any:
    """Services at their places, with what is told of these."""
    return rows.select_related("place").defer("hsds", "place__hsds")


def loaded(services: Collection[Service], on: date, *, is_whole: bool = True) -> Loaded:
    """What the rows of these services need beside them. They come from `whole`, or with their organisation alone."""
    bodies = {service.organisation_id: service.organisation for service in services}
    found = Loaded(on, accreditation_of(bodies, on))
    _look_at_words(found, bodies.values(), services, has_hours=is_whole)
    if is_whole:
        found.areas = _areas_of(services)
        places = (row.place for service in services for row in service.at_places.all())
        _name_regions(found, [*(code for codes in found.areas.values() for code in codes), *_regions(places)])
    return found


def _areas_of(services: Collection[Service]) -> dict[UUID, tuple[str, ...]]:
    """What `areas_of` tells, of services whose own areas were read already."""
    own = {service.pk: tuple(area.code for area in service.areas.all()) for service in services}
    bare = areas_of([service for service in services if not own[service.pk]])
    return own | bare


def loaded_places(places: Collection[Place], found: Loaded) -> Loaded:
    """The same, with the regions of these places named."""
    _name_regions(found, _regions(places))
    return found


def _regions(places: Iterable[Place]) -> list[str]:
    return [place.region for place in places if place.region]


def _name_regions(found: Loaded, codes: Iterable[str]) -> None:
    wanted = {code[:signs] for code in codes for signs in CODE_SIGNS if len(code) >= signs}
    found.names |= _NAMES.of(wanted - found.names.keys())


class _Names:
    """What regions are called, kept for as long as any store on the way may keep an answer."""

    def __init__(self) -> None:
        self.held: dict[str, FoundRegion] = {}
        self.since = 0.0

    def of(self, codes: Collection[str]) -> dict[str, FoundRegion]:
        if monotonic() - self.since > FRESH or len(self.held) > _MOST_NAMES:
            self.held, self.since = {}, monotonic()
        held = self.held
        if missing := [code for code in codes if code not in held]:
            held |= names_of(missing)
        return {code: held[code] for code in codes if code in held}


_MOST_NAMES = 20_000
_NAMES = _Names()


def _look_at_words(
    found: Loaded, bodies: Iterable[Organisation], services: Iterable[Service], *, has_hours: bool
) -> None:
    """One question for each body whose place is secret, instead of one for each of its texts."""
    for body in bodies:
        if is_place_secret(body):
            said = [body.name, body.about]
            for service in services:
                if service.organisation_id == body.pk:
                    said += told_texts(service)
                    said += [row.words for row in service.hours.all()] if has_hours else []
            found.telling[body.pk] = tells_place(body, "\n".join(filter(None, said)))


def told_texts(service: Service) -> list[str]:
    """Every free text of a listing that an answer may carry."""
    return [
        service.name,
        service.alternate_name,
        service.about,
        service.rule_words,
        service.cost_words,
        service.procedure,
        service.alert,
        *service.papers,
    ]


def told_areas(service: Service, found: Loaded) -> list[str]:
    """The codes of its areas; of a body whose place is secret never more than the kabupaten or kota."""
    codes = found.areas.get(service.pk, ())
    if is_place_secret(service.organisation) or _has_contact_point(service):
        return sorted({code[:TOLD_SIGNS] for code in codes})
    return list(codes)


def _has_contact_point(service: Service) -> bool:
    return any(place_of(row, service).is_contact_point for row in service.at_places.all())


def place_of(row: AtPlace, service: Service) -> ShownPlace:
    """Where that is, as everybody may be told."""
    return shown_place(row.place, service.organisation)
