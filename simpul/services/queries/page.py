"""What the owner's page of one listing shows: its parts in words, where, when, whose, and what it needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from simpul.places import queries as regions
from simpul.services.models import Area, AtPlace, Hours, Place, Service
from simpul.services.queries.attention import Attention, attention_of
from simpul.services.queries.hours import words_of
from simpul.services.queries.parts import PARTS
from simpul.services.queries.place_values import place_values, place_words
from simpul.services.queries.places import places_of
from simpul.services.queries.shown import accreditation_of, areas_of, free_said
from simpul.services.queries.values import said
from simpul.services.stages import LISTING_MAY_FOLLOW, Listing


@dataclass(frozen=True, slots=True)
class Section:
    """One part in words: label and lines of each field that says something."""

    code: str
    title: str
    fields: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Record:
    """Everything on the owner's page of one listing."""

    sections: tuple[Section, ...]
    places: tuple[tuple[Place, str], ...]
    areas: tuple[str, ...]
    is_area_of_body: bool
    hours: tuple[str, ...]
    attention: tuple[Attention, ...]
    accreditation: str
    free: int | None
    may_open: bool
    may_pause: bool
    may_end: bool
    may_confirm: bool

    @property
    def blocking(self) -> tuple[Attention, ...]:
        return tuple(one for one in self.attention if one.is_blocking)


def record_of(service: Service, on: date) -> Record:
    """The page of one listing on that day. The service comes with its organisation."""
    following = LISTING_MAY_FOLLOW[Listing(service.listing)]
    body = service.organisation_id
    codes = areas_of([service])[service.pk]
    names = regions.names_of(set(codes))
    return Record(
        sections=tuple(_sections(service)),
        places=tuple((place, place_words(place_values(place))) for place in places_of([service])[service.pk]),
        areas=tuple(str(names.get(code, code)) for code in codes),
        is_area_of_body=not Area.objects.filter(service=service).exists(),
        hours=tuple(words_of(hours_rows(service))),
        attention=attention_of([service], on)[service.pk],
        accreditation=accreditation_of([body], on)[body],
        free=free_said(service, on),
        may_open=Listing.OPEN in following,
        may_pause=Listing.PAUSED in following,
        may_end=Listing.ENDED in following,
        may_confirm=service.listing in (Listing.OPEN, Listing.PAUSED),
    )


def _sections(service: Service) -> list[Section]:
    found = []
    for part in PARTS.values():
        fields = [(str(field.label), said(field, getattr(service, field.name))) for field in part.fields]
        found.append(Section(part.code, str(part.title), tuple(one for one in fields if one[1])))
    return found


def hours_rows(service: Service) -> QuerySet[Any]:
    """Its hours in the order in which they are shown."""
    rows: QuerySet[Any] = Hours.objects.filter(service=service)
    return rows.order_by("-frequency", "opens_at", "pk")


def other_places(service: Service) -> list[tuple[Place, str]]:
    """Places of the same body at which this service is not given yet."""
    used = AtPlace.objects.filter(service=service, ended_on=None).values("place")
    rows = Place.objects.filter(organisation=service.organisation, ended_on=None).exclude(pk__in=used)
    return [(place, place_words(place_values(place))) for place in rows.order_by("name", "pk")]
