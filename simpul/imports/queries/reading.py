"""A file of an office as rows of text: whatever its kind, its letters and its separator."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from simpul.access.refusal import Refusal
from simpul.imports.queries.words import limits
from simpul.ui.workbooks import opens_safely

Raw = list[list[str]]

XLSX, XLS, ODS, CSV = "xlsx", "xls", "ods", "csv"
_ZIP, _OLD_OFFICE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# Excel keeps 15 digits of a number and makes the rest zero: the last of a NIK is lost, and it is another person's.
SPOILT = "\x00"
# A tabulator first: no heading holds one, while commas and semicolons stand in addresses too.
_SEPARATORS = "\t;|,"
_MEGABYTE = 1_000_000
# A cell with more lines than an address has was joined by a quote that nobody closed.
_MOST_LINES = 60
# How the text trick of spreadsheets looks in a CSV: ="0012".
_FORCED_TEXT = re.compile(r'^="(.*)"$', re.DOTALL)
# What spreadsheets keep for a formula that failed.
_FAILED = re.compile(r"^#(REF|N/A|NAME\?|VALUE|DIV/0|NUM|NULL)!?")
_LETTERS = ("utf-8", "cp1252")


class Unreadable(Refusal):
    """The file cannot be taken as it is; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Rows of text as they stand in the file, what kind it is, and which sheet of how many was taken."""

    rows: Raw
    form: str
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()
    separator: str = ""
    letters: str = ""


def opened(data: bytes, sheet: str = "") -> Opened:
    """The rows of a file by what is in it, not by its name. Raises Unreadable."""
    if not data.strip(b"\x00 \r\n\t"):
        raise Unreadable(_("Berkas itu kosong. Periksa apakah datanya sudah tersimpan, lalu kirim lagi."))
    if data.startswith((_ZIP, _OLD_OFFICE)):
        return _spreadsheet(data, sheet)
    if data.startswith(_PDF):
        raise Unreadable(
            _("PDF tidak dapat dibaca sebagai tabel. Mintalah berkas aslinya: .xlsx, .ods, atau .csv.")
        )
    return _text(data)


def _too_many_rows() -> Unreadable:
    most = number_format(limits().rows, use_l10n=True, force_grouping=True)
    return Unreadable(
        _("Berkas ini lebih dari %(most)s baris. Bagi menjadi beberapa berkas, lalu kirim satu per satu.")
        % {"most": most}
    )


# --- spreadsheets ---


def _spreadsheet(data: bytes, wanted: str) -> Opened:
    if data.startswith(_OLD_OFFICE) and _ENCRYPTED in data:
        raise _locked()
    if data.startswith(_ZIP):
        _require_small(data)
    if not opens_safely(data):
        raise Unreadable(
            _(
                "Isi lembar sebar ini menjangkau terlalu jauh. Salin tabelnya saja ke berkas baru, simpan sebagai XLSX, lalu kirim."
            )
        )
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
        sheets = [book.get_sheet_by_name(name) for name in names if not wanted or name == wanted]
        # The list itself is the largest sheet; others hold a key to its columns, or a recap.
        sheet = max(sheets, key=lambda one: one.height * one.width, default=None)
        if sheet is None or not sheet.height:
            raise Unreadable(_("Tidak ada isi di lembar sebar itu. Periksa lembarnya, lalu kirim lagi."))
        rows = _rows_of(sheet)
    except PasswordError as error:
        raise _locked() from error
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        raise Unreadable(
            _(
                "Lembar sebar ini rusak atau berkata sandi. Buka di program asalnya, simpan lagi tanpa kata sandi, lalu kirim."
            )
        ) from error
    form = XLS if data.startswith(_OLD_OFFICE) else ODS if _is_ods(data) else XLSX
    return Opened(rows, form, sheet.name, tuple(name for name in names if name != sheet.name))


def _locked() -> Unreadable:
    return Unreadable(
        _(
            "Berkas ini dikunci dengan kata sandi. Buka di program asalnya, hapus kata sandinya, lalu kirim lagi."
        )
    )


def _require_small(data: bytes) -> None:
    """A small file may unpack to one that fills the memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(part.file_size for part in packed.infolist())
    except zipfile.BadZipFile as error:
        raise Unreadable(_("Berkas ini terpotong. Salin lagi dari asalnya, lalu kirim.")) from error
    if size > limits().unpacked_mb * _MEGABYTE:
        raise Unreadable(
            _("Isi berkas ini terlalu besar. Hapus gambar dan lembar lain, atau bagi berkasnya.")
        )


def _is_ods(data: bytes) -> bool:
    return b"opendocument.spreadsheet" in data[:200]


def _rows_of(sheet: CalamineSheet) -> Raw:
    if sheet.height > limits().rows + limits().title_rows:
        raise _too_many_rows()
    # From the very first cell, so that rows have the numbers that their owner sees.
    rows = [[_cell(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if top < limits().title_rows and top < len(rows):
            _spread(rows, top, left, min(bottom, len(rows) - 1), right)
    return rows


def _spread(rows: Raw, top: int, left: int, bottom: int, right: int) -> None:
    """A heading over several columns heads each of them; one that reaches down is told once, at its top."""
    said = rows[top][left] if left < len(rows[top]) else ""
    if said and right > left:
        for column in range(left, min(right + 1, len(rows[top]))):
            rows[top][column] = said


def _cell(cell: Any) -> str:
    """A cell as its owner reads it. A number too long to be exact is marked."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "ya" if cell else "tidak"
    if isinstance(cell, int | float):
        return _number(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell) if isinstance(cell, time | timedelta) else ""


def _number(cell: float) -> str:
    if cell != cell or abs(cell) >= 2**63:
        return ""
    if not float(cell).is_integer():
        return repr(cell)
    text = str(int(cell))
    # What Excel cut ends in zero; another program may have written all sixteen digits, which are then exact.
    is_cut = abs(cell) >= 10**15 and (text.endswith("0") or abs(cell) > 2**53)
    return SPOILT + text if is_cut else text


# --- text ---


def _text(data: bytes) -> Opened:
    text, letters = _decoded(data)
    first, _end, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == len("sep=;"):
        separator, text = first.strip()[-1], rest
        skipped = 1
    else:
        separator, skipped = _separator(text), 0
    rows: Raw = [[] for _row in range(skipped)]
    rows += _parsed(text, separator)
    return Opened(rows, CSV, separator=separator, letters=letters)


def _decoded(data: bytes) -> tuple[str, str]:
    """The text by its mark, or by what can be read at all. Windows writes its own letters without a mark."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _without_mark(data, "utf-16")
    if data.startswith(b"\xef\xbb\xbf"):
        return _without_mark(data, "utf-8-sig")
    zeros = data[:2000].count(0)
    if zeros > len(data[:2000]) // 4:
        return _without_mark(data, "utf-16-le" if data[1:2] == b"\x00" else "utf-16-be")
    if zeros:
        raise _no_text()
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        # Windows knows no sign at these places, but no list is refused for one letter.
        return data.decode("cp1252", "replace"), "cp1252"


def _without_mark(data: bytes, letters: str) -> tuple[str, str]:
    try:
        return data.decode(letters), letters
    except UnicodeDecodeError as error:
        raise _no_text() from error


def _no_text() -> Unreadable:
    return Unreadable(
        _("Berkas ini bukan tabel. Simpan datanya sebagai .xlsx, .ods, atau .csv, lalu kirim lagi.")
    )


def _separator(text: str) -> str:
    """The sign that divides most rows into the same number of cells, at least two."""
    head = text[:200_000].splitlines()[:200]

    def fits(separator: str) -> tuple[int, int]:
        counts = Counter(len(row) for row in csv.reader(head, delimiter=separator) if len(row) > 1)
        width, times = max(counts.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
        return times, width

    return max(_SEPARATORS, key=fits)


def _parsed(text: str, separator: str) -> Raw:
    csv.field_size_limit(10 * _MEGABYTE)
    rows: Raw = []
    most = limits().rows + limits().title_rows
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for row in reader:
            rows.append([_from_text(cell) for cell in row])
            if reader.line_num > len(rows) and row:
                _require_closed(row, len(rows))
            if len(rows) > most:
                raise _too_many_rows()
    except csv.Error as error:
        raise Unreadable(
            _("Baris %(row)s berkas ini tidak dapat dibaca.") % {"row": len(rows) + 1}
        ) from error
    return rows


def _require_closed(row: Iterable[str], number: int) -> None:
    if max(cell.count("\n") for cell in row) > _MOST_LINES:
        raise Unreadable(
            _(
                "Tanda petik di baris %(row)s tidak ditutup, sehingga baris sesudahnya tidak terbaca. Perbaiki, lalu kirim lagi."
            )
            % {"row": number}
        )


def _from_text(cell: str) -> str:
    found = cell.strip()
    if found[:1] not in ("=", "'"):
        return found
    if found.startswith("=") and (forced := _FORCED_TEXT.match(found)):
        found = forced[1].strip()
    # The sign by which spreadsheets are told that a number is text.
    return found[1:].strip() if found.startswith("'") else found


def is_formula(cell: str) -> bool:
    """Whether a cell holds a formula instead of what it gives, or one that failed."""
    return cell.startswith("=") or bool(_FAILED.match(cell))
