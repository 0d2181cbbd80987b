"""What was typed to begin a run, to recommend it, to check its papers and to give it back."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
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
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from simpul.accreditation.queries.desk import CheckLine
from simpul.accreditation.queries.typed import LONGEST_NUMBER, LONGEST_WORDS, Looked
from simpul.catalogue.accreditation import Scheme
from simpul.ui.fields import DayField


class StartForm(Form):
    """By which scheme the body is judged."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    scheme = ChoiceField(label=_("Skema"), widget=RadioSelect)

    def __init__(self, *args: Any, schemes: Iterable[Scheme], **details: Any) -> None:
        super().__init__(*args, **details)
        choices = [(one.code, f"{one.regulation}: {one.title.id}") for one in schemes]
        self.fields["scheme"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["scheme"].initial = choices[0][0]


class BecauseForm(Form):
    """A reason, with the version that the page showed."""

    version = IntegerField(widget=HiddenInput)
    because = CharField(label=_("Alasan"), max_length=LONGEST_WORDS, widget=Textarea({"rows": 3}))


class RecommendForm(Form):
    """The Dinas recommends the body, or says what has to be mended first."""

    YES, NO = "yes", "no"

    version = IntegerField(widget=HiddenInput)
    answer = ChoiceField(
        label=_("Apakah lembaga ini direkomendasikan?"),
        choices=[(YES, _("Ya, direkomendasikan")), (NO, _("Belum, ada yang perlu diperbaiki"))],
        widget=RadioSelect,
    )
    number = CharField(label=_("Nomor surat rekomendasi"), required=False, max_length=LONGEST_NUMBER)
    signed_on = DayField(label=_("Tanggal surat"), required=False)
    words = CharField(
        label=_("Catatan, atau yang perlu diperbaiki"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=Textarea({"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        """A letter has a number and a day; a no has words."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("answer") == self.YES:
            for name in ("number", "signed_on"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, gettext("Isi nomor dan tanggal surat rekomendasinya."))
        if cleaned.get("answer") == self.NO and not cleaned.get("words"):
            self.add_error("words", gettext("Tulis apa yang perlu diperbaiki lembaga."))
        return cleaned


class CheckForm(Form):
    """The desk's checklist."""

    def __init__(self, data: Mapping[str, Any] | None, *, lines: Iterable[CheckLine]) -> None:
        super().__init__(data)
        self.lines = tuple(lines)
        for line in self.lines:
            self.fields[f"answer-{line.code}"] = ChoiceField(
                label=line.text,
                choices=line.choices,
                required=False,
                widget=RadioSelect,
                initial=line.answer,
            )
            self.fields[f"note-{line.code}"] = CharField(
                label=_("Catatan"),
                required=False,
                max_length=LONGEST_WORDS,
                widget=Textarea({"rows": 2}),
                initial=line.note,
            )
            self.fields[f"seen-{line.code}"] = UUIDField(
                required=False, widget=HiddenInput, initial=line.row.pk if line.row else None
            )

    def rows(self) -> list[dict[str, Any]]:
        """The fields of each line, for the page."""
        names = ("answer", "note", "seen")
        return [
            {"line": line, **{name: self[f"{name}-{line.code}"] for name in names}} for line in self.lines
        ]

    def clean(self) -> dict[str, Any]:
        """A note without an answer would be lost, so it is asked about."""
        cleaned = super().clean() or self.cleaned_data
        for line in self.lines:
            if cleaned.get(f"note-{line.code}") and not cleaned.get(f"answer-{line.code}"):
                self.add_error(
                    f"answer-{line.code}", gettext("Pilih jawabannya juga, agar catatan ini tersimpan.")
                )
        return cleaned

    def answers(self) -> dict[str, Looked]:
        """What was found, line by line."""
        cleaned = self.cleaned_data
        return {
            line.code: Looked(
                cleaned[f"answer-{line.code}"], cleaned[f"note-{line.code}"], cleaned[f"seen-{line.code}"]
            )
            for line in self.lines
            if cleaned.get(f"answer-{line.code}")
        }


class ReturnForm(Form):
    """Words for the body, with the version that the page showed."""

    version = IntegerField(widget=HiddenInput)
    words = CharField(
        label=_("Pesan untuk lembaga"), required=False, max_length=LONGEST_WORDS, widget=Textarea({"rows": 3})
    )
