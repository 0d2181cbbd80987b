"""An office's own instrument: the file that is sent, and the preview that is accepted."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import CharField, FileField, FileInput, Form, HiddenInput, UUIDField
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from simpul.catalogue.instruments import Instrument, from_json, to_json
from simpul.instruments.forms.sheets import Reader
from simpul.instruments.forms.workbook import sheet_titles
from simpul.instruments.forms.xlsform import XlsFormReader

LARGEST_FILE = 2 * 1024 * 1024
READABLE = (".xlsx", ".ods", ".csv")
_SALT = "simpul.instruments.preview"


class UploadForm(Form):
    """The spreadsheet. Once valid, `instrument` is what it holds."""

    file = FileField(
        label=_("Berkas instrumen"),
        help_text=_("XLSX, ODS atau CSV, juga XLSForm, paling besar 2 MB."),
        widget=FileInput({"accept": ",".join(READABLE)}),
        error_messages={
            "required": _("Pilih berkas yang sudah diisi."),
            "empty": _("Berkas itu kosong."),
            "invalid": _("Pilih berkas yang sudah diisi."),
        },
    )
    instrument: Instrument | None = None

    def __init__(self, *args: Any, on: date, **details: Any) -> None:
        self.on = on
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
            raise ValidationError(
                gettext("Berkas ini lebih besar dari 2 MB. Satu instrumen tidak sebesar itu.")
            )
        content = sent.read()
        # Both are workbooks; the sheet "survey" is what every XLSForm has.
        kind = XlsFormReader if "survey" in sheet_titles(name, content) else Reader
        reader = kind(on=self.on)
        self.instrument = reader.read(name, content)
        if reader.faults:
            told = ngettext(
                "Berkas belum diterima: ada %(count)s hal yang perlu diperbaiki.",
                "Berkas belum diterima: ada %(count)s hal yang perlu diperbaiki.",
                len(reader.faults),
            ) % {"count": len(reader.faults)}
            raise ValidationError([told, *(fault.told for fault in reader.faults)])
        return sent


class AcceptForm(Form):
    """What was previewed, carried along sealed against change, so that what is accepted is what was shown."""

    once = UUIDField(widget=HiddenInput)
    content = CharField(widget=HiddenInput, max_length=None)

    @staticmethod
    def sealed(instrument: Instrument) -> str:
        """The content of a preview as it travels through the browser."""
        return signing.dumps(to_json(instrument), salt=_SALT, compress=True)

    def clean_content(self) -> Instrument:
        try:
            return from_json(signing.loads(self.cleaned_data["content"], salt=_SALT))
        except (signing.BadSignature, KeyError, TypeError) as error:
            raise ValidationError(
                gettext("Pratinjau ini tidak lengkap lagi. Unggah berkasnya sekali lagi.")
            ) from error
