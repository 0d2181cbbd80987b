"""The page of rights and principles of service that a client is given, in versions that are never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from simpul.catalogue.facts import ROOT
from simpul.catalogue.tables import VERIFIED, Table, read
from simpul.catalogue.text import Text

FOLDER = ROOT / "rights"


@dataclass(frozen=True, slots=True)
class Line:
    """One right or principle, in a sentence for the client."""

    code: str
    text: Text


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that come from one source."""

    code: str
    title: Text
    source: str
    verified: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One version of the whole page; `version` is what is recorded when it is given."""

    version: str
    valid_from: date
    title: Text
    intro: Text
    parts: tuple[Part, ...]


def newest() -> Sheet:
    """The version that is given now. Raises CatalogueError where a file is faulty."""
    return all_sheets()[-1]


def get(version: str) -> Sheet:
    """The version that was given. KeyError where there is none."""
    return {sheet.version: sheet for sheet in all_sheets()}[version]


@cache
def all_sheets(folder: Path = FOLDER) -> tuple[Sheet, ...]:
    """Every version, the oldest first. Raises CatalogueError."""
    found = (_sheet(read(path)) for path in folder.glob("*.toml"))
    return tuple(sorted(found, key=lambda sheet: int(sheet.version)))


def _sheet(whole: Table) -> Sheet:
    whole.check_keys("version", "valid_from", "title", "intro", "part")
    version = whole.string("version")
    if not (version.isdecimal() and Path(whole.file).stem == version):
        raise whole.error("the version is a number, and the name of the file", "version")
    return Sheet(
        version=version,
        valid_from=whole.day("valid_from"),
        title=whole.text("title"),
        intro=whole.text("intro"),
        parts=tuple(_part(table) for table in whole.tables("part")),
    )


def _part(table: Table) -> Part:
    table.check_keys("code", "title", "source", "verified", "line")
    return Part(
        code=table.string("code"),
        title=table.text("title"),
        source=table.string("source"),
        verified=table.one_of("verified", VERIFIED),
        lines=tuple(_line(line) for line in table.tables("line")),
    )


def _line(table: Table) -> Line:
    table.check_keys("code", "text")
    return Line(table.string("code"), table.text("text"))
