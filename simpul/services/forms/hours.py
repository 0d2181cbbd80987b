"""What was typed about one row of hours."""

from __future__ import annotations

import uuid
from typing import Any

from django.forms import (
    BooleanField,
    CharField,
    CheckboxSelectMultiple,
    ChoiceField,
    Form,
    HiddenInput,
    IntegerField,
    MultipleChoiceField,
    RadioSelect,
    TextInput,
    TimeField,
    UUIDField,
)
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from simpul.services.models import Place
from simpul.services.queries.hours import DAY_LONG, DAY_WORDS, WEEK_WORDS
from simpul.services.queries.hours_values import WEEKS
from simpul.services.queries.parts import Values
from simpul.services.stages import Frequency
from simpul.ui.fields import DayField

_CLOCK = {"inputmode": "numeric", "autocomplete": "off", "size": "6"}
_FORMATS = ["%H.%M", "%H:%M", "%H"]
_WORKDAYS = ["MO", "TU", "WE", "TH", "FR"]


class HoursForm(Form):
    """Days that come again, with the same times."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    frequency = ChoiceField(
        label=_("Berulang"), choices=Frequency.choices, initial=Frequency.WEEKLY, widget=RadioSelect
    )
    days = MultipleChoiceField(
        label=_("Hari"),
        choices=list(DAY_WORDS.items()),
        initial=_WORKDAYS,
        widget=CheckboxSelectMultiple,
        error_messages={"required": _("Pilih paling sedikit satu hari.")},
    )
    weeks = MultipleChoiceField(
        label=_("Minggu ke berapa dalam bulan"),
        required=False,
        choices=[(week, WEEK_WORDS[int(week)]) for week in WEEKS],
        widget=CheckboxSelectMultiple,
        help_text=_("Hanya bila berulang setiap bulan."),
    )
    is_all_day = BooleanField(label=_("24 jam"), required=False)
    is_by_appointment = BooleanField(label=_("Dengan janji lebih dahulu"), required=False)
    opens_at = TimeField(
        label=_("Jam buka"),
        required=False,
        input_formats=_FORMATS,
        widget=TextInput(_CLOCK),
        help_text=_("Misalnya 08.00."),
        error_messages={"invalid": _("Tulis jam seperti 08.00 atau 13.30.")},
    )
    closes_at = TimeField(
        label=_("Jam tutup"),
        required=False,
        input_formats=_FORMATS,
        widget=TextInput(_CLOCK),
        error_messages={"invalid": _("Tulis jam seperti 08.00 atau 13.30.")},
    )
    interval = IntegerField(
        label=_("Setiap berapa minggu atau bulan"),
        initial=1,
        min_value=1,
        max_value=12,
        required=False,
        widget=TextInput(_CLOCK),
    )
    starts_on = DayField(label=_("Pertama kali"), required=False)
    valid_from = DayField(label=_("Berlaku mulai"), required=False)
    valid_to = DayField(label=_("Berlaku sampai"), required=False)
    place = ChoiceField(label=_("Di tempat"), required=False, choices=[])
    words = CharField(
        label=_("Keterangan"),
        required=False,
        max_length=300,
        help_text=_("Misalnya: Jumat tutup pukul 11.30 sampai 13.30."),
    )

    def __init__(self, typed: Any = None, *, places: list[Place]) -> None:
        super().__init__(typed)
        box: Any = self.fields["place"]
        box.choices = [("", gettext("Semua tempat")), *((str(place.pk), place.name or place.address or place.get_kind_display()) for place in places)]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        named = ("is_all_day", "is_by_appointment", "opens_at", "closes_at")
        # An empty form sent by mistake would say that somebody comes by appointment.
        if not any(told.get(name) for name in named) and not self.errors:
            self.add_error("opens_at", gettext("Tulis jamnya, atau centang 24 jam atau dengan janji."))
        return told

    def values(self) -> Values:
        """What the action is told."""
        told = dict(self.cleaned_data)
        if told.pop("is_all_day"):
            told["opens_at"] = told["closes_at"] = DAY_LONG
        elif told["is_by_appointment"]:
            told["opens_at"] = told["closes_at"] = None
        for name in ("once", "is_by_appointment"):
            told.pop(name)
        told["interval"] = told["interval"] or 1
        return told
