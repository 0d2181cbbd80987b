"""What the columns of a file may be: the fields of each kind, with their names for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from simpul.catalogue import facts as catalogue_facts
from simpul.imports.stages import Kind

# A field that is a question of the catalogue; what follows is the fact's name.
FACT = "fact:"
# A field that is an item of an instrument; what follows is the item's code.
ITEM = "item:"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a column may be. `reads` names how its cells are read."""

    code: str
    label: Promise | str
    reads: str = "text"
    is_needed: bool = False


_WHERE = (
    Field("region", _("Kode wilayah (Kemendagri)"), "region"),
    Field("village", _("Desa atau kelurahan"), "place"),
    Field("district", _("Kecamatan"), "place"),
    Field("regency", _("Kabupaten atau kota"), "place"),
    Field("province", _("Provinsi"), "place"),
)
_HOME = (
    Field("address", _("Alamat"), "text"),
    Field("rt", _("RT"), "text"),
    Field("rw", _("RW"), "text"),
    Field("rtrw", _("RT/RW"), "text"),
)
_PEOPLE = (
    Field("nik", _("NIK"), "nik"),
    Field("name", _("Nama"), "name", is_needed=True),
    Field("sex", _("Jenis kelamin"), "sex"),
    Field("born", _("Tanggal lahir"), "born"),
    Field("age", _("Umur"), "age"),
    Field("kk", _("Nomor KK"), "kk"),
    Field("relation", _("Hubungan dengan kepala keluarga"), "relation"),
    Field("called", _("Nama panggilan"), "text"),
    Field("mother", _("Nama ibu menurut KK"), "text"),
    Field("phone", _("Nomor telepon"), "number"),
    *_HOME,
    *_WHERE,
    Field("need_type", _("Jenis PPKS menurut daftar ini"), "need_type"),
)
_HOUSEHOLDS = (
    Field("kk", _("Nomor KK"), "kk", is_needed=True),
    *_HOME,
    *_WHERE,
)
_FACTS = (
    Field("nik", _("NIK"), "nik", is_needed=True),
    Field("name", _("Nama (untuk memastikan)"), "name"),
)
_FACTS_DOWN = (
    *_FACTS,
    Field("question", _("Pertanyaan"), "question", is_needed=True),
    Field("answer", _("Jawaban"), "text", is_needed=True),
)
_ORGANISATIONS = (
    Field("name", _("Nama lembaga"), "text", is_needed=True),
    Field("short_name", _("Nama singkat"), "text"),
    Field("body_kind", _("Jenis lembaga"), "body_kind"),
    Field("address", _("Alamat"), "text"),
    *_WHERE,
    Field("phone", _("Telepon lembaga"), "number"),
    Field("email", _("Surel"), "text"),
    Field("founded_year", _("Tahun berdiri"), "count"),
    Field("legal_note", _("Akta atau tanda daftar"), "text"),
    Field("about", _("Apa yang dikerjakan"), "text"),
    Field("capacity", _("Daya tampung"), "count"),
    Field("need_types", _("Jenis PPKS yang dilayani"), "need_types"),
)
_SOURCES = (
    Field("name", _("Nama"), "text", is_needed=True),
    Field("source_type", _("Jenis PSKS"), "source_type", is_needed=True),
    Field("nik", _("NIK"), "nik"),
    Field("sex", _("Jenis kelamin"), "sex"),
    Field("born", _("Tanggal lahir"), "day"),
    Field("phone", _("Nomor telepon"), "number"),
    Field("address", _("Alamat"), "text"),
    *_WHERE,
    Field("education", _("Pendidikan terakhir"), "education"),
    Field("letter_number", _("Nomor surat penugasan"), "text"),
    Field("serves_since", _("Bertugas sejak"), "day"),
    Field("founded_year", _("Tahun berdiri"), "count"),
    Field("chair", _("Ketua atau penanggung jawab"), "text"),
    Field("members_male", _("Anggota aktif laki-laki"), "count"),
    Field("members_female", _("Anggota aktif perempuan"), "count"),
    Field("activities", _("Kegiatan"), "text"),
)
_SERVICES = (
    Field("organisation", _("Lembaga"), "body", is_needed=True),
    Field("name", _("Nama layanan"), "text", is_needed=True),
    Field("service_kind", _("Jenis bantuan"), "service_kind", is_needed=True),
    Field("about", _("Apa yang didapat orang di sini"), "text"),
    Field("need_types", _("Jenis PPKS"), "need_types"),
    Field("phone", _("Telepon layanan"), "number"),
    Field("capacity", _("Daya tampung"), "count"),
    Field("free_of_charge", _("Tanpa biaya"), "yes_no"),
)
_SHEETS = (
    Field("participant", _("Kode peserta"), "text", is_needed=True),
    Field("label", _("Nama peserta"), "text"),
    Field("wave", _("Gelombang"), "text"),
    Field("filled_on", _("Tanggal pengisian"), "day"),
)
_FIELDS: Mapping[str, tuple[Field, ...]] = MappingProxyType(
    {
        Kind.PEOPLE: _PEOPLE,
        Kind.HOUSEHOLDS: _HOUSEHOLDS,
        Kind.FACTS: _FACTS,
        Kind.ANSWERS_DOWN: _FACTS_DOWN,
        Kind.ORGANISATIONS: _ORGANISATIONS,
        Kind.SOURCES: _SOURCES,
        Kind.SERVICES: _SERVICES,
        Kind.SHEETS: _SHEETS,
    }
)
# Kinds of files that may hold columns of questions.
WITH_FACTS = frozenset({Kind.PEOPLE, Kind.HOUSEHOLDS, Kind.FACTS})
# Known under a field of their own; as a fact they would be asked twice.
_OWN_FIELD = frozenset({"born", "sex"})


def fields_of(kind: str) -> tuple[Field, ...]:
    """The fields of such a file, in the order in which they are offered."""
    return _FIELDS[kind]


def field_of(kind: str, code: str) -> Field | None:
    """The field of that code; questions and items too. None where there is none."""
    if code.startswith(FACT):
        return _fact_field(code) if code.removeprefix(FACT) in fact_labels(kind) else None
    if code.startswith(ITEM):
        return Field(code, code.removeprefix(ITEM), "item") if kind == Kind.SHEETS else None
    return next((field for field in fields_of(kind) if field.code == code), None)


def _fact_field(code: str) -> Field | None:
    name = code.removeprefix(FACT)
    asked = catalogue_facts.asked_facts().get(name)
    return Field(code, fact_label(name), FACT) if asked and name not in _OWN_FIELD else None


def fact_label(name: str) -> str:
    """How a question is named in lists: its short label, or itself."""
    fact = catalogue_facts.get(name)
    return (fact.label or fact.question).in_language(get_language() or "id")


def fact_labels(kind: str) -> dict[str, str]:
    """Every question that a column of such a file may answer, by its name: of homes alone only what homes are asked."""
    asked = catalogue_facts.asked_facts() if kind in WITH_FACTS else {}
    return {
        name: fact_label(name)
        for name, fact in asked.items()
        if name not in _OWN_FIELD and (kind != Kind.HOUSEHOLDS or fact.of == "household")
    }


@cache
def fact_headings() -> Mapping[str, str]:
    """Every way of the catalogue to write a question at the head of a column, in small letters: name by words."""
    found: dict[str, str] = {}
    for name, fact in catalogue_facts.asked_facts().items():
        if name in _OWN_FIELD:
            continue
        for words in (name, name.replace("_", " "), *_texts(fact.label), *_texts(fact.question)):
            found.setdefault(words.casefold().rstrip("?. "), name)
    return MappingProxyType(found)


def _texts(text: object) -> tuple[str, ...]:
    return (getattr(text, "id", ""), getattr(text, "en", "")) if text is not None else ()
