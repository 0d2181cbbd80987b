"""Taking a file out in which there are rows of people: first it is said why."""

from __future__ import annotations

from django.forms import CharField, Form, Textarea
from django.utils.translation import gettext_lazy as _


class TakingForm(Form):
    """Why somebody takes a file out; kept sealed with who and when."""

    alasan = CharField(
        label=_("Untuk apa berkas ini diambil?"),
        max_length=300,
        widget=Textarea(attrs={"rows": 3}),
        help_text=_("Disimpan bersama nama Anda dan waktunya. Jangan menyebut nama orang."),
    )
