"""Taking out a file in which there are people: first it is said why, and a paper bears by whom and when."""

from __future__ import annotations

from datetime import datetime

from django.forms import CharField, Form, Textarea
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _


class TakingForm(Form):
    """Why somebody takes a file out; kept sealed with who and when."""

    alasan = CharField(
        label=_("Untuk apa berkas ini diambil?"),
        max_length=300,
        widget=Textarea(attrs={"rows": 3}),
        help_text=_("Disimpan bersama nama Anda dan waktunya. Jangan menyebut nama orang."),
    )


def taken(by: object, at: datetime) -> str:
    """Who took a paper out and when: it stands across every page in which there is somebody."""
    return f"{by} · {date_format(timezone.localtime(at), 'j F Y, H.i')}"
