"""What was typed about a mediation, checked."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.forms import (
    CharField,
    ChoiceField,
    Form,
    HiddenInput,
    IntegerField,
    RadioSelect,
    Textarea,
    TextInput,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.partners.queries.told import Asked
from simpul.partners.stages import MediationStage, Party
from simpul.ui.fields import DayField

_NAME = {"autocomplete": "off", "spellcheck": "false"}
_OTHERS = [choice for choice in Party.choices if choice[0] != Party.WORKERS]


class AskForm(Form):
    """What a mediator is asked for."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    counterpart_kind = ChoiceField(label=_("Dengan siapa"), choices=_OTHERS, widget=RadioSelect)
    counterpart = CharField(label=_("Nama pihak lain"), max_length=200, widget=TextInput(attrs=_NAME))
    matter = CharField(
        label=_("Pokok masalah"),
        max_length=4000,
        widget=Textarea({"rows": 5}),
        help_text=_("Misalnya upah per satuan, bahan, keterlambatan bayar. Jangan tulis nama pekerja."),
    )
    mediator = CharField(
        label=_("Mediator"),
        max_length=200,
        required=False,
        widget=TextInput(attrs=_NAME),
        help_text=_("Lembaga atau dinas yang diminta menengahi. Kosongkan bila belum ada."),
    )

    def asked(self) -> Asked:
        """What the action is told."""
        names = ("counterpart_kind", "counterpart", "matter", "mediator")
        return Asked(**{name: self.cleaned_data[name] for name in names})


class MediatorForm(Form):
    """Who is asked to mediate."""

    version = IntegerField(widget=HiddenInput)
    mediator = CharField(
        label=_("Mediator"),
        max_length=200,
        widget=TextInput(attrs=_NAME),
        help_text=_("Tulis nama lembaga persis seperti di daftar lembaga, atau nama pihak di luar daftar."),
    )


class NextForm(Form):
    """The next stage of a mediation."""

    version = IntegerField(widget=HiddenInput)
    to = ChoiceField(label=_("Langkah berikut"), widget=RadioSelect)
    words = CharField(label=_("Catatan"), max_length=2000, required=False, widget=Textarea({"rows": 3}))
    agreed = CharField(
        label=_("Isi kesepakatan"),
        max_length=4000,
        required=False,
        widget=Textarea({"rows": 4}),
        help_text=_("Diisi bila sudah sepakat."),
    )
    check_on = DayField(label=_("Diperiksa lagi pada"), required=False)

    def __init__(self, following: Iterable[MediationStage], version: int, typed: Any = None) -> None:
        super().__init__(typed, initial={"version": version})
        field: Any = self.fields["to"]
        field.choices = [(stage.value, stage.label) for stage in following]
