"""What every work list knows: who looks, at which area and body, on which day; and how a line of it looks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from simpul.access.models import User
from simpul.access.permissions import Permission

WATCH = Permission.QUALITY_VIEW


@dataclass(frozen=True, slots=True)
class Scope:
    """To which area and body somebody narrowed the lists; empty is everything within reach."""

    area: str = ""
    body: UUID | None = None

    def condition(self, region: str, organisation: str) -> Q:
        """The same as a condition, by the paths from a row to its region and its body."""
        whole = Q()
        if self.area:
            whole &= Q(**{region: self.area}) | Q(**{f"{region}__startswith": f"{self.area}."})
        return whole & Q(**{organisation: self.body}) if self.body else whole


@dataclass(frozen=True, slots=True)
class Seen:
    """Who looks at the lists, how far, on which day and at which moment."""

    viewer: User
    scope: Scope
    on: date
    at: datetime

    def within(self, rows: Any, *, also: Permission, region: str, organisation: str) -> Any:
        """The rows within reach: for work on their quality, and for seeing them at all."""
        found = rows.reachable(self.viewer, WATCH)
        # Nearly everybody has both by the same role: to ask twice would only slow the database down.
        if self.viewer.grants_with(also) != self.viewer.grants_with(WATCH):
            found = found.reachable(self.viewer, also)
        return found.filter(self.scope.condition(region, organisation))


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a work list: the name, what is wrong in words, and where it is mended.

    `people` are those whose names stand there, for the record of readings.
    """

    name: str
    said: str
    href: str
    region: str = ""
    people: Sequence[UUID] = field(default=())


def told_of(lines: Collection[Line]) -> list[Told]:
    """Everybody whose name stands on a page."""
    return [Told(key) for line in lines for key in line.people]


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody whose name was shown."""

    about_person: UUID
