"""A file of answers: sent, looked through without keeping anything, then confirmed."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import CharField, FileField, FileInput, Form, HiddenInput
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from simpul.access.secrets import SealBroken, seal, unseal
from simpul.catalogue.instruments import Instrument
from simpul.instruments.forms.answer_rows import AnswerReader
from simpul.instruments.queries import AnswerRow

LARGEST_FILE = 2 * 1024 * 1024
# What travels through the browser between the look and the yes; more is sent in two files.
LARGEST_CARRIED = 1_500_000
_LARGEST_UNPACKED = 20 * 1024 * 1024
READABLE = (".xlsx", ".ods", ".csv")


class AnswersFileForm(Form):
    """The spreadsheet of answers. Once valid, `rows` is what it holds and `missing` the items without a column."""

    file = FileField(
        label=_("Berkas jawaban"),
        help_text=_("XLSX, ODS atau CSV, paling besar 2 MB dan 2.000 baris."),
        widget=FileInput({"accept": ",".join(READABLE)}),
        error_messages={
            "required": _("Pilih berkas yang sudah diisi."),
            "empty": _("Berkas itu kosong."),
            "invalid": _("Pilih berkas yang sudah diisi."),
        },
    )

    def __init__(
        self, instrument: Instrument, *args: Any, on: date, called: Callable[[str], UUID], **details: Any
    ) -> None:
        self.instrument, self.on, self.called = instrument, on, called
        self.rows: list[AnswerRow] = []
        self.missing: list[str] = []
        details.setdefault("label_suffix", "")
        super().__init__(*args, **details)

    def clean_file(self) -> UploadedFile:
        sent: UploadedFile = self.cleaned_data["file"]
        name = (sent.name or "").lower()
        if not name.endswith(READABLE):
            raise ValidationError(
                gettext("Jenis berkas ini tidak dapat dibaca. Simpan sebagai .xlsx, .ods atau .csv.")
            )
        if (sent.size or 0) > LARGEST_FILE:
            raise ValidationError(gettext("Berkas ini lebih besar dari 2 MB. Bagi menjadi beberapa berkas."))
        reader = AnswerReader(self.instrument, on=self.on, called=self.called)
        self.rows = reader.read(name, sent.read())
        self.missing = reader.missing
        if reader.faults:
            told = ngettext(
                "Berkas belum diterima: ada %(count)s hal yang perlu diperbaiki.",
                "Berkas belum diterima: ada %(count)s hal yang perlu diperbaiki.",
                len(reader.faults),
            ) % {"count": len(reader.faults)}
            raise ValidationError([told, *(fault.told for fault in reader.faults)])
        if len(ConfirmForm.packed(self.instrument, self.rows)) > LARGEST_CARRIED:
            raise ValidationError(
                gettext("Jawabannya terlalu banyak untuk sekali jalan. Bagi menjadi beberapa berkas.")
            )
        return sent


class ConfirmForm(Form):
    """What was looked through, carried along sealed: names stand in it, and nobody may change it on the way."""

    content = CharField(widget=HiddenInput, max_length=LARGEST_CARRIED)

    def __init__(self, instrument: Instrument, *args: Any, **details: Any) -> None:
        self.instrument = instrument
        super().__init__(*args, **details)

    @staticmethod
    def packed(instrument: Instrument, rows: Sequence[AnswerRow]) -> str:
        """The rows as they travel through the browser."""
        written = json.dumps([_plain(row) for row in rows], ensure_ascii=False, separators=(",", ":"))
        small = base64.b64encode(zlib.compress(written.encode(), 9)).decode()
        return base64.b64encode(seal(small, _context(instrument))).decode()

    def clean_content(self) -> list[AnswerRow]:
        try:
            sealed = base64.b64decode(self.cleaned_data["content"], validate=True)
            small = base64.b64decode(unseal(sealed, _context(self.instrument)))
            unpacked = zlib.decompressobj().decompress(small, _LARGEST_UNPACKED)
            return [_row(told) for told in json.loads(unpacked)]
        except (SealBroken, binascii.Error, ValueError, zlib.error) as error:
            raise ValidationError(
                gettext("Pratinjau ini tidak lengkap lagi. Unggah berkasnya sekali lagi.")
            ) from error


def _context(instrument: Instrument) -> str:
    return f"sheet.import:{instrument.code}:{instrument.version}"


def _plain(row: AnswerRow) -> list[Any]:
    about = "" if row.about is None else str(row.about)
    return [
        row.number,
        str(row.participant),
        row.on.isoformat(),
        dict(row.answers),
        row.label,
        row.wave,
        about,
    ]


def _row(told: list[Any]) -> AnswerRow:
    number, participant, on, answers, label, wave, about = told
    return AnswerRow(
        number,
        UUID(participant),
        date.fromisoformat(on),
        answers,
        label,
        wave,
        UUID(about) if about else None,
    )
