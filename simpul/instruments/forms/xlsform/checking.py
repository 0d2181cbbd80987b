"""What an XLSForm must hold beyond our own reading: the rules of XLSForm itself, as pyxform knows them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from simpul.instruments.forms.workbook import Row, SheetFault

_PLACE = re.compile(r"\[row : (\d+)\] On the '([\w-]+)' sheet, the '([^']*)' value(?: '([^']*)')?")
_SHEETS = ("survey", "choices", "settings")


def xlsform_fault(sheets: Mapping[str, Sequence[Row]]) -> SheetFault | None:
    """The first thing that the rules of XLSForm refuse, in plain words and with its place; None where nothing is.

    It is handed rows that were read already, never the file: what could harm in a file does not reach it.
    """
    # It takes most of a second to load, and only who brings a form needs it.
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    given = {sheet: [_cells(row) for row in sheets.get(sheet, ())] for sheet in _SHEETS}
    try:
        convert(xlsform=given, validate=False, pretty_print=False)
    except PyXFormError as error:
        return _told(str(error), sheets)
    except (AttributeError, KeyError, TypeError, ValueError):
        # What it did not foresee it stumbles over; the form is then no more right than one that it refuses.
        return SheetFault(_cause(""))
    return None


def _cells(row: Row) -> dict[str, str]:
    """What stands in a row. Headings came in small letters, so the language that they name must too."""
    filled = {name: value for name, value in row.cells.items() if value}
    if "default_language" in filled:
        filled["default_language"] = filled["default_language"].lower()
    return filled


def _told(message: str, sheets: Mapping[str, Sequence[Row]]) -> SheetFault:
    matched = _PLACE.search(message)
    if matched is None:
        return SheetFault(_cause(message))
    number, sheet, column, _value = matched.groups()
    rows = sheets.get(sheet, ())
    # It counts the rows that it was given, the heading being the first.
    place = int(number) - 2
    row = rows[place].number if 0 <= place < len(rows) else int(number)
    return SheetFault(_cause(message), sheet=sheet, row=row, column=column)


def _cause(message: str) -> str:
    return next(
        (str(words) for sign, words in _causes().items() if sign in message),
        _("Isi ini tidak sesuai aturan XLSForm. Periksa ejaan dan letaknya."),
    )


def _causes() -> dict[str, str]:
    """Signs in the messages of pyxform, and what they mean."""
    return {
        "must begin with a letter": _("Nama harus diawali huruf atau garis bawah, lalu huruf, angka, titik atau tanda hubung; tanpa spasi."),
        "unique for each choice list": _("Nama pilihan ini sudah ada dalam daftar yang sama."),
        "unique within their nearest": _("Nama ini sudah dipakai butir lain dalam kelompok yang sama."),
        "case-insensitive match": _("Nama ini hanya berbeda huruf besar dan kecil dari nama lain."),
        "Could not find the name": _("Rujukan ${…} menyebut nama yang tidak ada di lembar “survey”."),
        "should have a label": _("Setiap pilihan perlu nama yang dibaca orang."),
        "required column": _("Ada kolom wajib yang belum ada."),
        "different names for the same column": _("Ada dua kolom dengan arti yang sama. Hapus salah satu."),
        "reserved": _("Nama ini dipakai XLSForm sendiri. Tulis nama lain."),
        "begin": _("Kelompok belum dibuka atau ditutup dengan benar: setiap begin_group perlu end_group."),
    }  # fmt: skip
