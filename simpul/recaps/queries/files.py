"""A recap as a file: a workbook, a long CSV, and A4 lying down. Each number is the page's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.recaps.facts import Cell, Column, Line, Recap, Table
from simpul.ui.sheets import CSV, XLSX, Rows, Sheet, as_csv, as_xlsx
from simpul.ui.taking import taken
from simpul.ui.typeset import PDF, typeset

TYPES = {"xlsx": XLSX, "csv": CSV, "pdf": PDF}
TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "recaps" / "recap.typ"
# So many columns of numbers can be read on one sheet lying down.
_ACROSS = 16
_SHEET_NAME = 31


def content(recap: Recap, form: str, *, by: User, at: datetime) -> bytes:
    """The file, which says who had it made. KeyError for a form that there is none of."""
    return {"xlsx": _as_xlsx, "csv": _as_csv, "pdf": _as_pdf}[form](recap, taken(by, at))


def _said(recap: Recap, made_by: str) -> list[tuple[str, str]]:
    return [(_("Rekap"), f"{recap.code} · {recap.title}"), *recap.heading, (_("Dibuat oleh"), made_by)]


def _as_xlsx(recap: Recap, made_by: str) -> bytes:
    sheets = [
        Sheet(_("Keterangan"), (), [*_said(recap, made_by), *((_("Catatan"), one) for one in recap.limits)])
    ]
    for number, table in enumerate(recap.tables, start=1):
        name = f"{number} {table.key}"[:_SHEET_NAME]
        sheets.append(Sheet(name, [table.head, *map(whole_words, table.columns)], _with_notes(table)))
    return as_xlsx(*sheets)


def _with_notes(table: Table) -> Iterator[Sequence[Cell]]:
    for line in lines_of(table):
        yield (line.words, *line.cells)
    yield ()
    yield (_("Satuan"), table.unit)
    for note in table.notes:
        yield (_("Catatan"), note)


def whole_words(column: Column) -> str:
    return f"{column.group} · {column.words}" if column.group else column.words


def lines_of(table: Table) -> tuple[Line, ...]:
    """All lines, the total last."""
    return (*table.lines, table.total) if table.total else table.lines


def _as_csv(recap: Recap, made_by: str) -> bytes:
    """One row for each number, so that a program reads all recaps alike."""
    return as_csv(_long(recap, made_by))


def _long(recap: Recap, made_by: str) -> Rows:
    yield ("rekap", "tabel", "satuan", "kode_baris", "baris", "kode_kolom", "kolom", "nilai")
    for table in recap.tables:
        for line in lines_of(table):
            for column, cell in zip(table.columns, line.cells, strict=True):
                yield (
                    *(recap.code, table.key, table.unit, line.key, line.words),
                    *(column.key, whole_words(column), cell),
                )
    for name, words in _said(recap, made_by):
        yield (recap.code, "keterangan", "", "", name, "", "", words)


# --- paper ---


def _as_pdf(recap: Recap, made_by: str) -> bytes:
    words = {
        "title": recap.title,
        "code": recap.code,
        "said": [list(pair) for pair in _said(recap, made_by)],
        "limits": list(recap.limits),
        "tables": [part for table in recap.tables for part in _sheets_of(table)],
        "mark": made_by,
        "pages": _("Halaman {page} dari {total}"),
        "known_by": _("Mengetahui,"),
        "head_of": _("Kepala Dinas Sosial / Ketua LKS"),
        "made_by": _("Dibuat oleh,"),
        "place_and_day": _("……………………, tanggal ……………………"),
        "name_line": _("(nama terang dan tanda tangan)"),
    }
    return typeset(TEMPLATE, words)


def _sheets_of(table: Table) -> Iterator[dict[str, Any]]:
    """The table, cut between groups of columns where it is too wide for a sheet."""
    parts = list(_cut(table.columns))
    for number, (first, columns) in enumerate(parts, start=1):
        more = f" ({number}/{len(parts)})" if len(parts) > 1 else ""
        yield {
            "title": table.title + more,
            "unit": table.unit,
            "head": table.head,
            "groups": [
                [words, sum(1 for _one in of)] for words, of in groupby(columns, key=lambda one: one.group)
            ],
            "columns": [column.words for column in columns],
            "numbers": [column.is_number for column in columns],
            "rows": [
                [line.words, *(shown(cell) for cell in line.cells[first : first + len(columns)])]
                for line in lines_of(table)
            ],
            "has_total": table.total is not None,
            "notes": list(table.notes) if number == len(parts) else [],
        }


def _cut(columns: Sequence[Column]) -> Iterator[tuple[int, list[Column]]]:
    first, held = 0, list[Column]()
    for _words, group in groupby(columns, key=lambda one: one.group or one.key):
        together = list(group)
        if held and len(held) + len(together) > _ACROSS:
            yield first, held
            first, held = first + len(held), []
        held += together
    if held:
        yield first, held


def shown(cell: Cell) -> str:
    """A number with the signs of the language; nothing for nothing."""
    if cell is None:
        return ""
    return (
        number_format(cell, use_l10n=True, force_grouping=True)
        if isinstance(cell, int | float)
        else str(cell)
    )
