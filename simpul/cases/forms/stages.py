"""What was typed about the way of a case, checked."""

from __future__ import annotations

import uuid
from typing import Any

from django.forms import (
    CharField,
    CheckboxSelectMultiple,
    ChoiceField,
    Form,
    HiddenInput,
    IntegerField,
    MultipleChoiceField,
    RadioSelect,
    Textarea,
    TextInput,
    UUIDField,
)
from django.utils.translation import gettext_lazy

from simpul.cases.forms.case import DescriptionFields, choices_of
from simpul.cases.models import Case
from simpul.cases.queries.description import LONGEST_NOTE, LONGEST_SERVICE, LONGEST_SUMMARY, Description
from simpul.catalogue import casework
from simpul.screening.stages import Urgency
from simpul.ui.fields import DependentText


class DescribeForm(DescriptionFields):
    """What kind of case it is, said anew. The page writes the newest version."""

    version = IntegerField(widget=HiddenInput)
    summary = CharField(
        label=gettext_lazy("Satu kalimat tentang orang ini dan apa yang diharapkannya"),
        max_length=LONGEST_SUMMARY,
        widget=Textarea(attrs={"rows": 2}),
    )
    urgency = ChoiceField(
        label=gettext_lazy("Seberapa cepat perlu ditangani?"), choices=Urgency.choices, widget=RadioSelect
    )

    def __init__(self, case: Case, typed: Any = None, *, is_told: bool = True) -> None:
        now = Description.of(case)
        super().__init__(typed, initial={name: getattr(now, name) for name in Description.__slots__})
        if not is_told:
            self.unseen = now
            del self.fields["referral_words"], self.fields["risk"], self.fields["summary"]

    def _headline(self, typed: dict[str, Any]) -> dict[str, str]:
        return {name: typed.get(name, "") for name in ("summary", "urgency")}


class PrescreeningForm(Form):
    """What needs another service first, and which service that is."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    service = DependentText(
        label=gettext_lazy("Layanan apa, dan di mana?"),
        help_text=gettext_lazy(
            "Misalnya puskesmas atau rumah sakit yang dapat ditemui. Tugas merujuk akan dibuat."
        ),
        required=False,
        max_length=LONGEST_SERVICE,
        widget=TextInput({"autocomplete": "off"}),
    )
    words = CharField(
        label=gettext_lazy("Catatan"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=Textarea(attrs={"rows": 2}),
    )

    def __init__(self, typed: Any = None) -> None:
        super().__init__(typed)
        self.fields["needs_first"] = MultipleChoiceField(
            label=gettext_lazy("Perlu layanan lain dahulu"),
            help_text=gettext_lazy("Bila tidak ada, biarkan kosong."),
            choices=choices_of(casework.prescreening()),
            required=False,
            widget=CheckboxSelectMultiple,
        )


class ReopenForm(Form):
    """Why somebody is accompanied again."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    because = CharField(
        label=gettext_lazy("Mengapa perlu didampingi lagi?"),
        max_length=LONGEST_NOTE,
        widget=Textarea(attrs={"rows": 2}),
    )
    summary = CharField(
        label=gettext_lazy("Satu kalimat tentang orang ini dan apa yang diharapkannya"),
        max_length=LONGEST_SUMMARY,
        widget=Textarea(attrs={"rows": 2}),
    )

    def __init__(self, case: Case, typed: Any = None) -> None:
        super().__init__(typed, initial={"summary": case.summary})
