"""By what the analysis of items is read: when a number may be shown, and when an item is worth another look."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from simpul.catalogue.facts import ROOT
from simpul.catalogue.tables import VERIFIED, read
from simpul.catalogue.text import Text

FILE = ROOT / "instruments" / "analysis" / "norms.toml"
NAMES = ("fewest_people", "steady_people", "hard_below", "easy_above", "loose_below")


@dataclass(frozen=True, slots=True)
class Norm:
    """One number, why it is there, and how sure it is."""

    value: float
    why: Text
    verified: str
    source: str


@cache
def norms() -> dict[str, Norm]:
    """Every number by its name. Raises CatalogueError where the file is faulty."""
    whole = read(FILE)
    whole.check_keys(*NAMES)
    found = {}
    for name in NAMES:
        table = whole.table(name)
        table.check_keys("value", "why", "verified", "source")
        value = table.data.get("value")
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise table.error("'value' must be a number", "value")
        found[name] = Norm(
            float(value), table.text("why"), table.one_of("verified", VERIFIED), table.string("source")
        )
    return found
