"""What was typed about files for research, checked."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.forms import (
    CharField,
    CheckboxSelectMultiple,
    ChoiceField,
    Form,
    HiddenInput,
    MultipleChoiceField,
    Textarea,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.models import User
from simpul.research.queries import reading


class AskForm(Form):
    """For what, for whom, of whom, and which columns of the closed list."""

    once = UUIDField(widget=HiddenInput, initial=uuid4)
    tujuan = CharField(
        label=_("Tujuan penelitian"),
        max_length=600,
        widget=Textarea(attrs={"rows": 4}),
        help_text=_("Pertanyaan apa yang dijawab, dan mengapa kolom di bawah diperlukan."),
    )
    untuk = CharField(
        label=_("Untuk siapa"), max_length=200, help_text=_("Lembaga atau tim yang memakainya.")
    )
    wilayah = ChoiceField(label=_("Wilayah"))
    hari = ChoiceField(label=_("Keadaan pada"))
    kolom = MultipleChoiceField(label=_("Kolom"), required=False, widget=CheckboxSelectMultiple)
    jenis = MultipleChoiceField(
        label=_("Jenis"),
        required=False,
        widget=CheckboxSelectMultiple,
        help_text=_("Tanpa pilihan: semua orang yang punya salah satu jenis, tanpa disebut jenisnya."),
    )

    def __init__(self, typed: Any = None, *, viewer: User) -> None:
        super().__init__(typed, label_suffix="")
        fields: dict[str, Any] = self.fields
        fields["wilayah"].choices = reading.areas_for(viewer)
        fields["hari"].choices = reading.days()
        fields["kolom"].choices = reading.variable_choices()
        fields["jenis"].choices = reading.type_choices(settings.SIMPUL_EDITION)

    def details(self) -> dict[str, Any]:
        """For the action."""
        told = self.cleaned_data
        return {
            "key": told["once"],
            "day": date.fromisoformat(told["hari"]),
            "purpose": told["tujuan"],
            "for_whom": told["untuk"],
            "columns": told["kolom"],
            "kinds": told["jenis"],
        }


class DecideForm(Form):
    """A word to who asked; needed to refuse."""

    catatan = CharField(
        label=_("Catatan untuk peminta"), max_length=600, required=False, widget=Textarea(attrs={"rows": 3})
    )
