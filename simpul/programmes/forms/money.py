"""What was typed about stimulus money, checked."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.forms import CharField, ChoiceField, Form, HiddenInput, IntegerField, Textarea, UUIDField
from django.utils.translation import gettext_lazy as _

from simpul.programmes.forms.plans import picture_field, sent
from simpul.programmes.models import ActionItem
from simpul.programmes.queries.told import Agreed, Handed, Spent
from simpul.ui.fields import DayField, RupiahField


class AskForm(Form):
    """How much is asked for, and what for."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    amount = RupiahField(label=_("Jumlah yang diajukan"), required=True)
    words = CharField(label=_("Keterangan"), max_length=2000, required=False, widget=Textarea({"rows": 3}))


class DecideForm(Form):
    """How much is granted; nothing, with the reason, is a refusal."""

    version = IntegerField(widget=HiddenInput)
    granted = RupiahField(
        label=_("Jumlah yang disetujui"), help_text=_("Kosongkan atau tulis 0 bila ditolak.")
    )
    words = CharField(
        label=_("Alasan"),
        max_length=2000,
        required=False,
        widget=Textarea({"rows": 3}),
        help_text=_("Wajib bila ditolak. Lembaga membacanya."),
    )


class SignForm(Form):
    """What both sides signed."""

    version = IntegerField(widget=HiddenInput)
    number = CharField(label=_("Nomor perjanjian"), max_length=80)
    agreed_on = DayField(label=_("Tanggal perjanjian"))
    signed_by = CharField(label=_("Yang menandatangani untuk lembaga"), max_length=200)
    account_due_on = DayField(label=_("Dipertanggungjawabkan paling lambat"))

    def agreed(self) -> Agreed:
        """What the action is told."""
        kept = self.cleaned_data
        return Agreed(kept["number"], kept["agreed_on"], kept["signed_by"], kept["account_due_on"])


class HandOverForm(Form):
    """Money that was handed over."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    amount = RupiahField(label=_("Jumlah yang diserahkan"), required=True)
    handed_on = DayField(label=_("Tanggal"))
    received_by = CharField(label=_("Penerima"), max_length=200)
    witness = CharField(
        label=_("Saksi"),
        max_length=200,
        help_text=_("Orang lain daripada penerima, yang melihat penyerahan."),
    )
    words = CharField(label=_("Keterangan"), max_length=500, required=False)

    def handed(self) -> Handed:
        """What the action is told."""
        kept = self.cleaned_data
        names = ("amount", "received_by", "witness", "words")
        return Handed(on=kept["handed_on"], **{name: kept[name] for name in names})


class SpendForm(Form):
    """Money that was spent."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    amount = RupiahField(label=_("Jumlah"), required=True)
    spent_on = DayField(label=_("Tanggal"))
    words = CharField(label=_("Untuk apa"), max_length=500)
    line = ChoiceField(label=_("Baris rencana aksi"), required=False)
    voucher = CharField(label=_("Nomor bukti"), max_length=60, required=False)
    file = picture_field(_("Kuitansi"))

    def __init__(self, items: Iterable[ActionItem], typed: Any = None, files: Any = None) -> None:
        super().__init__(typed, files, label_suffix="")
        field: Any = self.fields["line"]
        choices = [(str(item.line), item.words[:80]) for item in items]
        field.choices = [("", _("di luar baris rencana")), *choices]

    def spent(self) -> Spent:
        """What the action is told."""
        kept = self.cleaned_data
        return Spent(
            amount=kept["amount"],
            on=kept["spent_on"],
            words=kept["words"],
            voucher=kept["voucher"],
            line=uuid.UUID(kept["line"]) if kept["line"] else None,
            file=sent(self),
        )


class TakeBackForm(Form):
    """What came back."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    amount = RupiahField(label=_("Jumlah yang dikembalikan"), required=True)
    given_on = DayField(label=_("Tanggal"))
    words = CharField(label=_("Keterangan"), max_length=500, required=False)


class ReverseForm(Form):
    """Why an entry is taken back."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    words = CharField(label=_("Alasan"), max_length=500, widget=Textarea({"rows": 2}))


class WithdrawForm(Form):
    """Why nothing comes of it."""

    version = IntegerField(widget=HiddenInput)
    words = CharField(label=_("Alasan"), max_length=2000, widget=Textarea({"rows": 3}))


class AccountForm(Form):
    """The account of the money in the body's own words."""

    version = IntegerField(widget=HiddenInput)
    words = CharField(
        label=_("Pertanggungjawaban"),
        max_length=8000,
        widget=Textarea({"rows": 8}),
        help_text=_("Apa yang dikerjakan dengan uang ini, apa yang berubah, dan apa yang tidak jadi."),
    )


class AskAgainForm(Form):
    """What is missing in the account."""

    version = IntegerField(widget=HiddenInput)
    words = CharField(label=_("Yang perlu diperbaiki"), max_length=2000, widget=Textarea({"rows": 4}))
