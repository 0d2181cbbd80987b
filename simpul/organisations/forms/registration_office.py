"""What a registering office typed about itself and about sanctions, checked."""

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

from simpul.catalogue import registration as catalogue
from simpul.organisations.queries.registration_rules import Rules, said
from simpul.organisations.stages import SanctionStep
from simpul.ui.fields import DayField

_NUMBER = {"inputmode": "numeric", "autocomplete": "off", "size": "6"}
_NUMBERS = ("valid_months", "working_days", "report_months")


class RulesForm(Form):
    """The rules of one office; an empty field means that the default holds."""

    version = IntegerField(widget=HiddenInput)
    called = CharField(label=_("Nama kantor di tanda daftar"), required=False, max_length=200)
    signs = CharField(
        label=_("Pejabat yang menandatangani"),
        required=False,
        max_length=200,
        help_text=_("Jabatan dan nama, seperti akan dicetak."),
    )
    number_pattern = CharField(
        label=_("Pola nomor"),
        required=False,
        max_length=120,
        widget=TextInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Memuat {nomor} dan {tahun}; boleh juga {bulan_romawi} dan {wilayah}."),
    )
    valid_months = IntegerField(required=False, widget=TextInput(_NUMBER))
    working_days = IntegerField(required=False, widget=TextInput(_NUMBER))
    report_months = IntegerField(required=False, widget=TextInput(_NUMBER))
    taken = MultipleChoiceField(
        label=_("Persyaratan daerah yang diminta kantor ini"), required=False, widget=CheckboxSelectMultiple
    )
    own_titles = CharField(
        label=_("Persyaratan lain dengan kata sendiri"),
        required=False,
        max_length=4000,
        widget=Textarea({"rows": 3}),
        help_text=_("Satu baris satu persyaratan."),
    )

    def __init__(self, rules: Rules, typed: Any = None) -> None:
        super().__init__(typed, initial=_initial(rules))
        for code in _NUMBERS:
            self.fields[code].label = said(catalogue.norm(code).title)
        overlays = [(demand.code, said(demand.title)) for demand in catalogue.overlays().values()]
        self.fields["taken"].choices = overlays  # type: ignore[attr-defined]

    def details(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        kept = self.cleaned_data
        return {**kept, "own_titles": [line.strip() for line in kept["own_titles"].splitlines()]}


def _initial(rules: Rules) -> dict[str, Any]:
    own = {
        name: getattr(rules, name)
        for name in ("called", "signs", "number_pattern", *_NUMBERS)
        if name in rules.own
    }
    known = catalogue.overlays()
    return {
        **own,
        "version": rules.version,
        "taken": [demand.code for demand in rules.added if demand.code in known],
        "own_titles": "\n".join(demand.title.id for demand in rules.added if demand.code not in known),
    }


class SanctionForm(Form):
    """One rung of the ladder, with its ground."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    step = ChoiceField(label=_("Sanksi"), widget=RadioSelect, error_messages={"required": _("Pilih.")})
    ground = CharField(
        label=_("Dasar dan apa yang harus diperbaiki"),
        max_length=2000,
        widget=Textarea({"rows": 3}),
        error_messages={"required": _("Tulis dasarnya.")},
    )
    until = DayField(label=_("Diperbaiki paling lambat"), required=False)

    def __init__(self, steps: list[str], typed: Any = None) -> None:
        super().__init__(typed)
        offered = [(step, SanctionStep(step).label) for step in steps]
        self.fields["step"].choices = offered  # type: ignore[attr-defined]


class LiftForm(Form):
    """What was mended."""

    because = CharField(
        label=_("Apa yang sudah diperbaiki"),
        max_length=2000,
        widget=Textarea({"rows": 2}),
        error_messages={"required": _("Tulis apa yang sudah diperbaiki.")},
    )
