"""What a body mends, and what was seen when somebody looked in."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.forms import (
    BooleanField,
    CharField,
    CheckboxInput,
    Form,
    HiddenInput,
    IntegerField,
    Textarea,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.accreditation.models import Recommendation
from simpul.accreditation.queries.plenary import LONGEST_WORDS
from simpul.ui.fields import DayField


class PlanForm(Form):
    """What the body will do, and by when."""

    version = IntegerField(widget=HiddenInput, min_value=0)
    plan = CharField(
        label=_("Apa yang akan dilakukan?"), max_length=LONGEST_WORDS, widget=Textarea(attrs={"rows": 4})
    )
    due_on = DayField(label=_("Selesai paling lambat"))

    def __init__(self, row: Recommendation, typed: Any = None) -> None:
        held = {"version": row.version, "plan": row.plan, "due_on": row.due_on}
        super().__init__(typed, initial=held, auto_id="plan_%s")


class DoneForm(Form):
    """What was done, and when."""

    version = IntegerField(widget=HiddenInput, min_value=0)
    done_on = DayField(label=_("Selesai pada"))
    words = CharField(
        label=_("Apa yang sudah dilakukan?"),
        help_text=_("Sesudah disimpan, ini tidak diubah lagi."),
        max_length=LONGEST_WORDS,
        widget=Textarea(attrs={"rows": 4}),
    )

    def __init__(self, row: Recommendation, typed: Any = None, *, on: date) -> None:
        held = {"version": row.version, "done_on": on}
        super().__init__(typed, initial=held, auto_id="done_%s")


class WatchForm(Form):
    """What was seen at an accredited body."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    seen_on = DayField(label=_("Dilihat pada"))
    words = CharField(
        label=_("Apa yang dilihat?"),
        help_text=_("Tanpa nama penerima manfaat."),
        max_length=LONGEST_WORDS,
        widget=Textarea(attrs={"rows": 5}),
    )
    is_early = BooleanField(label=_("Di luar jadwal, karena pengaduan"), required=False, widget=CheckboxInput)
    needs_recheck = BooleanField(label=_("Perlu dinilai ulang"), required=False, widget=CheckboxInput)

    def __init__(self, typed: Any = None, *, on: date, is_early: bool = False) -> None:
        super().__init__(typed, initial={"seen_on": on, "is_early": is_early})

    def details(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        details = dict(self.cleaned_data)
        return {"key": details.pop("once"), **details}
