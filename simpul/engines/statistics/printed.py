"""What somebody has printed, typed over line by line: tables of counts, and pairs of means. Read, then checked.

A line is "baik; 18; 60,00" (who, how many, per cent as printed) or "Legalitas; 9,300; 10,400; 1,100" (what, mean before
and after, difference as printed). Cells part at a semicolon or a tab, as a spreadsheet copies them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Generic, TypeVar

from simpul.engines.reasons import Answer, Finding
from simpul.engines.statistics.counts import Counted, MeansOnly, Printed, counted, means_only

T = TypeVar("T")

# How a count that nobody tells is written.
UNTOLD = frozenset({"", "-", "–", "?"})
_COUNT = re.compile(r"[-−]?\d{1,9}")
_DECIMAL = re.compile(r"[-−]?\d{1,9}([.,]\d{1,9})?")
_PARTS = re.compile(r"[;\t]")


@dataclass(frozen=True, slots=True)
class CountedTable:
    """One printed table, by its title (empty where none was typed), checked."""

    title: str
    found: Counted


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """What the lines say. `faults` name every line that cannot be read; nothing is checked as long as there is one."""

    found: tuple[T, ...]
    faults: tuple[Finding, ...]


def read_counts(text: str, people: int) -> Read[CountedTable]:
    """Tables of counts: a line of words alone is the title of the next, an empty line ends one."""
    tables = [_Table()]
    faults = []
    for number, line in _lines(text):
        cells = _cells(line)
        if len(cells) == 1:
            # Words that nothing follows were meant as a line, without a semicolon.
            if tables[-1].title and not tables[-1].lines and line:
                faults.append(_unread(tables[-1].number))
            if line or tables[-1].lines:
                tables.append(_Table(cells[0], number))
        elif printed := _printed(cells):
            tables[-1].lines.append(printed)
        else:
            faults.append(_unread(number))
    if tables[-1].title and not tables[-1].lines:
        faults.append(_unread(tables[-1].number))
    if faults:
        return Read((), tuple(faults))
    whole = (table for table in tables if table.lines)
    return Read(tuple(CountedTable(table.title, counted(table.lines, people)) for table in whole), ())


@dataclass(slots=True)
class _Table:
    """One table while it is read, with the number of the line of its title."""

    title: str = ""
    number: int = 0
    lines: list[Printed] = field(default_factory=list)


def _unread(number: int) -> Finding:
    return Finding(Answer.NO, "unread_count", values={"line": number})


def read_means(text: str, people: int) -> Read[MeansOnly]:
    """Means before and after of whole scores, a line for each aspect."""
    found, faults = [], []
    for number, line in _lines(text):
        if not line:
            continue
        name, *numbers = _cells(line)
        if len(numbers) not in (2, 3) or not all(_DECIMAL.fullmatch(one) for one in numbers):
            faults.append(Finding(Answer.NO, "unread_mean", values={"line": number}))
            continue
        before, after, *difference = map(_decimal, numbers)
        found.append(means_only(name, people, before, after, difference=next(iter(difference), None)))
    return Read(() if faults else tuple(found), tuple(faults))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Each with its number, counted from 1."""
    yield from ((number, line.strip()) for number, line in enumerate(text.splitlines(), start=1))


def _cells(line: str) -> list[str]:
    """At least one; empty ones at the end, as spreadsheets leave them, are none."""
    cells = [cell.strip() for cell in _PARTS.split(line)]
    while len(cells) > 1 and not cells[-1]:
        cells.pop()
    return cells


def _printed(cells: list[str]) -> Printed | None:
    """None for a line that cannot be read."""
    name, count, *rest = cells
    share = rest[0].removesuffix("%").strip() if rest else ""
    is_whole = count in UNTOLD or _COUNT.fullmatch(count)
    if not name or len(rest) > 1 or not is_whole or not (share in UNTOLD or _DECIMAL.fullmatch(share)):
        return None
    return Printed(
        name, None if count in UNTOLD else int(_decimal(count)), None if share in UNTOLD else _decimal(share)
    )


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace("−", "-").replace(",", "."))
