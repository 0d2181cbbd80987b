"""Tables that leave as files: a workbook of named sheets (XLSX), and a CSV that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from tempfile import TemporaryDirectory
from typing import Any

from django.utils import timezone
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from simpul.ui.workbooks import harmless

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"

# A bool is an int here and becomes TRUE or FALSE; NIK, postcodes and all other codes are str.
Cell = str | int | float | Decimal | date | None
Rows = Iterable[Sequence[Cell]]

_NOT_IN_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 65534, 65535])
# A spreadsheet keeps fifteen digits of a number and makes the rest zero.
_LONGEST_NUMBER = 10**15
# The calendar of spreadsheets begins here.
_FIRST_DAY = date(1900, 1, 1)
_WIDTH = 24
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def as_csv(rows: Rows) -> bytes:
    """UTF-8 with its mark, so that spreadsheets read it as such. Days as 2026-11-22; headings are the first row."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([_as_text(cell) for cell in row] for row in rows)
    return ("\ufeff" + out.getvalue()).encode("utf-8", "replace")


def _as_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, int | float | Decimal | date):
        return str(cell)
    # Whatever else came is text, also a word whose language is chosen late.
    return harmless(str(cell))


# --- a workbook ---


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name (at most 31 characters, none of them []:*?/\\), its bold headings, its rows.

    Rows may be a generator: they are written one after the other. Without headings the first row is a row.
    """

    name: str
    headings: Sequence[str]
    rows: Rows


def as_xlsx(*sheets: Sheet) -> bytes:
    """A workbook. Text stays text whatever it looks like, numbers and days can be reckoned with.

    The same sheets give the same bytes. Raises xlsxwriter's XlsxInputError for a name that no sheet can have, or
    two alike.
    """
    out = io.BytesIO()
    # Rows go through a folder on the disk that only this process may read and that goes whatever happens.
    with TemporaryDirectory(prefix="simpul-") as folder:
        book = Workbook(out, {**_OPTIONS, "tmpdir": folder})
        # The day of making would make every file another one; it stands in the file where it matters.
        book.set_properties({"created": datetime(2026, 1, 1, tzinfo=UTC)})
        head, writer = book.add_format({"bold": True, "num_format": "@"}), _Writer(book)
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            for column, heading in enumerate(sheet.headings):
                page.write_string(0, column, _storable(heading), head)
            if sheet.headings:
                page.freeze_panes(1, 0)
            widest = len(sheet.headings)
            for place, row in enumerate(sheet.rows, start=bool(sheet.headings)):
                widest = max(widest, len(row))
                for column, cell in enumerate(row):
                    writer.write(page, place, column, cell)
            page.set_column(0, max(widest - 1, 0), _WIDTH)
        book.close()
    return out.getvalue()


class _Writer:
    """Writes each kind of cell as what it is."""

    def __init__(self, book: Workbook) -> None:
        # Kept as text also after somebody typed in the cell anew.
        self._text: Any = book.add_format({"num_format": "@"})
        self._day: Any = book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment: Any = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})

    def write(self, page: Worksheet, row: int, column: int, cell: Cell) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, bool):
            page.write_boolean(row, column, cell)
        elif isinstance(cell, datetime) and cell.date() >= _FIRST_DAY:
            local = timezone.localtime(cell).replace(tzinfo=None) if timezone.is_aware(cell) else cell
            page.write_datetime(row, column, local, self._moment)
        elif isinstance(cell, date) and not isinstance(cell, datetime) and cell >= _FIRST_DAY:
            page.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), self._day)  # noqa: DTZ001
        elif isinstance(cell, int | float | Decimal) and _is_number(cell):
            page.write_number(row, column, cell)
        else:
            page.write_string(row, column, _storable(str(cell)), self._text)


def _is_number(cell: int | float | Decimal) -> bool:
    """Whether a spreadsheet keeps it whole: neither too long nor without an end."""
    return math.isfinite(cell) and -_LONGEST_NUMBER < cell < _LONGEST_NUMBER


def _storable(text: str) -> str:
    """What XML can hold of it. The library cuts at the longest that a cell can hold, 32,767 characters."""
    kept = text.encode("utf-8", "replace").decode().translate(_NOT_IN_XML)
    # The library takes such a text for XML of its own and would write it as it is.
    return f"{kept} " if kept.startswith("<r>") and kept.endswith("</r>") else kept
