"""A form made from an instrument: one group of fields per item, and the answers as plain JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BoundField, CharField, ChoiceField, Field, Form, RadioSelect, Textarea, TextInput
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.catalogue.instruments import Domain, Instrument, Item
from simpul.catalogue.text import Text
from simpul.engines.scoring import REASONS, STATES
from simpul.instruments.queries import level_words

LONGEST_TEXT = 4000
LONGEST_REASON = 1000
_NUMBER = 9  # digits; more is a slip of the finger
_NO_ANSWER = ""


@dataclass(frozen=True)
class Option:
    """One choice of an item: the button itself, its name, and what it looks like in life."""

    tag: str
    id: str
    label: str
    description: str
    is_aside: bool


@dataclass(frozen=True)
class Asked:
    """One item as a page shows it. `previous` is what was answered last time, in words; empty where nothing was."""

    item: Item
    field: BoundField
    options: tuple[Option, ...]
    state: BoundField | None
    because: BoundField | None
    previous: str
    previous_because: str

    @property
    def errors(self) -> list[str]:
        fields = (self.field, self.state, self.because)
        return [str(words) for field in fields if field is not None for words in field.errors]


@dataclass(frozen=True)
class Group:
    """One domain with its items."""

    domain: Domain
    items: tuple[Asked, ...]


class AnswersForm(Form):
    """The questions of one instrument.

    `initial` and `previous` are answers as `cleaned_answers` gives them, "reasons" among them: those to go on with, and
    those of last time, which are only shown. Nothing needs to be answered except what the instrument requires; there
    "tidak tahu" is an answer too.
    """

    template_name = "instruments/_answers.html"

    def __init__(
        self,
        instrument: Instrument,
        data: Any = None,
        *,
        initial: Mapping[str, Any] | None = None,
        previous: Mapping[str, Any] | None = None,
        previous_on: date | None = None,
        prefix: str = "item",
        **details: Any,
    ) -> None:
        self.instrument = instrument
        self.previous = previous or {}
        self.previous_on = previous_on
        details.setdefault("label_suffix", "")
        super().__init__(data, initial=_as_typed(instrument, initial or {}), prefix=prefix, **details)
        for item in instrument.items:
            self.fields |= _fields_of(item, is_answered=item.code in (initial or {}))

    @property
    def groups(self) -> Iterator[Group]:
        """The items as a page shows them, domain by domain."""
        for domain in self.instrument.domains:
            yield Group(domain, tuple(self._asked(item) for item in domain.items))

    def _asked(self, item: Item) -> Asked:
        field, reasons = self[item.code], self.previous.get(REASONS, {})
        state = self[_state(item)] if item.kind == "number" else None
        buttons = field if item.levels else state
        return Asked(
            item=item,
            field=field,
            options=tuple(_options(item, buttons)) if buttons is not None else (),
            state=state,
            because=self[_because(item)] if item.kind != "text" else None,
            previous=level_words(item, self.previous[item.code]) if item.code in self.previous else "",
            previous_because=str(reasons.get(item.code, "")),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for item in self.instrument.items:
            if item.kind == "number":
                self._clean_number(item)
            elif item.kind == "text":
                cleaned[item.code] = str(cleaned.get(item.code) or "").strip()
        return cleaned

    def _clean_number(self, item: Item) -> None:
        """A number, or why there is none; "tidak tahu" wins over what is left in the box."""
        if self.cleaned_data.get(_state(item)) in STATES:
            self.errors.pop(item.code, None)
            self.cleaned_data[item.code] = ""
            return
        typed = str(self.cleaned_data.get(item.code) or "").strip()
        try:
            self.cleaned_data[item.code] = _number(item, typed)
        except ValidationError as error:
            self.add_error(item.code, error)

    def cleaned_answers(self) -> dict[str, Any]:
        """The answers as plain JSON: {item: level | number | text | {"state": …}}, and {"reasons": {item: text}}.

        What was not answered is not there. The engine of scoring takes it as it is.
        """
        answers: dict[str, Any] = {}
        reasons: dict[str, str] = {}
        for item in self.instrument.items:
            if (answer := self._answer(item)) is not None:
                answers[item.code] = answer
            if because := str(self.cleaned_data.get(_because(item)) or "").strip():
                reasons[item.code] = because
        return {**answers, REASONS: reasons} if reasons else answers

    def _answer(self, item: Item) -> Any:
        given = self.cleaned_data.get(item.code, "")
        state = self.cleaned_data.get(_state(item), "") or given
        if item.kind != "text" and state in STATES:
            return {"state": state}
        if given in (None, _NO_ANSWER):
            return None
        return int(given) if item.kind != "text" else given


def _fields_of(item: Item, *, is_answered: bool) -> dict[str, Field]:
    """The fields of one item: the answer, a state beside a number, and a reason."""
    label = _said(item.question)
    missing = {"required": _("Pilih atau isi satu jawaban. Bila tidak tahu, pilih “Tidak tahu”.")}
    if item.kind == "text":
        text = Textarea({"rows": 3})
        return {
            item.code: CharField(
                label=label,
                required=item.required,
                max_length=LONGEST_TEXT,
                widget=text,
                error_messages=missing,
            )
        }
    reason = CharField(
        label=_("Alasan"), required=False, max_length=LONGEST_REASON, widget=Textarea({"rows": 2})
    )
    if item.kind == "number":
        box = CharField(label=label, required=False, widget=TextInput({"inputmode": "numeric", "size": "8"}))
        return {
            item.code: box,
            _state(item): _choice(_("Bila tidak ada angkanya"), []),
            _because(item): reason,
        }
    levels = [(str(level.value), _said(level.label)) for level in item.levels]
    answer = _choice(label, levels, required=item.required, may_be_emptied=is_answered)
    answer.error_messages |= missing
    return {item.code: answer, _because(item): reason}


def _choice(
    label: str, levels: list[tuple[str, str]], *, required: bool = False, may_be_emptied: bool = True
) -> ChoiceField:
    # A button once pressed cannot be let go, so an answer that is there can be taken back by a choice of its own.
    empty = [(_NO_ANSWER, _("Belum dijawab"))] if may_be_emptied and not required else []
    states = [
        ("unknown", _("Tidak tahu")),
        ("refused", _("Tidak mau menjawab")),
        ("not_applicable", _("Tidak berlaku")),
    ]
    return ChoiceField(
        label=label,
        choices=[*levels, *states, *empty],
        required=required,
        widget=RadioSelect,
        error_messages={
            "invalid_choice": _("Jawaban itu tidak ada dalam daftar. Pilih salah satu yang ada.")
        },
    )


def _options(item: Item, bound: BoundField) -> Iterator[Option]:
    """The choices of an item, each level with its description."""
    told = {str(level.value): level for level in item.levels}
    for button in bound.subwidgets:
        value = str(button.data["value"])
        level = told.get(value)
        label = str(button.choice_label)
        description = "" if level is None else _said(level.description)
        yield Option(
            tag=button.tag(),
            id=button.id_for_label,
            label=label,
            description="" if description == label else description,
            is_aside=level is None,
        )


def _number(item: Item, typed: str) -> int | str:
    if not typed:
        if item.required:
            raise ValidationError(_("Isi angkanya. Bila tidak tahu, pilih “Tidak tahu”."))
        return ""
    digits = typed.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _NUMBER):
        raise ValidationError(_("Tulis dengan angka saja, misalnya 3."))
    value = int(typed)
    if item.minimum is not None and value < item.minimum:
        raise ValidationError(_("Paling sedikit %(least)s.") % {"least": item.minimum})
    if item.maximum is not None and value > item.maximum:
        raise ValidationError(_("Paling banyak %(most)s.") % {"most": item.maximum})
    return value


def _as_typed(instrument: Instrument, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Kept answers as they stand in the fields of the form."""
    reasons = answers.get(REASONS, {})
    typed: dict[str, Any] = {}
    for item in instrument.items:
        answer = answers.get(item.code)
        state = str(answer.get("state", "")) if isinstance(answer, Mapping) else ""
        # A scale shows a state among its levels, a number beside its box.
        typed[_state(item)] = state
        written = state if item.levels else ""
        typed[item.code] = written if answer is None or state else str(answer)
        typed[_because(item)] = str(reasons.get(item.code, ""))
    return typed


def _because(item: Item) -> str:
    return f"{item.code}__because"


def _state(item: Item) -> str:
    return f"{item.code}__state"


def _said(text: Text) -> str:
    return text.in_language(get_language() or "id")
