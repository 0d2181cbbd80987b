"""What was typed about the cohort, checked."""

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

from simpul.programmes.models import Member, Participant
from simpul.programmes.queries.cohort import username_of
from simpul.programmes.queries.cohort_told import Helper, Person
from simpul.programmes.stages import WITH_COMPARISON, Arm, Known, Part
from simpul.ui.fields import DayField

_NO_HELP = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}


class WillingForm(Form):
    """What the board answered."""

    willing = ChoiceField(label=_("Bersedia ikut program?"), choices=Known.choices, widget=RadioSelect)


class ChooseForm(Form):
    """That a body takes part, and why where the criteria leave a doubt."""

    arm = ChoiceField(label=_("Ikut sebagai"), choices=Arm.choices, widget=RadioSelect, initial=Arm.PROGRAMME)
    words = CharField(
        label=_("Alasan"),
        max_length=1000,
        required=False,
        widget=Textarea({"rows": 3}),
        help_text=_("Wajib bila ada kriteria yang tidak atau belum pasti terpenuhi."),
    )

    def __init__(self, member: Member, typed: Any = None) -> None:
        super().__init__(typed, label_suffix="")
        if member.programme.design not in WITH_COMPARISON:
            box: Any = self.fields["arm"]
            box.choices = [(Arm.PROGRAMME.value, Arm.PROGRAMME.label)]


class PassOverForm(Form):
    """Why a candidate does not take part."""

    words = CharField(label=_("Alasan"), max_length=1000, widget=Textarea({"rows": 3}))


class LeaveForm(Form):
    """Since when a body does not take part any more, and why."""

    left_on = DayField(label=_("Sejak tanggal"))
    words = CharField(label=_("Alasan"), max_length=1000, widget=Textarea({"rows": 3}))


class ParticipantForm(Form):
    """Somebody of a body who takes part."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4, required=False)
    version = IntegerField(widget=HiddenInput, required=False)
    name = CharField(
        label=_("Nama"),
        max_length=200,
        help_text=_("Hanya dibaca pengelola program dan lembaganya sendiri. Jawaban tes memakai kode."),
    )
    title = CharField(label=_("Jabatan"), max_length=120, required=False)
    sex = ChoiceField(
        label=_("Jenis kelamin"),
        required=False,
        choices=[("", _("tidak dicatat")), ("P", _("Perempuan")), ("L", _("Laki-laki"))],
    )
    phone = CharField(
        label=_("Nomor telepon"), max_length=40, required=False, widget=TextInput({"inputmode": "tel"})
    )
    account = CharField(
        label=_("Nama akun"),
        max_length=150,
        required=False,
        widget=TextInput(_NO_HELP),
        help_text=_("Bila ia masuk ke Simpul sendiri. Boleh dikosongkan."),
    )

    @classmethod
    def of(cls, row: Participant, typed: Any = None) -> ParticipantForm:
        """Filled with what is recorded now."""
        held = {name: getattr(row, name) for name in ("name", "title", "sex", "phone", "version")}
        return cls(typed, initial={**held, "account": username_of(row.user)}, label_suffix="")

    def person(self) -> Person:
        """What the actions are told."""
        return Person(
            **{name: self.cleaned_data[name] for name in ("name", "title", "sex", "phone", "account")}
        )


class ParticipantLeavesForm(Form):
    """Since when somebody does not take part any more."""

    version = IntegerField(widget=HiddenInput)
    left_on = DayField(label=_("Sejak tanggal"))
    words = CharField(
        label=_("Alasan"),
        max_length=1000,
        required=False,
        widget=Textarea({"rows": 2}),
        help_text=_("Boleh dikosongkan. Jangan menulis keadaan kesehatan atau keluarga."),
    )


class WorkerForm(Form):
    """Somebody who works in the programme."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    part = ChoiceField(label=_("Tugas"), choices=Part.choices)
    name = CharField(label=_("Nama"), max_length=200)
    body = CharField(label=_("Instansi"), max_length=200, required=False)
    account = CharField(
        label=_("Nama akun"),
        max_length=150,
        required=False,
        widget=TextInput(_NO_HELP),
        help_text=_("Wajib untuk pendamping: dengan akun itu ia mencatat kunjungannya."),
    )
    members = MultipleChoiceField(
        label=_("Lembaga yang didampingi"),
        required=False,
        widget=CheckboxSelectMultiple,
        help_text=_("Hanya untuk pendamping. Kosongkan bila ia mendampingi semuanya."),
    )

    def __init__(self, members: list[tuple[str, str]], typed: Any = None) -> None:
        super().__init__(typed, label_suffix="")
        box: Any = self.fields["members"]
        box.choices = members
        if not members:
            del self.fields["members"]

    def helper(self) -> Helper:
        """What the action is told."""
        kept = self.cleaned_data
        told = {name: kept[name] for name in ("part", "name", "body", "account")}
        return Helper(members=tuple(kept.get("members", ())), **told)
