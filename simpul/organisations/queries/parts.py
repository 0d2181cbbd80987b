"""The record of a body in parts: which fields each part has, and what stands in them as plain JSON.

Everything that shows, checks, compares or writes the record walks these fields, so that none is forgotten.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from simpul.catalogue import editions
from simpul.catalogue.organisations import bodies as lists
from simpul.organisations.models import (
    Account,
    Facility,
    HelpReceived,
    Officer,
    Organisation,
    ServedArea,
    Staff,
)
from simpul.organisations.stages import (
    Accounting,
    Formality,
    Giver,
    GoalKind,
    HelpForm,
    Kind,
    LegalStatus,
    Legitimation,
    Nature,
    Owner,
    ServiceSystem,
    Unit,
)

Choices = list[tuple[str, str]]
Values = dict[str, Any]
# What a list part holds under this name: its rows, each with its own key as "id".
ROWS = "rows"


class Shape(StrEnum):
    """What kind of value a field holds, and so how it is typed, checked and said."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    COUNT = "count"
    MONEY = "money"
    YEAR = "year"
    DAY = "day"
    ANSWER = "answer"  # yes, no, not known
    TICK = "tick"
    REGION = "region"
    BODY = "body"
    DEGREE = "degree"
    DIGITS = "digits"
    EMAIL = "email"
    WEB = "web"
    GOALS = "goals"
    CERTIFICATES = "certificates"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a part. `most` is letters for words, and the largest number for counts and degrees."""

    name: str
    label: Promise
    shape: Shape = Shape.LINE
    most: int = 200
    choices: Callable[[], Choices] | None = None
    is_needed: bool = False
    hint: Promise | str = ""

    @property
    def column(self) -> str:
        """The attribute of the row that holds it."""
        return f"{self.name}_id" if self.shape is Shape.BODY else self.name

    @property
    def empty(self) -> Any:
        """What stands here when nothing is known."""
        if self.shape in (Shape.CHOICES, Shape.GOALS, Shape.CERTIFICATES):
            return []
        if self.shape is Shape.TICK:
            return False
        return None if self.shape in _NOT_WORDS else ""


_NOT_WORDS = frozenset(
    {Shape.COUNT, Shape.MONEY, Shape.YEAR, Shape.DAY, Shape.ANSWER, Shape.DEGREE, Shape.BODY}
)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the record: fields of the body itself, or with `model` a list of rows that it keeps.

    `title_of` names the fields that say which row is meant. `order` is the order in which rows stand;
    with `sort` what is in them says their order, and nobody moves them.
    """

    code: str
    title: Promise
    fields: tuple[Field, ...]
    model: Any = None
    one: Promise | str = ""
    title_of: tuple[str, ...] = ()
    order: tuple[str, ...] = ("position", "pk")
    sort: Callable[[Values], Any] | None = None

    @property
    def is_sorted(self) -> bool:
        return self.sort is not None

    @property
    def is_list(self) -> bool:
        return self.model is not None

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)


def _said(listed: tuple[lists.Listed, ...]) -> Choices:
    language = get_language() or "id"
    return [(one.code, one.title.in_language(language)) for one in listed]


def _needs() -> Choices:
    language = get_language() or "id"
    edition = editions.get(settings.SIMPUL_EDITION)
    return [(need.code, need.display.in_language(language)) for need in edition.types]


def _from(choices: Any) -> Callable[[], Choices]:
    return lambda: [(code, str(words)) for code, words in choices.choices]


_IDENTITY = (
    Field("name", _("Nama lembaga"), is_needed=True),
    Field("short_name", _("Nama singkat"), most=40),
    Field("kind", _("Jenis lembaga"), Shape.CHOICE, choices=_from(Kind), is_needed=True),
    Field("parent", _("Lembaga induk"), Shape.BODY, hint=_("Diisi bila ini cabang dari lembaga lain.")),
    Field("region", _("Wilayah"), Shape.REGION, is_needed=True),
    Field("address", _("Alamat"), Shape.TEXT, most=500),
    Field("is_address_secret", _("Alamat dirahasiakan, misalnya rumah aman"), Shape.TICK),
    Field("latitude", _("Lintang"), Shape.DEGREE, most=90, hint=_("Misalnya 0,9876. Selatan khatulistiwa: minus.")),
    Field("longitude", _("Bujur"), Shape.DEGREE, most=180, hint=_("Misalnya 103,4321.")),
    Field("founded_year", _("Tahun berdiri"), Shape.YEAR),
    Field("phone", _("Telepon lembaga"), most=40, hint=_("Nomor kantor, bukan nomor pribadi: nomor ini tampil untuk umum.")),
    Field("email", _("Surel"), Shape.EMAIL),
    Field("website", _("Situs web"), Shape.WEB),
    Field("is_closed", _("Lembaga ini sudah tutup"), Shape.TICK),
    Field("source", _("Sumber keterangan"), most=300),
)  # fmt: skip
_PURPOSE = (
    Field("about", _("Apa yang dikerjakan"), Shape.TEXT, most=2000),
    Field("vision", _("Visi"), Shape.TEXT, most=2000),
    Field("mission", _("Misi"), Shape.TEXT, most=4000),
    Field("goals", _("Tujuan"), Shape.GOALS, most=500, choices=_from(GoalKind)),
)
_LEGAL = (
    Field("legal_status", _("Bentuk hukum"), Shape.CHOICE, choices=_from(LegalStatus)),
    Field("legitimation", _("Pengakuan"), Shape.CHOICE, choices=_from(Legitimation)),
    Field("nature", _("Sifat"), Shape.CHOICE, choices=_from(Nature)),
    Field("owner", _("Pemilik"), Shape.CHOICE, choices=_from(Owner)),
    Field("formality", _("Keresmian"), Shape.CHOICE, choices=_from(Formality)),
    Field("has_statutes", _("Punya anggaran dasar dan anggaran rumah tangga"), Shape.ANSWER),
    Field("deed_number", _("Nomor akta notaris"), most=60),
    Field("deed_on", _("Tanggal akta"), Shape.DAY),
    Field("notary", _("Nama notaris")),
    Field("approval_number", _("Nomor pengesahan badan hukum"), most=60),
    Field("approval_on", _("Tanggal pengesahan"), Shape.DAY),
    Field("npwp", _("NPWP lembaga"), Shape.DIGITS),
    Field("nib", _("NIB"), Shape.DIGITS),
    Field("legal_note", _("Akta atau tanda daftar"), Shape.TEXT, most=500),
)
_SERVICE = (
    Field("need_types", _("Jenis PPKS yang dilayani"), Shape.CHOICES, choices=_needs),
    Field("service_systems", _("Sistem layanan"), Shape.CHOICES, choices=_from(ServiceSystem)),
    Field("is_direct", _("Melayani langsung"), Shape.ANSWER),
    Field("capacity", _("Daya tampung"), Shape.COUNT, most=1_000_000, hint=_("Berapa orang dapat dilayani pada waktu yang sama.")),
    Field("yearly_budget", _("Anggaran setahun"), Shape.MONEY, most=10**15, hint=_("Rupiah penuh, tahun terakhir yang lengkap.")),
    Field("yearly_own_income", _("Pendapatan sendiri setahun"), Shape.MONEY, most=10**15, hint=_("Bagian anggaran dari usaha, iuran atau sumbangan sendiri.")),
)  # fmt: skip
_OFFICERS = (
    Field("unit", _("Unsur"), Shape.CHOICE, choices=_from(Unit), is_needed=True),
    Field("title", _("Jabatan"), most=120, is_needed=True),
    Field("name", _("Nama"), is_needed=True),
    Field("since", _("Masa jabatan mulai"), Shape.DAY),
    Field("until", _("Masa jabatan sampai"), Shape.DAY),
    Field("job", _("Uraian tugas"), Shape.TEXT, most=2000),
    Field("phone", _("Telepon pengurus"), most=40, hint=_("Hanya terlihat oleh lembaga ini dan kantor yang membinanya.")),
)  # fmt: skip
_STAFF = (
    Field("name", _("Nama"), is_needed=True),
    Field("profession", _("Kelompok tenaga"), Shape.CHOICE, choices=lambda: _said(lists.professions()), is_needed=True),
    Field("title", _("Pekerjaan"), most=120),
    Field("is_paid", _("Digaji"), Shape.ANSWER),
    Field("since", _("Bekerja sejak"), Shape.DAY),
    Field("until", _("Bekerja sampai"), Shape.DAY),
    Field("certificates", _("Sertifikat"), Shape.CERTIFICATES, most=200),
)  # fmt: skip
_FACILITIES = (
    Field("code", _("Jenis sarana"), Shape.CHOICE, choices=lambda: _said(lists.facilities()), is_needed=True),
    Field("name", _("Keterangan")),
    Field("amount", _("Jumlah"), Shape.COUNT, most=1_000_000, is_needed=True),
    Field("condition", _("Keadaan"), most=120),
)
_AREA = (
    Field("code", _("Wilayah yang dilayani"), Shape.REGION, is_needed=True),
    Field("since", _("Dilayani sejak"), Shape.DAY),
    Field("code_list_on", _("Menurut daftar kode wilayah"), Shape.DAY),
)
_ACCOUNTS = (
    Field("bank", _("Bank"), most=120, is_needed=True),
    Field("holder", _("Atas nama"), is_needed=True),
    Field("number", _("Nomor rekening"), most=40, is_needed=True),
)
_HELP = (
    Field("received_on", _("Diterima tanggal"), Shape.DAY, is_needed=True),
    Field("what", _("Bantuan apa"), is_needed=True, hint=_("Misalnya bantuan sarana, beras, pelatihan.")),
    Field("form", _("Bentuk bantuan"), Shape.CHOICE, choices=_from(HelpForm), is_needed=True),
    Field(
        "rupiah",
        _("Nilai dalam rupiah"),
        Shape.MONEY,
        most=10**15,
        hint=_("Rupiah penuh. Untuk barang dan jasa boleh taksiran, atau dikosongkan."),
    ),
    Field("quantity", _("Banyaknya barang atau jasa"), hint=_("Misalnya 20 karung beras, dua mesin jahit.")),
    Field("giver_kind", _("Jenis pemberi"), Shape.CHOICE, choices=_from(Giver), is_needed=True),
    Field(
        "giver",
        _("Dari siapa"),
        is_needed=True,
        hint=_("Pemberi yang tidak mau disebut cukup ditulis “tanpa nama”."),
    ),
    Field(
        "purpose", _("Untuk apa"), Shape.TEXT, most=500, hint=_("Diisi bila pemberi membatasi kegunaannya.")
    ),
    Field("accounting", _("Pertanggungjawaban"), Shape.CHOICE, choices=_from(Accounting), is_needed=True),
    Field("account_by", _("Pertanggungjawaban paling lambat"), Shape.DAY),
    Field("accounted_on", _("Pertanggungjawaban diserahkan"), Shape.DAY),
    Field("note", _("Catatan"), Shape.TEXT, most=500),
)


def by_code(row: Values) -> tuple[str, str]:
    """In which order the places of the area served stand."""
    return row["code"], row["id"]


def newest_first(row: Values) -> tuple[int, str]:
    """In which order help received stands."""
    return -date.fromisoformat(row["received_on"]).toordinal(), row["id"]


PARTS: Mapping[str, Part] = MappingProxyType({
    part.code: part
    for part in (
        Part("identity", _("Identitas dan alamat"), _IDENTITY),
        Part("purpose", _("Visi, misi dan tujuan"), _PURPOSE),
        Part("legal", _("Dasar hukum"), _LEGAL),
        Part("service", _("Layanan"), _SERVICE),
        Part("officers", _("Susunan pengurus"), _OFFICERS, Officer, _("Pengurus"), ("title", "name")),
        Part("staff", _("Tenaga"), _STAFF, Staff, _("Tenaga"), ("name",)),
        Part("facilities", _("Sarana"), _FACILITIES, Facility, _("Sarana"), ("code", "name")),
        Part("area", _("Wilayah layanan"), _AREA, ServedArea, _("Wilayah"), ("code",), ("code", "pk"), by_code),
        Part("accounts", _("Rekening"), _ACCOUNTS, Account, _("Rekening"), ("bank",)),
        Part("help", _("Bantuan diterima"), _HELP, HelpReceived, _("Bantuan"), ("what",), ("-received_on", "pk"), newest_first),
    )
})  # fmt: skip
# Phones, staff, bank accounts and who gave what are for those who may see inside.
INSIDE_PARTS = frozenset({"staff", "facilities", "accounts", "help"})
# Who works or holds an office there could be followed to a secret place.
PEOPLE_PARTS = frozenset({"officers", "staff"})
# What tells where a secret place is, or leads there: a number rings in the house.
PLACE_FIELDS = frozenset({"region", "address", "latitude", "longitude", "phone", "email", "website"})


def values_of(organisation: Organisation, code: str) -> Values:
    """What stands in one part now, as plain JSON. KeyError for a part that does not exist."""
    part = PARTS[code]
    if not part.is_list:
        return {field.name: plain(field, getattr(organisation, field.column)) for field in part.fields}
    rows = [_row(part, row) for row in standing_rows(organisation, part)]
    # Databases sort dots in their own ways, and two orders of one list would look like a change.
    return {ROWS: sorted(rows, key=part.sort) if part.sort else rows}


def standing_rows(organisation: Organisation, part: Part) -> QuerySet[Any]:
    """The rows of a list part that have not ended, in their order."""
    rows: QuerySet[Any] = part.model.objects.filter(organisation=organisation, ended_on=None)
    return rows.order_by(*part.order)


def _row(part: Part, row: Any) -> Values:
    kept = {field.name: plain(field, getattr(row, field.column)) for field in part.fields}
    return {"id": str(row.pk), **kept}


def plain(field: Field, value: Any) -> Any:
    """A column's value as plain JSON."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return field.empty if value is None else value


def mark_of(values: Values) -> str:
    """A short mark of these values: a form carries it to say what was read. It hides nothing."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
