"""What the columns of somebody's file are: facts of the catalogue, or whose row it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from simpul.catalogue.facts import Fact
from simpul.engines.rules import FactKind
from simpul.engines.rules.population import EARLIEST, LATEST

# Columns that say whose row it is go along to the result, so that it can be matched again.
IDENTITY = {
    "id": "id",
    "nik": "nik",
    "no_nik": "nik",
    "nomor_nik": "nik",
    "nama": "nama",
    "name": "nama",
    "nama_lengkap": "nama",
    "no_kk": "no_kk",
    "nomor_kk": "no_kk",
    "kk": "no_kk",
}
NIK = "nik"


@dataclass(frozen=True)
class Headings:
    """`renamed`: heading in the file to its name here. `unknown`: those we leave out, with what may be meant."""

    renamed: dict[str, str]
    identity: tuple[str, ...]
    facts: tuple[str, ...]
    unknown: dict[str, str | None]
    doubled: tuple[str, str] | None = None


def understood(headings: Sequence[str], facts: Mapping[str, Fact]) -> Headings:
    """Sort the headings of a file. Capitals, spaces and the labels of facts in both languages do not matter."""
    names = known_names(facts)
    renamed: dict[str, str] = {}
    unknown: dict[str, str | None] = {}
    doubled = None
    for heading in headings:
        plain = _plain(heading)
        name = names.get(plain) or IDENTITY.get(plain)
        if name is None:
            if plain:
                unknown[heading] = _meant(plain, names)
        elif name in renamed.values():
            doubled = (next(old for old, new in renamed.items() if new == name), heading)
        else:
            renamed[heading] = name
    identity = tuple(name for name in renamed.values() if name in IDENTITY.values())
    return Headings(
        renamed, identity, tuple(name for name in renamed.values() if name not in identity), unknown, doubled
    )


def known_names(facts: Mapping[str, Fact]) -> dict[str, str]:
    """Every way to write a fact at the head of a column, and the fact that is meant."""
    names: dict[str, str] = {}
    for name, fact in facts.items():
        names[name] = name
        if fact.kind is FactKind.DATE:
            names |= {name + EARLIEST: name + EARLIEST, name + LATEST: name + LATEST}
    for name, fact in facts.items():
        for label in (fact.label.id, fact.label.en) if fact.label else ():
            names.setdefault(_plain(label), name)
    return names


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", heading.strip().lower()).strip("_")


def _meant(plain: str, names: Mapping[str, str]) -> str | None:
    close = get_close_matches(plain, [*names, *IDENTITY], n=1, cutoff=0.72)
    return (names.get(close[0]) or IDENTITY[close[0]]) if close else None
