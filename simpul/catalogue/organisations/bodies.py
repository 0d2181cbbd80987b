"""The lists that the record of a body chooses from: who works there, what it has, how long its numbers are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from simpul.catalogue.facts import ROOT
from simpul.catalogue.tables import VERIFIED, Table, read
from simpul.catalogue.text import Text

FILE = ROOT / "organisations" / "bodies.toml"
_LISTS = ("profession", "facility", "number")


@dataclass(frozen=True, slots=True)
class Listed:
    """One choice of a list, or a number of the state with its lengths in digits. `code` is stored."""

    code: str
    title: Text
    source: str
    verified: str
    digits: tuple[int, ...] = ()


def professions() -> tuple[Listed, ...]:
    """Who may work at a body, as the standards group them. Raises CatalogueError."""
    return _lists()["profession"]


def facilities() -> tuple[Listed, ...]:
    """What a body may have, as the standards name it. Raises CatalogueError."""
    return _lists()["facility"]


def digits_of(code: str) -> tuple[int, ...]:
    """How many digits a number of the state may have. KeyError for a number that is not in the catalogue."""
    return {number.code: number.digits for number in _lists()["number"]}[code]


@cache
def _lists() -> dict[str, tuple[Listed, ...]]:
    return read_lists(FILE)


def read_lists(path: Path) -> dict[str, tuple[Listed, ...]]:
    """The lists of one file by name. Raises CatalogueError."""
    whole = read(path)
    whole.check_keys(*_LISTS)
    found = {name: tuple(_listed(table, name) for table in whole.tables(name)) for name in _LISTS}
    for name, listed in found.items():
        codes = [one.code for one in listed]
        if len(codes) != len(set(codes)):
            raise whole.error(f"a code stands twice in {name}", name)
    return found


def _listed(table: Table, name: str) -> Listed:
    is_number = name == "number"
    table.check_keys("code", "title", "source", "verified", *(("digits",) if is_number else ()))
    digits = table.data.get("digits", [])
    if is_number and not (digits and all(isinstance(count, int) and count > 0 for count in digits)):
        raise table.error("'digits' must be a list of lengths", "digits")
    return Listed(
        code=table.string("code"),
        title=table.text("title"),
        source=table.string("source"),
        verified=table.one_of("verified", VERIFIED),
        digits=tuple(digits),
    )
