"""Kinds of papers that a body keeps, how long each usually holds, and when one is reminded of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from simpul.catalogue.facts import ROOT
from simpul.catalogue.organisations.norms import Norm, norms_in
from simpul.catalogue.tables import VERIFIED, Table, read
from simpul.catalogue.text import Text

FILE = ROOT / "organisations" / "papers.toml"
NORMS = ("reminder_months", "largest_file_bytes")
# fmt: off
_KIND = (
    "code", "title", "about", "usual_months", "usual_verified", "has_file", "holds_people", "is_several",
    "requirement", "source", "verified",
)
# fmt: on


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One kind of paper. `usual_months` is None where it does not run out, or nobody knows for how long it holds.

    It is a suggestion: what counts is the day printed on the paper. `usual_verified` is empty without it.
    """

    code: str
    title: Text
    about: Text
    usual_months: int | None
    usual_verified: str
    has_file: bool
    holds_people: bool
    is_several: bool
    requirement: str
    source: str
    verified: str


def paper_kinds() -> tuple[PaperKind, ...]:
    """All kinds, in the order of the pages. Raises CatalogueError."""
    return _read()[0]


def paper_kind(code: str) -> PaperKind | None:
    """One kind; None for a code that is not, or no longer, in the catalogue."""
    return next((kind for kind in paper_kinds() if kind.code == code), None)


def reminder_months() -> tuple[int, ...]:
    """How many months before the last day one is reminded, the earliest reminder first."""
    return _read()[1]["reminder_months"].values


def largest_file() -> int:
    """The largest file in bytes."""
    return _read()[1]["largest_file_bytes"].value


@cache
def _read() -> tuple[tuple[PaperKind, ...], Mapping[str, Norm]]:
    return read_papers(FILE)


def read_papers(path: Path) -> tuple[tuple[PaperKind, ...], Mapping[str, Norm]]:
    """Kinds and norms of one file. Raises CatalogueError."""
    whole = read(path)
    whole.check_keys("kind", "norm")
    kinds = tuple(_kind(table) for table in whole.tables("kind"))
    if len({kind.code for kind in kinds}) != len(kinds):
        raise whole.error("a code stands twice", "kind")
    norms = norms_in(whole)
    if missing := set(NORMS) - set(norms):
        raise whole.error(f"the norms {sorted(missing)} are missing", "norm")
    months = norms["reminder_months"].values
    if len(months) != 2 or months[0] <= months[1]:
        raise whole.error("there are two reminders, and the first comes before the second", "norm")
    return kinds, norms


def _kind(table: Table) -> PaperKind:
    table.check_keys(*_KIND)
    months = table.optional_whole("usual_months")
    return PaperKind(
        code=table.string("code"),
        title=table.text("title"),
        about=table.text("about"),
        usual_months=months,
        usual_verified=table.one_of("usual_verified", VERIFIED) if months is not None else "",
        has_file=table.flag("has_file"),
        holds_people=table.flag("holds_people"),
        is_several=table.flag("is_several"),
        requirement=table.string("requirement") if "requirement" in table.data else "",
        source=table.string("source"),
        verified=table.one_of("verified", VERIFIED),
    )
