"""What somebody asks of the whole register, checked."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.forms import BooleanField, ChoiceField, Form, HiddenInput, UUIDField
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from simpul.access.models import User
from simpul.population.queries.lists import lists_with_rules
from simpul.population.queries.numbers import areas_in
from simpul.population.queries.register import Register, kept_rows
from simpul.ui.fields import DayField


def title_of(edition: Any) -> str:
    """A list as people choose it."""
    return str(edition.title.in_language(get_language() or "id"))


class AreaForm(Form):
    """One area of what somebody may see; nothing to choose where there is only one."""

    wilayah = ChoiceField(label=_("Wilayah"), required=False)

    def __init__(self, asked: Mapping[str, Any], *, viewer: User, register: Register | None) -> None:
        super().__init__(asked, label_suffix="")
        areas = areas_in(register, viewer) if register else ()
        choice = cast(ChoiceField, self.fields["wilayah"])
        choice.choices = [("", gettext("semua yang dapat Anda lihat")), *areas]
        self.has_areas = len(areas) > 1

    @property
    def region(self) -> str:
        """The code that was chosen; the whole where it is none of those within reach."""
        return str(self.cleaned_data["wilayah"]) if self.is_valid() else ""

    @property
    def asked(self) -> str:
        """The same once more in an address, for the lists behind the numbers."""
        return urlencode({name: self.data[name] for name in self.fields if self.data.get(name)})


class ChangesForm(AreaForm):
    """Which two kept days are laid beside each other."""

    dari = ChoiceField(label=_("Dari"))
    sampai = ChoiceField(label=_("Sampai"))
    field_order = ("dari", "sampai", "wilayah")

    def __init__(self, asked: Mapping[str, Any], *, viewer: User, register: Register | None) -> None:
        days = kept_days()
        self.has_days = len(days) > 1
        usual = {"dari": days[1][0], "sampai": days[0][0]} if self.has_days else {}
        super().__init__({**usual, **asked}, viewer=viewer, register=register)
        for name in ("dari", "sampai"):
            cast(ChoiceField, self.fields[name]).choices = days

    def days(self) -> tuple[date, date] | None:
        """The earlier and the later day; None where they are not two that are kept."""
        if not self.is_valid():
            return None
        chosen = sorted(date.fromisoformat(self.cleaned_data[name]) for name in ("dari", "sampai"))
        return (chosen[0], chosen[1]) if chosen[0] != chosen[1] else None


def kept_days() -> list[tuple[str, str]]:
    """The days of which a register is kept, the newest first, to choose from."""
    days = dict.fromkeys(kept_rows().values_list("on", flat=True))
    return [(day.isoformat(), date_format(day, "j F Y")) for day in days]


class TrialForm(AreaForm):
    """Which other list is tried."""

    daftar = ChoiceField(label=_("Daftar lain"))
    field_order = ("daftar", "wilayah")

    def __init__(self, asked: Mapping[str, Any], *, viewer: User, register: Register | None) -> None:
        lists = other_lists()
        usual = {"daftar": lists[0][0]} if lists else {}
        super().__init__({**usual, **asked}, viewer=viewer, register=register)
        cast(ChoiceField, self.fields["daftar"]).choices = lists

    @property
    def edition(self) -> str:
        return str(self.cleaned_data["daftar"]) if self.is_valid() else ""


def other_lists() -> list[tuple[str, str]]:
    """Every list with rules but the one that the office uses."""
    return [
        (edition.code, title_of(edition))
        for edition in lists_with_rules()
        if edition.code != settings.SIMPUL_EDITION
    ]


class ScreenForm(Form):
    """Have everybody screened."""

    once = UUIDField(widget=HiddenInput, required=False)
    day = DayField(
        label=_("Menurut keadaan pada tanggal"),
        help_text=_("Jawaban yang berlaku dan umur orang pada hari itu."),
    )
    edition = ChoiceField(label=_("Bandingkan juga dengan daftar lain"), required=False)
    anew = BooleanField(
        label=_("Buka lagi semua jawaban dari awal"),
        help_text=_("Lebih lama. Perlu hanya bila angkanya diragukan."),
        required=False,
    )

    def __init__(self, typed: Mapping[str, Any] | None = None, *, on: date, edition: str = "") -> None:
        super().__init__(
            typed, initial={"day": on, "once": uuid.uuid4(), "edition": edition}, label_suffix=""
        )
        cast(ChoiceField, self.fields["edition"]).choices = [("", gettext("tidak")), *other_lists()]

    def details(self) -> dict[str, Any]:
        """What the action hears; the form has to be valid."""
        return {name: self.cleaned_data[name] for name in ("day", "edition", "anew")} | {
            "key": self.cleaned_data["once"] or uuid.uuid4()
        }
