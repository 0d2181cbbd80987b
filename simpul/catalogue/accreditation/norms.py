"""Numbers of practice around accreditation that no law fixes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from simpul.catalogue.tables import VERIFIED, Table, read
from simpul.catalogue.text import Text


@dataclass(frozen=True, slots=True)
class Band:
    """How an agreement of at least `least` hundredths is called."""

    least: int
    title: Text
    source: str
    verified: str


@dataclass(frozen=True, slots=True)
class Norms:
    """`evidence_most_bytes`: the largest file. `visit_days`: how long assessors are named for, unless told.

    `waits_days`: so long may a step wait before the secretariat's list calls it late. `agreement_fewest`: with
    fewer items scored by both, agreement is not computed. `bands` from the highest to the lowest.
    """

    evidence_most_bytes: int
    visit_days: int
    waits_days: int
    agreement_fewest: int
    bands: tuple[Band, ...]

    def band(self, hundredths: float) -> Band:
        """The word for an agreement, given in hundredths."""
        return next((band for band in self.bands if hundredths >= band.least), self.bands[-1])


def read_norms(path: Path) -> Norms:
    """Raises CatalogueError."""
    whole = read(path)
    whole.check_keys("norm", "band")
    values = {}
    for table in whole.tables("norm"):
        table.check_keys("code", "value", "source", "verified")
        table.one_of("verified", VERIFIED)
        table.string("source")
        values[table.string("code")] = _above_zero(table)
    bands = tuple(_band(table) for table in whole.tables("band"))
    if [band.least for band in bands] != sorted((band.least for band in bands), reverse=True) or not bands:
        raise whole.error("the bands must stand from the highest to the lowest", "band")
    wanted = ("evidence_most_bytes", "visit_days", "waits_days", "agreement_fewest")
    if set(values) != set(wanted):
        raise whole.error(f"there must be exactly the norms {', '.join(wanted)}", "norm")
    return Norms(**values, bands=bands)


def _above_zero(table: Table) -> int:
    value = table.whole("value")
    if value < 1:
        raise table.error("a norm is above zero", "value")
    return value


def _band(table: Table) -> Band:
    table.check_keys("least", "title", "source", "verified")
    return Band(
        table.whole("least"),
        table.text("title"),
        table.string("source"),
        table.one_of("verified", VERIFIED),
    )
