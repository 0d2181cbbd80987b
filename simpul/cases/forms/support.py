"""What was typed about network and providers, checked."""

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
    TypedChoiceField,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.cases.models import Moment
from simpul.cases.queries.support import LONGEST_WORDS, levels_to_choose, said
from simpul.catalogue import casework
from simpul.ui.fields import DayField

_UNKNOWN = "unknown"


class SupportForm(Form):
    """One level for each side, or that it is not known; what shows it."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    moment = ChoiceField(label=_("Penilaian ini untuk saat apa?"), choices=Moment.choices, widget=RadioSelect)
    seen_on = DayField(label=_("Dinilai pada"))

    def __init__(self, typed: Any = None, *, on: date, moment: str) -> None:
        super().__init__(typed, initial={"seen_on": on, "moment": moment})
        for aspect in casework.support_aspects():
            self.fields[aspect.code] = TypedChoiceField(
                label=said(aspect.title),
                help_text=said(aspect.about),
                choices=[*levels_to_choose(aspect), (_UNKNOWN, _("belum diketahui"))],
                coerce=lambda value: None if value == _UNKNOWN else int(value),
                widget=RadioSelect,
                error_messages={"required": _("Pilih satu tingkat, atau “belum diketahui”.")},
            )
            self.fields[f"{aspect.code}_words"] = CharField(
                label=_("Apa yang menunjukkannya, atau mengapa belum diketahui?"),
                required=False,
                max_length=LONGEST_WORDS,
                widget=Textarea(attrs={"rows": 2}),
            )

    @property
    def sides(self) -> list[tuple[Any, Any]]:
        """Each side with its words."""
        return [(self[one.code], self[f"{one.code}_words"]) for one in casework.support_aspects()]

    def details(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        cleaned = dict(self.cleaned_data)
        return {"key": cleaned.pop("once"), **cleaned}
