"""How many sources of help serve where, and who stands in the public list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from simpul.catalogue import sources as catalogue
from simpul.catalogue.sources import SourceType
from simpul.organisations.models import Source
from simpul.organisations.models.sources import SourceQuerySet
from simpul.organisations.queries.source_types import as_type, near, own_types
from simpul.places.queries import lies_in_on, successors_on

# --- the public list ---


def listed(on: date) -> QuerySet[Source, dict[str, Any]]:
    """Who agreed to stand in the public list and serves on that day: name, type, area and skills, never more."""
    return _told(Source.objects.listed_on(on))


def listed_under_bodies(on: date) -> QuerySet[Source, dict[str, Any]]:
    """Those of them who agreed to be named under the body through which they serve."""
    return _told(Source.objects.listed_with_body_on(on))


def _told(rows: SourceQuerySet) -> QuerySet[Source, dict[str, Any]]:
    told: QuerySet[Source, dict[str, Any]] = rows.order_by("name", "pk").values(
        "id", "name", "type_code", "unit", "region", "areas", "skills"
    )
    return told


# --- counts ---


@dataclass(frozen=True, slots=True)
class TypeCount:
    """How many of a type serve: together, and women, men and not told for types of persons."""

    type: SourceType
    total: int
    female: int
    male: int

    @property
    def untold(self) -> int:
        return self.total - self.female - self.male if self.type.unit == "person" else 0


def counts_by_type(region: str, on: date, *, among: SourceQuerySet | None = None) -> list[TypeCount]:
    """How many of each type serve in an area (all where it is empty) on that day, types without any too.

    `among` narrows it to what somebody may see. The one definition of these counts: page, recap and export ask it.
    """
    counted: Counter[tuple[str, str]] = Counter()
    rows = _counted(region, on, among).values("type_code", "sex").annotate(number=Count("pk"))
    for row in rows.order_by():
        counted[row["type_code"], row["sex"]] += row["number"]
    return [_type_count(known, counted) for known in _counted_types(region, {code for code, _ in counted})]


def counts_by_area(
    region: str, on: date, *, among: SourceQuerySet | None = None
) -> dict[str, list[TypeCount]]:
    """The same for each area one level below, by its code. A source kept at the area itself stands under its code."""
    depth = region.count(".") + 2 if region else 1
    counted: dict[str, Counter[tuple[str, str]]] = {}
    rows = _counted(region, on, among).values("region", "type_code", "sex").annotate(number=Count("pk"))
    found = list(rows.order_by())
    renewed = successors_on({row["region"] for row in found}, on)
    for row in found:
        area = ".".join(renewed.get(row["region"], row["region"]).split(".")[:depth])
        counted.setdefault(area, Counter())[row["type_code"], row["sex"]] += row["number"]
    seen = {code for numbers in counted.values() for code, _ in numbers}
    types = _counted_types(region, seen)
    return {area: [_type_count(known, counted[area]) for known in types] for area in sorted(counted)}


def _counted_types(region: str, seen: Collection[str]) -> list[SourceType]:
    """The types of the catalogue, and of offices those that hold there or that somebody has."""
    rows = own_types().values()
    here = {
        row.code for row in near([row for row in rows if row.ended_on is None], [region] if region else [])
    }
    added = [as_type(row) for row in rows if row.code in here | set(seen)]
    return [*catalogue.source_types().values(), *added]


def _counted(region: str, on: date, among: SourceQuerySet | None) -> Any:
    rows: Any = (Source.objects.all() if among is None else among).serving_on(on)
    return rows.filter(lies_in_on("region", region, on))


def _type_count(known: SourceType, counted: Counter[tuple[str, str]]) -> TypeCount:
    total = sum(number for (code, _sex), number in counted.items() if code == known.code)
    return TypeCount(known, total, counted[known.code, "P"], counted[known.code, "L"])
