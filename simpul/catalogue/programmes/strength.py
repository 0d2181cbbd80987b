"""What Simpul knows of itself about the strength of an organisation: the marks, by field of the instrument beside them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from simpul.catalogue.facts import ROOT
from simpul.catalogue.instruments import Instrument, get
from simpul.catalogue.tables import VERIFIED, Table, read
from simpul.catalogue.text import Text

FILE = ROOT / "programmes" / "strength.toml"


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that the records tell. `item` is the item of the instrument that it answers, "" where it only informs."""

    field: str
    code: str
    item: str
    label: Text
    about: Text
    source: str
    verified: str


@dataclass(frozen=True, slots=True)
class Strength:
    """The marks of one edition, and the instrument that asks the rest."""

    version: int
    instrument: str
    marks: tuple[Mark, ...]


@cache
def strength() -> Strength:
    """Raises CatalogueError."""
    return read_strength(FILE)


def read_strength(path: Path) -> Strength:
    """The marks of a file, each of a field and item that its instrument has. Raises CatalogueError."""
    whole = read(path)
    whole.check_keys("version", "instrument", "mark")
    code = whole.string("instrument")
    try:
        instrument = get(code)
    except KeyError as error:
        raise whole.error(f"there is no instrument {code!r}", "instrument") from error
    marks = tuple(_mark(table, instrument) for table in whole.tables("mark"))
    if len({mark.code for mark in marks}) != len(marks) or not marks:
        raise whole.error("each mark stands once, and there is at least one", "mark")
    return Strength(whole.whole("version"), code, marks)


def _mark(table: Table, instrument: Instrument) -> Mark:
    table.check_keys("field", "code", "item", "label", "about", "source", "verified")
    field = table.one_of("field", tuple(domain.code for domain in instrument.domains))
    item = table.string("item", "")
    if item and item not in {one.code for one in instrument.domain(field).items}:
        raise table.error(f"the field {field!r} has no item {item!r}", "item")
    return Mark(
        field=field,
        code=table.string("code"),
        item=item,
        label=table.text("label"),
        about=table.text("about"),
        source=table.string("source"),
        verified=table.one_of("verified", VERIFIED),
    )
