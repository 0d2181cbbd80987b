"""How a list of services is narrowed, and what is noted of one of them."""

from __future__ import annotations

import uuid
from typing import Any

from django.forms import (
    BooleanField,
    CharField,
    ChoiceField,
    Form,
    HiddenInput,
    IntegerField,
    RadioSelect,
    Textarea,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.referrals.queries.finding import Wanted
from simpul.referrals.stages import Unmet
from simpul.ui.fields import DependentText


class WantedForm(Form):
    """Only what tells nothing about the person: it stands in the address."""

    dekat = ChoiceField(
        label=_("Sejauh mana?"),
        required=False,
        choices=[
            ("", _("sejauh apa pun")),
            ("kabupaten", _("kabupaten atau kota yang sama")),
            ("provinsi", _("provinsi yang sama")),
        ],
    )
    cocok = BooleanField(label=_("Hanya yang mungkin cocok"), required=False)
    kosong = BooleanField(label=_("Jangan tampilkan yang penuh"), required=False)
    gratis = BooleanField(label=_("Hanya yang gratis"), required=False)
    semua = BooleanField(label=_("Termasuk yang tidak melayani wilayahnya"), required=False)

    def wanted(self) -> Wanted:
        """What was asked for; whatever cannot be read narrows nothing."""
        if not self.is_valid():
            return Wanted()
        asked = self.cleaned_data
        return Wanted(
            near={"kabupaten": "regency", "provinsi": "province"}.get(asked["dekat"], ""),
            only_fitting=asked["cocok"],
            has_room=asked["kosong"],
            is_free=asked["gratis"],
            everywhere=asked["semua"],
        )


class PutAsideForm(Form):
    """Why not this one."""

    words = CharField(
        label=_("Mengapa tidak layanan ini?"),
        max_length=500,
        widget=Textarea({"rows": 3}),
        help_text=_("Supaya rekan yang melanjutkan tidak mencobanya lagi tanpa tahu sebabnya."),
    )


class UnmetForm(Form):
    """Why a need found nothing."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    version = IntegerField(widget=HiddenInput)
    reason = ChoiceField(label=_("Mengapa belum ada?"), choices=Unmet.choices, widget=RadioSelect)
    words = DependentText(
        label=_("Penjelasan"),
        required=False,
        max_length=500,
        widget=Textarea({"rows": 3}),
        help_text=_("Apa yang sudah dicoba. Wajib bila sebabnya lain."),
    )

    def details(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        kept = dict(self.cleaned_data)
        return {"key": kept.pop("once"), **kept}
