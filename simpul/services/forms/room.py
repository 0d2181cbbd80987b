"""Few boxes for a phone: how many places are free, and why it is closed for a while."""

from __future__ import annotations

import uuid

from django.forms import CharField, Form, HiddenInput, IntegerField, TextInput, UUIDField
from django.utils.translation import gettext_lazy as _


class RoomForm(Form):
    """How many places are free today. Empty at first: what was told last no longer counts who came since."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)

    free = IntegerField(
        label=_("Tempat kosong hari ini"),
        min_value=0,
        widget=TextInput({"inputmode": "numeric", "autocomplete": "off", "size": "6"}),
        error_messages={
            "required": _("Tulis jumlahnya; 0 bila penuh."),
            "invalid": _("Tulis jumlahnya dengan angka; 0 bila penuh."),
            "min_value": _("Tulis jumlahnya dengan angka; 0 bila penuh."),
        },
    )


class PauseForm(Form):
    """Why it is closed, and until when."""

    words = CharField(
        label=_("Apa yang perlu diketahui orang"),
        max_length=300,
        help_text=_("Misalnya: tutup sampai 2 Januari karena perbaikan atap. Semua orang membacanya."),
        error_messages={"required": _("Tulis sebabnya, supaya orang tidak datang sia-sia.")},
    )
