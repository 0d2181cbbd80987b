"""What was typed about rights, what the client thinks, and wishes, checked."""

from __future__ import annotations

import uuid
from datetime import date
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

from simpul.cases.models import Case
from simpul.cases.models.voice import Entered
from simpul.cases.queries.voice import LONGEST_HOW, LONGEST_WORDS
from simpul.ui.fields import DayField


class RightsForm(Form):
    """When and how the page of rights was given."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    given_on = DayField(label=_("Diberikan pada"))
    how = CharField(
        label=_("Bagaimana diberikan dan dijelaskan?"),
        help_text=_(
            "Misalnya: dibacakan pelan-pelan, lalu diberikan di kertas; dengan bahasa isyarat; bersama walinya."
        ),
        max_length=LONGEST_HOW,
        widget=Textarea(attrs={"rows": 2}),
    )

    def __init__(self, typed: Any = None, *, on: date) -> None:
        super().__init__(typed, initial={"given_on": on})


class OpinionForm(Form):
    """How and when the client was asked, and words beside the questions."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    asked_on = DayField(label=_("Ditanyakan pada"))
    entered = ChoiceField(
        label=_("Bagaimana jawaban ini diperoleh?"),
        help_text=_("Sebaiknya bukan pendampingnya sendiri yang bertanya."),
        choices=Entered.choices,
        widget=RadioSelect,
    )
    words = CharField(
        label=_("Kata-katanya sendiri"),
        help_text=_("Tulis seperti yang diucapkan, juga yang tidak enak didengar."),
        required=False,
        max_length=LONGEST_WORDS,
        widget=Textarea(attrs={"rows": 4}),
    )

    def __init__(self, typed: Any = None, *, on: date) -> None:
        super().__init__(typed, initial={"asked_on": on})


class WishesForm(Form):
    """Who may and may not be told, as the client wishes."""

    version = IntegerField(widget=HiddenInput)
    wishes = CharField(
        label=_("Keinginannya tentang siapa yang diberi tahu"),
        help_text=_(
            "Siapa boleh diberi tahu apa, siapa tidak boleh, dan bagaimana menghubunginya dengan aman."
        ),
        required=False,
        max_length=LONGEST_WORDS,
        widget=Textarea(attrs={"rows": 4}),
    )

    def __init__(self, case: Case, typed: Any = None) -> None:
        super().__init__(typed, initial={"wishes": case.wishes or "", "version": case.version})
