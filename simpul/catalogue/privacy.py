"""The rights of the person over their data: how soon each is answered, grounds to refuse, how long files are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar

from simpul.catalogue.facts import ROOT
from simpul.catalogue.tables import VERIFIED, Table, read
from simpul.catalogue.text import Text

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Right:
    """What may be asked, under which articles; `hours` are running hours, None where the law gives none."""

    code: str
    hours: int | None
    articles: str
    source: str
    verified: str
    valid_from: date
    valid_until: date | None

    @property
    def time(self) -> timedelta | None:
        return None if self.hours is None else timedelta(hours=self.hours)

    def holds_on(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a request may be refused."""

    code: str
    label: Text
    source: str
    verified: str


@dataclass(frozen=True, slots=True)
class Retention:
    """For how many years a kind of file is kept; with `after_age` counted from that birthday."""

    code: str
    years: int
    after_age: int | None
    label: Text
    source: str
    verified: str


def right(code: str, on: date) -> Right:
    """The right as it stood on that day; the newest text where none did yet. Raises KeyError for no right."""
    found = [entry for entry in rights() if entry.code == code]
    if not found:
        raise KeyError(code)
    return next((entry for entry in found if entry.holds_on(on)), found[-1])


@cache
def rights(root: Path = ROOT) -> tuple[Right, ...]:
    """Every right, in the order of the file. Raises CatalogueError."""
    return _entries(root, "right", _right)


@cache
def grounds(root: Path = ROOT) -> tuple[Ground, ...]:
    """Every ground to refuse. Raises CatalogueError."""
    return _entries(root, "ground", _ground)


@cache
def retentions(root: Path = ROOT) -> dict[str, Retention]:
    """How long files are kept, by code. Raises CatalogueError."""
    return {entry.code: entry for entry in _entries(root, "retention", _retention)}


def _entries(root: Path, kind: str, made: Callable[[Table], Entry]) -> tuple[Entry, ...]:
    whole = read(root / "privacy" / "rights.toml")
    whole.check_keys("right", "ground", "retention")
    return tuple(made(table) for table in whole.tables(kind))


def _right(table: Table) -> Right:
    table.check_keys("code", "hours", "articles", "source", "verified", "valid_from", "valid_until")
    return Right(
        code=table.string("code"),
        hours=table.optional_whole("hours"),
        articles=table.string("articles"),
        source=table.string("source"),
        verified=table.one_of("verified", VERIFIED),
        valid_from=table.day("valid_from"),
        valid_until=table.optional_day("valid_until"),
    )


def _ground(table: Table) -> Ground:
    table.check_keys("code", "label", "source", "verified")
    return Ground(
        table.string("code"),
        table.text("label"),
        table.string("source"),
        table.one_of("verified", VERIFIED),
    )


def _retention(table: Table) -> Retention:
    table.check_keys("code", "years", "after_age", "label", "source", "verified")
    return Retention(
        code=table.string("code"),
        years=table.whole("years"),
        after_age=table.optional_whole("after_age"),
        label=table.text("label"),
        source=table.string("source"),
        verified=table.one_of("verified", VERIFIED),
    )
