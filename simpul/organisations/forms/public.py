"""What somebody without an account looks for, read from the address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import BooleanField, CharField, Form, HiddenInput
from django.utils.translation import gettext_lazy as _

from simpul.organisations.forms.office import Filter, need_choices, unmarked
from simpul.organisations.models import Kind
from simpul.organisations.queries.bodies import AT_HOME
from simpul.organisations.queries.office_asked import Asked
from simpul.organisations.queries.public import Place, place_of
from simpul.places.models import VILLAGE_SIGNS

_KINDS = [(code, words) for code, words in Kind.choices if code not in AT_HOME]


class PublicForm(Form):
    """Name, place, whom it serves, kind. `di` is what somebody typed, `wilayah` the code once a place is chosen."""

    cari = CharField(label=_("Nama lembaga"), required=False, max_length=100)
    di = CharField(
        label=_("Di mana?"),
        help_text=_("Nama desa, kecamatan, kabupaten atau kota."),
        required=False,
        max_length=100,
    )
    wilayah = CharField(required=False, max_length=VILLAGE_SIGNS, widget=HiddenInput)
    melayani = Filter(label=_("Melayani"), required=False)
    jenis = Filter(label=_("Jenis"), required=False, choices=[("", _("semua")), *_KINDS])
    terdaftar = BooleanField(label=_("Hanya yang terdaftar"), required=False)
    terakreditasi = BooleanField(label=_("Hanya yang terakreditasi"), required=False)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        needs: Any = self.fields["melayani"]
        needs.choices = [("", _("siapa saja")), *need_choices()]
        unmarked(self)
        self.place = Place(None, ())

    def asked(self) -> Asked | None:
        """What was asked; None where it cannot be, or where no place is called so."""
        if not self.is_valid():
            return None
        told = self.cleaned_data
        self.place = place_of(told["di"], told["wilayah"])
        if self.place.taken is None and (told["di"].strip() or told["wilayah"]):
            self.add_error("di", _("Tidak ada wilayah dengan nama itu. Coba nama kabupaten atau kotanya."))
            return None
        return Asked(
            area=self.place.taken.code if self.place.taken else "",
            kind=told["jenis"],
            need=told["melayani"],
            registered="ya" if told["terdaftar"] else "",
            accredited="ya" if told["terakreditasi"] else "",
            text=told["cari"],
        )
