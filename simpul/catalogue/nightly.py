"""When Simpul works by itself at night, and for how many days the results of such nights are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import cache
from pathlib import Path

from simpul.catalogue.facts import ROOT
from simpul.catalogue.tables import VERIFIED, Table, read

PATH = ROOT / "nightly" / "hours.toml"


@dataclass(frozen=True, slots=True)
class Nights:
    """The hour of each work by its name, on the office's own clock; and for how many days registers are kept."""

    hours: Mapping[str, time]
    days_kept: int


@cache
def nights() -> Nights:
    """As the catalogue has it. Raises CatalogueError."""
    return read_nights(PATH)


def read_nights(path: Path) -> Nights:
    """One file. Raises CatalogueError."""
    whole = read(path)
    whole.check_keys("work", "registers")
    kept = whole.table("registers")
    kept.check_keys("days", "source", "verified")
    _require_source(kept)
    if kept.whole("days") < 1:
        raise kept.error("'days' must be above 0", "days")
    return Nights({work.string("task"): _hour(work) for work in whole.tables("work")}, kept.whole("days"))


def _hour(work: Table) -> time:
    work.check_keys("task", "at", "source", "verified")
    _require_source(work)
    try:
        return time.fromisoformat(work.string("at"))
    except ValueError as error:
        raise work.error("'at' must be an hour such as 01:00", "at") from error


def _require_source(table: Table) -> None:
    table.string("source")
    table.one_of("verified", VERIFIED)
