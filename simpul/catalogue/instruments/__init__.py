"""Instruments: the questionnaires that Simpul brings along, read once and kept.

Each version stands in a file of its own, `<code>-<version>.toml`; a version that was used is never changed, so that
old answers keep their meaning.
"""

from __future__ import annotations

from functools import cache

from simpul.catalogue.facts import ROOT
from simpul.catalogue.instruments.comparing import Comparison, Likeness, comparable
from simpul.catalogue.instruments.reader import band_fault, read_all
from simpul.catalogue.instruments.shapes import (
    DIRECTIONS,
    KINDS,
    PURPOSES,
    Band,
    Domain,
    Instrument,
    Item,
    Level,
    from_json,
    to_json,
)
from simpul.catalogue.tables import refuse

__all__ = [
    "DIRECTIONS",
    "FOLDER",
    "KINDS",
    "PURPOSES",
    "Band",
    "Comparison",
    "Domain",
    "Instrument",
    "Item",
    "Level",
    "Likeness",
    "all_instruments",
    "band_fault",
    "comparable",
    "from_json",
    "get",
    "to_json",
]

FOLDER = ROOT / "instruments"


def all_instruments() -> tuple[Instrument, ...]:
    """The newest version of each instrument, by code. Raises CatalogueError if one is faulty."""
    newest = {found.code: found for _key, found in sorted(_shipped().items())}
    return tuple(newest.values())


def get(code: str, version: int | None = None) -> Instrument:
    """One version, or the newest. KeyError if there is none."""
    if version is not None:
        return _shipped()[code, version]
    return {found.code: found for found in all_instruments()}[code]


@cache
def _shipped() -> dict[tuple[str, int], Instrument]:
    return {(found.code, found.version): found for found in read_all(FOLDER, refuse)}
