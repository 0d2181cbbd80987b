"""What people agree to, and take back."""

from __future__ import annotations

from typing import Any

from django.forms import CharField, ChoiceField, HiddenInput, RadioSelect, Textarea, TextInput, UUIDField
from django.utils.translation import gettext_lazy as _

from simpul.people.forms.fields import NAME, KnowsTheDay
from simpul.people.models import Basis, Capacity, Mode, Purpose
from simpul.ui.fields import DependentChoice, DependentText


class ConsentForm(KnowsTheDay):
    """For what the data are used, on which basis, and who agreed how."""

    once = UUIDField(widget=HiddenInput)
    purpose = ChoiceField(
        label=_("Data dipakai untuk"), choices=Purpose.choices, widget=RadioSelect, initial=Purpose.SCREENING
    )
    basis = ChoiceField(
        label=_("Atas dasar"), choices=Basis.choices, widget=RadioSelect, initial=Basis.CONSENT
    )
    basis_because = DependentText(
        label=_("Alasan"),
        required=False,
        max_length=1000,
        widget=Textarea({"rows": 2}),
    )
    capacity = DependentChoice(
        label=_("Siapa yang memberi persetujuan"), choices=Capacity.choices, widget=RadioSelect
    )
    given_by = DependentText(
        label=_("Nama orang tua, wali, atau pendamping"),
        required=False,
        max_length=200,
        widget=TextInput(NAME),
    )
    mode = DependentChoice(label=_("Cara persetujuan diberikan"), choices=Mode.choices, widget=RadioSelect)
    witness = CharField(label=_("Nama saksi"), required=False, max_length=200, widget=TextInput(NAME))

    def details(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        names = ("purpose", "basis", "basis_because", "capacity", "given_by", "mode", "witness")
        return {"key": self.cleaned_data["once"], **{name: self.cleaned_data[name] for name in names}}


class WithdrawForm(KnowsTheDay):
    """A reason may be given; none is needed."""

    because = CharField(label=_("Alasan"), required=False, max_length=1000, widget=Textarea({"rows": 2}))
