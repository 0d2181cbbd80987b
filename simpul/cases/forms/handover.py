"""What was typed about handing a case over, checked."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.forms import CharField, ChoiceField, Form, HiddenInput, RadioSelect, Textarea, UUIDField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from simpul.cases.models import Handing
from simpul.cases.queries.team import Colleague
from simpul.ui.fields import DayField, DependentText


class HandoverForm(Form):
    """Who is asked to take a case over, or to stand in, and why."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    kind = ChoiceField(
        label=_("Untuk apa?"), choices=Handing.choices, initial=Handing.HANDOVER, widget=RadioSelect
    )
    to = ChoiceField(label=_("Kepada siapa?"))
    because = CharField(label=_("Alasan"), min_length=5, max_length=1000, widget=Textarea({"rows": 2}))
    open_promises = CharField(
        label=_("Janji kepada penerima manfaat yang belum dipenuhi"),
        help_text=_("Tugas yang tercatat sudah ikut tampil; tulis di sini yang belum tercatat."),
        required=False,
        max_length=2000,
        widget=Textarea({"rows": 3}),
    )
    starts_on = DayField(label=_("Hari pertama cuti"), required=False)
    until = DayField(label=_("Hari terakhir cuti"), required=False)

    def __init__(self, colleagues: Iterable[Colleague], typed: Any = None) -> None:
        super().__init__(typed)
        choices = [("", "—"), *((str(one.key), one.name) for one in colleagues)]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]
        for name in ("starts_on", "until"):
            self.fields[name].depends = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("kind") == Handing.COVER:
            for name in ("starts_on", "until"):
                if name in cleaned and cleaned[name] is None:
                    self.add_error(name, gettext("Isi hari pertama dan hari terakhir cuti."))
        return cleaned

    def details(self) -> dict[str, Any]:
        names = ("kind", "because", "open_promises", "starts_on", "until")
        cleaned = self.cleaned_data
        return {name: cleaned[name] for name in names} | {
            "key": cleaned["once"],
            "to": uuid.UUID(cleaned["to"]),
        }


class AnswerForm(Form):
    """A no with its reason; a yes needs none."""

    because = DependentText(
        label=_("Alasan bila tidak dapat menerima"),
        required=False,
        max_length=1000,
        widget=Textarea({"rows": 2}),
    )

    def __init__(self, typed: Any = None) -> None:
        super().__init__(typed, auto_id="answer-%s")
