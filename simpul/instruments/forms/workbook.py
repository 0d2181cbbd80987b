"""A spreadsheet as rows of text that know where they stand: XLSX, ODS, or one CSV file with all sheets in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from simpul.ui.workbooks import opens_safely

MOST_ROWS = 2000
# More is no questionnaire.
_MOST_CELLS, _MOST_MEMORY = 1_000_000, 512 * 1024**2


class SheetFault(Exception):
    """Something to mend in a spreadsheet: sheet, row, column, and what is wrong."""

    def __init__(self, cause: str, *, sheet: str = "", row: int = 0, column: str = "") -> None:
        self.sheet, self.row, self.column, self.cause = sheet, row, column, cause
        super().__init__(self.told)

    @property
    def told(self) -> str:
        """The whole in one sentence, the place first."""
        place = []
        if self.sheet:
            place.append(_("lembar “%(sheet)s”") % {"sheet": self.sheet})
        if self.row:
            place.append(_("baris %(row)s") % {"row": self.row})
        if self.column:
            place.append(_("kolom “%(column)s”") % {"column": self.column})
        where = ", ".join(place)
        return f"{where[:1].upper()}{where[1:]}: {self.cause}" if where else self.cause


@dataclass(frozen=True)
class Row:
    """One row of a sheet: what stands under each heading, as trimmed text."""

    sheet: str
    number: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        return self.cells.get(column, "")

    def fault(self, cause: str, column: str = "") -> SheetFault:
        return SheetFault(cause, sheet=self.sheet, row=self.number, column=column)


def read_rows(
    name: str,
    content: bytes,
    headings: Mapping[str, tuple[str, ...]],
    *,
    optional: Collection[str] = (),
) -> dict[str, list[Row]]:
    """The rows of each sheet named in `headings`, empty ones left out; those in `optional` may be missing. Raises SheetFault."""
    tables = _tables(name, content)
    found: dict[str, list[Row]] = {}
    for sheet, known in headings.items():
        if sheet in optional and not any(any(cells) for _number, cells in tables.get(sheet, [])):
            found[sheet] = []
            continue
        if sheet not in tables:
            raise SheetFault(
                _("Lembar “%(sheet)s” tidak ada. Unduh berkas contoh dan pakai nama lembar di sana.")
                % {"sheet": sheet}
            )
        found[sheet] = list(_rows(sheet, tables[sheet], known))
    return found


def read_any(name: str, content: bytes) -> dict[str, list[Row]]:
    """All sheets with whatever headings they have, in small letters; for files of a shape that others made. Raises SheetFault."""
    return {
        sheet: list(_rows(sheet, rows, None))
        for sheet, rows in _tables(name, content).items()
        if any(any(cells) for _number, cells in rows)
    }


def sheet_titles(name: str, content: bytes) -> frozenset[str]:
    """The sheets of a file, in small letters; none where it cannot be read."""
    try:
        return frozenset(_tables(name, content))
    except SheetFault:
        return frozenset()


Raw = dict[str, list[tuple[int, list[Any]]]]


def _tables(name: str, content: bytes) -> Raw:
    raw = _from_csv(content) if name.lower().endswith(".csv") else _from_workbook(content)
    return {title.strip().lower(): rows for title, rows in raw.items()}


def _from_workbook(content: bytes) -> Raw:
    try:
        if not opens_safely(content, most_cells=_MOST_CELLS, most_memory=_MOST_MEMORY):
            raise SheetFault(_("Berkas ini terlalu besar untuk sebuah instrumen."))
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {
            title: list(enumerate(book.get_sheet_by_name(title).to_python(skip_empty_area=False), start=1))
            for title in book.sheet_names
        }
    except (CalamineError, OSError, ValueError) as error:
        raise SheetFault(
            _("Berkas ini tidak terbaca. Simpan sebagai .xlsx, .ods atau .csv, lalu unggah lagi.")
        ) from error


def _from_csv(content: bytes) -> Raw:
    """One CSV file: a line such as [butir] begins that sheet."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SheetFault(
            _("Berkas CSV ini bukan UTF-8. Simpan sebagai “CSV UTF-8”, lalu unggah lagi.")
        ) from error
    # Spreadsheets in Indonesian write semicolons, others commas.
    delimiter = ";" if text.count(";") > text.count(",") else ","
    found: Raw = {}
    rows: list[tuple[int, list[Any]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            first = cells[0].strip() if cells else ""
            if first.startswith("[") and first.endswith("]"):
                rows = found.setdefault(first[1:-1], [])
            else:
                rows.append((reader.line_num, list(cells)))
    except csv.Error as error:
        raise SheetFault(
            _("Baris %(row)s berkas CSV ini tidak terbaca.") % {"row": reader.line_num}
        ) from error
    return found


def _rows(sheet: str, table: list[tuple[int, list[Any]]], known: tuple[str, ...] | None) -> Iterator[Row]:
    filled = [(number, [_text(cell) for cell in cells]) for number, cells in table]
    filled = [(number, cells) for number, cells in filled if any(cells)]
    if not filled:
        raise SheetFault(_("Lembar ini kosong; baris pertamanya berisi judul kolom."), sheet=sheet)
    (head_row, head), *rest = filled
    headings = [heading.lower() for heading in head]
    for heading in headings:
        if known is not None and heading and heading not in known:
            raise SheetFault(
                _("Judul kolom “%(heading)s” tidak dikenal. Yang dikenal: %(known)s.")
                % {"heading": heading, "known": ", ".join(known)},
                sheet=sheet,
                row=head_row,
            )
        if heading and headings.count(heading) > 1:
            raise SheetFault(_("Judul kolom ini ada dua kali."), sheet=sheet, row=head_row, column=heading)
    if known is not None and known[0] not in headings:
        raise SheetFault(
            _("Kolom “%(heading)s” tidak ada.") % {"heading": known[0]}, sheet=sheet, row=head_row
        )
    if len(rest) > MOST_ROWS:
        raise SheetFault(
            _("Terlalu banyak baris; paling banyak %(most)s.") % {"most": MOST_ROWS}, sheet=sheet
        )
    for number, cells in rest:
        yield Row(
            sheet, number, {heading: cell for heading, cell in zip(headings, cells, strict=False) if heading}
        )


def _text(cell: Any) -> str:
    """A cell as somebody reads it: 3 for 3.0, a day as 2026-11-22."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ya" if cell else "tidak"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    # A zero character cannot be stored.
    return str(cell).replace("\0", "").strip()
