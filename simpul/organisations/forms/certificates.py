"""What was typed about certificates, checked: by anybody who holds a paper, and by an office that changes one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.forms import CharField, ChoiceField, Form, HiddenInput, RadioSelect, Textarea, TextInput
from django.utils.translation import gettext_lazy as _

from simpul.access.limits import Limit
from simpul.organisations.models import Certificate
from simpul.organisations.stages import CertificateState

_TYPED = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}

# An office may check a pile of papers.
CHECKING = Limit("certificate-check", 600)


class CheckForm(Form):
    """The code and the mark of a paper."""

    code = CharField(
        label=_("Kode periksa"),
        max_length=30,
        widget=TextInput({**_TYPED, "size": "18"}),
        help_text=_("Dua belas huruf dan angka di dekat kode QR, misalnya ABCD-EFGH-JKMN."),
        error_messages={"required": _("Tulis kode yang tercetak.")},
    )
    mark = CharField(
        label=_("Tanda"),
        max_length=20,
        widget=TextInput({**_TYPED, "size": "12"}),
        help_text=_("Delapan huruf dan angka di bawah kode."),
        error_messages={"required": _("Tulis tanda yang tercetak.")},
    )


_DOING = {
    CertificateState.STANDING: _("Pulihkan dari pembekuan"),
    CertificateState.SUSPENDED: _("Bekukan"),
    CertificateState.WITHDRAWN: _("Cabut"),
}


class StateForm(Form):
    """What an office does to a certificate, with its reason."""

    was = CharField(widget=HiddenInput)
    to = ChoiceField(label=_("Yang dilakukan"), widget=RadioSelect)
    because = CharField(
        label=_("Alasan"),
        max_length=1000,
        widget=Textarea({"rows": 3}),
        help_text=_("Dibaca lembaga dan pejabat berikutnya. Sebutkan dasarnya."),
        error_messages={"required": _("Tulis alasannya.")},
    )

    def __init__(
        self, certificate: Certificate, offered: Sequence[CertificateState], typed: Any = None
    ) -> None:
        super().__init__(typed, initial={"was": certificate.state})
        choices = [(state.value, _DOING[state]) for state in offered]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]
