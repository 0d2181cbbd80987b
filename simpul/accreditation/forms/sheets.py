"""Items of one standard on one page: a score, words, and a file for each. Body and assessors fill the same shape."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.forms import (
    BoundField,
    CharField,
    ChoiceField,
    ClearableFileInput,
    FileField,
    Form,
    HiddenInput,
    RadioSelect,
    Textarea,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.accreditation.queries.typed import LONGEST_TITLE, LONGEST_WORDS, Told
from simpul.catalogue.accreditation import Item

# How "no score" is sent; an empty field means that nothing was chosen.
NOT_KNOWN = "none"


class Given(Protocol):
    """A score as it is stored: of the body or of an assessor."""

    pk: uuid.UUID
    value: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that came with an item."""

    key: uuid.UUID
    item: str
    title: str
    file: Any


class SheetForm(Form):
    """One standard. What was not chosen is left as it was; nothing on the page is lost by pressing any button."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        files: Any,
        *,
        items: Iterable[Item],
        given: Mapping[str, Given],
        not_known: Any,
        words_label: Any,
    ) -> None:
        super().__init__(data, files)
        self.items = tuple(items)
        for item in self.items:
            self._add(item, given.get(item.code), not_known, words_label)

    def _add(self, item: Item, given: Given | None, not_known: Any, words_label: Any) -> None:
        choices = [*((str(value), str(value)) for value in range(item.most + 1)), (NOT_KNOWN, not_known)]
        chosen = "" if given is None else NOT_KNOWN if given.value is None else str(given.value)
        self.fields[f"value-{item.code}"] = ChoiceField(
            label=_("Nilai"), choices=choices, required=False, widget=RadioSelect, initial=chosen
        )
        self.fields[f"words-{item.code}"] = CharField(
            label=words_label,
            required=False,
            max_length=LONGEST_WORDS,
            widget=Textarea({"rows": 2}),
            initial=given.words if given else "",
        )
        self.fields[f"seen-{item.code}"] = UUIDField(
            required=False, widget=HiddenInput, initial=given.pk if given else None
        )
        self.fields[f"once-{item.code}"] = UUIDField(required=False, widget=HiddenInput, initial=uuid.uuid4)
        self.fields[f"title-{item.code}"] = CharField(
            label=_("Judul berkas"), required=False, max_length=LONGEST_TITLE
        )
        accepted = {"accept": "image/jpeg,image/png,image/webp,application/pdf"}
        self.fields[f"file-{item.code}"] = FileField(
            label=_("Berkas"), required=False, widget=ClearableFileInput(accepted)
        )

    def of(self, code: str) -> dict[str, BoundField]:
        """The fields of one item by their plain names, for its part of the page."""
        names = ("value", "words", "seen", "once", "title", "file")
        return {name: self[f"{name}-{code}"] for name in names}

    def clean(self) -> dict[str, Any]:
        """Words without a score would be lost, so they are asked about."""
        cleaned = super().clean() or self.cleaned_data
        for item in self.items:
            if cleaned.get(f"words-{item.code}") and not cleaned.get(f"value-{item.code}"):
                self.add_error(f"value-{item.code}", _("Pilih nilainya juga, agar catatan ini tersimpan."))
        return cleaned

    def answers(self) -> dict[str, Told]:
        """What was chosen, item by item."""
        told = {}
        for item in self.items:
            chosen = self.cleaned_data.get(f"value-{item.code}")
            if not chosen:
                continue
            value = None if chosen == NOT_KNOWN else int(chosen)
            words = self.cleaned_data[f"words-{item.code}"]
            told[item.code] = Told(value, words, self.cleaned_data[f"seen-{item.code}"])
        return told

    def sent(self) -> tuple[Sent, ...]:
        """The files that came along."""
        found = []
        for item in self.items:
            if file := self.cleaned_data.get(f"file-{item.code}"):
                key = self.cleaned_data.get(f"once-{item.code}") or uuid.uuid4()
                title = self.cleaned_data.get(f"title-{item.code}") or item.text.id[:LONGEST_TITLE]
                found.append(Sent(key, item.code, title, file))
        return tuple(found)
