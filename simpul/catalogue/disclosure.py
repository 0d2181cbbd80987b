"""What may leave as numbers for everybody and as files for research: thresholds, the closed list, the conditions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from simpul.catalogue.facts import ROOT
from simpul.catalogue.tables import VERIFIED, Table, read
from simpul.catalogue.text import Text
from simpul.engines.disclosure import Bands

PATH = ROOT / "recaps" / "disclosure.toml"
_BANDS = ROOT / "recaps" / "bands.toml"


@dataclass(frozen=True, slots=True)
class Rules:
    """The numbers of practice, each with its source in the file."""

    threshold: int
    most_districts: int
    most_asked: int
    k: int
    diversity: int
    left_out_percent: int
    most_types: int
    extract_days: int


@dataclass(frozen=True, slots=True)
class Variable:
    """One column that a file for research may hold, beside types."""

    code: str
    title: Text
    values: Text


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Everything of the file."""

    rules: Rules
    variables: tuple[Variable, ...]
    conditions: tuple[Text, ...]


@cache
def rules() -> Rules:
    """Raises CatalogueError."""
    return _whole().rules


@cache
def variables() -> tuple[Variable, ...]:
    """The closed list, in the order of the file. Raises CatalogueError."""
    return _whole().variables


@cache
def conditions() -> tuple[Text, ...]:
    """What who receives a file promises. Raises CatalogueError."""
    return _whole().conditions


@cache
def _whole() -> Disclosure:
    return read_disclosure(PATH)


def read_disclosure(path: Path) -> Disclosure:
    """Raises CatalogueError for a number that is missing or makes no sense."""
    whole = read(path)
    whole.check_keys("rule", "variable", "condition")
    values = {table.string("code"): _value(table) for table in whole.tables("rule")}
    if set(values) != set(Rules.__dataclass_fields__):
        raise whole.error(f"there must be exactly the rules {', '.join(Rules.__dataclass_fields__)}", "rule")
    return Disclosure(
        Rules(**values),
        tuple(_variable(table) for table in whole.tables("variable")),
        tuple(_condition(table) for table in whole.tables("condition")),
    )


def _value(table: Table) -> int:
    table.check_keys("code", "value", "title", "source", "verified")
    table.text("title")
    table.string("source")
    table.one_of("verified", VERIFIED)
    value = table.whole("value")
    # With less, what is hidden is told by its own sign.
    least = {"threshold": 3, "k": 2}.get(table.string("code"), 1)
    if value < least:
        raise table.error(f"'value' must be {least} or more", "value")
    return value


def _variable(table: Table) -> Variable:
    table.check_keys("code", "title", "values")
    return Variable(table.string("code"), table.text("title"), table.text("values"))


def _condition(table: Table) -> Text:
    table.check_keys("code", "text")
    table.string("code")
    return table.text("text")


@cache
def bands(code: str) -> Bands:
    """The bands of age named so ("full", "compact"), as the engine takes them. Raises KeyError."""
    held = {table.string("code"): table for table in read(_BANDS).tables("set")}
    return Bands.read(code, [one.data for one in held[code].tables("band")])
