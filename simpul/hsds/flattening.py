"""Nested answers of the standard taken apart into tables, and tables put into each other again. Nothing is lost.

A row stands once in its table, whatever it is nested in: from each place it learns one more key of a parent.
Normalised on the way, and only so: fields without content are left out; whole numbers are written as such; rows are
in the order of their keys and fields in the standard's order; a row that stands below two parents of one kind becomes
two, the later one with a key made of both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from simpul.hsds.identifiers import key_of
from simpul.hsds.schemas import tables

Row = dict[str, Any]

# Where a row is nested: the name there, its table, and the column that names what it stands in.
_MANY = {
    "phones": "phone",
    "schedules": "schedule",
    "service_areas": "service_area",
    "service_at_locations": "service_at_location",
    "languages": "language",
    "funding": "funding",
    "cost_options": "cost_option",
    "required_documents": "required_document",
    "contacts": "contact",
    "attributes": "attribute",
    "metadata": "metadata",
    "locations": "location",
    "programs": "program",
    "organization_identifiers": "organization_identifier",
    "services": "service",
    "addresses": "address",
    "accessibility": "accessibility",
}
# One row inside another: the outer one holds its key in this column.
_ONE = {
    "organization": ("organization", "organization_id"),
    "program": ("program", "program_id"),
    "location": ("location", "location_id"),
    "service": ("service", "service_id"),
    "taxonomy_term": ("taxonomy_term", "taxonomy_term_id"),
    "taxonomy_detail": ("taxonomy", "taxonomy_id"),
}
_LINKS = {"attribute": "link_id", "metadata": "resource_id"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file, for whoever has to mend it: the file, and the row or object by its number."""

    file: str
    number: int


@dataclass
class Collected:
    """Rows by table and key, and where each stood first."""

    rows: dict[str, dict[str, Row]] = field(default_factory=dict)
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    # Rows that say something else than an earlier one with the same key: table, key, field, place.
    clashes: list[tuple[str, str, str, Place]] = field(default_factory=list)

    def add(self, table: str, row: Row, place: Place, *, names_all: bool = False) -> str:
        """One more row, or more about a row that is there. Gives its key; "" for a row that has none.

        `names_all`: the row stands in a table of its own, where a key stands once.
        """
        key = str(row.get("id", ""))
        held = self.rows.setdefault(table, {})
        if key in held and names_all:
            self.clashes.append((table, key, "id", place))
        elif key in held:
            differing = [name for name in row if name in held[key] and held[key][name] != row[name]]
            if parents := [name for name in differing if _is_parent(name)]:
                return self.add(
                    table, {**held[key], **row, "id": key_of("copy", key, row[parents[0]])}, place
                )
            self.clashes += [(table, key, name, place) for name in differing]
        held[key] = {**row, **held.get(key, {})}
        self.places.setdefault((table, key), place)
        return key

    def table(self, name: str) -> list[Row]:
        """The rows of a table in the order of their keys, each with its fields in the standard's order."""
        order = tables()[name].names
        return [
            ordered(row, order)
            for _key, row in sorted(self.rows.get(name, {}).items(), key=lambda pair: pair[0])
        ]


def ordered(row: Row, names: Iterable[str]) -> Row:
    """The fields that say something: the standard's in its order, then others by name."""
    known = list(names)
    rest = sorted(name for name in row if name not in known)
    return {name: plain(row[name]) for name in [*known, *rest] if row.get(name) not in (None, "", [], {})}


def plain(value: Any) -> Any:
    """Whole numbers as such: 35.0 and 35 are one."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _is_parent(name: str) -> bool:
    return name.endswith("_id") and name not in ("parent_id", "tax_id")


# --- taking apart ---


def taken_apart(table: str, value: Row, place: Place, into: Collected) -> str:
    """Every row of a nested object into its table. Gives the key of the outermost."""
    row = {name: plain(told) for name, told in value.items() if name not in _MANY and not _is_row(name, told)}
    inner = [(name, told) for name, told in value.items() if _is_row(name, told)]
    for name, told in inner:
        other, column = _ONE[name]
        row[column] = taken_apart(other, told, place, into)
    key = into.add(table, {name: told for name, told in row.items() if told not in (None, "", [], {})}, place)
    for name, other in _MANY.items():
        below = value.get(name)
        for child in below if isinstance(below, list) else ():
            if isinstance(child, dict):
                taken_apart(other, {**child, _LINKS.get(other, f"{table}_id"): key}, place, into)
    return key


def _is_row(name: str, told: Any) -> bool:
    return name in _ONE and isinstance(told, dict)


# --- putting together ---

# What stands in what, by the standard's schemas.
_INSIDE: dict[str, tuple[str, ...]] = {
    "service": ("phones", "schedules", "service_areas", "service_at_locations", "languages", "funding", "cost_options", "required_documents", "contacts"),
    "service_at_location": ("contacts", "phones", "schedules"),
    "location": ("languages", "addresses", "contacts", "accessibility", "phones", "schedules"),
    "organization": ("funding", "contacts", "phones", "locations", "programs", "organization_identifiers"),
    "contact": ("phones",),
    "phone": ("languages",),
}  # fmt: skip
_INNER = {
    "service": ("organization", "program"),
    "service_at_location": ("location",),
    "attribute": ("taxonomy_term",),
    "taxonomy_term": ("taxonomy_detail",),
}
# Rows below a body are told with the body, and not again inside every one of its services.
_TOLD_ALONE = frozenset({"organization"})


class Nest:
    """Puts the rows of all tables into each other."""

    def __init__(self, held: Collected) -> None:
        self.held = {table: {row["id"]: row for row in held.table(table)} for table in tables()}
        self.used: set[tuple[str, str]] = set()
        self._below: dict[tuple[str, str, str], list[str]] = {}
        for table, rows in self.held.items():
            for key, row in rows.items():
                for column, parent in row.items():
                    if _is_parent(column):
                        self._below.setdefault((table, column, str(parent)), []).append(key)

    def nested(self, table: str, key: str) -> Row:
        """One row with all that stands below it. What it is nested in is not repeated as a key."""
        self.used.add((table, key))
        row = dict(self.held[table][key])
        for column in [name for name in row if self._is_told(table, name, str(row[name]))]:
            del row[column]
        for name in _INNER.get(table, ()):
            other, column = _ONE[name]
            inner = str(self.held[table][key].get(column, ""))
            if inner in self.held[other]:
                row.pop(column, None)
                row[name] = (
                    dict(self.held[other][inner]) if other in _TOLD_ALONE else self.nested(other, inner)
                )
        for name in (*_INSIDE.get(table, ()), "attributes", "metadata"):
            other = _MANY[name]
            column = _LINKS.get(other, f"{table}_id")
            if below := self._below.get((other, column, key)):
                row[name] = [self.nested(other, one) for one in below]
        return row

    def _is_told(self, table: str, column: str, parent: str) -> bool:
        """Whether a key of a parent is told by where the row stands."""
        if column in _LINKS.values():
            return any(parent in rows for rows in self.held.values())
        other = column.removesuffix("_id")
        names = [name for name in _INSIDE.get(other, ()) if _MANY[name] == table]
        return bool(names) and parent in self.held.get(other, {})

    def left(self) -> Iterator[tuple[str, list[Row]]]:
        """Rows that stand in nothing that was nested so far."""
        for table, rows in self.held.items():
            rest = [row for key, row in rows.items() if (table, key) not in self.used]
            if rest:
                yield table, rest
