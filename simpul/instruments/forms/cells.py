"""One cell of a spreadsheet: what it must be, or a fault that names its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext as _

from simpul.catalogue.text import Text
from simpul.instruments.forms.workbook import Row

T = TypeVar("T")

_CODE = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
CODE_LENGTH = 60
TEXT_LENGTH = 2000
LARGEST = 1_000_000


def needed(row: Row, column: str) -> str:
    value = optional(row, column)
    if not value:
        raise row.fault(_("Kolom ini belum diisi."), column)
    return value


def optional(row: Row, column: str) -> str:
    value = row.get(column)
    if len(value) > TEXT_LENGTH:
        raise row.fault(_("Terlalu panjang; paling banyak %(most)s huruf.") % {"most": TEXT_LENGTH}, column)
    return value


def text(row: Row, column: str) -> Text:
    """A text and its English beside it; without English, the same again."""
    value = needed(row, column)
    return Text(value, optional(row, f"{column}_inggris") or value)


def code_in(row: Row, column: str) -> str:
    value = needed(row, column).lower()
    if len(value) > CODE_LENGTH or not _CODE.fullmatch(value):
        raise row.fault(
            _("Kode hanya huruf kecil, angka, dan satu tanda hubung di antaranya, misalnya “makan-teratur”."),
            column,
        )
    return value


def one_of(row: Row, column: str, known: Mapping[str, T], default: str = "") -> T:
    value = row.get(column).lower() or default
    if value not in known:
        raise row.fault(
            _("“%(value)s” tidak dikenal. Pilih salah satu: %(known)s.")
            % {"value": value, "known": ", ".join(known)},
            column,
        )
    return known[value]


def whole(row: Row, column: str) -> int | None:
    value = row.get(column)
    if not value:
        return None
    if not re.fullmatch(r"-?[0-9]{1,7}", value) or abs(int(value)) > LARGEST:
        raise row.fault(_("Tulis bilangan bulat, misalnya 3."), column)
    return int(value)


def figure(row: Row, column: str) -> float | None:
    value = row.get(column).replace(",", ".")
    if not value:
        return None
    if not re.fullmatch(r"[0-9]{1,7}(\.[0-9]{1,9})?", value) or float(value) <= 0:
        raise row.fault(_("Tulis angka di atas nol, misalnya 0,85."), column)
    return float(value)


def cut(row: Row, column: str) -> float:
    """From which score on something holds; also zero and below."""
    value = needed(row, column).replace(",", ".")
    if not re.fullmatch(r"-?[0-9]{1,7}(\.[0-9]{1,9})?", value):
        raise row.fault(_("Tulis angka, misalnya 10 atau 2,5."), column)
    return float(value)


def day(row: Row | None, on: date) -> date:
    if row is None or not row.get("isi"):
        return on
    try:
        return date.fromisoformat(row.get("isi"))
    except ValueError:
        raise row.fault(_("Tulis tanggal seperti 2026-11-22."), "isi") from None
