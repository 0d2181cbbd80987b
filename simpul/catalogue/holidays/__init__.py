"""Working days of offices in Indonesia: not Saturday, not Sunday, not a national holiday, not joint leave.

One file a year, since the days are decreed each year anew. Of a year without a file only weekends are known.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from simpul.catalogue.facts import ROOT
from simpul.catalogue.tables import VERIFIED, CatalogueError, Table, read
from simpul.catalogue.text import Text

FOLDER = ROOT / "holidays"
KINDS = ("national", "joint_leave")
_SATURDAY, _WEEK, _WORKING_WEEK = 5, 7, 5
_DAY = timedelta(days=1)
_MONDAY = date(1, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Holiday:
    """One day on which offices are closed; `kind` is of KINDS."""

    on: date
    kind: str
    title: Text


@dataclass(frozen=True, slots=True)
class HolidayYear:
    """The days of one year by one decree."""

    year: int
    source: str
    verified: str
    days: tuple[Holiday, ...]


def read_year(path: Path) -> HolidayYear:
    """One file. Raises CatalogueError, also for a day of another year or one that stands twice."""
    whole = read(path)
    whole.check_keys("year", "source", "verified", "day")
    year = whole.whole("year")
    days = tuple(_holiday(table, year) for table in whole.tables("day"))
    if len({day.on for day in days}) != len(days):
        raise whole.error("a day stands twice", "day")
    return HolidayYear(year, whole.string("source"), whole.one_of("verified", VERIFIED), days)


def _holiday(table: Table, year: int) -> Holiday:
    table.check_keys("on", "kind", "title")
    found = Holiday(table.day("on"), table.one_of("kind", KINDS), table.text("title"))
    if found.on.year != year:
        raise table.error(f"{found.on} is not in {year}", "on")
    return found


def read_folder(folder: Path) -> tuple[HolidayYear, ...]:
    """Every year, the oldest first. Raises CatalogueError where a file is not named by its year."""
    years = []
    for path in sorted(folder.glob("*.toml")):
        found = read_year(path)
        if path.stem != str(found.year):
            raise CatalogueError(str(path), 1, f"the file must be called {found.year}.toml")
        years.append(found)
    return tuple(years)


@cache
def years() -> dict[int, HolidayYear]:
    """What is known, by year."""
    return {found.year: found for found in read_folder(FOLDER)}


def unknown_years(first: date, last: date) -> tuple[int, ...]:
    """The years from first to last of which no holidays are known, so that only weekends are counted."""
    return tuple(year for year in range(first.year, last.year + 1) if year not in years())


def is_working_day(day: date) -> bool:
    """Whether offices are open on that day."""
    return day.weekday() < _SATURDAY and day not in _closed_days()


def working_days_between(first: date, last: date) -> int:
    """How many working days come after `first`, up to `last` with it; 0 where `last` is not after `first`.

    The day on which something arrives is not counted: the first day of work on it is the next.
    """
    if last <= first:
        return 0
    return _working_days_until(last) - _working_days_until(first)


def add_working_days(first: date, number: int) -> date:
    """The working day that comes `number` working days after `first`; `first` itself for none.

    Raises ValueError for a number below 0.
    """
    if number < 0:
        raise ValueError("Working days are counted forward.")
    day = first
    while number:
        day += _DAY
        number -= is_working_day(day)
    return day


def _working_days_until(day: date) -> int:
    """How many working days there are from the first Monday of the calendar until that day with it."""
    weeks, rest = divmod(day.toordinal() - _MONDAY + 1, _WEEK)
    weekdays = weeks * _WORKING_WEEK + min(rest, _WORKING_WEEK)
    return weekdays - bisect_right(_closed_weekdays(), day)


@cache
def _closed_days() -> frozenset[date]:
    return frozenset(day.on for found in years().values() for day in found.days)


@cache
def _closed_weekdays() -> list[date]:
    """Holidays that are not weekends anyway, in their order."""
    return sorted(day for day in _closed_days() if day.weekday() < _SATURDAY)
