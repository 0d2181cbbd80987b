"""What was typed about a service agreement, checked."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.forms import (
    CharField,
    ChoiceField,
    Form,
    HiddenInput,
    RadioSelect,
    Textarea,
    TextInput,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.cases.queries.agreements import LONGEST_NAME, LONGEST_WORDS
from simpul.people.models import Capacity, Mode
from simpul.ui.fields import DayField


class AgreementForm(Form):
    """Who agreed to the service agreement, when and how."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    made_on = DayField(label=_("Disepakati pada"))
    capacity = ChoiceField(label=_("Yang menyetujui"), choices=Capacity.choices, widget=RadioSelect)
    signer = CharField(
        label=_("Nama yang menyetujui"),
        help_text=_("Perlu bila yang menyetujui orang tua atau wali."),
        required=False,
        max_length=LONGEST_NAME,
        widget=TextInput({"autocomplete": "off"}),
    )
    mode = ChoiceField(label=_("Cara menyetujui"), choices=Mode.choices, widget=RadioSelect)
    witness = CharField(
        label=_("Nama saksi"),
        required=False,
        max_length=LONGEST_NAME,
        widget=TextInput({"autocomplete": "off"}),
    )
    review_on = DayField(label=_("Dilihat lagi pada"), required=False)
    words = CharField(
        label=_("Yang disepakati di luar naskah"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=Textarea(attrs={"rows": 3}),
    )

    def __init__(self, typed: Any = None, *, on: date) -> None:
        super().__init__(typed, initial={"made_on": on})
