"""How a body is registered: what it brings, by regulation and by region; why it can be refused; numbers and their marks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from simpul.catalogue.registration.reader import (
    FOLDER,
    read_entries,
    read_norms,
    read_overlays,
    read_pattern,
    read_schemes,
)
from simpul.catalogue.registration.shapes import APPLIES, Demand, Entry, Norm, Pattern, Scheme

__all__ = [
    "APPLIES",
    "FOLDER",
    "Demand",
    "Entry",
    "Norm",
    "Pattern",
    "Scheme",
    "current_scheme",
    "duties",
    "grounds",
    "norm",
    "norms",
    "overlays",
    "pattern",
    "sanctions",
    "scheme",
    "schemes",
    "visit_lines",
]


@cache
def schemes() -> Mapping[str, Scheme]:
    """Every list of demands by its code, the current one first."""
    return MappingProxyType({found.code: found for found in read_schemes(FOLDER / "schemes.toml")})


def scheme(code: str) -> Scheme:
    """One list of demands. Raises KeyError."""
    return schemes()[code]


def current_scheme() -> Scheme:
    """The list by which new applications are made."""
    return next(found for found in schemes().values() if found.is_current)


@cache
def overlays() -> Mapping[str, Demand]:
    """What regions add, by code; an office takes of these what it asks for."""
    return MappingProxyType({found.code: found for found in read_overlays(FOLDER / "local.toml")})


@cache
def _entries() -> Mapping[str, tuple[Entry, ...]]:
    return read_entries(FOLDER / "procedure.toml")


def grounds() -> tuple[Entry, ...]:
    """Why an application can be refused."""
    return _entries()["ground"]


def visit_lines() -> tuple[Entry, ...]:
    """What an officer looks at on the spot."""
    return _entries()["visit_line"]


def sanctions() -> tuple[Entry, ...]:
    """The ladder in its order."""
    return _entries()["sanction"]


def duties(*, is_foreign: bool = False) -> tuple[Entry, ...]:
    """What a registered body owes; a foreign one owes more."""
    return tuple(duty for duty in _entries()["duty"] if is_foreign or not duty.only_foreign)


@cache
def norms() -> Mapping[str, Norm]:
    """The numbers that an office may set for itself, by code."""
    return MappingProxyType({found.code: found for found in read_norms(FOLDER / "procedure.toml")})


def norm(code: str) -> Norm:
    """One number. Raises KeyError."""
    return norms()[code]


@cache
def pattern() -> Pattern:
    """The default pattern of numbers."""
    return read_pattern(FOLDER / "procedure.toml")
