"""Work lists over everybody that the last night found: what is too old, what contradicts itself.

Answers are sealed, so no database counts them; the nightly screening opens all of them anyway and keeps how many there
are of each person. A list is therefore as old as that night; the page of the person is what holds now.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import polars as pl
from django.urls import reverse
from django.utils.translation import ngettext

from simpul.access.permissions import Permission
from simpul.desk.queries.quality_seen import WATCH, Line, Seen
from simpul.people.models import Person
from simpul.population.facts import lies_in
from simpul.population.queries import register_on
from simpul.population.queries.register import reached


class OfNight:
    """The people of whom a column counts anything, the most first; read page by page, as rows of a database are."""

    def __init__(self, seen: Seen, column: str) -> None:
        self.seen = seen
        register = register_on()
        frame = pl.DataFrame(schema={"person": pl.String, "number": pl.UInt16})
        if register:
            within = register.people.filter(_reach(seen) & (pl.col(column) > 0))
            frame = within.select("person", pl.col(column).alias("number"))
        self.frame = frame.sort("number", "person", descending=[True, False])

    def count(self) -> int:
        return self.frame.height

    def __iter__(self) -> Iterator[tuple[Person, int]]:
        return iter(self[:])

    def __getitem__(self, places: slice) -> list[tuple[Person, int]]:
        piece = self.frame[places].rows()
        reach = Person.objects.reachable(self.seen.viewer, Permission.PERSON_VIEW)
        held = reach.filter(erased_at=None, limited_since=None).in_bulk([UUID(key) for key, _number in piece])
        return [(held[UUID(key)], number) for key, number in piece if UUID(key) in held]


def _reach(seen: Seen) -> pl.Expr:
    # As `Seen.within`: for work on their quality, and for seeing them and what was found out about them at all.
    whole = reached(seen.viewer, WATCH)
    for also in (Permission.PERSON_VIEW, Permission.SCREENING_VIEW):
        whole &= reached(seen.viewer, also)
    if seen.scope.area:
        whole &= lies_in(seen.scope.area)
    return whole & (pl.col("organisation") == str(seen.scope.body)) if seen.scope.body else whole


def faded(seen: Seen) -> OfNight:
    """Everybody within reach of whom something was said too long ago."""
    return OfNight(seen, "faded")


def unlikely(seen: Seen) -> OfNight:
    """Everybody within reach whose answers cannot well be true together."""
    return OfNight(seen, "unlikely")


def faded_lines(rows: Sequence[tuple[Person, int]], _seen: Seen) -> list[Line]:
    """How much is old; not what."""
    return [
        _line(
            row,
            ngettext("%(number)s keterangan sudah lama", "%(number)s keterangan sudah lama", number),
            number,
        )
        for row, number in rows
    ]


def unlikely_lines(rows: Sequence[tuple[Person, int]], _seen: Seen) -> list[Line]:
    """How much does not fit together; not what, which may be about violence."""
    return [
        _line(
            row,
            ngettext("%(number)s hal perlu dicocokkan", "%(number)s hal perlu dicocokkan", number),
            number,
        )
        for row, number in rows
    ]


def _line(row: Person, words: str, number: int) -> Line:
    about: Any = {"number": number}
    return Line(row.name, words % about, reverse("people:person", args=[row.pk]), row.region, (row.pk,))
