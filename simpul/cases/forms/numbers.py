"""Which numbers somebody asks for, checked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import ValidationError
from django.forms import ChoiceField, Form
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from simpul.access.models import User
from simpul.cases.queries.numbers import (
    Period,
    Scope,
    areas_of,
    instruments_in_use,
    organisations_of,
    period_of,
)
from simpul.ui.fields import DayField


class NumbersForm(Form):
    """The period, area and organisation; each choice only where there is something to choose from."""

    masa = ChoiceField(label=_("Masa"), choices=Period.choices)
    dari = DayField(label=_("Dari tanggal"), required=False)
    sampai = DayField(label=_("Sampai tanggal"), required=False)
    wilayah = ChoiceField(label=_("Wilayah"), required=False)
    lembaga = ChoiceField(label=_("Lembaga"), required=False)
    instrumen = ChoiceField(label=_("Perubahan menurut instrumen"), required=False)

    def __init__(self, asked: Mapping[str, Any], *, viewer: User, on: date) -> None:
        super().__init__({"masa": Period.THIS_YEAR, **asked})
        self.viewer, self.on = viewer, on
        whole = ("", gettext("semua yang dapat Anda lihat"))
        self._choice("wilayah").choices = [whole, *areas_of(viewer)]
        self._choice("lembaga").choices = [whole, *organisations_of(viewer)]
        self._choice("instrumen").choices = self._instruments()

    def _choice(self, name: str) -> ChoiceField:
        return cast(ChoiceField, self.fields[name])

    def choices_of(self, name: str) -> dict[str, str]:
        """What can be chosen in a field, by its code."""
        return {str(code): str(words) for code, words in cast(Any, self._choice(name).choices)}

    def _instruments(self) -> list[tuple[str, str]]:
        # Which of them are in use depends on the rest of what is asked; any may be kept in an address.
        asked = str(self.data.get("instrumen", ""))
        return [("", gettext("tidak ditampilkan")), *([(asked, asked)] if asked else [])]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = self.cleaned_data
        since, until = cleaned.get("dari"), cleaned.get("sampai")
        if cleaned.get("masa") == Period.OWN and not self.errors:
            if since is None or until is None:
                raise ValidationError(gettext("Isi tanggal awal dan tanggal akhirnya."))
            if until < since:
                raise ValidationError(
                    gettext("Tanggal akhir lebih awal daripada tanggal mulai. Periksa keduanya.")
                )
            if until > self.on:
                raise ValidationError(gettext("Tanggal akhir belum terjadi. Pilih tanggal sampai hari ini."))
        return cleaned

    def scope(self) -> Scope:
        """What is asked for; the form has to be valid."""
        cleaned = self.cleaned_data
        since, until = cleaned["dari"], cleaned["sampai"]
        if cleaned["masa"] != Period.OWN:
            since, until = period_of(cleaned["masa"], self.on)
        organisation = UUID(cleaned["lembaga"]) if cleaned["lembaga"] else None
        scope = Scope(self.viewer, self.on, since, until, cleaned["wilayah"], organisation)
        self._choice("instrumen").choices = [
            ("", gettext("tidak ditampilkan")),
            *instruments_in_use(scope),
        ]
        return scope

    @property
    def asked(self) -> str:
        """The same once more in an address, for the links behind the numbers."""
        kept = ("masa", "wilayah", "lembaga", "instrumen")
        days = [f"{name}_{part}" for name in ("dari", "sampai") for part in ("day", "month", "year")]
        return urlencode({name: self.data[name] for name in (*kept, *days) if self.data.get(name)})

    @property
    def has_places(self) -> bool:
        return len(self.choices_of("wilayah")) > 2

    @property
    def has_bodies(self) -> bool:
        return len(self.choices_of("lembaga")) > 2

    @property
    def is_own_period(self) -> bool:
        return self.data.get("masa") == Period.OWN
