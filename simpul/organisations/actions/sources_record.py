"""Filling the record of a source of help: every field checked. The refusals stand here too."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where, is_within_reach
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.catalogue import sources as catalogue
from simpul.engines.matching.nik import cleaned
from simpul.engines.rules.ages import OLDEST
from simpul.organisations.models import Organisation, Source
from simpul.organisations.models.sources import Day, Sex
from simpul.organisations.queries.sources_alike import Alike, key_of_name, nik_fingerprint
from simpul.places.models import PROVINCE_SIGNS

FIRST_YEAR = 1800
MOST_AREAS = 40
_REGION = re.compile(r"\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?")
_TEXTS = {
    "letter_number": 80,
    "letter_issuer": 200,
    "availability": 200,
    "chair": 200,
    "activities": 500,
}
_SEALED = {"phone": 32, "address": 500, "notes": 2000}
_NEVER_LATER = ("born", "letter_on", "youngest_born", "oldest_born", "last_met_on", "last_report_on")
_DAYS = (*_NEVER_LATER, "serves_since", "serves_until")


class SourceIncomplete(Refusal):
    """Something that every source has is missing, or cannot be so."""


class SourceOutOfReach(Refusal):
    """The place or body is not one in which this worker keeps sources of help."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Wilayah atau lembaga itu di luar jangkauan Anda. Pilih yang lain, atau hubungi petugas di sana."
            )
        )


class SourceGone(Refusal):
    """Its data were erased; nothing can be added."""

    def __init__(self) -> None:
        super().__init__(_("Data sumber bantuan ini sudah dihapus dan tidak dapat diubah lagi."))


class AlreadyThere(Refusal):
    """The same number stands already in the same type."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "NIK itu sudah tercatat untuk jenis yang sama, atas nama %(name)s. Ubah catatan yang sudah ada."
            )
            % {"name": name}
        )


class LooksTheSame(Refusal):
    """Somebody within reach may be the same one; the worker looks first."""

    def __init__(self, found: Collection[Alike]) -> None:
        self.found = list(found)
        super().__init__(_("Mungkin sudah tercatat. Periksa yang mirip di bawah ini sebelum menyimpan."))


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that somebody else changed meanwhile: its label, their value and mine, in words."""

    label: str
    theirs: str
    mine: str


class SourceClash(Clash):
    """Somebody saved this source in between; every field that differs is named."""

    def __init__(self, differences: list[Difference]) -> None:
        self.differences = differences
        first = differences[0] if differences else Difference(_("Data ini"), "", "")
        super().__init__(first.label, first.theirs, first.mine)


def _clash_of(current: Source, changes: Mapping[str, Any]) -> SourceClash:
    """What differs between the row as it is now and what was typed."""
    differences = [
        Difference(_label(name), _words(name, getattr(current, name)), _words(name, mine))
        for name, mine in changes.items()
        if (getattr(current, name) or "") != (mine or "")
    ]
    return SourceClash(differences)


def _clash_of_answers(current: Source, answers: Mapping[str, bool | None]) -> SourceClash:
    """The same for answers to criteria, by their questions."""
    language, facts, held = get_language() or "id", catalogue.facts(), current.answers or {}
    words = {True: _("Ya"), False: _("Tidak"), None: _("Belum diketahui")}
    return SourceClash(
        [
            Difference(facts[name].question.in_language(language), words[held.get(name)], words[mine])
            for name, mine in answers.items()
            if name in facts and held.get(name) is not mine
        ]
    )


def _words(name: str, value: Any) -> str:
    # A clash shows no numbers or addresses: its page may be seen by who only passes.
    if name in ("nik", *_SEALED):
        return _("(disembunyikan)") if value else _("(kosong)")
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    if name == "skills":
        return ", ".join(catalogue.skill_titles(list(value or ()), get_language() or "id")) or _("(kosong)")
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value)) or _("(kosong)")
    return str(value) if value not in (None, "") else _("(kosong)")


def _label(name: str) -> str:
    return _labels().get(name, _("Data ini"))


def _labels() -> dict[str, str]:
    """The names of the fields, for messages."""
    return {
        "name": _("Nama"),
        "organisation": _("Lembaga"),
        "region": _("Wilayah"),
        "sex": _("Jenis kelamin"),
        "born": _("Tanggal lahir"),
        "nik": _("NIK"),
        "phone": _("Nomor telepon"),
        "address": _("Alamat"),
        "notes": _("Catatan"),
        "education": _("Pendidikan terakhir"),
        "letter_number": _("Nomor surat penugasan"),
        "letter_on": _("Tanggal surat"),
        "letter_issuer": _("Pejabat yang menerbitkan"),
        "serves_since": _("Bertugas sejak"),
        "serves_until": _("Bertugas sampai"),
        "skills": _("Keahlian"),
        "areas": _("Wilayah layanan"),
        "free_days": _("Hari yang bisa"),
        "availability": _("Keterangan waktu"),
        "founded_year": _("Tahun berdiri"),
        "members_male": _("Anggota aktif laki-laki"),
        "members_female": _("Anggota aktif perempuan"),
        "youngest_born": _("Tanggal lahir anggota termuda"),
        "oldest_born": _("Tanggal lahir anggota tertua"),
        "chair": _("Ketua atau penanggung jawab"),
        "activities": _("Kegiatan"),
        "last_met_on": _("Pertemuan terakhir"),
        "last_report_on": _("Laporan terakhir"),
    }


def _fill(source: Source, changes: Mapping[str, Any], *, by: User, on: date) -> None:
    """Set the fields named, each checked, and what is derived from them. Raises a Refusal."""
    for name, value in changes.items():
        if name in _TEXTS:
            setattr(source, name, fitting(value or "", _label(name), _TEXTS[name]))
        elif name in _SEALED:
            setattr(source, name, fitting(value or "", _label(name), _SEALED[name]) or None)
        elif name in _DAYS:
            _check_day(name, value, on)
            setattr(source, name, value)
        else:
            _SETTERS[name](source, value, on)
    _check_together(source)
    _check_reach(source, by)


def _check_day(name: str, value: date | None, on: date) -> None:
    if value is None:
        return
    if name in _NEVER_LATER and value > on:
        raise SourceIncomplete(_("%(what)s belum terjadi. Periksa tahunnya.") % {"what": _label(name)})
    if value.year < on.year - OLDEST:
        raise SourceIncomplete(_("%(what)s terlalu lama. Periksa tahunnya.") % {"what": _label(name)})


def _set_name(source: Source, value: str, _on: date) -> None:
    name = " ".join(fitting(value, _("Nama"), 200, is_needed=True).split())
    if not any(letter.isalpha() for letter in name):
        raise SourceIncomplete(_("Tulis namanya. Satu kata pun cukup."))
    source.name, source.name_key = name, key_of_name(name, source.unit)


def _set_region(source: Source, value: str, _on: date) -> None:
    if not _REGION.fullmatch(value or ""):
        raise SourceIncomplete(_("Pilih wilayahnya dari daftar."))
    source.region, source.province = value, value[:PROVINCE_SIGNS]


def _set_nik(source: Source, value: str, _on: date) -> None:
    digits = cleaned(fitting(value or "", _("NIK"), 32))
    source.nik = digits or None
    source.nik_index = nik_fingerprint(digits)


def _set_organisation(source: Source, value: Organisation | None, _on: date) -> None:
    source.organisation = value


def _set_choice(name: str, known: Collection[str]) -> Any:
    def setter(source: Source, value: str, _on: date) -> None:
        if value and value not in known:
            raise SourceIncomplete(_("Pilihan untuk %(what)s tidak dikenal.") % {"what": _label(name)})
        setattr(source, name, value or "")

    return setter


def _set_codes(name: str, known: Any) -> Any:
    def setter(source: Source, value: Collection[str], _on: date) -> None:
        codes = list(dict.fromkeys(value or ()))
        if len(codes) > MOST_AREAS or any(not known(code) for code in codes):
            raise SourceIncomplete(_("Pilihan untuk %(what)s tidak dikenal.") % {"what": _label(name)})
        setattr(source, name, codes)

    return setter


def _set_number(name: str) -> Any:
    def setter(source: Source, value: int | None, _on: date) -> None:
        if value is not None and not 0 <= value <= 1_000_000:
            raise SourceIncomplete(_("%(what)s tidak mungkin. Periksa angkanya.") % {"what": _label(name)})
        setattr(source, name, value)

    return setter


def _set_founded(source: Source, value: int | None, on: date) -> None:
    if value is not None and not FIRST_YEAR <= value <= on.year:
        raise SourceIncomplete(
            _("Tahun berdiri antara %(first)s dan %(last)s.") % {"first": FIRST_YEAR, "last": on.year}
        )
    source.founded_year = value


_SETTERS: Mapping[str, Any] = {
    "name": _set_name,
    "region": _set_region,
    "nik": _set_nik,
    "organisation": _set_organisation,
    "sex": _set_choice("sex", Sex.values),
    "education": _set_choice("education", [choice.code for choice in catalogue.facts()["education"].choices]),
    "skills": _set_codes("skills", lambda code: code in {skill.code for skill in catalogue.skills()}),
    "areas": _set_codes("areas", _REGION.fullmatch),
    "free_days": _set_codes("free_days", lambda code: code in Day.values),
    "members_male": _set_number("members_male"),
    "members_female": _set_number("members_female"),
    "founded_year": _set_founded,
}


def _check_together(source: Source) -> None:
    if source.serves_since and source.serves_until and source.serves_until < source.serves_since:
        raise SourceIncomplete(_("Masa tugas berakhir sebelum mulai. Periksa kedua tanggalnya."))
    if source.youngest_born and source.oldest_born and source.youngest_born < source.oldest_born:
        raise SourceIncomplete(
            _("Anggota termuda lahir sebelum anggota tertua. Periksa kedua tanggal lahirnya.")
        )


def _check_reach(source: Source, by: User) -> None:
    """Where it is kept must stay within the worker's own reach: a link hands the data to that body."""
    grants = by.grants_with(Permission.SOURCE_EDIT)
    place = Where(organisation=source.organisation_id, region=source.region)
    if not any(place.is_within(grant) for grant in grants):
        raise SourceOutOfReach
    body = source.organisation
    if body is not None and not is_within_reach(body, by, Permission.SOURCE_EDIT):
        raise SourceOutOfReach
