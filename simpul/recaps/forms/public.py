"""What was typed about public numbers, checked."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django.forms import BooleanField, CharField, ChoiceField, Form, HiddenInput, Textarea, UUIDField
from django.utils.translation import gettext_lazy as _

from simpul.access.models import User
from simpul.recaps.queries.public_preparing import area_choices, months


class PrepareForm(Form):
    """Of which area and month numbers are to be prepared."""

    once = UUIDField(widget=HiddenInput, initial=uuid4)
    wilayah = ChoiceField(label=_("Wilayah"))
    bulan = ChoiceField(
        label=_("Keadaan pada akhir bulan"),
        help_text=_(
            "Tengah tahun atau akhir tahun sudah cukup: terbitan tiap bulan hampir seluruhnya tersembunyi."
        ),
    )

    def __init__(self, typed: Any = None, *, viewer: User, on: date) -> None:
        super().__init__(typed)
        fields: dict[str, Any] = self.fields
        fields["wilayah"].choices = area_choices(viewer)
        fields["bulan"].choices = months(on)

    def details(self) -> dict[str, Any]:
        """For the action."""
        return {"key": self.cleaned_data["once"], "period": self.cleaned_data["bulan"]}


class PublishForm(Form):
    """The second look: what was looked at, and that it was."""

    seen = CharField(widget=HiddenInput, max_length=64)
    diperiksa = BooleanField(
        label=_(
            "Saya sudah memeriksa angkanya, yang disembunyikan, dan sebabnya. Sesudah terbit tidak diubah lagi."
        ),
        error_messages={"required": _("Periksa dahulu, lalu beri tanda.")},
    )


class WithdrawForm(Form):
    """Why it is withdrawn, in words that everybody may read."""

    alasan = CharField(
        label=_("Alasan"),
        max_length=300,
        widget=Textarea(attrs={"rows": 3}),
        help_text=_("Ditampilkan kepada siapa saja. Jangan menulis tentang orang."),
    )
