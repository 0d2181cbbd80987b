"""What people ask about their own data, how it is answered, and reasons for closing a record."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import CharField, ChoiceField, HiddenInput, RadioSelect, Textarea, TextInput, UUIDField
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from simpul.catalogue import privacy
from simpul.people.forms.fields import NAME, KnowsTheDay
from simpul.people.models import Capacity, RequestKind, RequestState
from simpul.ui.fields import DayField, DependentChoice, DependentText

SENTENCE = {"rows": 3}


def _grounds() -> list[tuple[str, str]]:
    language = get_language() or "id"
    return [("", "—"), *((one.code, one.label.in_language(language)) for one in privacy.grounds())]


class RequestForm(KnowsTheDay):
    """What is asked, by whom, and when it arrived."""

    once = UUIDField(widget=HiddenInput)
    kind = ChoiceField(label=_("Apa yang diminta"), choices=RequestKind.choices, widget=RadioSelect)
    capacity = ChoiceField(
        label=_("Siapa yang meminta"),
        choices=Capacity.choices,
        widget=RadioSelect,
        initial=Capacity.SELF.value,
    )
    asked_by = DependentText(
        label=_("Nama orang tua, wali, atau pendamping yang meminta"),
        required=False,
        max_length=200,
        widget=TextInput(NAME),
    )
    received = DayField(
        label=_("Diterima pada"),
        required=False,
        help_text=_("Kosongkan bila baru saja diterima. Batas waktunya dihitung dari sini."),
    )
    words = CharField(
        label=_("Permintaan dengan kata-katanya sendiri"),
        required=False,
        max_length=2000,
        widget=Textarea(SENTENCE),
    )

    def clean_received(self) -> date | None:
        received: date | None = self.cleaned_data["received"]
        if received and received > self.on:
            raise ValidationError(gettext("Hari itu belum terjadi. Periksa tanggalnya."))
        return received

    def received_at(self, at: datetime) -> datetime:
        """The moment from which the clock runs: of an earlier day the first, so that nobody waits longer."""
        received = self.cleaned_data["received"]
        if received is None or received == self.on:
            return at
        return timezone.make_aware(datetime.combine(received, time()))

    def details(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        names = ("kind", "capacity", "asked_by", "words")
        return {"key": self.cleaned_data["once"], **{name: self.cleaned_data[name] for name in names}}


class AnswerForm(KnowsTheDay):
    """What became of a request, and why."""

    outcome = ChoiceField(
        label=_("Jawaban"),
        choices=[
            (RequestState.GRANTED.value, _("Dipenuhi")),
            (RequestState.REFUSED.value, _("Ditolak")),
            (RequestState.TAKEN_BACK.value, _("Ditarik kembali oleh yang meminta")),
        ],
        widget=RadioSelect,
    )
    ground = DependentChoice(label=_("Dasar penolakan"), required=False, choices=_grounds)
    answer = CharField(
        label=_("Apa yang dilakukan dan bagaimana disampaikan, atau mengapa tidak"),
        max_length=2000,
        widget=Textarea(SENTENCE),
        error_messages={"required": _("Tulis jawabannya: apa yang dilakukan, atau mengapa tidak.")},
    )


class ReasonForm(KnowsTheDay):
    """One reason, which is needed."""

    reason = CharField(
        label=_("Alasan"),
        max_length=1000,
        widget=Textarea({"rows": 2}),
        error_messages={"required": _("Tulis alasannya, supaya dapat diperiksa kemudian.")},
    )


class DespiteForm(KnowsTheDay):
    """Why everything is erased although the time to keep it is not over."""

    despite = DependentText(
        label=_("Mengapa tetap dihapus sekarang"),
        required=False,
        max_length=2000,
        widget=Textarea(SENTENCE),
    )
