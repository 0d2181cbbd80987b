"""The columns of a table, understood: the value of each cell, what was refused, and what to tell about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from simpul.engines.rules import DateRange
from simpul.imports.queries import values
from simpul.imports.queries.days import Reading, Wrong, writes_month_first
from simpul.imports.queries.fields import FACT, ITEM, Field, field_of
from simpul.imports.queries.headings import Column, Table
from simpul.imports.queries.reading import SPOILT
from simpul.imports.queries.values import Said, is_empty, reader_of, require_value
from simpul.imports.queries.words import softened
from simpul.people.models import Relation, Sex, State

_MOST_SHOWN = 6
# Stands for "filled in" while cells are counted: of names and numbers each is another, and the words are the same.
_FILLED = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """One column as it was read: a value for each row (None for nothing), and why a cell could not be believed."""

    column: Column
    field: Field
    values: list[Any]
    wrong: dict[str, str]


@dataclass(slots=True)
class Read:
    """A whole table, read. `reasons` are those for which a row is refused, by its place in `numbers`."""

    table: Table
    columns: dict[str, Understood]
    reasons: dict[int, list[str]] = field(default_factory=dict)
    # Of lists that name a question in each row: what was said there.
    answers: list[dict[str, Said] | None] | None = None

    def refuse(self, place: int, reason: str) -> None:
        held = self.reasons.setdefault(place, [])
        if reason not in held:
            held.append(reason)

    def column(self, code: str) -> list[Any]:
        """The values of a field; nothing in each row where no column is that field."""
        known = self.columns.get(code)
        return known.values if known else [None] * len(self.table.numbers)

    def of_facts(self) -> Iterator[tuple[str, list[Any]]]:
        """The columns that are questions: the fact's name and what was said in each row."""
        for code, known in self.columns.items():
            if code.startswith(FACT):
                yield code.removeprefix(FACT), known.values

    def has(self, code: str) -> bool:
        return code in self.columns


def read_columns(table: Table, kind: str, mapping: Mapping[str, str], reading: Reading) -> Read:
    """Every column that the mapping names, read cell by cell; what is not named is left alone."""
    found = Read(table, {})
    for column in table.columns:
        code = mapping.get(str(column.place), "")
        known = field_of(kind, code) if code else None
        if known is not None:
            found.columns[code] = _understood(column, known, reading)
    for known_column in found.columns.values():
        if known_column.wrong:
            _refuse_wrong(found, known_column)
    _refuse_empty(found, kind)
    return found


def _understood(column: Column, known: Field, reading: Reading) -> Understood:
    """Each different cell is read once: lists repeat themselves."""
    if known.reads in ("born", "day") and writes_month_first(column.cells):
        reading = Reading(reading.on, reading.listed_on, reading.edition, month_first=True)
    reader = reader_of(FACT if known.code.startswith(FACT) else known.reads, known.code, reading)
    memo: dict[str, Any] = {"": None}
    wrong: dict[str, str] = {}
    for cell in set(column.cells) - {""}:
        memo[cell] = None
        if known.reads not in ("item", "text") and is_empty(cell):
            continue
        try:
            require_value(cell)
            value = reader(cell)
            memo[cell] = None if value == "" else value
        except Wrong as reason:
            wrong[cell] = str(reason)
    return Understood(column, known, [memo[cell] for cell in column.cells], wrong)


def _refuse_wrong(found: Read, known: Understood) -> None:
    label = str(known.field.label)
    for place, cell in enumerate(known.column.cells):
        if reason := known.wrong.get(cell):
            found.refuse(place, f"{label}: {reason}")


def _refuse_empty(found: Read, kind: str) -> None:
    for code, known in found.columns.items():
        wanted = field_of(kind, code)
        if wanted and wanted.is_needed:
            for place, value in enumerate(known.values):
                if value is None and known.column.cells[place] not in known.wrong:
                    found.refuse(place, _("%(what)s kosong") % {"what": wanted.label})


# --- in words, for the picture ---


def _counted(known: Understood) -> Counter[str]:
    """How often the cells of a column were understood as what."""
    value_of = dict(zip(known.column.cells, known.values, strict=True))
    counts: Counter[str] = Counter()
    for cell, times in Counter(known.column.cells).items():
        counts[_told(known.field, value_of[cell], known.wrong.get(cell))] += times
    if _FILLED in counts:
        counts[_("terisi")] += counts.pop(_FILLED)
    return counts


def _told(known: Field, value: Any, wrong: str | None) -> str:
    """What a cell was understood as, where that can be counted; never a name or a number of somebody."""
    if wrong is not None:
        return _("tidak terbaca")
    if value is None:
        return _("kosong")
    if isinstance(value, Said):
        if value.state != State.KNOWN:
            return str(State(value.state).label).lower()
        value = value.value
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, DateRange):
        return _("perkiraan")
    return _words_of(known, value)


def _words_of(known: Field, value: Any) -> str:
    if known.reads == "sex":
        return str(Sex(value).label)
    if known.reads == "relation":
        return str(Relation(value).label)
    if known.reads == "need_type":
        return values.need_words_shown(value)
    if known.code.startswith(FACT) and isinstance(value, str):
        return values.choice_shown(known.code.removeprefix(FACT), value)
    return _FILLED


def pictured(found: Read) -> list[dict[str, Any]]:
    """What is told of each column: its heading, what it was taken for, what it holds, and what could not be read."""
    by_place = {known.column.place: known for known in found.columns.values()}
    told = []
    for column in found.table.columns:
        known = by_place.get(column.place)
        told.append(
            {
                "place": column.place,
                "heading": softened(column.heading),
                # What can be done without may be left out, rather than refuse everybody whose cell is not understood.
                "may_be_ignored": bool(known and known.wrong and not known.field.is_needed),
                "field": str(known.field.label) if known else "",
                "counts": _counted(known).most_common(_MOST_SHOWN) if known else [],
                "wrong": [
                    [softened(cell.lstrip(SPOILT)[:60]), reason]
                    for cell, reason in list(known.wrong.items())[:_MOST_SHOWN]
                ]
                if known
                else [],
            }
        )
    return told


def is_item(code: str) -> bool:
    """Whether a field is an item of an instrument."""
    return code.startswith(ITEM)
