"""What was typed about an organisation, checked."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import (
    BooleanField,
    CharField,
    ChoiceField,
    Form,
    HiddenInput,
    IntegerField,
    Textarea,
    TextInput,
    UUIDField,
)
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from simpul.organisations.models import Kind
from simpul.places import queries as places
from simpul.places.models import VILLAGE_SIGNS


class RegisterForm(Form):
    """A new organisation."""

    once = UUIDField(widget=HiddenInput)
    name = CharField(
        label=_("Nama lembaga"), max_length=200, error_messages={"required": _("Tulis nama lembaga.")}
    )
    short_name = CharField(label=_("Nama singkat"), max_length=40, required=False)
    kind = ChoiceField(label=_("Jenis lembaga"), choices=Kind.choices)
    region = CharField(label=_("Wilayah"), required=False, max_length=VILLAGE_SIGNS)
    region_text = CharField(label=_("Cari wilayah"), required=False, max_length=100)
    address = CharField(label=_("Alamat"), required=False, max_length=500, widget=Textarea({"rows": 2}))
    is_address_secret = BooleanField(label=_("Alamat dirahasiakan, misalnya rumah aman"), required=False)
    founded_year = IntegerField(
        label=_("Tahun berdiri"), required=False, widget=TextInput({"inputmode": "numeric", "size": "6"})
    )
    legal_note = CharField(label=_("Akta atau tanda daftar"), required=False, max_length=500)
    about = CharField(
        label=_("Apa yang dikerjakan"),
        required=False,
        max_length=2000,
        widget=Textarea({"rows": 3}),
        help_text=_(
            "Semua orang dapat membacanya. Bila alamat dirahasiakan, jangan menulis nama tempat di sini."
        ),
    )
    source = CharField(label=_("Sumber keterangan"), required=False, max_length=300)

    def clean_region(self) -> str:
        found = places.named(self.cleaned_data["region"])
        if found is None:
            raise ValidationError(gettext("Cari wilayah tempat lembaga itu berada, lalu pilih dari daftar."))
        return found.code

    def details(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        apart = {"once", "region", "region_text"}
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}
