"""What was typed about one part of a listing. Whether it can be so is checked by the action."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.forms import CharField, ChoiceField, Form, HiddenInput, RadioSelect, Textarea, TextInput
from django.utils.translation import gettext as _

from simpul.services.models import Service
from simpul.services.queries.parts import Field, Part, Shape, Values, values_of
from simpul.services.queries.rules import words_of

# With more choices than this a list that folds is quicker than buttons.
_FEW = 6
# Conditions that many listings have, over facts of the catalogue.
READY = ("is_elderly", "is_child", "poor", "left_alone")
_NUMBERS = frozenset({Shape.COUNT, Shape.MONEY})


class PartForm(Form):
    """The fields of one part, as they stand or as they were typed, with the version that the page showed."""

    def __init__(self, typed: Any = None, *, part: Part, service: Service, is_new: bool = False) -> None:
        super().__init__(_with_ready(typed) if part.code == "rule" else typed)
        self.part = part
        values = values_of(service, part)
        for field in part.fields:
            self.fields[field.name] = _box(field, values[field.name])
        self.fields["version"] = forms.IntegerField(
            widget=HiddenInput, initial=service.version, required=False
        )
        if part.code == "rule":
            self.fields["ready"] = _ready_box()
        if is_new:
            self.fields["once"] = forms.UUIDField(widget=HiddenInput, initial=uuid.uuid4)

    @property
    def asked(self) -> list[Any]:
        """The boxes in the order of the part."""
        return [self[field.name] for field in self.part.fields]

    def values(self) -> Values:
        """What the action is told."""
        return {field.name: _typed(field, self.cleaned_data.get(field.name)) for field in self.part.fields}

    @property
    def version(self) -> int:
        """The version that was read; 0, which no row has, where the page did not say."""
        return self.cleaned_data.get("version") or 0

    def based_on(self, version: int) -> None:
        """Having seen both, the owner may save over the version that is there now."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["version"] = str(version)
        self.data = data


def _with_ready(typed: Any) -> Any:
    """What was typed, with the conditions that were ticked written into the rule; a rule that has them stays."""
    ticked = [one for one in READY if one in typed.getlist("ready")] if typed else []
    if not ticked:
        return typed
    data, rule = typed.copy(), typed.get("rule", "").strip()
    new = [one for one in ticked if one not in rule]
    data["rule"] = " AND ".join([*([f"({rule})" if new else rule] if rule else []), *new])
    data.setlist("ready", [])
    return data


def _ready_box() -> forms.Field:
    """Conditions in plain words that write the rule, for who writes none."""
    choices = [(rule, words_of(rule)) for rule in READY]
    return forms.MultipleChoiceField(
        label=_("Hanya untuk orang yang"),
        help_text=_(
            "Centang yang wajib dipenuhi; Simpul menuliskan aturannya. Kosongkan bila tidak ada syarat."
        ),
        required=False,
        choices=choices,
        widget=forms.CheckboxSelectMultiple(),
    )


def _box(field: Field, value: Any) -> forms.Field:
    about: dict[str, Any] = {
        "label": field.label,
        "required": field.is_needed,
        "help_text": field.hint,
        "initial": value,
        "error_messages": {"required": _("Bagian ini belum diisi.")},
    }
    match field.shape:
        case Shape.CHOICE:
            return _choice(field, about, value)
        case Shape.CHOICES:
            choices = field.choices() if field.choices else []
            known = {code for code, _title in choices}
            # What came with an import stays, or saving would silently drop it.
            choices = [*choices, *((code, code) for code in value if code not in known)]
            return forms.MultipleChoiceField(**about, choices=choices, widget=forms.CheckboxSelectMultiple())
        case Shape.TICK:
            return forms.BooleanField(**about)
        case Shape.LINES:
            about["initial"] = "\n".join(value)
            return CharField(**about, max_length=field.most, widget=Textarea({"rows": 4}))
        case Shape.TEXT:
            return CharField(**about, max_length=field.most, widget=Textarea({"rows": 4}))
        case Shape.RULE:
            look = {"rows": 3, "spellcheck": "false", "autocapitalize": "off", "autocomplete": "off"}
            return CharField(**about, max_length=field.most, widget=Textarea(look))
    return _line(field, about)


def _line(field: Field, about: dict[str, Any]) -> forms.Field:
    if field.shape in _NUMBERS:
        look = {"inputmode": "numeric", "autocomplete": "off", "size": "16"}
        return CharField(**about, max_length=40, widget=TextInput(look))
    modes = {Shape.PHONE: "tel", Shape.EMAIL: "email", Shape.WEB: "url"}
    look = {"inputmode": modes[field.shape]} if field.shape in modes else {}
    return CharField(**about, max_length=max(field.most, 40), widget=TextInput(look))


def _choice(field: Field, about: dict[str, Any], value: str) -> ChoiceField:
    choices = field.choices() if field.choices else []
    if value and value not in dict(choices):
        choices = [*choices, (value, value)]
    if not field.is_needed:
        none = _("Semua orang") if field.name == "sex" else _("Belum ditentukan")
        choices = [*choices, ("", none)]
    is_short = len(choices) <= _FEW
    if field.is_needed and not value and not is_short:
        # Or the first of the list would be chosen by whoever does not look.
        choices = [("", "—"), *choices]
    return ChoiceField(**about, choices=choices, widget=RadioSelect() if is_short else forms.Select())


def _typed(field: Field, value: Any) -> Any:
    if field.shape in _NUMBERS:
        return str(value or "").replace("Rp", "").replace(".", "").replace(" ", "")
    return value
