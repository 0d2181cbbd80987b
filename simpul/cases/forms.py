"""What was typed about a case, checked."""

from __future__ import annotations

import uuid

from django.forms import CharField, Form, HiddenInput, Textarea, UUIDField
from django.utils.translation import gettext_lazy as lazy


class CaseForm(Form):
    """What is needed to open a case: one sentence about the person."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    summary = CharField(
        label=lazy("Satu kalimat tentang orang ini dan apa yang diharapkannya"),
        help_text=lazy(
            "Kalimat ini berdiri paling atas di halaman kasus. Tulis dengan kata-katanya sendiri."
        ),
        max_length=300,
        widget=Textarea(attrs={"rows": 2}),
    )
