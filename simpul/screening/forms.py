"""What was typed in a screening, checked."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, cast

from django.core.validators import BaseValidator
from django.forms import (
    BooleanField,
    CharField,
    CheckboxSelectMultiple,
    ChoiceField,
    Field,
    Form,
    HiddenInput,
    IntegerField,
    MultipleChoiceField,
    RadioSelect,
    Select,
    Textarea,
    TextInput,
    UUIDField,
    ValidationError,
)
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from simpul.catalogue import facts as catalogue_facts
from simpul.catalogue.facts import Fact
from simpul.engines.rules import FactKind
from simpul.people.facts import OLDEST, born_from_age
from simpul.screening.facts import KNOWN, REFUSED, UNKNOWN, Answered
from simpul.screening.queries import TypeResult
from simpul.screening.stages import ENDS_UNDECIDED, Ending, Urgency
from simpul.ui.fields import DayField

YES, NO = "yes", "no"
IN_VAIN = (UNKNOWN, REFUSED)
SOURCES = (
    ("self", gettext_lazy("Orang itu sendiri")),
    ("family", gettext_lazy("Keluarga atau tetangga")),
    ("observation", gettext_lazy("Saya lihat sendiri")),
    ("document", gettext_lazy("Dokumen")),
    ("official", gettext_lazy("Keterangan resmi")),
)
OTHER_ENDINGS = [choice for choice in Ending.choices if choice[0] != Ending.CASE]


class AnswerForm(Form):
    """One answer to one question. Yes/no and choices are pressed; numbers and days are written.

    "Tidak tahu" and "tidak mau menjawab" are choices of a pressed question, and buttons named `state` of
    a written one. `before` is an older answer that one press confirms. `cleaned_data["state"]` and
    `["value"]` are what is kept.
    """

    seen = CharField(required=False, widget=HiddenInput)
    source = ChoiceField(
        choices=SOURCES, initial="self", label=gettext_lazy("Dari siapa jawaban ini?"), widget=Select
    )
    proof = ChoiceField(required=False, label=gettext_lazy("Bukti yang dilihat"), widget=Select)

    def __init__(
        self,
        fact: Fact,
        *args: Any,
        held: Answered | None = None,
        before: Answered | None = None,
        seen: str = "",
        on: date,
        **details: Any,
    ) -> None:
        self.fact, self.before, self.on = fact, before, on
        details["initial"] = _initial(fact, held, seen)
        super().__init__(*args, **details)
        self.fields["value"] = _field_for(fact)
        if fact.name == "born":
            self.fields["age"] = WholeNumber(
                label=_("Atau umurnya menurut yang bersangkutan, dalam tahun"),
                required=False,
                min_value=0,
                max_value=OLDEST,
            )
        language = get_language() or "id"
        proofs = [(code, catalogue_facts.proof_label(code).in_language(language)) for code in fact.proof]
        self.fields["proof"].choices = [("", _("tidak ada")), *proofs]  # type: ignore[attr-defined]

    @property
    def is_pressed(self) -> bool:
        """Whether the answer is one of a list of choices."""
        return self.fact.kind in {FactKind.BOOL, FactKind.CHOICE}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        pressed = self.data.get("state", "")
        value = cleaned.get("value")
        if self.is_pressed and value in IN_VAIN:
            pressed, value = value, None
        if self.before is not None and "still" in self.data:
            self.errors.pop("value", None)
            cleaned["state"], cleaned["value"] = KNOWN, self.before.value
            return cleaned
        if pressed in IN_VAIN:
            # "Does not know" wins over a number that is left in the box, or a mistake in it.
            self.errors.pop("value", None)
            cleaned["state"], cleaned["value"] = pressed, None
            return cleaned
        if "value" not in self.errors:
            cleaned["state"], cleaned["value"] = KNOWN, self._understood(value)
        return cleaned

    def _understood(self, value: Any) -> Any:
        if value in (None, "") and (age := self.cleaned_data.get("age")) is not None:
            return born_from_age(age, 0, self.on)
        if value in (None, ""):
            self.add_error("value", _("Pilih atau isi satu jawaban. Bila tidak tahu, pilih “Tidak tahu”."))
            return None
        if self.fact.kind is FactKind.BOOL:
            return value == YES
        if self.fact.kind is FactKind.DATE and value > self.on:
            self.add_error("value", _("Tanggal ini belum terjadi. Periksa tahunnya."))
        return value


def _initial(fact: Fact, held: Answered | None, seen: str) -> dict[str, Any]:
    initial: dict[str, Any] = {"seen": seen}
    if held is None:
        return initial
    value: Any = held.value
    if held.state in IN_VAIN:
        value = held.state if fact.kind in {FactKind.BOOL, FactKind.CHOICE} else None
    elif fact.kind is FactKind.BOOL:
        value = YES if held.value else NO
    elif fact.kind is FactKind.DATE and not isinstance(value, date):
        value = None
    return {**initial, "value": value, "source": held.source, "proof": held.proof}


def _field_for(fact: Fact) -> Field:
    language = get_language() or "id"
    label = fact.question.in_language(language)
    hint = fact.hint.in_language(language) if fact.hint else ""
    if fact.kind is FactKind.DATE:
        return DayField(label=label, help_text=hint, required=False)
    if fact.kind is FactKind.NUMBER:
        return WholeNumber(
            label=label, help_text=hint, required=False, min_value=fact.minimum, max_value=fact.maximum
        )
    choices = (
        [(YES, _("Ya")), (NO, _("Tidak"))]
        if fact.kind is FactKind.BOOL
        else [(choice.code, choice.label.in_language(language)) for choice in fact.choices]
    )
    choices += [(UNKNOWN, _("Tidak tahu")), (REFUSED, _("Tidak mau menjawab"))]
    return ChoiceField(
        label=label,
        help_text=hint,
        required=False,
        choices=choices,
        widget=RadioSelect,
        error_messages={"invalid_choice": _("Pilih salah satu jawaban di bawah.")},
    )


class WholeNumber(IntegerField):
    """A whole number as people write it: 1.500.000, 1 500 000 and Rp1500000 are the same."""

    widget = TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 12})

    def __init__(self, **details: Any) -> None:
        super().__init__(**details)
        self.error_messages["invalid"] = _("Tulis dengan angka saja, misalnya 3 atau 1.500.000.")
        for validator in cast(list[BaseValidator], self.validators):
            if validator.code == "min_value":
                validator.message = _("Angka ini terlalu kecil. Paling sedikit %(limit_value)s.")
            elif validator.code == "max_value":
                validator.message = _("Angka ini terlalu besar. Paling banyak %(limit_value)s.")

    def widget_attrs(self, widget: Any) -> dict[str, Any]:
        return {}

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").strip().lower().removeprefix("rp").strip()
        groups = text.replace(" ", ".").split(".")
        is_grouped = len(groups) > 1 and all(len(group) == 3 for group in groups[1:])
        text = "".join(groups) if is_grouped else text
        if text and not (text.isascii() and text.isdigit() and len(text) <= 15):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(text) if text else None


class StartForm(Form):
    """The start of a screening. `once` makes a second press harmless."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    edition = ChoiceField(label=gettext_lazy("Menurut daftar"), widget=RadioSelect)

    def __init__(self, editions: list[tuple[str, str]], *args: Any, **details: Any) -> None:
        super().__init__(*args, **details)
        self.fields["edition"].choices = editions  # type: ignore[attr-defined]


class DecisionForm(Form):
    """The worker's word on each finding. Nothing is chosen beforehand where the rule says yes: a decision
    that only had to be left standing is not one. The others stay as they are once they were read."""

    version = IntegerField(widget=HiddenInput)
    urgency = ChoiceField(
        choices=Urgency.choices, widget=RadioSelect, label=gettext_lazy("Seberapa cepat perlu ditangani?")
    )
    rest = BooleanField(
        required=False, label=gettext_lazy("Saya sudah membaca jenis-jenis lain ini, dan sependapat")
    )

    def __init__(self, types: tuple[TypeResult, ...], *args: Any, **details: Any) -> None:
        super().__init__(*args, **details)
        self.types = types
        language = get_language() or "id"
        for entry in types:
            name = entry.need.display.in_language(language)
            self.fields[f"decided-{entry.need.code}"] = ChoiceField(
                label=name,
                choices=_verdicts(entry),
                widget=RadioSelect,
                required=str(entry.answer) == YES,
                error_messages={"required": _("Tentukan pilihan Anda.")},
            )
            self.fields[f"because-{entry.need.code}"] = CharField(
                label=_("Alasan, bila berbeda dari saran aturan"),
                required=False,
                max_length=1000,
                widget=Textarea(attrs={"rows": 2}),
            )
            self.fields[f"because-{entry.need.code}"].depends = True  # type: ignore[attr-defined]
        self.fields["rest"].required = any(str(entry.answer) != YES for entry in types)
        self.fields["rest"].error_messages["required"] = _("Baca dahulu jenis-jenis lain, lalu beri tanda.")

    @property
    def rows(self) -> list[tuple[TypeResult, Any, Any]]:
        """Each type with its two fields, for the page."""
        return [
            (entry, self[f"decided-{entry.need.code}"], self[f"because-{entry.need.code}"])
            for entry in self.types
        ]

    @property
    def rows_to_decide(self) -> list[tuple[TypeResult, Any, Any]]:
        return [row for row in self.rows if str(row[0].answer) == YES]

    @property
    def rows_open(self) -> list[tuple[TypeResult, Any, Any]]:
        return [row for row in self.rows if str(row[0].answer) == UNKNOWN and not row[0].is_unraised]

    @property
    def rows_unraised(self) -> list[tuple[TypeResult, Any, Any]]:
        return [row for row in self.rows if row[0].is_unraised]

    @property
    def rows_of_no(self) -> list[tuple[TypeResult, Any, Any]]:
        return [row for row in self.rows if str(row[0].answer) == NO]

    @property
    def rest_has_errors(self) -> bool:
        rest = [*self.rows_open, *self.rows_unraised, *self.rows_of_no]
        return any(decided.errors or because.errors for _entry, decided, because in rest)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for entry in self.types:
            decided = cleaned.get(f"decided-{entry.need.code}")
            because = cleaned.get(f"because-{entry.need.code}", "").strip()
            if decided and decided != str(entry.answer) and len(because) < 5:
                self.add_error(
                    f"because-{entry.need.code}", _("Tulis alasan mengapa berbeda dari saran aturan.")
                )
        return cleaned

    def chosen(self) -> dict[str, tuple[str, str]]:
        """The code of each decided type, what was decided and why."""
        cleaned = self.cleaned_data
        return {
            entry.need.code: (decided, cleaned.get(f"because-{entry.need.code}", "").strip())
            for entry in self.types
            if (decided := cleaned.get(f"decided-{entry.need.code}"))
        }


def _verdicts(entry: TypeResult) -> list[tuple[str, str]]:
    names = {"yes": _("Sesuai"), "no": _("Tidak sesuai"), "unknown": _("Belum pasti")}
    suggested = str(entry.answer)
    order = [suggested, *(code for code in names if code != suggested)]
    return [
        (
            code,
            _("%(verdict)s (seperti saran aturan)") % {"verdict": names[code]}
            if code == suggested
            else names[code],
        )
        for code in order
    ]


class EndForm(Form):
    """How a screening ended without a case, and why. Before the decision only some endings are possible."""

    ending = ChoiceField(choices=OTHER_ENDINGS, widget=RadioSelect, label=gettext_lazy("Apa yang terjadi?"))
    because = CharField(
        label=gettext_lazy("Alasan"),
        help_text=gettext_lazy("Satu kalimat. Contoh: sudah didampingi Dinas Sosial sejak Maret."),
        max_length=500,
        widget=Textarea(attrs={"rows": 2}),
    )

    def __init__(self, is_undecided: bool, *args: Any, **details: Any) -> None:
        super().__init__(*args, **details)
        if is_undecided:
            self.fields["ending"].choices = [  # type: ignore[attr-defined]
                choice for choice in OTHER_ENDINGS if choice[0] in ENDS_UNDECIDED
            ]


class PaperForm(Form):
    """Which types stand on the family's paper."""

    types = MultipleChoiceField(
        required=False, widget=CheckboxSelectMultiple, label=gettext_lazy("Yang dicetak")
    )

    def __init__(self, types: tuple[TypeResult, ...], *args: Any, **details: Any) -> None:
        super().__init__(*args, **details)
        language = get_language() or "id"
        self.fields["types"].choices = [  # type: ignore[attr-defined]
            (entry.need.code, entry.need.display.in_language(language)) for entry in types
        ]
