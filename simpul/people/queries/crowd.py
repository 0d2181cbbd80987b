"""Very many invented people as rows ready to be written: names brought to their keys, NIKs sealed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from simpul.access.secrets import seal
from simpul.engines.matching.names import first_sound, longest_sound, name_key, name_sound
from simpul.people.models import Person
from simpul.people.queries.likeness import nik_fingerprint
from simpul.places.models import PROVINCE_SIGNS, REGENCY_SIGNS

# The columns in which `settled` gives its rows.
HOUSEHOLD = ("id", "region", "province", "version", "registered_at")
PERSON = (
    *("id", "household_id", "region", "regency", "province", "name", "called", "name_key", "name_sound"),
    *("name_first", "name_long", "called_sound", "mother_name_key", "sex", "born_earliest", "born_latest"),
    *("born_year", "nik_sealed", "nik_index", "nik_confirmed", "nik_absent_because", "relation_to_head"),
    *("version", "registered_at", "registered_by"),
)
_NOBODY = UUID(int=0)

Row = tuple[Any, ...]


@dataclass(slots=True)
class Settler:
    """One invented person, as plain values."""

    key: UUID
    household: UUID
    region: str
    name: str
    mother: str
    sex: str
    earliest: date | None
    latest: date | None
    nik: str
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """Rows ready to be written, in the order of the columns above."""

    households: list[Row]
    people: list[Row]


def settled(people: Iterable[Settler], *, at: datetime) -> Settled:
    """The rows, with names brought to their keys and NIKs sealed: nearly all of the work."""
    homes: dict[UUID, Row] = {}
    rows = []
    for one in people:
        if one.household not in homes:
            homes[one.household] = (one.household, one.region, one.region[:PROVINCE_SIGNS], 1, at)
        rows.append(_row(one, at))
    return Settled(list(homes.values()), rows)


def _row(one: Settler, at: datetime) -> Row:
    is_exact = one.earliest is not None and one.earliest == one.latest
    return (
        *(one.key, one.household, one.region, one.region[:REGENCY_SIGNS], one.region[:PROVINCE_SIGNS]),
        *(one.name, "", name_key(one.name), name_sound(one.name), first_sound(one.name)),
        *(longest_sound(one.name), "", name_key(one.mother), one.sex, one.earliest, one.latest),
        one.earliest.year if one.earliest and (is_exact or _same_year(one)) else None,
        seal(one.nik, Person.nik.context_of(Person, one.key)) if one.nik else None,
        nik_fingerprint(one.nik) if one.nik else None,
        *(bool(one.nik), "" if one.nik else "none_yet", one.relation, 1, at, _NOBODY),
    )


def _same_year(one: Settler) -> bool:
    return bool(one.earliest and one.latest and one.earliest.year == one.latest.year)
