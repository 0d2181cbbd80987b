"""What a recap is asked for, read from its address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.forms import ChoiceField, DateField, DateInput, Form
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from simpul.organisations.queries.office_map import area_choices, is_within
from simpul.recaps.facts import Asked, Definition
from simpul.recaps.queries.asking import asked_for, day_mistakes, editions_to_ask


class Day(DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AskedForm(Form):
    """Filters of a recap: each only where the recap can be asked for it. Nothing is required."""

    wilayah = ChoiceField(
        label=_("Wilayah"),
        required=False,
        error_messages={
            "invalid_choice": _("Wilayah itu tidak ada dalam jangkauan Anda. Pilih dari daftar.")
        },
    )
    sejak = DateField(label=_("Sejak"), required=False, widget=Day())
    hari = DateField(label=_("Sampai atau keadaan pada"), required=False, widget=Day())
    dasar = ChoiceField(
        label=_("Yang dihitung"),
        required=False,
        choices=[
            ("", _("ditetapkan pekerja sosial")),
            ("aturan", _("disarankan aturan, belum diputuskan")),
        ],
    )
    menurut = ChoiceField(
        label=_("Menurut"),
        required=False,
        choices=[("", _("tempat tinggal sekarang")), ("layanan", _("tempat layanan"))],
    )
    daftar = ChoiceField(label=_("Daftar jenis"), required=False)

    def __init__(self, data: Mapping[str, Any], *, of: Definition, tops: Iterable[str], on: date) -> None:
        super().__init__(data)
        self.on, self.of = on, of
        self.heads = heads = tuple(tops)
        chosen = str(data.get("wilayah", ""))
        self.area = chosen if chosen and is_within(chosen, heads) else _first(heads)
        fields: dict[str, Any] = self.fields
        fields["wilayah"].choices = _areas(self.area, heads)
        language = get_language() or "id"
        fields["daftar"].choices = [
            ("", _("yang dipakai kantor")),
            *((one.code, one.title.in_language(language)) for one in editions_to_ask()),
        ]
        for name, need in _NEEDED.items():
            if need not in of.uses:
                del fields[name]
        for field in fields.values():
            field.depends = True

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        names = {"since": "sejak", "until": "hari"}
        for name, words in day_mistakes(told.get("sejak"), told.get("hari"), self.on).items():
            self.add_error(names[name], words)
        return told

    def asked(self) -> Asked:
        """What was asked; what cannot be asked was said by the form before."""
        told = self.cleaned_data if self.is_valid() else {}
        return asked_for(
            self.of,
            tops=self.heads,
            on=self.on,
            area=self.area,
            since=told.get("sejak"),
            until=told.get("hari"),
            edition=told.get("daftar") or "",
            by_place=told.get("menurut") == "layanan",
            suggested=told.get("dasar") == "aturan",
        )


_NEEDED = {
    "wilayah": "area",
    "sejak": "period",
    "dasar": "suggested",
    "menurut": "place",
    "daftar": "edition",
}


def _areas(area: str, heads: tuple[str, ...]) -> list[tuple[str, str]]:
    """What is chosen first is what is counted without a choice; every area of who asks can be chosen."""
    offered = area_choices(area, heads)
    others = [head for head in heads if head and head not in dict(offered)]
    everywhere = [("", str(_("seluruh wilayah")))] if "" in heads else []
    return [*everywhere, *offered, *area_choices("", others)]


def _first(heads: tuple[str, ...]) -> str:
    return heads[0] if heads else ""
