"""What may be told of a place, and how it is said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.access.refusal import Refusal, fitting
from simpul.organisations.models import Organisation
from simpul.organisations.queries.bodies import TOLD_SIGNS, is_place_secret
from simpul.organisations.queries.secret_words import tells_place
from simpul.places import queries as regions
from simpul.services.models import Place
from simpul.services.queries.parts import Field, Shape, Values, accesses
from simpul.services.queries.values import ValueWrong
from simpul.services.stages import PlaceKind

PLACE_FIELDS = (
    "kind",
    "name",
    "region",
    "address",
    "postal_code",
    "latitude",
    "longitude",
    "transport",
    "is_island",
    "accesses",
    "phone",
)
LABELS = {
    "kind": gettext_lazy("Bagaimana orang datang"),
    "name": gettext_lazy("Nama tempat"),
    "region": gettext_lazy("Wilayah"),
    "address": gettext_lazy("Alamat"),
    "postal_code": gettext_lazy("Kode pos"),
    "latitude": gettext_lazy("Lintang"),
    "longitude": gettext_lazy("Bujur"),
    "transport": gettext_lazy("Cara ke sana"),
    "is_island": gettext_lazy("Hanya dengan kapal atau pesawat"),
    "accesses": gettext_lazy("Yang bisa bagi penyandang disabilitas"),
    "phone": gettext_lazy("Telepon di tempat ini"),
}
_MOST = {"name": 200, "address": 500, "postal_code": 10, "transport": 500, "phone": 40}
_DEGREES = {"latitude": 90, "longitude": 180}
_POSTAL = re.compile(r"[0-9]{5}")
_NUMBER = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,15})?")


def kinds_for(organisation: Organisation) -> list[tuple[str, str]]:
    """The kinds of place that this body may tell: one that is visited only where its address is no secret."""
    return [
        (kind.value, str(kind.label))
        for kind in PlaceKind
        if kind != PlaceKind.PHYSICAL or not is_place_secret(organisation)
    ]


def place_values(place: Place) -> Values:
    """What is told of a place, as plain values."""
    return {name: getattr(place, name) for name in PLACE_FIELDS}


def place_words(values: Mapping[str, Any]) -> str:
    """A place in one line."""
    kind = "" if values["address"] else str(PlaceKind(values["kind"]).label)
    region = regions.path(values["region"]) if values["region"] else ""
    told = (values["name"] or kind, values["address"], region, values["phone"])
    return ", ".join(filter(None, told))


def checked_place(organisation: Organisation, values: Mapping[str, Any]) -> Values:
    """The values as they would be kept. Raises ValueWrong.

    Of a contact point neither address nor position nor the way there is kept, and no more than the kabupaten.
    """
    kept: Values = {name: _line(name, values.get(name)) for name in _MOST}
    kept["kind"] = _kind(organisation, values.get("kind"))
    kept["region"] = _region(values.get("region"), kept["kind"])
    kept |= {name: _degree(name, values.get(name)) for name in _DEGREES}
    kept["is_island"] = values.get("is_island") is True
    kept["accesses"] = [code for code, _title in accesses() if code in (values.get("accesses") or ())]
    if kept["kind"] != PlaceKind.PHYSICAL:
        kept |= {"address": "", "postal_code": "", "transport": "", "latitude": None, "longitude": None}
    if kept["kind"] == PlaceKind.CONTACT_POINT:
        kept["region"] = kept["region"][:TOLD_SIGNS]
    _require(organisation, kept)
    return kept


def _require(organisation: Organisation, kept: Values) -> None:
    if (kept["latitude"] is None) != (kept["longitude"] is None):
        raise ValueWrong("longitude", _("Isi lintang dan bujur keduanya, atau kosongkan keduanya."))
    if kept["kind"] != PlaceKind.PHYSICAL and not kept["phone"]:
        raise ValueWrong("phone", _("Tulis nomor yang dapat dihubungi: tanpa itu orang tidak sampai."))
    if kept["kind"] == PlaceKind.PHYSICAL and not (kept["address"] or kept["name"]):
        raise ValueWrong("address", _("Tulis alamatnya, atau nama tempat yang dikenal orang."))
    if kept["postal_code"] and not _POSTAL.fullmatch(kept["postal_code"]):
        raise ValueWrong("postal_code", _("Kode pos terdiri atas lima angka."))
    if tells_place(organisation, kept["name"]):
        raise ValueWrong("name", _("Nama itu menyebut tempat yang dirahasiakan. Pakai nama lain."))


def _kind(organisation: Organisation, value: Any) -> str:
    kind = str(value or "")
    if kind not in PlaceKind.values:
        raise ValueWrong("kind", _("Pilih bagaimana orang datang."))
    if kind not in dict(kinds_for(organisation)):
        raise ValueWrong(
            "kind",
            _("Alamat lembaga ini dirahasiakan. Pilih titik hubung, atau lewat telepon atau internet."),
        )
    return kind


def _region(value: Any, kind: str) -> str:
    code = str(value or "")
    found = regions.named(code) if code else None
    if found is None and (code or kind != PlaceKind.VIRTUAL):
        raise ValueWrong("region", _("Cari wilayahnya, lalu pilih dari daftar."))
    return found.code if found else ""


def _line(name: str, value: Any) -> str:
    field = Field(name, LABELS[name], Shape.TEXT if name in ("address", "transport") else Shape.LINE)
    try:
        kept = fitting(str(value or ""), str(field.label), _MOST[name])
    except Refusal as refusal:
        raise ValueWrong(name, str(refusal)) from None
    return kept if field.shape is Shape.TEXT else " ".join(kept.split())


def _degree(name: str, value: Any) -> float | None:
    if value in (None, ""):
        return None
    text = str(value).strip().replace(",", ".")
    if not _NUMBER.fullmatch(text) or abs(float(text)) > _DEGREES[name]:
        raise ValueWrong(
            name,
            _("%(what)s ditulis dalam derajat, antara -%(most)s dan %(most)s.")
            % {"what": LABELS[name], "most": _DEGREES[name]},
        )
    return float(text)
