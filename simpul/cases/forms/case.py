"""What was typed about a case, checked."""

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
from django.utils.translation import gettext_lazy

from simpul.cases.models import Case
from simpul.cases.stages import NEXT, SIDE, Stage


class CaseForm(Form):
    """What is needed to open a case: one sentence about the person."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    summary = CharField(
        label=gettext_lazy("Satu kalimat tentang orang ini dan apa yang diharapkannya"),
        help_text=gettext_lazy(
            "Kalimat ini tampil paling atas di halaman kasus. Tulis dengan kata-kata orang itu sendiri."
        ),
        max_length=300,
        widget=Textarea(attrs={"rows": 2}),
    )


class OnwardForm(Form):
    """The next stage on the main way; each button of the form names one.

    The page writes the case's newest version, so that after a clash the worker who has read it can go on.
    """

    version = IntegerField(widget=HiddenInput)
    to = ChoiceField(
        label=gettext_lazy("Tahap"),
        choices=Stage.choices,
        error_messages={
            "required": gettext_lazy("Pilih dahulu apa yang menyusul."),
            "invalid_choice": gettext_lazy("Pilih dahulu apa yang menyusul."),
        },
    )
    because = CharField(
        label=gettext_lazy("Catatan untuk langkah ini"),
        required=False,
        max_length=500,
        widget=Textarea(attrs={"rows": 2}),
    )

    def __init__(self, typed: Any = None) -> None:
        # Both forms stand on one page.
        super().__init__(typed, auto_id=f"{type(self).__name__.lower()}-%s")


class AsideForm(OnwardForm):
    """What happened beside the main way, and why."""

    def __init__(self, case: Case, typed: Any = None) -> None:
        super().__init__(typed)
        possible = NEXT[Stage(case.stage)] & SIDE
        self.fields["to"] = ChoiceField(
            label=gettext_lazy("Apa yang terjadi?"),
            choices=[(stage, stage.label) for stage in Stage if stage in possible],
            widget=RadioSelect,
        )
        self.fields["because"].label = gettext_lazy("Alasan")
        self.fields["because"].required = True
