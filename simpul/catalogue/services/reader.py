"""Reads the catalogue of services from TOML, each fault named with file and line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from simpul.catalogue.casework import Entry
from simpul.catalogue.casework.reader import read_norms as read_norm_entries
from simpul.catalogue.facts import ROOT
from simpul.catalogue.services.shapes import Emergency, Norms, Situation
from simpul.catalogue.tables import VERIFIED, Table, read

FOLDER = ROOT / "services"
# What a province without an entry of its own follows.
WIB = 7

E = TypeVar("E", bound=Entry)

_ENTRY = ("code", "title", "about", "source", "verified")
_SITUATION = ("service_kinds", "need_types", "emergency", "guarded", "numbers")


def read_situations(path: Path) -> tuple[Situation, ...]:
    """The situations in their order. Raises CatalogueError."""
    whole = read(path)
    whole.check_keys("need_edition", "situation")
    whole.string("need_edition")
    return _once(whole, "situation", [_situation(table) for table in whole.tables("situation")])


def read_need_edition(path: Path) -> str:
    """The edition whose codes the situations name. Raises CatalogueError."""
    return read(path).string("need_edition")


def _situation(table: Table) -> Situation:
    table.check_keys(*_ENTRY, *_SITUATION)
    found = Situation(
        **_entry(table),
        service_kinds=table.strings("service_kinds"),
        need_types=table.strings("need_types"),
        is_emergency=table.flag("emergency"),
        is_guarded=table.flag("guarded"),
        numbers=table.strings("numbers"),
    )
    if not found.service_kinds:
        raise table.error("a situation leads to at least one kind of help", "service_kinds")
    if found.is_emergency and not found.numbers:
        raise table.error("an emergency needs a number to call", "emergency")
    return found


def read_accesses(path: Path) -> tuple[Entry, ...]:
    """The ways in which persons with disability can use a place. Raises CatalogueError."""
    whole = read(path)
    whole.check_keys("access")
    return _once(whole, "access", [_plain(table) for table in whole.tables("access")])


def _plain(table: Table) -> Entry:
    table.check_keys(*_ENTRY)
    return Entry(**_entry(table))


def read_emergencies(path: Path) -> tuple[Emergency, ...]:
    """The numbers to call. Raises CatalogueError, also where one cannot be dialled."""
    whole = read(path)
    whole.check_keys("emergency")
    return _once(whole, "emergency", [_emergency(table) for table in whole.tables("emergency")])


def _emergency(table: Table) -> Emergency:
    table.check_keys(*_ENTRY, "dial")
    dial = table.string("dial")
    if not dial.isdigit():
        raise table.error("a number to dial holds digits only", "dial")
    return Emergency(**_entry(table), dial=dial)


def _entry(table: Table) -> dict[str, Any]:
    return {
        "code": table.string("code"),
        "title": table.text("title"),
        "about": table.text("about"),
        "source": table.string("source"),
        "verified": table.one_of("verified", VERIFIED),
    }


def _once(whole: Table, name: str, found: list[E]) -> tuple[E, ...]:
    codes = [entry.code for entry in found]
    if len(codes) != len(set(codes)):
        raise whole.error(f"a code stands twice in {name}", name)
    return tuple(found)


def read_norms(path: Path) -> Norms:
    """The numbers of practice; each of them must be there. Raises CatalogueError."""
    values: dict[str, Any] = {}
    for norm in read_norm_entries(path, "common"):
        if norm.part:
            values.setdefault(norm.code, {})[norm.part] = norm.value
        else:
            values[norm.code] = norm.value
    whole = read(path)
    if set(values) != set(Norms.__dataclass_fields__):
        raise whole.error(
            f"there must be exactly the norms {', '.join(Norms.__dataclass_fields__)}", "common"
        )
    by_part = {code: MappingProxyType(held) for code, held in values.items() if isinstance(held, dict)}
    return Norms(**{**values, **by_part})


def read_zones(path: Path) -> Mapping[str, int]:
    """Hours east of UTC by the first two signs of a code, for provinces that do not follow WIB. Raises CatalogueError."""
    whole = read(path)
    whole.check_keys("zone")
    found: dict[str, int] = {}
    for table in whole.tables("zone"):
        table.check_keys("hours", "provinces", "source", "verified")
        table.string("source")
        table.one_of("verified", VERIFIED)
        for province in table.strings("provinces"):
            if province in found:
                raise table.error(f"the province {province!r} stands twice", "provinces")
            found[province] = table.whole("hours")
    return MappingProxyType(found)
