"""What is decided about two records."""

from __future__ import annotations

import uuid
from typing import Any

from django.forms import (
    CharField,
    ChoiceField,
    Form,
    HiddenInput,
    IntegerField,
    RadioSelect,
    Textarea,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.duplicates.models import REASON_LENGTH, Pair, PairState

_SENTENCE = {"rows": 3}


def _reason(label: Any) -> CharField:
    return CharField(label=label, required=False, max_length=REASON_LENGTH, widget=Textarea(_SENTENCE))


class DecideForm(Form):
    """Two people, or not sure yet."""

    version = IntegerField(widget=HiddenInput)
    decision = ChoiceField(
        label=_("Menurut Anda"),
        choices=[
            (PairState.DIFFERENT.value, _("Dua orang berbeda: jangan tampilkan lagi")),
            (PairState.UNSURE.value, _("Belum yakin: simpan untuk nanti")),
        ],
        widget=RadioSelect,
        error_messages={"required": _("Pilih dulu: dua orang berbeda, atau belum yakin.")},
    )
    because = _reason(_("Mengapa"))


class ReopenForm(Form):
    """Somebody decided too soon."""

    version = IntegerField(widget=HiddenInput)
    decision = CharField(widget=HiddenInput, initial=PairState.OPEN.value)
    because = _reason(_("Mengapa"))


class MergeForm(Form):
    """Which record stays."""

    once = UUIDField(widget=HiddenInput)
    version = IntegerField(widget=HiddenInput)
    survivor = ChoiceField(
        label=_("Catatan mana yang dipertahankan?"),
        widget=RadioSelect,
        help_text=_("Data pada catatan ini tetap. Riwayat catatan yang lain ikut pindah ke sini."),
        error_messages={"required": _("Pilih catatan mana yang dipertahankan.")},
    )
    because = _reason(_("Mengapa yakin ini satu orang"))

    def __init__(self, data: Any = None, *, pair: Pair, stays: uuid.UUID, **details: Any) -> None:
        started = {"once": uuid.uuid4(), "version": pair.version, "survivor": str(stays)}
        super().__init__(data, initial=started, **details)
        choice = self.fields["survivor"]
        assert isinstance(choice, ChoiceField)
        choice.choices = [
            (str(person.pk), told) for person, told in zip(pair.people, _told(pair), strict=True)
        ]


def _told(pair: Pair) -> list[str]:
    """Two of one name are told apart by where they stand on the page."""
    return [
        f"{person.name} ({where})"
        for person, where in zip(pair.people, (_("catatan kiri"), _("catatan kanan")), strict=True)
    ]


class UndoForm(Form):
    """Why they are two after all."""

    because = _reason(_("Mengapa dibatalkan"))
