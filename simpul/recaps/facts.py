"""The shape of every recap: what was asked, and the tables that answer, the same for screen, file and interface."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise

# A number; a word (of a register); or nothing, where there is nothing to count. "Not known" is never nothing.
Cell = int | float | str | date | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a recap is asked for. `area` is a region code, or "" for all that the reader reaches.

    A stock is counted on `until`, a flow from `since` to `until`, both days included. `by_place` counts people
    where they are served instead of where they live. `edition` is empty for the office's own.
    """

    since: date
    until: date
    area: str = ""
    edition: str = ""
    by_place: bool = False
    # What the rules suggest and nobody has decided; otherwise what workers confirmed.
    suggested: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """`group` stands above several columns that belong together (the two sexes of one type).

    `rows` says what one row behind its numbers is ("case", "organisation"); empty where no rows stand behind.
    """

    key: str
    words: str
    group: str = ""
    is_number: bool = True
    rows: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """`key` finds the rows behind the line (a region's code, a type's code); "" where there are none to show."""

    key: str
    words: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `unit` says what one is: persons, person-type pairs, households, organisations; never mixed.

    `total` is a line of its own and never the sum of the cells where one thing can stand in several lines. `each`
    says what one line is where every line is one row of its own ("organisation"), and its key that of the row.
    """

    key: str
    title: str
    unit: str
    head: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    total: Line | None = None
    notes: tuple[str, ...] = ()
    each: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows behind one number, whoever may see them: `of` says what one is, `keys` name them.

    `adds` says what each adds to the number (rupiah, days), in the order of the keys; empty where each is one.
    """

    of: str
    keys: tuple[str, ...]
    adds: tuple[int, ...] = ()

    @property
    def sum(self) -> int:
        return sum(self.adds) if self.adds else len(self.keys)


@dataclass(frozen=True, slots=True)
class Recap:
    """A whole recap: `heading` holds what every report says (area, day, edition, rule of counting, by whom, when)."""

    code: str
    title: str
    asked: Asked
    tables: tuple[Table, ...]
    heading: tuple[tuple[str, str], ...] = ()
    # What is missing or cannot be said, in sentences.
    limits: tuple[str, ...] = ()
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """How one recap is made: the one function behind page, files, interface and public numbers.

    `make(user, asked)` returns the recap of what that user reaches; `behind(user, asked, table, line, column)`
    the rows behind one number, in which its table has a column with `rows`; None for what is no number of it.
    """

    code: str
    title: Promise | str
    about: Promise | str
    make: Callable[[Any, Asked], Recap]
    behind: Callable[[Any, Asked, str, str, str], Rows | None]
    uses: frozenset[str] = field(
        default_factory=frozenset
    )  # what may be asked: "area", "edition", "period", "suggested", "place"


Definitions = Mapping[str, Definition]
