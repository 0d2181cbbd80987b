"""How services are found and referrals run: the public's words, access, numbers to call, norms of practice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from types import MappingProxyType

from simpul.catalogue.casework import Entry
from simpul.catalogue.services.reader import (
    FOLDER,
    WIB,
    read_accesses,
    read_emergencies,
    read_need_edition,
    read_norms,
    read_situations,
    read_zones,
)
from simpul.catalogue.services.shapes import Emergency, Norms, Situation

__all__ = [
    "FOLDER",
    "Emergency",
    "Norms",
    "Situation",
    "accesses",
    "emergencies",
    "need_edition",
    "norms",
    "numbers_for",
    "situation",
    "situations",
    "situations_for",
    "zone_of",
]


@cache
def situations() -> tuple[Situation, ...]:
    """The plain words by which the public looks, in the order of the page: danger first. Raises CatalogueError."""
    return read_situations(FOLDER / "situations.toml")


@cache
def need_edition() -> str:
    """The edition of PPKS types whose codes the situations name."""
    return read_need_edition(FOLDER / "situations.toml")


@cache
def _by_code() -> Mapping[str, Situation]:
    return MappingProxyType({found.code: found for found in situations()})


def situation(code: str) -> Situation | None:
    """One of them; None where the code is not known (any more)."""
    return _by_code().get(code)


@cache
def accesses() -> tuple[Entry, ...]:
    """How persons with disability can use a place or a service. Raises CatalogueError."""
    return read_accesses(FOLDER / "accesses.toml")


@cache
def emergencies() -> tuple[Emergency, ...]:
    """Every number to call, in the order of the page. Raises CatalogueError."""
    return read_emergencies(FOLDER / "emergencies.toml")


def numbers_for(codes: Collection[str] = ()) -> tuple[Emergency, ...]:
    """The numbers for these situations, the best first; all of them where none is named."""
    named = [number for code in codes if (found := situation(code)) for number in found.numbers]
    by_code = {number.code: number for number in emergencies()}
    return tuple(by_code[code] for code in dict.fromkeys(named)) or emergencies()


def situations_for(kind: str, need_types: Collection[str] = ()) -> tuple[Situation, ...]:
    """The situations a service of that kind for these PPKS types is likely found by: for a form's first answer."""
    wanted = set(need_types)
    return tuple(
        found
        for found in situations()
        if kind in found.service_kinds
        and (not wanted or not found.need_types or wanted & set(found.need_types))
    )


@cache
def norms() -> Norms:
    """The numbers of practice. Raises CatalogueError."""
    return read_norms(FOLDER / "norms.toml")


@cache
def _zones() -> Mapping[str, int]:
    return read_zones(FOLDER / "zones.toml")


def zone_of(region: str) -> int:
    """Hours east of UTC where that region lies: 7 (WIB), 8 (WITA) or 9 (WIT). `region` is a code of any level."""
    return _zones().get(region[:2], WIB)
