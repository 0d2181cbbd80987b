"""The norms of reports and flags, and the parts that a body writes in its report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from simpul.catalogue.facts import ROOT
from simpul.catalogue.organisations.norms import Norm, norms_in
from simpul.catalogue.tables import VERIFIED, Table, read
from simpul.catalogue.text import Text

FILE = ROOT / "organisations" / "oversight.toml"
NORMS = ("report_due_days", "smallest_printed_number", "flag_review_days")


@dataclass(frozen=True, slots=True)
class ReportPart:
    """One part that a body tells in its own words. Without those that are needed a report cannot be sent."""

    code: str
    title: Text
    about: Text
    is_needed: bool
    source: str
    verified: str


def report_parts() -> tuple[ReportPart, ...]:
    """The parts in their order. Raises CatalogueError."""
    return _read()[0]


def norm(code: str) -> Norm:
    """One of NORMS. KeyError for another."""
    return _read()[1][code]


@cache
def _read() -> tuple[tuple[ReportPart, ...], Mapping[str, Norm]]:
    return read_oversight(FILE)


def read_oversight(path: Path) -> tuple[tuple[ReportPart, ...], Mapping[str, Norm]]:
    """Parts and norms of one file. Raises CatalogueError."""
    whole = read(path)
    whole.check_keys("part", "norm")
    parts = tuple(_part(table) for table in whole.tables("part"))
    if len({part.code for part in parts}) != len(parts):
        raise whole.error("a code stands twice", "part")
    norms = norms_in(whole)
    if missing := set(NORMS) - set(norms):
        raise whole.error(f"the norms {sorted(missing)} are missing", "norm")
    return parts, norms


def _part(table: Table) -> ReportPart:
    table.check_keys("code", "title", "about", "is_needed", "source", "verified")
    return ReportPart(
        code=table.string("code"),
        title=table.text("title"),
        about=table.text("about"),
        is_needed=table.flag("is_needed"),
        source=table.string("source"),
        verified=table.one_of("verified", VERIFIED),
    )
