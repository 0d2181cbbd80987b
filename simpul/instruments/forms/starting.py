"""Beginning a sheet, and saying why a locked one is opened again."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import CharField, Form, HiddenInput, IntegerField, Textarea, UUIDField
from django.utils.translation import gettext_lazy as _

from simpul.access.refusal import Refusal
from simpul.instruments.models import LONGEST_CODE
from simpul.instruments.queries import LONGEST_LABEL, wave_code
from simpul.ui.fields import DayField

LONGEST_PARTICIPANT = 60


class BeginForm(Form):
    """Who answers, and at which time."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    participant = CharField(
        label=_("Kode peserta"),
        help_text=_(
            "Menurut daftar kantor Anda, misalnya P-07, sama pada setiap gelombang. Jangan memakai NIK. Kosongkan bila diisi tanpa nama."
        ),
        max_length=LONGEST_PARTICIPANT,
        required=False,
    )
    label = CharField(
        label=_("Nama"),
        help_text=_("Hanya dilihat yang mengisi; peneliti melihat kode saja."),
        max_length=LONGEST_LABEL,
        required=False,
    )
    wave = CharField(
        label=_("Gelombang"),
        help_text=_("Misalnya sebelum, sesudah, atau 2026-11. Kosongkan bila hanya sekali."),
        max_length=LONGEST_CODE,
        required=False,
    )
    answered_on = DayField(label=_("Tanggal diisi"), help_text=_("Kosong: hari ini."), required=False)
    about = UUIDField(widget=HiddenInput, required=False)

    def __init__(self, *args: Any, **details: Any) -> None:
        details.setdefault("label_suffix", "")
        super().__init__(*args, **details)

    def clean_wave(self) -> str:
        try:
            return wave_code(self.cleaned_data["wave"])
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from refusal


class ReasonForm(Form):
    """Why a locked sheet is opened again."""

    version = IntegerField(widget=HiddenInput)
    because = CharField(
        label=_("Alasan"),
        help_text=_("Misalnya salah salin dari kertas."),
        max_length=500,
        widget=Textarea({"rows": 2}),
        error_messages={"required": _("Tulis alasannya.")},
    )

    def __init__(self, *args: Any, **details: Any) -> None:
        details.setdefault("label_suffix", "")
        super().__init__(*args, **details)
