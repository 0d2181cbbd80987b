"""What was typed before an extract leaves."""

from __future__ import annotations

import uuid

from django.forms import BooleanField, CharField, Form, HiddenInput, Textarea, UUIDField
from django.utils.translation import gettext_lazy as _


class RunForm(Form):
    """The button that runs an evaluation; pressed twice it runs once."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)


class ExtractForm(Form):
    """What for, and for whom; and that the rules for such data are known."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    purpose = CharField(
        label=_("Untuk apa?"),
        max_length=300,
        widget=Textarea({"rows": 3}),
        help_text=_("Misalnya judul penelitian dan pertanyaannya. Disimpan selamanya bersama ekstrak."),
    )
    for_whom = CharField(
        label=_("Untuk siapa?"),
        max_length=200,
        help_text=_("Lembaga atau kelompok peneliti yang menerima berkas ini."),
    )
    agreed = BooleanField(
        label=_("Penerima tidak akan mencoba mengenali orangnya dan menghapus berkas setelah selesai."),
        error_messages={"required": _("Pastikan dulu hal ini dengan penerima, lalu centang.")},
    )
