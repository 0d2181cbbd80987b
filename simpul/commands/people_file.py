"""A file of people, read in pieces: CSV, spreadsheet or Parquet, told apart by what is in it, not by its name."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from simpul.commands.csv_rows import LONGEST_LINE, Broken, CsvRows, Row, in_pieces
from simpul.commands.language import _
from simpul.commands.stop import Stop
from simpul.ui.workbooks import opens_safely

PIECE = 100_000
# The column with the number of each row.
ROW = "row"
PARQUET_MARK, ZIP_MARK, OLD_OFFICE_MARK, PDF_MARK = b"PAR1", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
# Signs that no text holds.
BINARY = frozenset(range(9))
CSV, SPREADSHEET, PARQUET = "csv", "spreadsheet", "parquet"
# Excel keeps 15 digits of a number: the last of a NIK's 16 is lost, and the whole turns into another person's.
SPOILT = "\x00number"


@dataclass(frozen=True)
class Piece:
    """Some rows of a file: those that can be read, and those that stand askew in it."""

    frame: pl.DataFrame
    broken: tuple[Broken, ...] = ()


@dataclass(frozen=True)
class PeopleFile:
    """A file of people: its kind and its headings. `pieces` reads it; memory does not grow with its size."""

    path: Path
    kind: str
    headings: tuple[str, ...]
    separator: str = ","

    def pieces(self, renamed: dict[str, str]) -> Iterator[Piece]:
        """Frames of at most PIECE rows with the named columns under their new names, and the number of each `row`.

        Rows are numbered as their owner sees them: where headings stand in the file, they are row 1.

        Raises Stop with a sentence when the file turns out to be damaged.
        """
        chosen = [pl.col(old).alias(new) for old, new in renamed.items()]
        if self.kind == CSV:
            yield from self._csv_pieces([*chosen, pl.col(ROW)])
            return
        first = 1 if self.kind == PARQUET else 2
        for piece in self._raw():
            numbers = pl.int_range(first, first + piece.height, dtype=pl.UInt32).alias(ROW)
            yield Piece(piece.select(chosen).with_columns(numbers))
            first += piece.height

    def scan(self) -> pl.LazyFrame:
        """A Parquet file as one stream."""
        return pl.scan_parquet(self.path)

    def _raw(self) -> Iterator[pl.DataFrame]:
        if self.kind == SPREADSHEET:
            yield from _sheet_pieces(_sheet(self.path), self.headings)
            return
        try:
            yield from self.scan().collect_batches(chunk_size=PIECE)
        except (pl.exceptions.PolarsError, OSError) as error:
            raise Stop(self.fault()) from error

    def _csv_pieces(self, chosen: list[pl.Expr]) -> Iterator[Piece]:
        rows = CsvRows(self.path, self.separator, len(self.headings))
        # Columns without a heading need a name of their own until they are left out.
        names = [heading or f"\x00{place}" for place, heading in enumerate(self.headings)]
        try:
            for held, broken in in_pieces(rows, PIECE):
                yield Piece(_frame(held, names, self.separator).select(chosen), tuple(broken))
        except UnicodeDecodeError as error:
            raise Stop(_not_utf8(self.path)) from error
        except OSError as error:
            raise Stop(_unreadable(self.path, error)) from error

    def fault(self) -> str:
        """Why the file cannot be read, in one sentence."""
        return _parquet_fault(self.path) if self.kind == PARQUET else _sheet_fault(self.path)


def opened(path: Path) -> PeopleFile:
    """Look at the file. Raises Stop when it is not there, empty, or of a kind that cannot be read."""
    try:
        with path.open("rb") as file:
            mark = file.read(1024)
    except OSError as error:
        raise Stop(_unreadable(path, error)) from error
    if not mark:
        raise Stop(_("Berkas %s kosong.") % path)
    if mark.startswith(PARQUET_MARK):
        return _parquet(path)
    if mark.startswith((ZIP_MARK, OLD_OFFICE_MARK)):
        if not opens_safely(path.read_bytes()):
            raise Stop(_too_far(path))
        return PeopleFile(path, SPREADSHEET, _unique(path, _sheet_headings(path)))
    # Only in the headings: one spoilt row further down is refused alone.
    if mark.startswith(PDF_MARK) or not BINARY.isdisjoint(mark.partition(b"\n")[0]):
        raise Stop(
            _("%s bukan CSV, lembar sebar, atau Parquet. Simpan dulu datanya sebagai .csv atau .xlsx.") % path
        )
    return _csv(path)


def _parquet(path: Path) -> PeopleFile:
    try:
        return PeopleFile(path, PARQUET, tuple(pl.scan_parquet(path).collect_schema().names()))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise Stop(_parquet_fault(path)) from error


def _csv(path: Path) -> PeopleFile:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.readline(LONGEST_LINE)
    except UnicodeDecodeError as error:
        raise Stop(_not_utf8(path)) from error
    # Spreadsheets set to Indonesian write semicolons.
    separator = max(",;\t", key=head.count)
    headings = next(csv.reader([head], delimiter=separator), [])
    return PeopleFile(path, CSV, _unique(path, headings), separator)


def _frame(rows: list[Row], names: list[str], separator: str) -> pl.DataFrame:
    """Rows of CSV that were found to hold, as columns of text."""
    text = "".join(f"{row.text}\n" for row in rows)
    frame = pl.read_csv(
        text.encode(),
        has_header=False,
        separator=separator,
        schema=dict.fromkeys(names, pl.String),
        raise_if_empty=False,
    )
    return frame.with_columns(pl.Series(ROW, [row.number for row in rows], dtype=pl.UInt32))


def _unique(path: Path, headings: list[str]) -> tuple[str, ...]:
    if not any(heading.strip() for heading in headings):
        raise Stop(_("Baris pertama %s harus berisi judul kolom.") % path)
    seen: set[str] = set()
    for heading in headings:
        if heading.strip() and heading in seen:
            raise Stop(_("Kolom %(heading)s ada dua kali di %(file)s.") % {"heading": heading, "file": path})
        seen.add(heading)
    return tuple(headings)


# --- Spreadsheets ---


def _sheet(path: Path) -> CalamineSheet:
    try:
        sheet: CalamineSheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    except (CalamineError, OSError) as error:
        raise Stop(_sheet_fault(path)) from error
    return sheet


def _sheet_headings(path: Path) -> list[str]:
    return [str(cell).strip() for cell in next(_sheet(path).iter_rows(), [])]


def _sheet_pieces(sheet: CalamineSheet, headings: tuple[str, ...]) -> Iterator[pl.DataFrame]:
    rows = sheet.iter_rows()
    next(rows, None)
    while batch := list(islice(rows, PIECE)):
        columns = zip(*batch, strict=True)
        yield pl.DataFrame(
            {
                heading: pl.Series([_cell(cell) for cell in column], dtype=pl.String)
                for heading, column in zip(headings, columns, strict=False)
                if heading
            }
        )


def _cell(cell: Any) -> str | None:
    """A cell as text. Whole numbers lose their ".0"; one too long to be exact is marked as spoilt."""
    if isinstance(cell, float):
        if abs(cell) >= 1e15:
            return f"{SPOILT} {cell:.0f}"
        return str(int(cell)) if cell.is_integer() else str(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int) and abs(cell) >= 10**15:
        return f"{SPOILT} {cell}"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell) if cell is not None else None


# --- What is wrong with a file ---


def _why(error: OSError) -> str:
    """The system speaks English only."""
    if isinstance(error, FileNotFoundError):
        return _("tidak ada")
    if isinstance(error, IsADirectoryError):
        return _("itu folder, bukan berkas")
    if isinstance(error, PermissionError):
        return _("akun Anda tidak boleh membukanya")
    return _("tempat penyimpanannya bermasalah")


def _unreadable(path: Path, error: OSError) -> str:
    return _("Berkas %(file)s tidak dapat dibaca: %(why)s.") % {"file": path, "why": _why(error)}


def _not_utf8(path: Path) -> str:
    return _("%s tidak ditulis dengan huruf UTF-8. Simpan lagi sebagai “CSV UTF-8”.") % path


def _sheet_fault(path: Path) -> str:
    return (
        _(
            "Lembar sebar %s rusak atau berkata sandi. Buka di program asalnya, lalu simpan lagi sebagai .xlsx."
        )
        % path
    )


def _too_far(path: Path) -> str:
    return (
        _(
            "Isi lembar sebar %s menjangkau terlalu jauh. Salin tabelnya saja ke berkas baru, lalu simpan sebagai .xlsx atau .csv."
        )
        % path
    )


def _parquet_fault(path: Path) -> str:
    return _("Berkas Parquet %s rusak atau terpotong. Minta salinan baru dari yang membuatnya.") % path
