"""Rows of bodies, sources of help and services as they were understood, and what becomes of a list of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from simpul.access.reach import Where
from simpul.access.secrets import blind_index
from simpul.imports.models import Batch
from simpul.imports.queries.columns import Read
from simpul.imports.queries.days import restored_day
from simpul.imports.queries.fields import fields_of
from simpul.imports.stages import Fate, Kind
from simpul.instruments.queries import AnswerRow
from simpul.organisations.models import Organisation
from simpul.people.queries import stored


@dataclass(frozen=True, slots=True)
class ThingRow:
    """One row that is no person: its values by field, where it belongs, and for services under which body."""

    number: int
    values: Mapping[str, Any]
    where: Where
    body: Organisation | None = None

    def as_json(self) -> dict[str, Any]:
        """The row as a doubtful one waits for somebody's look."""
        return {
            "organisation": str(self.where.organisation) if self.where.organisation else None,
            "region": self.where.region,
            "values": {name: stored(value) for name, value in self.values.items()},
        }

    @classmethod
    def from_json(cls, kind: str, number: int, held: Mapping[str, Any]) -> ThingRow:
        """The row again as it waited."""
        days = {field.code for field in fields_of(kind) if field.reads == "day"}
        values = {
            name: restored_day(value) if name in days else value for name, value in held["values"].items()
        }
        key = UUID(held["organisation"]) if held["organisation"] else None
        body = Organisation.objects.filter(pk=key).first() if key and kind == Kind.SERVICES else None
        return cls(number, values, Where(key, held["region"]), body)

    @property
    def fingerprint(self) -> bytes:
        """By which the same row of another file is known again: keyed, because it may name somebody."""
        return blind_index(json.dumps(self.as_json(), sort_keys=True), "import.thing")


@dataclass(slots=True)
class ThingPlan:
    """What such a list would do. For answers `sheets` are the rows, for all others `new`."""

    read: Read
    new: list[ThingRow] = field(default_factory=list)
    doubtful: list[tuple[ThingRow, list[UUID]]] = field(default_factory=list)
    sheets: list[AnswerRow] = field(default_factory=list)
    known: int = 0
    corrected: dict[str, str] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """Rows by what becomes of them; together all rows of the file."""
        return {
            Fate.NEW: len(self.new) + len(self.sheets),
            Fate.KNOWN: self.known,
            Fate.DOUBTFUL: len(self.doubtful),
            Fate.REFUSED: len(self.read.reasons),
        }

    @property
    def refused(self) -> list[list[Any]]:
        """Row numbers with all that is wrong with each."""
        numbers = self.read.table.numbers
        return [[numbers[place], "; ".join(why)] for place, why in sorted(self.read.reasons.items())]


def thing_key(batch: Batch, number: int) -> UUID:
    """The key of what a row becomes: the same each time, so that nothing is made twice."""
    return uuid5(batch.pk, f"row {number}")
