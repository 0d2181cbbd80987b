"""From a sealed file to what it would do: opened, understood, held against what is there. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from simpul.access import files
from simpul.access.models import User
from simpul.access.refusal import Refusal
from simpul.catalogue import facts as catalogue_facts
from simpul.engines.matching.nik import masked
from simpul.imports.models import Batch
from simpul.imports.queries.columns import Read, pictured, read_columns
from simpul.imports.queries.days import Reading, Wrong
from simpul.imports.queries.fields import fields_of
from simpul.imports.queries.headings import Table, table_of
from simpul.imports.queries.lots import unswept
from simpul.imports.queries.others import plan_things
from simpul.imports.queries.people import PeoplePlan, plan_people
from simpul.imports.queries.reading import Opened, opened
from simpul.imports.queries.things import ThingPlan
from simpul.imports.queries.values import Said, is_empty, said
from simpul.imports.queries.words import softened
from simpul.imports.stages import OF_PEOPLE, Kind

Progress = Callable[[int, int], None]
Plan = PeoplePlan | ThingPlan
_MOST_REASONS = 8
_MOST_EXAMPLES = 5


class MappingIncomplete(Refusal):
    """A column without which nothing can be made is not named."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A file as it was opened, and the table in it."""

    opened: Opened
    table: Table

    def as_json(self) -> dict[str, Any]:
        """What the page of the columns shows, so that it need not open the file again."""
        return {
            "form": self.opened.form,
            "sheet": self.opened.sheet,
            "other_sheets": list(self.opened.other_sheets),
            "separator": self.opened.separator,
            "letters": self.opened.letters,
            "title": [softened(line) for line in self.table.title[:4]],
            "rows": len(self.table.numbers),
            "heads": [
                {
                    "place": column.place,
                    "heading": softened(column.heading),
                    "samples": [softened(cell[:60].lstrip("\0")) for cell in column.samples],
                }
                for column in self.table.columns
            ],
        }


def looked_at(data: bytes, sheet: str = "") -> Looked:
    """The table in the bytes of a file. Raises Unreadable."""
    found = opened(data, sheet)
    return Looked(found, table_of(found))


def reading_of(batch: Batch, on: date) -> Reading:
    """By what the cells of this file are read."""
    return Reading(on, batch.listed_on, settings.SIMPUL_EDITION)


def require_needed(kind: str, mapping: Mapping[str, str]) -> None:
    """Raises MappingIncomplete where a field without which nothing can be made has no column."""
    named = set(mapping.values())
    lacking = [str(field.label) for field in fields_of(kind) if field.is_needed and field.code not in named]
    if lacking:
        raise MappingIncomplete(
            _("Belum ada kolom untuk: %(fields)s. Pilih kolomnya, lalu lanjutkan.")
            % {"fields": ", ".join(lacking)}
        )


def plan_of(batch: Batch, by: User, on: date, progress: Progress = lambda done, total: None) -> Plan:
    """What the file would do now, for who acts, on that day. Raises Refusal where the file is gone or unreadable."""
    require_needed(batch.kind, batch.mapping)
    with unswept():
        return _plan(batch, by, on, progress)


def _plan(batch: Batch, by: User, on: date, progress: Progress) -> Plan:
    table = looked_at(files.opened(batch)).table
    reading = reading_of(batch, on)
    read = read_columns(table, batch.kind, batch.mapping, reading)
    if batch.kind not in OF_PEOPLE:
        return plan_things(read, batch, by, on)
    if batch.kind == Kind.ANSWERS_DOWN:
        _answers_down(read, reading)
    return plan_people(read, batch, by, on, progress)


def _answers_down(read: Read, reading: Reading) -> None:
    """Each row names its own question: the answer is read as that question asks."""
    answers = read.columns["answer"]
    names = read.column("question")
    held: list[dict[str, Said] | None] = []
    for place, (name, cell) in enumerate(zip(names, answers.column.cells, strict=True)):
        row = None
        if name and not is_empty(cell):
            try:
                row = {name: said(catalogue_facts.get(name), cell, reading)}
            except Wrong as wrong:
                read.refuse(place, f"{answers.field.label}: {wrong}")
        held.append(row)
    read.answers = held


def picture_of(plan: Plan, before: Mapping[str, Any]) -> dict[str, Any]:
    """What is told before a yes: reasons with their rows, each column as understood, a few examples."""
    reasons: dict[str, list[int]] = {}
    numbers = plan.read.table.numbers
    for place, why in sorted(plan.read.reasons.items()):
        for reason in why:
            reasons.setdefault(reason, []).append(numbers[place])
    worst = sorted(reasons.items(), key=lambda one: -len(one[1]))
    return {
        **before,
        "columns": pictured(plan.read),
        "reasons": [[why, len(rows), rows[:_MOST_EXAMPLES]] for why, rows in worst[:_MOST_REASONS]],
        "more_reasons": max(len(worst) - _MOST_REASONS, 0),
        "examples": _examples(plan),
        "corrected": [[softened(said), read] for said, read in list(plan.corrected.items())[:_MOST_REASONS]],
        "homes": len({row.kk for row in plan.new if row.kk}) if isinstance(plan, PeoplePlan) else 0,
        "statements": len(plan.statements) if isinstance(plan, PeoplePlan) else 0,
        "asked": sorted({one.name for one in plan.statements}) if isinstance(plan, PeoplePlan) else [],
        "odd": _odd(plan),
    }


def _examples(plan: Plan) -> list[list[Any]]:
    if isinstance(plan, PeoplePlan):
        rows = (*plan.new[:_MOST_EXAMPLES], *plan.homes[:_MOST_EXAMPLES])
        return [[row.number, row.changes["name"] or masked(row.kk), row.where.region] for row in rows]
    named = [[row.number, str(row.values.get("name", "")), row.where.region] for row in plan.new]
    return named[:_MOST_EXAMPLES]


def _odd(plan: Plan) -> int:
    """How many numbers do not agree with the birth date or sex beside them: told, never refused."""
    return plan.odd if isinstance(plan, PeoplePlan) else 0
