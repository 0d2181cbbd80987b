"""One column of a table beside its bars, as tiles of areas, and over the periods before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.organisations.queries.office_drawing import TileDrawing, drawn
from simpul.population.queries.register import kept_rows
from simpul.recaps.facts import Asked, Cell, Column, Definition, Line, Recap, Table
from simpul.recaps.queries.files import lines_of, shown, whole_words
from simpul.recaps.queries.people import day_words, edition_of
from simpul.recaps.queries.restricted import in_address
from simpul.recaps.stages import Every, Period, before, period_of
from simpul.ui.drawings import path
from simpul.ui.drawings import shown as length

# How many times are laid beside each other: each is counted anew.
TIMES = 6
_WIDE, _HIGH, _EDGE = 480, 120, 8
# What a reader most likely wants to see first.
_FIRST = ("all", "end:all", "all:all", "end", "number")
_SEPARATOR = "."


@dataclass(frozen=True, slots=True)
class Bar:
    """A number with its name and its length beside the largest; `key` is a region's code in a table of areas."""

    key: str
    words: str
    number: str
    drawing: TileDrawing


@dataclass(frozen=True, slots=True)
class Picture:
    """One column of one table. `is_area`: each bar is a region, so they may stand as tiles."""

    table: str
    title: str
    column: str
    bars: tuple[Bar, ...]
    is_area: bool


@dataclass(frozen=True, slots=True)
class OverTime:
    """The chosen column over several times: a table, and the line of its total where it has one."""

    table: Table
    box: str
    path: str


def name_of(recap: Recap, table: Table, column: Column) -> str:
    """A column as it stands in the address of its picture."""
    return f"{table.key}{_SEPARATOR}{in_address(column.key, edition_of(recap.asked))}"


def choices(recap: Recap) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every column with numbers, by its table, as a list to choose from."""
    return [
        (
            table.title,
            [
                (name_of(recap, table, column), whole_words(column))
                for column in table.columns
                if column.is_number
            ],
        )
        for table in recap.tables
        if table.lines
    ]


def chosen(recap: Recap, asked: str) -> tuple[Table, Column] | None:
    """The table and column with that name; without one, or with a wrong one, what a reader most likely wants."""
    held = {
        name_of(recap, table, column): (table, column)
        for table in recap.tables
        for column in table.columns
        if column.is_number and table.lines
    }
    if asked in held:
        return held[asked]
    first = next((table for table in recap.tables if table.lines), None)
    if first is None:
        return None
    numbers = [column for column in first.columns if column.is_number]
    preferred = [column for key in _FIRST for column in numbers if column.key == key]
    column = next(iter((*preferred, *numbers)), None)
    return (first, column) if column else None


def picture(table: Table, column: Column) -> Picture:
    """Bars of every line, in the order of the table."""
    place = table.columns.index(column)
    numbers = [(line, line.cells[place]) for line in table.lines]
    most = max((float(cell) for _line, cell in numbers if isinstance(cell, int | float)), default=0.0)
    bars = tuple(
        Bar(line.key, line.words, shown(cell), drawn(_share(cell, most), ())) for line, cell in numbers
    )
    is_area = table.head == _("Wilayah") and len(bars) > 1
    return Picture(table.key, table.title, whole_words(column), bars, is_area)


def _share(cell: Cell, most: float) -> float:
    return max(float(cell), 0.0) / most if isinstance(cell, int | float) and most > 0 else 0.0


# --- over time ---


def times(asked: Asked, definition: Definition) -> list[tuple[str, Asked]]:
    """The times before the one asked about, and this one; the oldest first.

    For what is counted from a kept register, the last one of each month; else periods of the same length.
    """
    if "period" in definition.uses:
        return [
            (_period_words(one), replace(asked, since=one.since, until=one.until)) for one in _periods(asked)
        ]
    if "edition" not in definition.uses:
        return []
    days: dict[tuple[int, int], Asked] = {}
    for on in kept_rows(asked.edition or None, asked.until).values_list("on", flat=True):
        days.setdefault((on.year, on.month), replace(asked, since=on.replace(day=1), until=on))
        if len(days) == TIMES:
            break
    return [(day_words(one.until), one) for one in sorted(days.values(), key=lambda one: one.until)]


def _periods(asked: Asked) -> list[Period]:
    whole = Period(asked.since, asked.until)
    every = next((one for one in Every if period_of(asked.since, one) == whole), None)
    found = [whole]
    for _number in range(TIMES - 1):
        first = found[-1]
        if every:
            found.append(before(first, every))
        else:
            days = first.until - first.since
            found.append(Period(first.since - days - timedelta(days=1), first.since - timedelta(days=1)))
    return found[::-1]


def _period_words(period: Period) -> str:
    every = next((one for one in Every if period_of(period.since, one) == period), None)
    return period.words if every else f"{day_words(period.since)} – {day_words(period.until)}"


def over_time(user: User, definition: Definition, asked: Asked, table: str, column: str) -> OverTime | None:
    """The same column of the same table at each time; empty where it could not be counted."""
    told = []
    for words, one in times(asked, definition):
        made = definition.make(user, one)
        found = next((held for held in made.tables if held.key == table), None)
        told.append((words, found, _cells(found, column) if found else {}))
    with_table = [found for _words, found, _cells_of in told if found]
    if len(told) < 2 or not with_table:
        return None
    names = {line.key: line.words for found in with_table for line in lines_of(found)}
    total = names.pop("", "")
    lines = [
        Line(key, words, tuple(cells.get(key) for _w, _f, cells in told)) for key, words in names.items()
    ]
    summed = Line("", total, tuple(cells.get("") for _w, _f, cells in told)) if total else None
    newest = with_table[-1]
    columns = tuple(Column(str(place), words) for place, (words, _found, _held) in enumerate(told))
    made_of = Table(f"{table}-times", newest.title, newest.unit, newest.head, columns, tuple(lines), summed)
    return OverTime(made_of, f"0 0 {_WIDE} {_HIGH}", _drawn(summed.cells if summed else lines[0].cells if lines else ()))  # fmt: skip


def _cells(table: Table, key: str) -> dict[str, Cell]:
    place = next((place for place, column in enumerate(table.columns) if column.key == key), None)
    return {line.key: line.cells[place] for line in lines_of(table)} if place is not None else {}


def _drawn(cells: tuple[Cell, ...]) -> str:
    """A line through the numbers, from nothing at the foot to the largest at the head; nothing where none is known."""
    points = list(_points(cells))
    dots = "".join(f"M{length(x - 2)} {length(y - 2)}h4v4h-4Z" for x, y in points)
    return dots + (path(points) if len(points) > 1 else "")


def _points(cells: tuple[Cell, ...]) -> Iterator[tuple[float, float]]:
    most = max((float(cell) for cell in cells if isinstance(cell, int | float)), default=0.0) or 1.0
    step = (_WIDE - 2 * _EDGE) / max(len(cells) - 1, 1)
    for place, cell in enumerate(cells):
        if isinstance(cell, int | float):
            yield _EDGE + place * step, _HIGH - _EDGE - (_HIGH - 2 * _EDGE) * float(cell) / most
