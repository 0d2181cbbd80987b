"""Answers of many people in one spreadsheet: a row for each participant and wave, a column for each item."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.refusal import Refusal
from simpul.catalogue.instruments import Instrument, Item
from simpul.instruments.forms.workbook import Row, SheetFault, read_any
from simpul.instruments.forms.xlsform.writing import sheet_of
from simpul.instruments.queries import (
    LONGEST_LABEL,
    AnswerRow,
    checked_answers,
    is_within,
    open_required,
    said_question,
    wave_code,
)
from simpul.ui.sheets import as_xlsx

SHEET = "jawaban"
ABOUT_THEM = ("kode", "nama", "gelombang", "tanggal", "lembaga")
MOST_FAULTS = 50
LONGEST_CODE = 60
# As people write that there is no answer.
STATE_WORDS = {
    "tidak tahu": "unknown",
    "tt": "unknown",
    "tidak mau menjawab": "refused",
    "tm": "refused",
    "tidak berlaku": "not_applicable",
    "tb": "not_applicable",
}


class AnswerReader:
    """Reads one file of answers. `faults` gathers what must be mended, `missing` the items without a column.

    `called` gives the participant behind a code; `bodies` the organisations by what stands in the column "lembaga", where
    they are known.
    """

    def __init__(
        self,
        instrument: Instrument,
        *,
        on: date,
        called: Callable[[str], UUID],
        bodies: Mapping[str, UUID] | None = None,
    ) -> None:
        self.instrument = instrument
        self.on = on
        self.called = called
        self.bodies = bodies
        self.faults: list[SheetFault] = []
        self.missing: list[str] = []

    def read(self, name: str, content: bytes) -> list[AnswerRow]:
        """The rows of a file; with faults those that are sound."""
        try:
            rows = self._rows(name, content)
        except SheetFault as fault:
            self.faults.append(fault)
            return []
        found = []
        for row in rows:
            try:
                found.append(self._answer_row(row))
            except SheetFault as fault:
                self.faults.append(fault)
                if len(self.faults) >= MOST_FAULTS:
                    break
        return found

    def _rows(self, name: str, content: bytes) -> list[Row]:
        added = 0
        if name.endswith(".csv"):
            # A plain CSV holds this one sheet and does not name it.
            text = content.removeprefix("\ufeff".encode())
            added = 0 if text.startswith(b"[") else 1
            content = f"[{SHEET}]\n".encode() * added + text
        sheets = read_any(name, content)
        rows = sheets.get(SHEET) or (next(iter(sheets.values())) if len(sheets) == 1 else [])
        if not rows:
            raise SheetFault(
                _("Lembar “%(sheet)s” tidak ada atau kosong. Unduh lembar contohnya.") % {"sheet": SHEET}
            )
        headings = set(rows[0].cells)
        items = {item.code for item in self.instrument.items}
        for heading in headings - items - set(ABOUT_THEM):
            raise SheetFault(
                _("Judul kolom “%(heading)s” bukan butir instrumen ini. Unduh lembar contohnya.")
                % {"heading": heading},
                sheet=rows[0].sheet,
            )
        if "kode" not in headings or not headings & items:
            raise SheetFault(_("Kolom “kode” dan kolom butir harus ada."), sheet=rows[0].sheet)
        self.missing = [item.code for item in self.instrument.items if item.code not in headings]
        # The line put in front of a CSV is no row of the file that somebody mends.
        return [Row(row.sheet, row.number - added, row.cells) for row in rows]

    def _answer_row(self, row: Row) -> AnswerRow:
        code = row.get("kode")
        if not code or len(code) > LONGEST_CODE:
            raise row.fault(
                _("Tulis kode peserta, paling banyak %(most)s huruf.") % {"most": LONGEST_CODE}, "kode"
            )
        if len(row.get("nama")) > LONGEST_LABEL:
            raise row.fault(
                _("Terlalu panjang; paling banyak %(most)s huruf.") % {"most": LONGEST_LABEL}, "nama"
            )
        given = {item.code: _answer(row, item) for item in self.instrument.items if row.get(item.code)}
        try:
            answers = checked_answers(self.instrument, given)
        except Refusal as refusal:
            raise row.fault(str(refusal)) from refusal
        if not answers:
            raise row.fault(_("Belum ada satu pun jawaban di baris ini."))
        if lacking := open_required(self.instrument, answers):
            raise row.fault(
                _("Pertanyaan wajib belum dijawab: %(question)s") % {"question": said_question(lacking[0])},
                lacking[0].code,
            )
        return AnswerRow(
            number=row.number,
            participant=self.called(code),
            on=self._day(row),
            answers=answers,
            label=row.get("nama"),
            wave=_wave(row),
            about=self._about(row),
        )

    def _day(self, row: Row) -> date:
        if not row.get("tanggal"):
            return self.on
        try:
            found = date.fromisoformat(row.get("tanggal"))
        except ValueError:
            raise row.fault(_("Tulis tanggal seperti 2026-11-22."), "tanggal") from None
        if found > self.on:
            raise row.fault(_("Tanggal ini belum tiba."), "tanggal")
        return found

    def _about(self, row: Row) -> UUID | None:
        written_name = row.get("lembaga")
        if not written_name:
            return None
        if self.bodies is not None:
            if written_name not in self.bodies:
                raise row.fault(_("Lembaga ini tidak dikenal di sini."), "lembaga")
            return self.bodies[written_name]
        try:
            return UUID(written_name)
        except ValueError:
            raise row.fault(
                _("Tulis nomor lembaga seperti pada alamat halamannya di Simpul, atau kosongkan."), "lembaga"
            ) from None


def _wave(row: Row) -> str:
    try:
        return wave_code(row.get("gelombang"))
    except Refusal as refusal:
        raise row.fault(str(refusal), "gelombang") from refusal


def _answer(row: Row, item: Item) -> Any:
    """A cell as an answer: a number, the name of a level, "tidak tahu", or words."""
    written_answer = row.get(item.code)
    if item.kind == "text":
        return written_answer
    if state := STATE_WORDS.get(written_answer.lower()):
        return {"state": state}
    for level in item.levels:
        if written_answer.casefold() in (level.label.id.casefold(), level.label.en.casefold()):
            return level.value
    digits = written_answer.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        raise row.fault(_expected(item), item.code)
    value = int(written_answer)
    if item.levels and value not in [level.value for level in item.levels]:
        raise row.fault(_expected(item), item.code)
    if not item.levels and not is_within(item, value):
        raise row.fault(_expected(item), item.code)
    return value


def _expected(item: Item) -> str:
    if item.levels:
        known = ", ".join(f"{level.value} ({level.label.id})" for level in item.levels)
        return _("Jawaban tidak dikenal. Yang dikenal: %(known)s, atau “tidak tahu”.") % {"known": known}
    if item.minimum is not None and item.maximum is not None:
        return _("Tulis angka dari %(least)s sampai %(most)s.") % {
            "least": item.minimum,
            "most": item.maximum,
        }
    return _("Tulis dengan angka saja, misalnya 3.")


def answers_template(instrument: Instrument) -> bytes:
    """An empty workbook for the answers to one instrument, with a sheet that explains its columns."""
    columns = (*ABOUT_THEM, *(item.code for item in instrument.items))
    explained = [
        {
            "kolom": "kode",
            "arti": _("Kode peserta menurut kantor Anda, sama pada setiap gelombang. Jangan memakai NIK."),
        },
        {"kolom": "nama", "arti": _("Boleh kosong. Disimpan tersandi; peneliti tidak melihatnya.")},
        {"kolom": "gelombang", "arti": _("Misalnya sebelum, sesudah, atau 2026-11.")},
        {"kolom": "tanggal", "arti": _("Seperti 2026-11-22. Kosong: hari ini.")},
        {"kolom": "lembaga", "arti": _("Nomor lembaga di Simpul. Boleh kosong.")},
        *({"kolom": item.code, "arti": item.question.id, "isi": _allowed(item)} for item in instrument.items),
    ]
    return as_xlsx(sheet_of(SHEET, columns, []), sheet_of("petunjuk", ("kolom", "arti", "isi"), explained))


def _allowed(item: Item) -> str:
    if item.kind == "text":
        return _("kata-kata")
    if item.levels:
        return "; ".join(f"{level.value} = {level.label.id}" for level in item.levels)
    return _expected(item)
