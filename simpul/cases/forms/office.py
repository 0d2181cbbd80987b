"""What was typed about an office's norms, checked."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import (
    BoundField,
    CharField,
    CheckboxSelectMultiple,
    ChoiceField,
    Field,
    Form,
    HiddenInput,
    IntegerField,
    MultipleChoiceField,
    RadioSelect,
    TextInput,
)
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from simpul.cases.models import Office
from simpul.cases.queries.office import (
    MEGABYTE,
    NormRow,
    evaluation_words,
    model_choices,
    model_labels,
    model_words,
    rows_of,
)
from simpul.catalogue.casework import Norm, WorkingModel

_SMALL_NUMBER = {"inputmode": "numeric", "autocomplete": "off", "size": "6"}


class MonthsField(CharField):
    """Months after the ending, in their order: "1, 3, 6"."""

    def clean(self, value: Any) -> list[int] | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return [int(part) for part in typed.replace(";", ",").split(",")]
        except ValueError as error:
            raise ValidationError(_("Tulis bulan dengan angka dan koma, misalnya 1, 3, 6.")) from error


class NormsForm(Form):
    """One field for each norm; an empty one means that the default holds."""

    version = IntegerField(widget=HiddenInput)

    def __init__(self, office: Office | None, typed: Any = None) -> None:
        self.norms = rows_of(office)
        initial = {row.key: _shown(row.norm, row.own) for row in self.norms if row.is_own}
        super().__init__(typed, initial=initial)
        for row in self.norms:
            self.fields[row.key] = _field(row.norm)
            # The page says once, above all of them, what an empty one means.
            self.fields[row.key].depends = True  # type: ignore[attr-defined]

    def rows(self) -> list[tuple[NormRow, BoundField]]:
        """Each norm with its field."""
        return [(row, self[row.key]) for row in self.norms]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        for row in self.norms:
            value = _kept(row.norm, typed.get(row.key))
            if value is not None and not row.norm.allows(value):
                self.add_error(row.key, _beyond(row.norm))
        return typed

    def own(self) -> dict[str, Any]:
        """What was typed, for the action."""
        kept = {row.key: _kept(row.norm, self.cleaned_data.get(row.key)) for row in self.norms}
        return {key: value for key, value in kept.items() if value is not None}


class ModelForm(Form):
    """What an office expects of one working model; all of it is shown, as the office works it now."""

    version = IntegerField(widget=HiddenInput)

    def __init__(self, model: WorkingModel, typed: Any = None, *, version: int) -> None:
        initial: dict[str, Any] = {field: list(getattr(model, field)) for field in model_choices()}
        initial |= {"evaluation": model.evaluation, "version": version}
        super().__init__(typed, initial=initial)
        for field, label in model_labels().items():
            self.fields[field] = MultipleChoiceField(
                label=label,
                choices=list(model_words(field).items()),
                required=False,
                widget=CheckboxSelectMultiple,
            )
        self.fields["evaluation"] = ChoiceField(
            label=_("Evaluasi"), choices=list(evaluation_words().items()), widget=RadioSelect
        )

    def own(self) -> dict[str, Any]:
        """What was chosen, for the action."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def _field(norm: Norm) -> Field:
    label = norm.title.in_language(get_language() or "id")
    if norm.unit == "yes_no":
        choices = [
            ("", gettext_lazy("seperti asalnya")),
            ("yes", gettext_lazy("Ya")),
            ("no", gettext_lazy("Tidak")),
        ]
        return ChoiceField(label=label, choices=choices, required=False)
    if isinstance(norm.value, tuple):
        return MonthsField(
            label=label, required=False, max_length=40, widget=TextInput({"autocomplete": "off"})
        )
    return IntegerField(
        label=label,
        required=False,
        widget=TextInput(_SMALL_NUMBER),
        error_messages={"invalid": gettext_lazy("Tulis angka bulat.")},
    )


def _shown(norm: Norm, value: Any) -> Any:
    """A kept value as it stands in the field."""
    if norm.unit == "yes_no":
        return "yes" if value else "no"
    if norm.unit == "bytes":
        return value // MEGABYTE
    return ", ".join(str(one) for one in value) if isinstance(value, list) else value


def _kept(norm: Norm, typed: Any) -> Any:
    """What was typed as it is kept; None where the default holds."""
    if typed in (None, ""):
        return None
    if norm.unit == "yes_no":
        return typed == "yes"
    return typed * MEGABYTE if norm.unit == "bytes" else typed


def _beyond(norm: Norm) -> str:
    divided = MEGABYTE if norm.unit == "bytes" else 1
    limits = {"least": max(1, norm.least // divided) if norm.least else 0, "most": norm.most // divided}
    if isinstance(norm.value, tuple):
        return _("Tulis bulan dari %(least)s sampai %(most)s, makin besar, misalnya 1, 3, 6.") % limits
    return _("Tulis angka dari %(least)s sampai %(most)s.") % limits
