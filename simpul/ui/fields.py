"""Fields as people know them: a day in three boxes, an amount of rupiah; mistakes are explained in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import MultiValueField, MultiWidget, TextInput, Widget
from django.forms.fields import CharField, ChoiceField
from django.utils.translation import gettext as _

# The names people write, and the first three letters of each.
_MONTH_NAMES = (
    ("januari", "january"),
    ("februari", "february", "pebruari"),
    ("maret", "march", "mar"),
    ("april",),
    ("mei", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("agustus", "august", "agt", "agu"),
    ("september", "sept"),
    ("oktober", "october"),
    ("november", "nopember"),
    ("desember", "december"),
)
_MONTHS = {
    written: number
    for number, names in enumerate(_MONTH_NAMES, start=1)
    for name in names
    for written in (name, name[:3])
}
# Months are reckoned from what is typed, and the calendar itself ends: no paper or life reaches further than this.
FIRST_YEAR, LAST_YEAR = 1800, 2200
# A thousand milliard rupiah: whoever types more has leant on the key.
LARGEST_AMOUNT = 10**12


class DayInput(MultiWidget):
    """Three text boxes. Not the browser's own calendar: it is hard to reach 1954 in it with a thumb."""

    template_name = "ui/widgets/day.html"
    use_fieldset = True

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        boxes: dict[str, Widget | type[Widget]] = {
            "day": TextInput({"size": 3, "maxlength": 2, "inputmode": "numeric", "autocomplete": "off"}),
            "month": TextInput({"size": 10, "maxlength": 12, "autocomplete": "off"}),
            "year": TextInput({"size": 5, "maxlength": 4, "inputmode": "numeric", "autocomplete": "off"}),
        }
        super().__init__(boxes, dict(attrs or {}))

    def decompress(self, value: date | None) -> list[str]:
        if value is None:
            return ["", "", ""]
        return [str(value.day), str(value.month), str(value.year)]


class DayField(MultiValueField):
    """A date from a day, a month (number or name) and a year. Empty when all three boxes are."""

    widget = DayInput

    def __init__(self, **details: Any) -> None:
        boxes = [CharField(required=False) for _part in ("day", "month", "year")]
        super().__init__(boxes, require_all_fields=False, **details)

    def compress(self, data_list: list[str]) -> date | None:
        if not any(data_list):
            return None
        day, month, year = (part.strip() for part in data_list)
        if not (day and month and year):
            raise ValidationError(
                _("Isi tanggal, bulan dan tahun. Bila salah satu tidak diketahui, kosongkan semuanya.")
            )
        number = _MONTHS.get(month.lower()) or _whole(month)
        if number is None or not 1 <= number <= 12:
            raise ValidationError(
                _("Bulan ditulis dengan angka 1 sampai 12 atau namanya, misalnya 11 atau November.")
            )
        if len(year) != 4 or _whole(year) is None:
            raise ValidationError(_("Tahun ditulis dengan empat angka, misalnya 1954."))
        if not FIRST_YEAR <= int(year) <= LAST_YEAR:
            raise ValidationError(_("Tahun itu terlalu jauh. Periksa tahunnya."))
        try:
            return date(int(year), number, _whole(day) or 0)
        except ValueError:
            raise ValidationError(
                _("Tanggal itu tidak ada di kalender. Periksa tanggal dan bulannya.")
            ) from None


class PresetChoice(ChoiceField):
    """A choice that stands already when the page opens; left out, it stays as it was."""

    def clean(self, value: Any) -> Any:
        return super().clean(value or str(self.initial))


class DependentChoice(ChoiceField):
    """A choice that another answer asks for; the action says so. The page does not call it optional."""

    depends = True

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class DependentText(CharField):
    """Text that another answer asks for; the action says so. The page does not call it optional."""

    depends = True


class RupiahField(CharField):
    """An amount in whole rupiah, with or without "Rp" and the dots of thousands; None for nothing."""

    def __init__(self, **details: Any) -> None:
        widget = TextInput(attrs={"inputmode": "numeric", "size": 16, "autocomplete": "off"})
        super().__init__(**{"required": False, "max_length": 30, "widget": widget, **details})

    def prepare_value(self, value: Any) -> Any:
        return _said_rupiah(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        typed = super().clean(value).lower().removeprefix("rp").lstrip(". ")
        plain = typed.removesuffix(",00").removesuffix(",-").replace(".", "").replace(" ", "")
        if not plain:
            return None
        if not (plain.isascii() and plain.isdigit()):
            raise ValidationError(_("Tulis jumlahnya dalam rupiah penuh, misalnya 1.250.000."))
        if int(plain) > LARGEST_AMOUNT:
            raise ValidationError(_("Angka ini terlalu besar. Periksa jumlah nolnya."))
        return int(plain)


def _said_rupiah(amount: int | None) -> str:
    """Rp1.250.000; nothing for nothing."""
    return "" if amount is None else f"Rp{amount:,}".replace(",", ".")


def _whole(text: str) -> int | None:
    return int(text) if len(text) <= 4 and text.isascii() and text.isdigit() else None
