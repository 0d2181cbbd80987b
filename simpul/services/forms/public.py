"""What somebody without an account looks for in the directory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import BooleanField, CharField, ChoiceField, Form, HiddenInput
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from simpul.access.limits import Limit
from simpul.catalogue import services as catalogue
from simpul.organisations.queries.public import Place, place_of
from simpul.places.models import VILLAGE_SIGNS
from simpul.places.queries import named
from simpul.services.queries.parts import kinds, needs
from simpul.services.queries.public_search import Wanted

# Setting a sheet costs more than a page; a village office prints a few.
LEAFLETS = Limit("leaflet-set", 60)
_NOWHERE = _("Tidak ada wilayah dengan nama itu. Coba nama kecamatan, kabupaten, atau kotanya.")


class AreaForm(Form):
    """Where: `di` is what somebody typed, `wilayah` the code once a place is chosen. What was typed anew counts."""

    di = CharField(
        label=_("Di mana Anda tinggal?"),
        help_text=_("Nama desa, kecamatan, kabupaten atau kota."),
        required=False,
        max_length=100,
    )
    wilayah = CharField(required=False, max_length=VILLAGE_SIGNS, widget=HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None) -> None:
        super().__init__(data)
        # Everything may be left out: to say so at each field is only noise.
        for field in self.fields.values():
            field.depends = True  # type: ignore[attr-defined]
        self.place = Place(None, ())

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        typed, code = told.get("di", "").strip(), told.get("wilayah", "")
        chosen = named(code) if code else None
        self.place = place_of("", code) if chosen and typed in ("", str(chosen)) else place_of(typed, "")
        if self.place.taken is None and (typed or code):
            self.add_error("di", _NOWHERE)
        if self.place.taken:
            # Shown again as it was taken, so that the next search need not guess anew.
            self.data = {
                **dict(self.data.items()),
                "di": str(self.place.taken),
                "wilayah": self.place.taken.code,
            }
        return told

    @property
    def area(self) -> str:
        return self.place.taken.code if self.place.taken else ""


class PublicForm(AreaForm):
    """By situation, kind, PPKS type, place, hours, access, cost, words. Nothing is required."""

    situasi = ChoiceField(label=_("Apa yang terjadi?"), required=False)
    jenis = ChoiceField(label=_("Jenis bantuan"), required=False)
    melayani = ChoiceField(label=_("Untuk siapa"), required=False)
    akses = ChoiceField(label=_("Untuk penyandang disabilitas"), required=False)
    cari = CharField(label=_("Kata lain"), required=False, max_length=100)
    buka = BooleanField(label=_("Buka sekarang"), required=False)
    gratis = BooleanField(label=_("Gratis"), required=False)

    def __init__(self, data: Mapping[str, Any] | None) -> None:
        super().__init__(data)
        fields: Any = self.fields
        fields["situasi"].choices = [("", _("semua keadaan")), *situation_choices()]
        fields["jenis"].choices = [("", _("semua jenis")), *kinds()]
        fields["melayani"].choices = [("", _("siapa saja")), *needs()]
        fields["akses"].choices = [("", _("tidak perlu")), *access_choices()]

    def wanted(self) -> Wanted | None:
        """What was asked; None where it cannot be, or where no place is called so."""
        if not self.is_valid():
            return None
        told = self.cleaned_data
        return Wanted(
            situation=told["situasi"],
            kind=told["jenis"],
            need=told["melayani"],
            access=told["akses"],
            area=self.area,
            text=told["cari"].replace("\0", "").strip(),
            is_open=told["buka"],
            is_free=told["gratis"],
        )

    def carried(self, *without: str) -> list[tuple[str, str]]:
        """What was asked, for hidden fields and for an address."""
        told = {name: self.data.get(name, "") for name in self.fields if name not in without}
        return [(name, str(value)) for name, value in told.items() if value]


def situation_choices() -> list[tuple[str, str]]:
    """The plain words by which the public looks."""
    language = get_language() or "id"
    return [(one.code, str(one.title.in_language(language))) for one in catalogue.situations()]


def access_choices() -> list[tuple[str, str]]:
    """How a place can be used by persons with disability."""
    language = get_language() or "id"
    return [(one.code, str(one.title.in_language(language))) for one in catalogue.accesses()]
