"""What was typed about preparing a client for a service, checked."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.forms import CharField, ChoiceField, Form, HiddenInput, RadioSelect, Textarea, UUIDField
from django.utils.translation import gettext_lazy as _

from simpul.cases.models import Company
from simpul.cases.queries.linking import LONGEST_WORDS, PARTS
from simpul.ui.fields import DayField, DependentText

_LABELS: Mapping[str, Any] = PARTS


def _part(code: str, hint: Any) -> CharField:
    """Each is optional by itself; one of the four has to be there."""
    return DependentText(
        label=_LABELS[code],
        help_text=hint,
        required=False,
        max_length=LONGEST_WORDS,
        widget=Textarea(attrs={"rows": 2}),
    )


class PreparationForm(Form):
    """The four parts of a preparation, as far as they were done that day."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    prepared_on = DayField(label=_("Tanggal persiapan"))
    informed = _part(
        "informed",
        _("Layanan apa, di mana, jam berapa, dengan siapa bicara, surat apa yang dibawa, biayanya."),
    )
    difficulties = _part(
        "difficulties",
        _("Apa yang dikhawatirkan atau dapat menghambat, dan apa yang dilakukan bila terjadi."),
    )
    practised = _part(
        "practised", _("Misalnya bermain peran: menyapa petugas, menjelaskan keperluan, bertanya.")
    )
    company = ChoiceField(
        label=_LABELS["company"],
        help_text=_("Pada kunjungan pertama."),
        required=False,
        choices=[("", _("belum berkunjung")), *Company.choices],
        widget=RadioSelect,
    )
    company_words = _part("company", _("Siapa namanya, dan bagaimana kunjungan pertama itu."))

    def __init__(self, typed: Any = None, *, on: date) -> None:
        super().__init__(typed, initial={"prepared_on": on})
        self.fields["company_words"].label = _("Tentang kunjungan pertama")

    def details(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        cleaned = dict(self.cleaned_data)
        return {"key": cleaned.pop("once"), **cleaned}
