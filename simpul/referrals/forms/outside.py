"""What is typed from a letter: its number and its code; and what keeps a machine from guessing."""

from __future__ import annotations

from django.forms import BooleanField, CharField, Form, HiddenInput, TextInput
from django.utils.translation import gettext_lazy as _

from simpul.access.limits import Limit

# One letter bears far fewer wrong codes; this only keeps a machine from keeping the server busy.
OPENING = Limit("referral-code", 300)
_TYPED = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class OpenForm(Form):
    """The number and the code of a letter."""

    number = CharField(
        label=_("Nomor rujukan"),
        max_length=20,
        widget=TextInput({**_TYPED, "size": "14"}),
        help_text=_("Tercetak di atas surat, misalnya R-7Q4K9MX."),
        error_messages={"required": _("Tulis nomor yang tercetak.")},
    )
    code = CharField(
        label=_("Kode"),
        max_length=30,
        widget=TextInput({**_TYPED, "size": "18"}),
        help_text=_("Dua belas huruf dan angka di samping kode QR, misalnya ABCD-EFGH-JKMN."),
        error_messages={"required": _("Tulis kode yang tercetak.")},
    )


class LetterForm(Form):
    """The letter to print, right after its code was made."""

    ticket = CharField(widget=HiddenInput)
    with_shared = BooleanField(
        label=_("Cetak juga keterangan yang dibagikan"),
        required=False,
        help_text=_(
            "Kertas tidak dapat ditarik kembali. Centang hanya bila lembaga itu tidak dapat membuka halaman kode."
        ),
    )
