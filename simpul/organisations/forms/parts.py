"""What was typed about one part of a body's record, or about one row of it. Whether it can be so is checked below."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import (
    CharField,
    ChoiceField,
    Form,
    HiddenInput,
    RadioSelect,
    Textarea,
    TextInput,
    UUIDField,
)
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from simpul.organisations.models import Organisation
from simpul.organisations.queries.parts import Field, Part, Shape, Values
from simpul.places.models import VILLAGE_SIGNS
from simpul.ui.fields import DayField

_FEW = 4
_YES, _NO = "yes", "no"
_NUMBERS = frozenset({Shape.COUNT, Shape.MONEY, Shape.YEAR, Shape.DEGREE})
# Two empty places for certificates; who needs more saves and opens the form again.
_EMPTY_CERTIFICATES = 2
_MOST_CERTIFICATES = 20
_CERTIFICATE_WORDS = (("name", _("Nama sertifikat")), ("number", _("Nomor")), ("issuer", _("Penerbit")))
_CERTIFICATE_DAYS = (("issued_on", _("Tanggal terbit")), ("valid_to", _("Berlaku sampai")))
# Set by Simpul itself, never typed.
_NOT_TYPED = frozenset({"code_list_on"})


@dataclass(frozen=True, slots=True)
class Shown:
    """One field of the record as the form shows it: how, and the boxes it takes."""

    shape: str
    name: str
    label: str
    is_optional: bool
    boxes: tuple[BoundField, ...]

    @property
    def groups(self) -> list[tuple[BoundField, ...]]:
        """The boxes of certificates, one certificate after the other."""
        size = len(_CERTIFICATE_WORDS) + len(_CERTIFICATE_DAYS)
        return [self.boxes[first : first + size] for first in range(0, len(self.boxes), size)]


class PartForm(Form):
    """The fields of a part, or with a list part of one row. `read` is the mark of the values it began with."""

    once = UUIDField(widget=HiddenInput)
    read = CharField(widget=HiddenInput, max_length=64)
    because = CharField(
        label=_("Keterangan"),
        help_text=_("Misalnya mengapa ini berubah, atau surat yang menjadi dasarnya."),
        required=False,
        max_length=1000,
        widget=Textarea({"rows": 2}),
    )

    def __init__(self, part: Part, values: Values, read: str, typed: Any = None) -> None:
        initial = {"once": uuid.uuid4(), "read": read}
        super().__init__(typed, initial=initial)
        self.part, self.held = part, values
        self.written = [field for field in part.fields if field.name not in _NOT_TYPED]
        self.bodies: tuple[Organisation, ...] = ()
        for field in self.written:
            self.fields |= _boxes_of(field, values[field.name], typed)
        self.order_fields([name for name in self.fields if name != "because"])

    def offer(self, found: Iterable[Organisation]) -> None:
        """The bodies to choose from: those found, and the one chosen already."""
        self.bodies = tuple(found)
        field = self.fields.get("parent")
        if isinstance(field, ChoiceField):
            none = [("", _("Bukan cabang dari lembaga lain"))]
            field.choices = none + [(str(one.pk), one.name) for one in self.bodies]

    @property
    def looks_up(self) -> bool:
        """Whether somebody only pressed a button to look something up."""
        return any(f"{field.name}_find" in self.data for field in self.written)

    def renew(self, read: str) -> None:
        """After a clash the reader has seen both values: the next press is about what stands now."""
        typed: Any = self.data
        self.data = typed.copy()
        self.data["read"] = read  # type: ignore[index]

    def blame(self, name: str, words: str) -> None:
        """Put a refusal beside the field that it is about."""
        boxes = [box for box in self.fields if box == name or box.startswith(f"{name}_")]
        self.add_error(boxes[0] if name and boxes else None, words)

    def shown(self) -> Iterator[Shown]:
        """The fields as the page shows them, one after the other."""
        for field in self.written:
            names = [name for name in self.fields if _belongs(name, field)]
            boxes = tuple(self[name] for name in names)
            yield Shown(field.shape.value, field.name, str(field.label), not field.is_needed, boxes)

    def values(self) -> Values:
        """What was typed, by the names that the record knows, as plain JSON."""
        return {field.name: _typed(field, self.cleaned_data) for field in self.written}


def _belongs(name: str, field: Field) -> bool:
    if field.shape in (Shape.GOALS, Shape.CERTIFICATES, Shape.REGION, Shape.BODY):
        return name == field.name or name.startswith(f"{field.name}_")
    return name == field.name


def _boxes_of(field: Field, value: Any, typed: Any) -> dict[str, forms.Field]:
    """The boxes in which a field is typed, beginning with what stands there."""
    about: dict[str, Any] = {
        "label": field.label,
        "required": field.is_needed and field.shape is not Shape.REGION,
        "help_text": field.hint,
        "error_messages": {"required": _("Bagian ini belum diisi.")},
    }
    match field.shape:
        case Shape.GOALS:
            return _goal_boxes(field, value)
        case Shape.CERTIFICATES:
            return _certificate_boxes(field, value, typed)
        case Shape.REGION:
            text = CharField(label=_("Cari wilayah"), required=False, max_length=100)
            return {
                field.name: CharField(**about, max_length=VILLAGE_SIGNS, initial=value),
                f"{field.name}_text": text,
            }
        case Shape.BODY:
            text = CharField(label=_("Cari lembaga induk"), required=False, max_length=100)
            return {f"{field.name}_text": text, field.name: _choice(field, about, value, RadioSelect())}
    return {field.name: _box(field, value, about)}


def _box(field: Field, value: Any, about: dict[str, Any]) -> forms.Field:
    match field.shape:
        case Shape.CHOICE:
            return _choice(field, about, value)
        case Shape.CHOICES:
            choices = field.choices() if field.choices else []
            known = {code for code, _words in choices}
            # What an older list named stays, or saving would silently drop it.
            choices += [(code, code) for code in value if code not in known]
            ticks = forms.CheckboxSelectMultiple()
            return forms.MultipleChoiceField(**about, choices=choices, initial=value, widget=ticks)
        case Shape.ANSWER:
            answers = [(_YES, _("Ya")), (_NO, _("Tidak")), ("", _("Belum diketahui"))]
            initial = "" if value is None else _YES if value else _NO
            return ChoiceField(**about, choices=answers, initial=initial, widget=RadioSelect())
        case Shape.TICK:
            return forms.BooleanField(**about, initial=value)
        case Shape.DAY:
            return DayField(**about, initial=date.fromisoformat(value) if value else None)
        case Shape.TEXT:
            return CharField(**about, max_length=field.most, initial=value, widget=Textarea({"rows": 3}))
    return _line(field, value, about)


def _line(field: Field, value: Any, about: dict[str, Any]) -> forms.Field:
    if field.shape in _NUMBERS:
        look = {"inputmode": "decimal" if field.shape is Shape.DEGREE else "numeric", "size": "16"}
        initial = f"{value}".replace(".", ",") if field.shape is Shape.DEGREE and value is not None else value
        return CharField(**about, max_length=40, initial=initial, widget=TextInput(look))
    return CharField(**about, max_length=max(field.most, 40), initial=value)


def _choice(field: Field, about: dict[str, Any], value: Any, widget: Any = None) -> ChoiceField:
    choices = field.choices() if field.choices else []
    if not field.is_needed:
        choices = [*choices, ("", str(_("Belum diketahui")))]
    is_short = len(choices) <= _FEW + 1
    if field.is_needed and not value and not is_short:
        # Or the first of the list would be chosen by whoever does not look.
        choices = [("", "—"), *choices]
    widget = widget or (RadioSelect() if is_short else None)
    return ChoiceField(**about, choices=choices, initial=value or "", widget=widget)


def _goal_boxes(field: Field, value: list[Values]) -> dict[str, forms.Field]:
    """One box for each kind of goal, one goal in a line."""
    boxes: dict[str, forms.Field] = {}
    for kind, words in field.choices() if field.choices else ():
        held = "\n".join(goal["words"] for goal in value if goal["kind"] == kind)
        boxes[f"{field.name}_{kind}"] = CharField(
            label=words,
            help_text=_("Satu tujuan satu baris."),
            required=False,
            max_length=4000,
            initial=held,
            widget=Textarea({"rows": 3}),
        )
    return boxes


def _certificate_boxes(field: Field, value: list[Values], typed: Any) -> dict[str, forms.Field]:
    boxes: dict[str, forms.Field] = {}
    sent = sum(1 for name in typed or () if name.startswith(f"{field.name}_") and name.endswith("_issuer"))
    for number in range(min(max(len(value) + _EMPTY_CERTIFICATES, sent), _MOST_CERTIFICATES)):
        held = value[number] if number < len(value) else {}
        for name, label in _CERTIFICATE_WORDS:
            boxes[f"{field.name}_{number}_{name}"] = CharField(
                label=label, required=False, max_length=200, initial=held.get(name, "")
            )
        for name, label in _CERTIFICATE_DAYS:
            day = held.get(name)
            initial = date.fromisoformat(day) if day else None
            boxes[f"{field.name}_{number}_{name}"] = DayField(label=label, required=False, initial=initial)
    return boxes


# --- typed values as plain JSON ---


def _typed(field: Field, cleaned: dict[str, Any]) -> Any:
    value = cleaned.get(field.name)
    match field.shape:
        case Shape.GOALS:
            return [
                {"kind": kind, "words": line}
                for kind, _words in (field.choices() if field.choices else ())
                for line in cleaned.get(f"{field.name}_{kind}", "").splitlines()
                if line.strip()
            ]
        case Shape.CERTIFICATES:
            return _typed_certificates(field, cleaned)
        case Shape.ANSWER:
            return {_YES: True, _NO: False}.get(str(value))
        case Shape.DAY:
            return value.isoformat() if value else None
        case Shape.COUNT | Shape.MONEY:
            return str(value or "").replace("Rp", "").replace(".", "").replace(" ", "")
        case Shape.BODY:
            return value or None
    return value


def _typed_certificates(field: Field, cleaned: dict[str, Any]) -> list[Values]:
    rows = []
    number = 0
    while f"{field.name}_{number}_name" in cleaned:
        at = f"{field.name}_{number}_"
        row: Values = {name: cleaned.get(at + name) or "" for name, _words in _CERTIFICATE_WORDS}
        for name, _words in _CERTIFICATE_DAYS:
            day = cleaned.get(at + name)
            row[name] = day.isoformat() if day else None
        rows.append(row)
        number += 1
    return rows


class ReasonForm(Form):
    """Why a proposal is refused."""

    because = CharField(
        label=_("Mengapa ditolak?"),
        help_text=_("Lembaga membaca alasan ini. Tulis juga apa yang perlu diperbaiki."),
        max_length=1000,
        widget=Textarea({"rows": 3}),
        error_messages={"required": _("Tulis alasannya, supaya lembaga tahu apa yang perlu diperbaiki.")},
    )
