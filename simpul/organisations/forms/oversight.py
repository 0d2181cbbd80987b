"""What was typed about flags and reports, checked."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from django.forms import (
    BoundField,
    CharField,
    ChoiceField,
    Form,
    HiddenInput,
    IntegerField,
    RadioSelect,
    Textarea,
    TextInput,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.catalogue.organisations import oversight as catalogue
from simpul.organisations.models import Report
from simpul.organisations.queries.oversight_known import need_names
from simpul.organisations.queries.oversight_told import LONGEST_PART, MONEY, served_codes
from simpul.organisations.queries.registration_rules import said
from simpul.organisations.stages import FlagKind
from simpul.ui.fields import DayField, DependentText

_MONEY_LABELS = {
    "income": _("Penerimaan seluruhnya (rupiah)"),
    "own_income": _("Di antaranya hasil usaha sendiri (rupiah)"),
    "spent": _("Pengeluaran seluruhnya (rupiah)"),
}
_SEXES = {"male": _("laki-laki"), "female": _("perempuan")}


class FlagForm(Form):
    """A warning, a stop or a complaint upheld."""

    once = UUIDField(widget=HiddenInput, initial=uuid.uuid4)
    kind = ChoiceField(label=_("Jenis catatan"), choices=FlagKind.choices, widget=RadioSelect)
    words = CharField(
        label=_("Isi catatan"),
        max_length=4000,
        widget=Textarea({"rows": 4}),
        help_text=_("Lembaga membaca ini. Jangan tulis nama pelapor atau penerima manfaat."),
    )
    since = DayField(label=_("Mulai"), required=False, help_text=_("Kosongkan bila mulai hari ini."))
    until = DayField(
        label=_("Sampai dengan"), required=False, help_text=_("Kosongkan bila berlaku sampai dicabut.")
    )


class ReasonForm(Form):
    """Why a flag is lifted."""

    because = CharField(label=_("Alasan"), max_length=4000, widget=Textarea({"rows": 3}))


class ReturnForm(Form):
    """What is to be mended in a report, with the version that the page showed."""

    version = IntegerField(widget=HiddenInput)
    because = CharField(
        label=_("Yang perlu diperbaiki"),
        max_length=4000,
        widget=Textarea({"rows": 4}),
        help_text=_("Lembaga membaca ini."),
    )


class CountField(IntegerField):
    """A whole number as people write it, with dots between thousands; empty where it is not told."""

    def __init__(self, **details: Any) -> None:
        super().__init__(
            required=False, min_value=0, widget=TextInput({"inputmode": "numeric", "size": "16"}), **details
        )

    def to_python(self, value: Any) -> int | None:
        plain = value.replace(".", "").replace(" ", "") if isinstance(value, str) else value
        number: int | None = super().to_python(plain)
        return number


class ReportForm(Form):
    """What a body tells: words by part, people by kind of need and sex, money."""

    version = IntegerField(widget=HiddenInput)

    def __init__(self, report: Report, data: Any = None) -> None:
        super().__init__(data, initial=_initial(report))
        self.names = need_names(served_codes(report.organisation, report.told))
        for part in catalogue.report_parts():
            self.fields[part.code] = (DependentText if part.is_needed else CharField)(
                label=said(part.title),
                help_text=said(part.about),
                max_length=LONGEST_PART,
                required=False,
                widget=Textarea({"rows": 5}),
            )
        for code, name in self.names.items():
            for sex, word in _SEXES.items():
                self.fields[f"served__{code}__{sex}"] = CountField(label=f"{name}, {word}")
        for code, label in _MONEY_LABELS.items():
            self.fields[f"money__{code}"] = CountField(label=label)

    @property
    def parts(self) -> Iterator[BoundField]:
        return (self[part.code] for part in catalogue.report_parts())

    @property
    def served(self) -> Iterator[tuple[str, list[BoundField]]]:
        """The name of each kind of need with its two fields."""
        for code, name in self.names.items():
            yield name, [self[f"served__{code}__{sex}"] for sex in _SEXES]

    @property
    def money(self) -> Iterator[BoundField]:
        return (self[f"money__{code}"] for code in MONEY)

    def told(self) -> dict[str, Any]:
        """What the action is told."""
        clean = self.cleaned_data
        return {
            **{part.code: clean[part.code] for part in catalogue.report_parts()},
            "served": {code: {sex: clean[f"served__{code}__{sex}"] for sex in _SEXES} for code in self.names},
            "money": {code: clean[f"money__{code}"] for code in MONEY},
        }


def _initial(report: Report) -> dict[str, Any]:
    told = report.told or {}
    words = {part.code: told.get(part.code, "") for part in catalogue.report_parts()}
    served = {
        f"served__{code}__{sex}": number
        for code, counts in told.get("served", {}).items()
        for sex, number in counts.items()
    }
    money = {f"money__{code}": number for code, number in told.get("money", {}).items()}
    return {"version": report.version, **words, **served, **money}
