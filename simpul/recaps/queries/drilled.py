"""From one number of a recap to the rows behind it: the same way for the page and for other programs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from simpul.access.gate import note_shown
from simpul.access.models import User
from simpul.access.refusal import NotAllowed
from simpul.recaps.facts import Asked, Cell, Definition, Recap, Rows
from simpul.recaps.queries.behind import KINDS, AboutPerson, Told, may_list, seen, told
from simpul.recaps.queries.files import lines_of, whole_words
from simpul.recaps.queries.people import edition_of
from simpul.recaps.queries.restricted import from_address

# Stands in an address for the line of a total, which has no key; "-" is the key of what has no name.
TOTAL = "jumlah"


@dataclass(frozen=True, slots=True)
class Drilled:
    """One number: the words over and beside it, itself, and what is behind it. `found` are those within reach."""

    words: str
    number: Cell
    rows: Rows
    found: QuerySet[Any]

    @property
    def counted(self) -> str:
        """How many rows there are, in words; also those out of reach."""
        return KINDS[self.rows.of].number(len(self.rows.keys))


def drilled(user: User, definition: Definition, asked: Asked, table: str, line: str, column: str) -> Drilled:
    """What is behind one number, by the keys of its address. KeyError for what is no number of the recap.

    Raises NotAllowed for who may see no such rows.
    """
    edition = edition_of(asked)
    keys = table, "" if line == TOTAL else from_address(line, edition), from_address(column, edition)
    words, number, of = _number(definition.make(user, asked), *keys)
    if not may_list(user, of):
        raise NotAllowed
    rows = definition.behind(user, asked, *keys) or Rows(of, ())
    return Drilled(words, number, rows, seen(user, rows))


def shown_rows(user: User, one: Drilled, some: Iterable[Any], asked: Asked) -> list[Told]:
    """Some of the rows in words; of those about people it is recorded whom the reader saw."""
    rows = told(user, one.rows, some, asked.until)
    about = [AboutPerson(key) for row in rows for key in row.about]
    note_shown(about, by=user, permission=KINDS[one.rows.of].needs[0])
    return rows


def _number(recap: Recap, table: str, line: str, column: str) -> tuple[str, Cell, str]:
    """A number of a recap: the words that stand over and beside it, the number, and what the rows behind it are."""
    for one in recap.tables:
        for beside in lines_of(one):
            for over, cell in zip(one.columns, beside.cells, strict=True):
                if over.rows and (one.key, beside.key, over.key) == (table, line, column):
                    return f"{one.title} · {beside.words} · {whole_words(over)}", cell, over.rows
    raise KeyError(table, line, column)
