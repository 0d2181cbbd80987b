"""When a check of how strong a body stands was made."""

from __future__ import annotations

import uuid
from typing import Any

from django.forms import ChoiceField, Form, HiddenInput, RadioSelect, UUIDField
from django.utils.translation import gettext_lazy as _

from simpul.programmes.stages import Occasion
from simpul.ui.fields import DayField


class BeginStrengthForm(Form):
    """Before, after, or between; and the day on which the mentor looked."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    occasion = ChoiceField(label=_("Kapan"), choices=Occasion.choices, widget=RadioSelect)
    seen_on = DayField(label=_("Tanggal dilihat"))

    def __init__(self, *args: Any, **details: Any) -> None:
        details.setdefault("label_suffix", "")
        super().__init__(*args, **details)
