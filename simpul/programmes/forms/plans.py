"""What was typed about an action plan, checked."""

from __future__ import annotations

import uuid
from typing import Any

from django.forms import (
    CharField,
    ChoiceField,
    FileField,
    FileInput,
    Form,
    HiddenInput,
    IntegerField,
    RadioSelect,
    Textarea,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.pictures import ENDINGS
from simpul.programmes.models import ActionItem
from simpul.programmes.queries.told import Item
from simpul.programmes.stages import Realised
from simpul.ui.fields import DayField, RupiahField


def picture_field(label: Any) -> FileField:
    """A photograph or scan, where one is at hand."""
    return FileField(
        label=label,
        required=False,
        widget=FileInput({"accept": ",".join(ENDINGS)}),
        help_text=_("Foto atau pindaian. Jangan memotret wajah penerima manfaat."),
        error_messages={"empty": _("Berkas itu kosong. Pilih berkas lain.")},
    )


def sent(form: Form, name: str = "file") -> tuple[str, bytes] | None:
    """The name and the bytes of the file, where one was chosen."""
    file: Any = form.cleaned_data[name]
    return (file.name or "", file.read()) if file else None


class DrawUpForm(Form):
    """Why a new version is made."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    words = CharField(
        label=_("Mengapa rencana diubah?"), max_length=1000, required=False, widget=Textarea({"rows": 3})
    )


class ItemForm(Form):
    """One line of the plan."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4, required=False)
    seen = CharField(widget=HiddenInput, required=False, max_length=40)
    words = CharField(label=_("Yang akan dikerjakan"), max_length=1000, widget=Textarea({"rows": 2}))
    priority = IntegerField(
        label=_("Prioritas"), min_value=1, max_value=9, initial=1, help_text=_("1 dikerjakan paling dulu.")
    )
    measure = CharField(
        label=_("Tanda berhasil"),
        max_length=500,
        required=False,
        widget=Textarea({"rows": 2}),
        help_text=_("Bagaimana orang lain dapat melihat bahwa ini sudah terlaksana."),
    )
    aspect = ChoiceField(label=_("Aspek yang diperkuat"), required=False)
    budget = RupiahField(label=_("Anggaran"), help_text=_("Dalam rupiah. Kosongkan bila tanpa biaya."))
    due_on = DayField(label=_("Batas waktu"), required=False)
    in_charge = CharField(label=_("Penanggung jawab"), max_length=200, required=False)

    def __init__(self, aspects: list[tuple[str, str]], typed: Any = None, initial: Any = None) -> None:
        super().__init__(typed, initial=initial, label_suffix="")
        field: Any = self.fields["aspect"]
        field.choices = [("", _("tidak untuk satu aspek tertentu")), *aspects]

    @classmethod
    def of(cls, row: ActionItem, aspects: list[tuple[str, str]], typed: Any = None) -> ItemForm:
        """Filled with what is recorded now."""
        names = ("words", "priority", "measure", "aspect", "budget", "due_on", "in_charge")
        return cls(
            aspects,
            typed,
            initial={name: getattr(row, name) for name in names} | {"seen": row.at.isoformat()},
        )

    def item(self) -> Item:
        """What the actions are told."""
        names = ("words", "priority", "measure", "aspect", "due_on", "in_charge")
        told = {name: self.cleaned_data[name] for name in names}
        return Item(budget=self.cleaned_data["budget"] or 0, **told)


class SendBackForm(Form):
    """What the body should mend."""

    version = IntegerField(widget=HiddenInput)
    words = CharField(label=_("Yang perlu diperbaiki"), max_length=2000, widget=Textarea({"rows": 4}))


class RealiseForm(Form):
    """What became of a line."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    realised = ChoiceField(label=_("Bagaimana hasilnya"), choices=Realised.choices, widget=RadioSelect)
    happened_on = DayField(label=_("Tanggal"))
    words = CharField(
        label=_("Apa yang dikerjakan"), max_length=2000, required=False, widget=Textarea({"rows": 3})
    )
    reason = CharField(
        label=_("Alasan"),
        max_length=1000,
        required=False,
        widget=Textarea({"rows": 2}),
        help_text=_("Diisi bila tidak atau baru sebagian terlaksana."),
    )
    file = picture_field(_("Bukti"))
