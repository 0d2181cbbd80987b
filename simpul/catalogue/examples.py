"""Examples: situations in a social worker's words, with the answer that experts expect. They are tests and help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from simpul.catalogue.tables import CatalogueError, Report, Table, read, refuse
from simpul.catalogue.text import Text
from simpul.engines.rules import Answer, DateRange, Facts, Value

_ANSWERS = {str(answer): answer for answer in Answer}


@dataclass(frozen=True, slots=True)
class Example:
    """One invented situation on one day, and the answer it must get."""

    type: str
    name: Text
    on: date
    facts: Facts
    expect: Answer
    file: str
    line: int


@cache
def in_folder(folder: Path) -> Mapping[str, tuple[Example, ...]]:
    """The examples beside the types of an edition, by the code of the type. Raises CatalogueError."""
    found: dict[str, list[Example]] = {}
    for example in read_folder(folder, refuse):
        found.setdefault(example.type, []).append(example)
    return {code: tuple(examples) for code, examples in found.items()}


def read_folder(folder: Path, report: Report) -> Iterator[Example]:
    """All examples of a folder; each fault goes to report and the example is left out."""
    for path in sorted(folder.glob("*.examples.toml")):
        whole = read(path)
        whole.check_keys("example")
        for table in whole.tables("example"):
            try:
                yield _example(table)
            except CatalogueError as error:
                report(error)


def _example(table: Table) -> Example:
    table.check_keys("name", "type", "on", "facts", "expect")
    return Example(
        type=table.string("type"),
        name=table.text("name"),
        on=table.day("on"),
        facts={name: _value(table, value) for name, value in table.table("facts").data.items()},
        expect=_ANSWERS[table.one_of("expect", tuple(_ANSWERS))],
        file=table.file,
        line=table.line(),
    )


def _value(table: Table, value: Any) -> Value:
    """A TOML value as a fact; { earliest = …, latest = … } is an estimated date."""
    if isinstance(value, dict):
        if set(value) != {"earliest", "latest"} or value["earliest"] > value["latest"]:
            raise table.error("an estimated date is { earliest = …, latest = … }, in this order", "facts")
        return DateRange(value["earliest"], value["latest"])
    if not isinstance(value, (bool, int, str, date)):
        raise table.error(f"{value!r} is no value of a fact", "facts")
    return value
