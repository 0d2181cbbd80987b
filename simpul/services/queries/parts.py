"""The listing of a service in small parts, one thing per page: which fields each has and what may stand in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from simpul.catalogue import casework, editions
from simpul.catalogue import services as catalogue
from simpul.organisations.stages import ServiceSystem
from simpul.services.models import Service
from simpul.services.stages import Cost, Sex, WaitingOrder

Choices = list[tuple[str, str]]
Values = dict[str, Any]


class Shape(StrEnum):
    """What kind of value a field holds, and so how it is typed, checked and said."""

    LINE = "line"
    TEXT = "text"
    LINES = "lines"  # one thing in a line
    CHOICE = "choice"
    CHOICES = "choices"
    COUNT = "count"
    MONEY = "money"
    TICK = "tick"
    PHONE = "phone"
    EMAIL = "email"
    WEB = "web"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a part. `most` is letters for words, and the largest number for counts."""

    name: str
    label: Promise
    shape: Shape = Shape.LINE
    most: int = 200
    choices: Callable[[], Choices] | None = None
    is_needed: bool = False
    hint: Promise | str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A few fields that are asked on one page, under one plain question."""

    code: str
    title: Promise
    question: Promise
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)


def _titles(entries: Any) -> Choices:
    language = get_language() or "id"
    return [(entry.code, entry.title.in_language(language)) for entry in entries]


def kinds() -> Choices:
    """The kinds of help, code and words."""
    return _titles(casework.service_kinds())


def needs() -> Choices:
    """The PPKS types of the edition that this office uses."""
    language = get_language() or "id"
    edition = editions.get(settings.SIMPUL_EDITION)
    return [(need.code, need.display.in_language(language)) for need in edition.types]


def situations() -> Choices:
    """The plain words by which the public looks."""
    return _titles(catalogue.situations())


def accesses() -> Choices:
    """How persons with disability can use it."""
    return _titles(catalogue.accesses())


def _from(choices: Any) -> Callable[[], Choices]:
    return lambda: [(code, str(words)) for code, words in choices.choices]


# Languages that services name; ISO 639. Others come along with an import and stay as they are.
LANGUAGES: Mapping[str, Promise] = MappingProxyType(
    {
        "id": _("Indonesia"),
        "ms": _("Melayu"),
        "jv": _("Jawa"),
        "su": _("Sunda"),
        "mad": _("Madura"),
        "min": _("Minangkabau"),
        "btk": _("Batak"),
        "bug": _("Bugis"),
        "mak": _("Makassar"),
        "ban": _("Bali"),
        "ace": _("Aceh"),
        "bjn": _("Banjar"),
        "sas": _("Sasak"),
        "pmy": _("Melayu Papua"),
        "zh": _("Tionghoa"),
        "en": _("Inggris"),
        "ins": _("Bahasa isyarat (BISINDO atau SIBI)"),
    }
)


def _languages() -> Choices:
    return [(code, str(words)) for code, words in LANGUAGES.items()]


_WHAT = (
    Field("name", _("Nama layanan"), is_needed=True, hint=_("Misalnya: Asrama anak, Antar makanan lansia.")),
    Field("alternate_name", _("Nama lain yang dikenal orang")),
    Field("kind", _("Jenis bantuan"), Shape.CHOICE, choices=kinds, is_needed=True),
    Field("about", _("Apa yang didapat orang di sini"), Shape.TEXT, most=2000, hint=_("Dua atau tiga kalimat. Semua orang dapat membacanya.")),
    Field("setting", _("Di mana dilayani"), Shape.CHOICE, choices=_from(ServiceSystem)),
)  # fmt: skip
_FOUND = (
    Field("situations", _("Keadaan yang dibantu"), Shape.CHOICES, choices=situations, hint=_("Dengan kata-kata ini orang mencari bantuan.")),
    Field("is_for_emergencies", _("Menerima keadaan darurat, kapan pun layanan ini buka"), Shape.TICK),
)  # fmt: skip
_WHOM = (
    Field(
        "need_types",
        _("Jenis PPKS"),
        Shape.CHOICES,
        choices=needs,
        hint=_("Kosongkan bila untuk siapa saja."),
    ),
    Field("age_from", _("Umur paling muda"), Shape.COUNT, most=120, hint=_("Kosongkan bila tidak dibatasi.")),
    Field("age_to", _("Umur paling tua"), Shape.COUNT, most=120),
    Field("sex", _("Hanya untuk"), Shape.CHOICE, choices=_from(Sex)),
)
_RULE = (
    Field("rule_words", _("Syarat dengan kata-kata biasa"), Shape.TEXT, most=1000, hint=_("Ini yang dibaca orang. Kosongkan bila aturan di bawah cukup: Simpul menuliskannya.")),
    Field("rule", _("Syarat sebagai aturan"), Shape.RULE, most=4000, hint=_("Misalnya: is_elderly AND NOT cared_for. Kosongkan bila tidak ada.")),
)  # fmt: skip
_COST = (
    Field("cost", _("Biaya"), Shape.CHOICE, choices=_from(Cost), is_needed=True),
    Field("cost_amount", _("Berapa rupiah"), Shape.MONEY, most=10**12, hint=_("Hanya bila bertarif.")),
    Field("cost_words", _("Keterangan biaya"), most=300, hint=_("Misalnya: gratis bagi pemegang BPJS.")),
)
_BRING = (
    Field("papers", _("Surat yang dibawa"), Shape.LINES, most=2000, hint=_("Satu surat satu baris. Tulis juga bila boleh menyusul.")),
    Field("procedure", _("Apa yang terjadi setelah datang"), Shape.TEXT, most=2000, hint=_("Langkah demi langkah, dengan kata-kata pendek.")),
)  # fmt: skip
_ACCESS = (
    Field("accesses", _("Yang bisa bagi penyandang disabilitas"), Shape.CHOICES, choices=accesses),
    Field("languages", _("Bahasa petugas"), Shape.CHOICES, choices=_languages),
)
_CONTACT = (
    Field("phone", _("Telepon"), Shape.PHONE, most=40, hint=_("Nomor layanan, bukan nomor pribadi: semua orang dapat melihatnya.")),
    Field("contact_name", _("Bagian atau nama yang menjawab"), hint=_("Misalnya: Bagian penerimaan.")),
    Field("email", _("Surel"), Shape.EMAIL),
    Field("website", _("Situs web"), Shape.WEB),
    Field("alert", _("Pengumuman pendek"), most=300, hint=_("Misalnya: tutup selama libur Lebaran.")),
)  # fmt: skip
_ROOM = (
    Field("capacity", _("Daya tampung"), Shape.COUNT, most=1_000_000, hint=_("Berapa orang dapat dilayani pada waktu yang sama.")),
    Field("days_waiting", _("Biasanya menunggu berapa hari"), Shape.COUNT, most=3650),
    Field("waiting_order", _("Urutan daftar tunggu"), Shape.CHOICE, choices=_from(WaitingOrder), is_needed=True),
    Field("takes_referrals", _("Menerima rujukan lewat Simpul"), Shape.TICK),
)  # fmt: skip
PARTS: Mapping[str, Part] = MappingProxyType({
    part.code: part
    for part in (
        Part("what", _("Apa"), _("Layanan apa ini?"), _WHAT),
        Part("found", _("Bagaimana orang menemukannya"), _("Dalam keadaan apa orang membutuhkannya?"), _FOUND),
        Part("whom", _("Untuk siapa"), _("Untuk siapa layanan ini?"), _WHOM),
        Part("rule", _("Syarat"), _("Adakah syarat lain?"), _RULE),
        Part("cost", _("Biaya"), _("Berapa biayanya?"), _COST),
        Part("bring", _("Cara mendapatkannya"), _("Apa yang dibawa, dan bagaimana jalannya?"), _BRING),
        Part("access", _("Akses dan bahasa"), _("Siapa yang mudah memakainya?"), _ACCESS),
        Part("contact", _("Kontak"), _("Ke mana orang menghubungi?"), _CONTACT),
        Part("room", _("Daya tampung dan daftar tunggu"), _("Berapa orang yang dapat dilayani?"), _ROOM),
    )
})  # fmt: skip


def values_of(service: Service, part: Part) -> Values:
    """What stands in a part now, as plain JSON."""
    return {field.name: getattr(service, field.name) for field in part.fields}
