"""Reads the catalogue of registration from TOML, each fault named with file and line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from simpul.catalogue.facts import ROOT
from simpul.catalogue.registration.shapes import APPLIES, ENTRIES, UNITS, Demand, Entry, Norm, Pattern, Scheme
from simpul.catalogue.tables import VERIFIED, Table, read

FOLDER = ROOT / "registration"
_ENTRY = ("code", "title", "about", "source", "verified")
_SCHEME = ("is_current", "follows", "missing", "missing_foreign", "requirement")
_DUTY = ("only_foreign",)
_DEMAND = ("applies", "paper", "only_words")
_NORM = ("code", "title", "unit", "value", "least", "most", "source", "verified")
_PATTERN = ("value", "title", "source", "verified")


def read_schemes(path: Path) -> tuple[Scheme, ...]:
    """Every list of demands. Raises CatalogueError, also where one follows a list that is not there."""
    whole = read(path)
    whole.check_keys("scheme")
    tables = tuple(whole.tables("scheme"))
    found = {scheme.code: scheme for scheme in map(_scheme, tables)}
    _require_once([table.string("code") for table in tables], whole, "scheme")
    if sum(scheme.is_current for scheme in found.values()) != 1:
        raise whole.error("exactly one scheme must be current", "scheme")
    return tuple(_followed(found[table.string("code")], found, table) for table in tables)


def _scheme(table: Table) -> Scheme:
    table.check_keys(*_ENTRY, *_SCHEME)
    demands = tuple(_demand(one) for one in table.tables("requirement"))
    _require_once([demand.code for demand in demands], table, "requirement")
    return Scheme(
        **_words(table),
        demands=demands,
        follows=table.string("follows", "-").removeprefix("-"),
        missing=table.optional_text("missing"),
        missing_foreign=table.optional_text("missing_foreign"),
        is_current=table.flag("is_current"),
    )


def _followed(scheme: Scheme, known: dict[str, Scheme], table: Table) -> Scheme:
    """With the demands of the list that it follows, where it has none of its own."""
    if not scheme.follows:
        return scheme
    if scheme.follows not in known or scheme.demands or scheme.missing is None:
        raise table.error("a scheme that follows another names it, says what is missing, has no own list")
    return replace(scheme, demands=known[scheme.follows].demands)


def _demand(table: Table) -> Demand:
    table.check_keys(*_ENTRY, *_DEMAND)
    return Demand(
        **_words(table),
        applies=table.one_of("applies", APPLIES, "all"),
        paper=table.string("paper", "-").removeprefix("-"),
        only_words=table.flag("only_words"),
    )


def read_overlays(path: Path) -> tuple[Demand, ...]:
    """What regions add. Raises CatalogueError."""
    whole = read(path)
    whole.check_keys("overlay")
    found = tuple(replace(_demand(table), is_local=True) for table in whole.tables("overlay"))
    _require_once([demand.code for demand in found], whole, "overlay")
    return found


def read_entries(path: Path) -> dict[str, tuple[Entry, ...]]:
    """Grounds, lines of the visit, sanctions in their order, duties. Raises CatalogueError."""
    whole = read(path)
    whole.check_keys(*ENTRIES, "norm", "number_pattern")
    found = {}
    for name in ENTRIES:
        tables = tuple(whole.tables(name))
        for table in tables:
            table.check_keys(*_ENTRY, *(_DUTY if name == "duty" else ()))
        found[name] = tuple(
            Entry(**_words(table), only_foreign=table.flag("only_foreign")) for table in tables
        )
        _require_once([entry.code for entry in found[name]], whole, name)
    return found


def read_procedure(path: Path) -> None:
    """The whole file of the procedure, to see whether it can be read. Raises CatalogueError."""
    read_entries(path)
    read_norms(path)
    read_pattern(path)


def read_norms(path: Path) -> tuple[Norm, ...]:
    """The numbers. Raises CatalogueError, also where one breaks its own limits."""
    whole = read(path)
    found = tuple(_norm(table) for table in whole.tables("norm"))
    _require_once([norm.code for norm in found], whole, "norm")
    return found


def _norm(table: Table) -> Norm:
    table.check_keys(*_NORM)
    norm = Norm(
        code=table.string("code"),
        title=table.text("title"),
        unit=table.one_of("unit", UNITS),
        value=table.whole("value"),
        least=table.whole("least"),
        most=table.whole("most"),
        source=table.string("source"),
        verified=table.one_of("verified", VERIFIED),
    )
    if not norm.allows(norm.value):
        raise table.error("the default is not within its own limits", "value")
    return norm


def read_pattern(path: Path) -> Pattern:
    """The default pattern of numbers. Raises CatalogueError."""
    table = read(path).table("number_pattern")
    table.check_keys(*_PATTERN)
    return Pattern(
        value=table.string("value"),
        title=table.text("title"),
        source=table.string("source"),
        verified=table.one_of("verified", VERIFIED),
    )


def _words(table: Table) -> dict[str, Any]:
    return {
        "code": table.string("code"),
        "title": table.text("title"),
        "about": table.text("about"),
        "source": table.string("source"),
        "verified": table.one_of("verified", VERIFIED),
    }


def _require_once(codes: list[str], whole: Table, name: str) -> None:
    if len(codes) != len(set(codes)):
        raise whole.error(f"a code stands twice in {name}", name)
