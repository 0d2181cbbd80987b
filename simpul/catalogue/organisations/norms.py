"""Numbers of practice about organisations: each with its title, its source and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from simpul.catalogue.tables import VERIFIED, Table
from simpul.catalogue.text import Text


@dataclass(frozen=True, slots=True)
class Norm:
    """One number, or several that belong together. What each counts is said in the title."""

    code: str
    title: Text
    values: tuple[int, ...]
    source: str
    verified: str

    @property
    def value(self) -> int:
        return self.values[0]


def norms_in(whole: Table) -> Mapping[str, Norm]:
    """The norms of one file by code. Raises CatalogueError."""
    found: dict[str, Norm] = {}
    for table in whole.tables("norm"):
        norm = _norm(table)
        if norm.code in found:
            raise table.error(f"the norm {norm.code!r} stands twice", "code")
        found[norm.code] = norm
    return MappingProxyType(found)


def _norm(table: Table) -> Norm:
    table.check_keys("code", "title", "values", "source", "verified")
    values = table.data.get("values")
    if not isinstance(values, list) or not values or not all(_is_whole(value) for value in values):
        raise table.error("'values' must be a list of whole numbers above 0", "values")
    return Norm(
        code=table.string("code"),
        title=table.text("title"),
        values=tuple(values),
        source=table.string("source"),
        verified=table.one_of("verified", VERIFIED),
    )


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0
