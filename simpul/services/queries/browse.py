"""Services for those who sign in: narrowed by plain questions, the confirmed ones first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, QuerySet, TextField, When
from django.db.models.functions import Cast

from simpul.services.models import Hours, Service
from simpul.services.queries.derived import plain
from simpul.services.queries.open_words import OpenWords, open_words
from simpul.services.queries.parts import kinds
from simpul.services.queries.places import ShownPlace, in_region, shown_places, shown_region
from simpul.services.queries.shown import (
    accreditation_of,
    areas_of,
    free_said,
    is_unconfirmed,
    unconfirmed,
)

_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Browsed:
    """One service with what lists show of it. `free` is None where nobody said it of late."""

    service: Service
    kind_name: str
    region: str
    accreditation: str
    is_unconfirmed: bool
    free: int | None
    places: tuple[ShownPlace, ...]
    areas: tuple[str, ...]
    words: OpenWords


def asked(
    on: date,
    *,
    text: str = "",
    kind: str = "",
    situation: str = "",
    need_type: str = "",
    region: str = "",
    organisation: UUID | None = None,
) -> QuerySet[Any]:
    """What anybody may find, narrowed; the unconfirmed sink, and the rest stands by its name."""
    rows: QuerySet[Any] = Service.objects.all().public().select_related("organisation")
    if kind:
        rows = rows.filter(kind=kind)
    if region:
        rows = rows.filter(in_region(region))
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    rows = _holding(rows, "situations", situation)
    rows = _holding(rows, "need_types", need_type)
    for word in plain(text).split()[:_MOST_WORDS]:
        rows = rows.filter(searched__contains=word)
    sunk = Case(When(unconfirmed(on), then=1), default=0)
    found: QuerySet[Any] = rows.order_by(sunk, "name", "pk")
    return found


def _holding(rows: QuerySet[Any], field: str, code: str) -> QuerySet[Any]:
    """Where a list of codes holds this one. As text: SQLite knows no containment of JSON."""
    if not code:
        return rows
    told: QuerySet[Any] = rows.annotate(**{f"{field}_told": Cast(field, TextField())})
    return told.filter(**{f"{field}_told__contains": f'"{_plain_code(code)}"'})


def _plain_code(code: str) -> str:
    """A code as it may stand in a list: letters, digits and lines below; anything else is none."""
    return "".join(sign for sign in code if sign.isascii() and (sign.isalnum() or sign in "_-"))


def browsed(services: Sequence[Service], on: date) -> list[Browsed]:
    """The rows of one page. Five queries for any number; the services come with their organisation."""
    rows = list(services)
    places, areas, titles = shown_places(rows), areas_of(rows), dict(kinds())
    grades = accreditation_of({row.organisation_id for row in rows}, on)
    hours: dict[UUID, list[Hours]] = {row.pk: [] for row in rows}
    for hour in Hours.objects.filter(service__in=rows).order_by("-frequency", "opens_at", "pk"):
        hours[hour.service_id].append(hour)
    return [
        Browsed(
            service=row,
            kind_name=titles.get(row.kind, row.kind),
            region=shown_region(row),
            accreditation=grades[row.organisation_id],
            is_unconfirmed=is_unconfirmed(row, on),
            free=free_said(row, on),
            places=tuple(places[row.pk]),
            areas=areas[row.pk],
            words=open_words(row, hours[row.pk]),
        )
        for row in rows
    ]
