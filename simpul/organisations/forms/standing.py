"""What was typed about indicators and types, checked."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import (
    BoundField,
    CharField,
    ChoiceField,
    Form,
    HiddenInput,
    RadioSelect,
    Textarea,
    UUIDField,
)
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from simpul.catalogue.organisations import standing as catalogue
from simpul.organisations.queries.standing_types import OWN_WORD, Answered
from simpul.organisations.queries.standing_words import answer_said, said, seen_words, type_name

_ANSWERS = [("yes", _("Ada")), ("no", _("Belum ada")), ("unknown", _("Belum diketahui"))]
_OFFICER_ANSWERS = [*_ANSWERS, ("not_applicable", _("Tidak berlaku"))]
_WAYS = [("paper", _("Dari surat")), ("visit", _("Dari kunjungan")), ("interview", _("Dari wawancara"))]
# The hidden field beside each answer: what it was when the page was made.
WAS = "was__"


class IndicatorsForm(Form):
    """The indicators of one group, as the body's own word or as an officer saw them.

    `before` is what this hand said earlier; what is left as it was, or not chosen, says nothing new.
    """

    note = CharField(
        label=_("Catatan"),
        required=False,
        max_length=1000,
        widget=Textarea({"rows": 2}),
        help_text=_("Tidak perlu menyebut nama orang."),
    )

    def __init__(
        self,
        group: catalogue.Group,
        answered: Mapping[str, Answered],
        before: Mapping[str, str],
        typed: Any = None,
        *,
        is_officer: bool,
    ) -> None:
        codes = [one.code for one in group.indicators]
        initial: dict[str, Any] = {code: before.get(code, "") for code in codes}
        super().__init__(typed, initial=initial)
        self.codes = codes
        self.before = dict(before)
        self.is_officer = is_officer
        for one in group.indicators:
            self.fields[one.code] = ChoiceField(
                label=said(one.title),
                choices=_OFFICER_ANSWERS if is_officer else _ANSWERS,
                required=False,
                widget=RadioSelect,
                help_text=_counts_now(answered[one.code], is_officer=is_officer),
            )
            # The page says once, above all of them, that each may be left open.
            self.fields[one.code].depends = True  # type: ignore[attr-defined]
            self.fields[f"{WAS}{one.code}"] = CharField(required=False, max_length=14)
        if is_officer:
            self.fields["seen"] = ChoiceField(
                label=_("Bagaimana Anda melihatnya?"),
                choices=_WAYS,
                required=False,
                widget=RadioSelect,
            )
            self.fields["seen"].depends = True  # type: ignore[attr-defined]

    def rows(self) -> list[tuple[BoundField, str, str]]:
        """Each indicator with the name and value of the hidden field that says what this hand said before."""
        return [(self[code], f"{WAS}{code}", self.before.get(code, "")) for code in self.codes]

    def shown_again(self) -> None:
        """After a refusal: what was chosen stays, and what was not meant follows what others said meanwhile."""
        if self.is_bound:
            chosen = self.chosen()
            kept = self.data.copy()  # type: ignore[attr-defined]
            for code in self.codes:
                kept[code] = chosen.get(code, self.before.get(code, ""))
            self.data = kept

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if self.is_officer and self.chosen() and not typed.get("seen"):
            self.add_error("seen", ValidationError(gettext("Pilih bagaimana Anda melihatnya.")))
        return typed

    def chosen(self) -> dict[str, str]:
        """The answers that differ from what this hand said before."""
        told = {code: self.cleaned_data.get(code) or "" for code in self.codes}
        return {
            code: answer for code, answer in told.items() if answer and answer != self.was().get(code, "")
        }

    def was(self) -> dict[str, str]:
        """What the page showed of this hand, without what it had not said."""
        shown = {code: self.cleaned_data.get(f"{WAS}{code}") or "" for code in self.codes}
        return {code: answer for code, answer in shown.items() if answer}

    def details(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        told: dict[str, Any] = {
            "answers": self.chosen(),
            "was": self.was(),
            "note": self.cleaned_data.get("note", ""),
        }
        return told | ({"seen": self.cleaned_data["seen"]} if self.is_officer else {})


def _counts_now(answered: Answered, *, is_officer: bool) -> str:
    """What counts now and whence, where it is not simply this hand's own earlier answer."""
    is_own = answered.row is not None and (answered.seen == OWN_WORD) != is_officer
    seen = seen_words(answered)
    if is_own or not seen:
        return ""
    return gettext("Yang dihitung kini: %(answer)s (%(seen)s).") % {
        "answer": answer_said(answered.answer),
        "seen": seen,
    }


class ConfirmForm(Form):
    """The type that an officer confirms."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    mark = CharField(widget=HiddenInput, max_length=64)
    confirmed = ChoiceField(
        label=_("Tipe yang ditetapkan"),
        widget=RadioSelect,
        error_messages={"required": _("Pilih satu tipe."), "invalid_choice": _("Pilih satu tipe.")},
    )
    because = CharField(
        label=_("Alasan"),
        required=False,
        max_length=1000,
        widget=Textarea({"rows": 3}),
        help_text=_("Wajib bila berbeda dari usulan. Tidak perlu menyebut nama orang."),
    )

    def __init__(self, proposed: str, mark: str, typed: Any = None) -> None:
        super().__init__(typed, initial={"confirmed": proposed, "mark": mark})
        choices = [(one.code, type_name(one.code)) for one in catalogue.standards().types]
        self.fields["confirmed"].choices = choices  # type: ignore[attr-defined]
        self.fields["because"].depends = True  # type: ignore[attr-defined]
