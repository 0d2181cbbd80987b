"""When a participant answered."""

from __future__ import annotations

import uuid
from typing import Any

from django.forms import Form, HiddenInput, UUIDField
from django.utils.translation import gettext_lazy as _

from simpul.ui.fields import DayField


class BeginSheetForm(Form):
    """The day of the answers: today, or the day on the paper."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    answered_on = DayField(
        label=_("Tanggal diisi"), help_text=_("Bila menyalin dari kertas: tanggal pada kertas itu.")
    )

    def __init__(self, *args: Any, **details: Any) -> None:
        details.setdefault("label_suffix", "")
        super().__init__(*args, **details)
