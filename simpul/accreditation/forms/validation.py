"""What a validator says of every item, and the words with which it is sent on or back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.forms import CharField, ChoiceField, Form, HiddenInput, IntegerField, Select, Textarea
from django.utils.translation import gettext_lazy as _

from simpul.accreditation.queries.validation import LONGEST_WORDS, Held, ItemRow, StandardRows

_NOT_SEEN = "none"


class ValidationForm(Form):
    """Every item with its value and, where it is another one than the assessors', why. Some may stay open."""

    seen = IntegerField(widget=HiddenInput, min_value=0)

    def __init__(self, parts: tuple[StandardRows, ...], seen: int, typed: Any = None) -> None:
        super().__init__(typed, initial={"seen": seen})
        self.parts = parts
        self.rows = [row for part in parts for row in part.rows]
        for number, row in enumerate(self.rows):
            self._add(number, row)

    def _add(self, number: int, row: ItemRow) -> None:
        values = [(str(value), str(value)) for value in range(row.item.most + 1)]
        self.fields[f"value_{number}"] = ChoiceField(
            label=_("Nilai yang berlaku"),
            required=False,
            choices=[("", _("belum divalidasi")), *values, (_NOT_SEEN, _("tidak dapat dilihat"))],
            widget=Select,
        )
        self.fields[f"because_{number}"] = CharField(
            label=_("Alasan"),
            required=False,
            max_length=LONGEST_WORDS,
            widget=Textarea(attrs={"rows": 2}),
        )
        # Asked for where the value differs; the action says so.
        self.fields[f"value_{number}"].depends = self.fields[f"because_{number}"].depends = True  # type: ignore[attr-defined]
        if row.held is not None:
            self.initial[f"value_{number}"] = _NOT_SEEN if row.held.value is None else str(row.held.value)
            self.initial[f"because_{number}"] = row.held.because

    @property
    def groups(self) -> Iterator[tuple[StandardRows, list[tuple[ItemRow, Any, Any]]]]:
        """Each standard with its items and their two fields."""
        number = 0
        for part in self.parts:
            lines = []
            for row in part.rows:
                lines.append((row, self[f"value_{number}"], self[f"because_{number}"]))
                number += 1
            yield part, lines

    def clean(self) -> dict[str, Any]:
        """Words without a value would be lost, and what was said is not taken back: it is said anew."""
        cleaned = super().clean() or {}
        for number, row in enumerate(self.rows):
            if cleaned.get(f"value_{number}"):
                continue
            if cleaned.get(f"because_{number}") or row.held is not None:
                self.add_error(f"value_{number}", _("Pilih nilainya, atau “tidak dapat dilihat”."))
        return cleaned

    def held(self) -> dict[str, Held]:
        """What was said, by the code of the item."""
        typed = self.cleaned_data
        return {
            row.item.code: Held(_value(typed[f"value_{number}"]), typed[f"because_{number}"])
            for number, row in enumerate(self.rows)
            if typed[f"value_{number}"]
        }


def _value(typed: str) -> int | None:
    return None if typed == _NOT_SEEN else int(typed)


class SendForm(Form):
    """Words that go along when it is sent on or back."""

    version = IntegerField(widget=HiddenInput, min_value=0)
    words = CharField(
        label=_("Catatan"), max_length=LONGEST_WORDS, required=False, widget=Textarea(attrs={"rows": 3})
    )

    def __init__(self, version: int, typed: Any = None, *, label: Any = "", prefix: str = "") -> None:
        super().__init__(typed, initial={"version": version}, auto_id=f"{prefix or 'id'}_%s")
        if label:
            self.fields["words"].label = label
            self.fields["words"].required = True
