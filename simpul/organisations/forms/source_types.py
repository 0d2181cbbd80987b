"""What was typed about an office's own type of source of help, checked."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
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

from simpul.organisations.models import LocalType
from simpul.organisations.queries.source_types import LONGEST_BASIS, LONGEST_DEFINITION, LONGEST_TITLE
from simpul.organisations.stages import SourceUnit


class WordsForm(Form):
    """The words of a type that is there already, with the version that the page showed."""

    version = IntegerField(widget=HiddenInput)
    title = CharField(label=_("Nama jenis"), max_length=LONGEST_TITLE)
    definition = CharField(
        label=_("Penjelasan"),
        help_text=_("Siapa atau apa yang termasuk, satu atau dua kalimat."),
        max_length=LONGEST_DEFINITION,
        widget=Textarea({"rows": 3}),
    )
    basis = CharField(
        label=_("Dasar"),
        help_text=_("Misalnya nomor peraturan atau keputusan kepala daerah."),
        required=False,
        max_length=LONGEST_BASIS,
    )

    @classmethod
    def of(cls, row: LocalType, typed: Any = None) -> WordsForm:
        """Filled with the words that stand now."""
        names = ("version", "title", "definition", "basis")
        return cls(typed, initial={name: getattr(row, name) for name in names})

    def details(self) -> dict[str, Any]:
        """What was typed, for the action."""
        return dict(self.cleaned_data)


class LocalTypeForm(WordsForm):
    """A new type of one of the offices for which somebody works."""

    version = None  # type: ignore[assignment]
    once = UUIDField(widget=HiddenInput)
    unit = ChoiceField(
        label=_("Siapa yang dicatat"),
        choices=SourceUnit.choices,
        widget=RadioSelect,
        error_messages={"required": _("Pilih salah satu. Ini tidak dapat diubah lagi nanti.")},
    )
    region = ChoiceField(label=_("Berlaku di"))

    def __init__(self, typed: Any = None, *, offices: Iterable[tuple[str, str]]) -> None:
        super().__init__(typed, initial={"once": uuid.uuid4()})
        field: Any = self.fields["region"]
        field.choices = list(offices)

    def details(self) -> dict[str, Any]:
        told = {name: self.cleaned_data[name] for name in ("title", "unit", "definition", "basis")}
        return {"key": self.cleaned_data["once"], **told}
