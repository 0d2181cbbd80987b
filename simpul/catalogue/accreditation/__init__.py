"""Accreditation: the schemes by which bodies were and are judged, each with its dates, its source and its marks.

What law does not tell us (weights, cut-offs, time limits) is marked as an example or as our own design, never mixed
with what it does tell. An office may enter a scheme of its own; `from_words` reads and checks both.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from simpul.catalogue.accreditation.norms import Band, Norms, read_norms
from simpul.catalogue.accreditation.reader import FOLDER, read_folder
from simpul.catalogue.accreditation.shapes import (
    CONDITION_RULES,
    Condition,
    Document,
    Grade,
    Item,
    Scheme,
    Standard,
)
from simpul.catalogue.accreditation.words import SchemeFault, from_words, to_words

__all__ = [
    "CONDITION_RULES",
    "FOLDER",
    "Band",
    "Condition",
    "Document",
    "Grade",
    "Item",
    "Norms",
    "Scheme",
    "SchemeFault",
    "Standard",
    "from_words",
    "in_force",
    "norms",
    "scheme",
    "schemes",
    "to_words",
]


@cache
def schemes() -> tuple[Scheme, ...]:
    """Every scheme of the catalogue, the newest first; those that cannot be used yet too. Raises CatalogueError."""
    return tuple(sorted(read_folder(FOLDER), key=lambda one: one.valid_from, reverse=True))


def scheme(code: str) -> Scheme:
    """One scheme of the catalogue. Raises KeyError."""
    return {found.code: found for found in schemes()}[code]


def in_force(on: date) -> tuple[Scheme, ...]:
    """The schemes of the catalogue in force on that day, usable or not."""
    return tuple(found for found in schemes() if found.holds_on(on))


@cache
def norms() -> Norms:
    """Numbers of practice around accreditation. Raises CatalogueError."""
    return read_norms(FOLDER / "norms.toml")
