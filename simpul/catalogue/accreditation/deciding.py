"""How many decide together, and what is printed on the certificate: practice that no law fixes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from simpul.catalogue.facts import ROOT
from simpul.catalogue.tables import VERIFIED, Table, read

FILE = ROOT / "accreditation" / "deciding.toml"
ROUNDS = ("plenary", "appeal")


@dataclass(frozen=True, slots=True)
class Quorum:
    """So many votes there must be, at least, before it is decided."""

    round: str
    votes: int
    source: str
    verified: str


@dataclass(frozen=True, slots=True)
class Deciding:
    """`issuer` and `number_pattern` are printed. A certificate that ended is asked about for `months_after_end`."""

    quorums: tuple[Quorum, ...]
    issuer: str
    number_pattern: str
    months_after_end: int

    def quorum(self, round_: str) -> Quorum:
        """Of the plenary, or after an appeal. Raises KeyError."""
        return {found.round: found for found in self.quorums}[round_]


@cache
def deciding() -> Deciding:
    """The catalogue's own. Raises CatalogueError."""
    return read_deciding(FILE)


def read_deciding(path: Path) -> Deciding:
    """Raises CatalogueError."""
    whole = read(path)
    whole.check_keys("quorum", "certificate", "renewal")
    quorums = tuple(_quorum(table) for table in whole.tables("quorum"))
    if sorted(found.round for found in quorums) != sorted(ROUNDS):
        raise whole.error(f"there must be one quorum for each of {', '.join(ROUNDS)}", "quorum")
    printed, renewal = whole.table("certificate"), whole.table("renewal")
    printed.check_keys("issuer", "number_pattern", "source", "verified")
    renewal.check_keys("months_after_end", "source", "verified")
    for table in (printed, renewal):
        _marks(table)
    return Deciding(
        quorums=quorums,
        issuer=printed.string("issuer"),
        number_pattern=printed.string("number_pattern"),
        months_after_end=_above_zero(renewal, "months_after_end"),
    )


def _quorum(table: Table) -> Quorum:
    table.check_keys("round", "votes", "source", "verified")
    source, verified = _marks(table)
    return Quorum(table.one_of("round", ROUNDS), _above_zero(table, "votes"), source, verified)


def _marks(table: Table) -> tuple[str, str]:
    return table.string("source"), table.one_of("verified", VERIFIED)


def _above_zero(table: Table, key: str) -> int:
    value = table.whole(key)
    if value < 1:
        raise table.error(f"{key!r} is above zero", key)
    return value
