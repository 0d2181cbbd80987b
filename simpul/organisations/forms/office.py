"""What a list of organisations is narrowed to, read from its address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.forms import BooleanField, CharField, ChoiceField, Form, Select
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from simpul.catalogue import editions
from simpul.organisations.models import Kind
from simpul.organisations.queries.office_asked import LEVELS, NO_TYPE, Asked
from simpul.organisations.queries.office_map import area_choices, is_within

_ANY = ("", _("semua"))
_SELECTED = mark_safe(" selected")


def need_choices() -> list[tuple[str, str]]:
    """The types of need of the edition in use, in the language of the page."""
    language = get_language() or "id"
    return [
        (need.code, str(need.display.in_language(language)))
        for need in editions.get(settings.SIMPUL_EDITION).types
    ]


class Choices(Select):
    """A select drawn at once, where Django asks a template for each choice: filters have two hundred of them."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = set(self.format_value(value))
        options = format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            ((code, _SELECTED if str(code) in chosen else "", words) for code, words in self.choices),
        )
        told = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        return format_html("<select{}>\n{}\n</select>", flatatt(told), options)


class Filter(ChoiceField):
    """One of several, or all."""

    widget = Choices


def unmarked(form: Form) -> None:
    """Every filter may be left out: to say so at each of them is only noise."""
    for field in form.fields.values():
        field.depends = True  # type: ignore[attr-defined]


class DirectoryForm(Form):
    """The filters that everybody who is signed in has. Nothing is required; a field left out was not asked for."""

    cari = CharField(label=_("Nama"), required=False, max_length=100)
    wilayah = Filter(
        label=_("Wilayah"),
        required=False,
        error_messages={
            "invalid_choice": _("Wilayah itu tidak ada dalam jangkauan Anda. Pilih dari daftar.")
        },
    )
    tepat = BooleanField(required=False)
    jenis = Filter(label=_("Jenis"), required=False, choices=[_ANY, *Kind.choices])
    melayani = Filter(label=_("Melayani"), required=False)
    terdaftar = Filter(
        label=_("Tanda daftar"),
        required=False,
        choices=[
            _ANY,
            ("ya", _("terdaftar")),
            ("tidak", _("belum terdaftar")),
            ("habis", _("segera berakhir")),
        ],
    )
    terakreditasi = Filter(
        label=_("Akreditasi"),
        required=False,
        choices=[
            _ANY,
            ("ya", _("terakreditasi")),
            ("tidak", _("belum terakreditasi")),
            ("habis", _("segera berakhir")),
        ],
    )
    tipe = Filter(
        label=_("Tipe"),
        required=False,
        choices=[_ANY, *((letter, letter) for letter in "ABCD"), (NO_TYPE, _("belum ditetapkan"))],
    )
    tingkat = Filter(
        label=_("Tingkat wilayah"),
        required=False,
        choices=[_ANY, *LEVELS, (NO_TYPE, _("belum ditetapkan"))],
    )
    keadaan = Filter(
        label=_("Keadaan"),
        required=False,
        choices=[("", _("masih berjalan")), ("tutup", _("sudah tutup")), ("semua", _("semua"))],
    )
    urut = Filter(
        label=_("Urutkan menurut"),
        required=False,
        choices=[
            ("", _("nama")),
            ("wilayah", _("wilayah")),
            ("tipe", _("tipe")),
            ("berakhir", _("berakhirnya tanda daftar")),
        ],
    )

    def __init__(self, data: Mapping[str, Any], *, tops: Iterable[str] = ("",)) -> None:
        super().__init__(data)
        self.tops = tuple(tops)
        chosen = str(data.get("wilayah", ""))
        area = chosen if is_within(chosen, self.tops) else ""
        self._field("wilayah").choices = [("", _("seluruh wilayah")), *area_choices(area, self.tops)]
        self._field("melayani").choices = [_ANY, *need_choices()]
        unmarked(self)

    def _field(self, name: str) -> Filter:
        field: Any = self.fields[name]
        return field

    def asked(self) -> Asked:
        """What was asked, once it is valid; nothing of a form that is not."""
        if not self.is_valid():
            return Asked()
        told = self.cleaned_data
        return Asked(
            area=told["wilayah"],
            is_exact=told["tepat"],
            kind=told["jenis"],
            type=told["tipe"],
            level=told["tingkat"],
            need=told["melayani"],
            registered=told["terdaftar"],
            accredited=told["terakreditasi"],
            papers=told.get("surat", ""),
            is_flagged=told.get("ditandai", False),
            state=told["keadaan"],
            text=told["cari"],
            sort=told["urut"],
        )

    @property
    def folded(self) -> list[Any]:
        """The filters that are seldom used."""
        return [self[name] for name in _SELDOM if name in self.fields]

    @property
    def is_folded(self) -> bool:
        return not any(self.data.get(name) for name in _SELDOM)


_SELDOM = ("terakreditasi", "tipe", "tingkat", "surat", "keadaan", "urut", "ditandai")


class OfficeForm(DirectoryForm):
    """The same with what only an office sees: papers that run out, flags."""

    surat = Filter(
        label=_("Surat"),
        required=False,
        choices=[_ANY, ("habis", _("sudah habis berlaku")), ("segera", _("segera habis berlaku"))],
    )
    ditandai = BooleanField(label=_("Hanya yang ditandai"), required=False)


class MapForm(Form):
    """Which area the map and the numbers of an office are of."""

    wilayah = Filter(label=_("Wilayah"), required=False)

    def __init__(self, data: Mapping[str, Any], *, tops: Iterable[str]) -> None:
        super().__init__(data)
        chosen = str(data.get("wilayah", ""))
        heads = tuple(tops)
        area = chosen if is_within(chosen, heads) else ""
        field: Any = self.fields["wilayah"]
        field.choices = [("", _("seluruh wilayah")), *area_choices(area or heads[0], heads)]
        self.area = area or heads[0]
