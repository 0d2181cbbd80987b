"""What was typed about an agreement, checked."""

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
from django.utils.translation import gettext_lazy as _

from simpul.organisations.models import Organisation
from simpul.partners.models import Agreement
from simpul.partners.queries.told import Terms
from simpul.partners.stages import Cooperation
from simpul.ui.fields import DayField

_NAME = {"autocomplete": "off", "spellcheck": "false"}


class AgreementForm(Form):
    """The terms of an agreement."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4, required=False)
    version = IntegerField(widget=HiddenInput, required=False)
    partner = CharField(
        label=_("Mitra"),
        max_length=200,
        widget=TextInput(attrs=_NAME),
        help_text=_("Tulis nama lembaga persis seperti di daftar lembaga, atau nama pihak di luar daftar."),
    )
    ways = MultipleChoiceField(
        label=_("Bentuk kerja sama"), choices=Cooperation.choices, widget=CheckboxSelectMultiple
    )
    subject = CharField(
        label=_("Isi kerja sama"),
        max_length=2000,
        widget=Textarea({"rows": 4}),
        help_text=_("Siapa melakukan apa. Jangan tulis nama penerima manfaat."),
    )
    number = CharField(label=_("Nomor surat"), max_length=80, required=False)
    since = DayField(label=_("Mulai"))
    until = DayField(
        label=_("Hari terakhir"), required=False, help_text=_("Kosongkan bila tidak ada batas waktunya.")
    )

    @classmethod
    def of(cls, row: Agreement, typed: Any = None) -> AgreementForm:
        """Filled with what is recorded now."""
        names = ("ways", "subject", "number", "since", "until", "version")
        held = {name: getattr(row, name) for name in names} | {"partner": row.partner_name}
        return cls(typed, initial=held)

    def terms(self) -> Terms:
        """What the action is told."""
        names = ("partner", "subject", "number", "since", "until")
        told = {name: self.cleaned_data[name] for name in names}
        return Terms(ways=tuple(self.cleaned_data["ways"]), **told)


class BodyForm(Form):
    """For which of one's own bodies."""

    body = ChoiceField(label=_("Untuk lembaga"), widget=RadioSelect)

    def __init__(self, bodies: list[Organisation], typed: Any = None) -> None:
        super().__init__(typed)
        field: Any = self.fields["body"]
        field.choices = [(str(body.pk), body.name) for body in bodies]


class EndForm(Form):
    """Why it ends."""

    version = IntegerField(widget=HiddenInput)
    words = CharField(label=_("Alasan"), max_length=500, widget=Textarea({"rows": 3}))
