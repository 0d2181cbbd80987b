"""Fields and parts of forms that several pages about people share."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import CharField, Form, IntegerField, Textarea, TextInput
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from simpul.engines.rules import DateRange
from simpul.people.facts import OLDEST, born_from_age, oldest_birth
from simpul.places import queries as places
from simpul.places.models import VILLAGE_SIGNS
from simpul.ui.fields import DayField, PresetChoice

MARGINS = (1, 2, 5, 10)
NUMBER = {"inputmode": "numeric", "autocomplete": "off", "size": "22"}
SMALL_NUMBER = {"inputmode": "numeric", "autocomplete": "off", "size": "4"}
NAME = {"autocomplete": "off", "spellcheck": "false"}


def _margins() -> list[tuple[str, str]]:
    return [
        (str(years), ngettext("%(years)s tahun", "%(years)s tahun", years) % {"years": years})
        for years in MARGINS
    ]


class KnowsTheDay(Form):
    """A form that judges what was typed by the day."""

    def __init__(self, data: Any = None, *, on: date, **details: Any) -> None:
        super().__init__(data, **details)
        self.on = on


class BirthFields(KnowsTheDay):
    """A birth date, or an estimated age; both may be missing. Leaves `birth` in the cleaned data."""

    born = DayField(label=_("Tanggal lahir"), required=False)
    age = IntegerField(
        label=_("Umur, kira-kira"),
        required=False,
        min_value=0,
        max_value=OLDEST,
        widget=TextInput(SMALL_NUMBER),
        error_messages={
            "invalid": _("Umur ditulis dengan angka, misalnya 67."),
            "min_value": _("Umur tidak bisa kurang dari 0."),
            "max_value": _("Umur lebih dari %(limit_value)s tahun. Periksa angkanya."),
        },
    )
    margin = PresetChoice(
        label=_("Bisa lebih atau kurang"),
        initial="5",
        choices=_margins,
    )

    def clean_born(self) -> date | None:
        born: date | None = self.cleaned_data["born"]
        if born and born > self.on:
            raise ValidationError(gettext("Tanggal lahir itu belum terjadi. Periksa tahunnya."))
        if born and born < oldest_birth(self.on):
            raise ValidationError(
                gettext("Menurut tanggal itu umurnya lebih dari %(most)s tahun. Periksa tahunnya.")
                % {"most": OLDEST}
            )
        return born

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        born, age = cleaned.get("born"), cleaned.get("age")
        if born and age is not None and not self._gives_way:
            self.add_error("age", gettext("Isi tanggal lahir atau perkiraan umur, jangan keduanya."))
        cleaned["birth"] = born or self._estimated(age, cleaned.get("margin"))
        return cleaned

    @property
    def _gives_way(self) -> bool:
        """Whether the age was only a way to find somebody."""
        return False

    def _estimated(self, age: int | None, margin: str | None) -> DateRange | None:
        return None if age is None else born_from_age(age, int(margin or MARGINS[2]), self.on)


class RegionField(Form):
    """The place where somebody lives, chosen from what the words found."""

    region = CharField(required=False, max_length=VILLAGE_SIGNS, label=_("Desa atau kelurahan"))
    region_text = CharField(required=False, max_length=100)

    def clean_region(self) -> str:
        return places.chosen(self.cleaned_data["region"])


class HouseholdChoice(KnowsTheDay):
    """The home somebody lives in: one that is there, or a new one."""

    household = CharField(required=False, max_length=36)
    household_text = CharField(required=False, max_length=100)

    def clean_household(self) -> uuid.UUID | None:
        chosen = self.cleaned_data["household"]
        if chosen in ("", "new"):
            return None
        try:
            return uuid.UUID(chosen)
        except ValueError:
            raise ValidationError(gettext("Pilih rumah tangga dari daftar, atau buat yang baru.")) from None


class HomeFields(KnowsTheDay):
    """What is kept of a home."""

    address = CharField(
        label=_("Alamat atau tempat biasa ditemui"),
        required=False,
        max_length=500,
        widget=Textarea({"rows": 2}),
    )
    kk = CharField(label=_("Nomor KK"), required=False, max_length=32, widget=TextInput(NUMBER))
