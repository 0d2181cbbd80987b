"""Filling a person's record: every field checked, and what is derived from it. The refusals stand here too."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.access.refusal import Refusal
from simpul.engines.matching.names import first_sound, longest_sound, name_key, name_sound
from simpul.engines.matching.nik import cleaned
from simpul.engines.rules import DateRange
from simpul.people.facts import OLDEST, first_and_last, oldest_birth
from simpul.people.models import Household, NikAbsent, Person, Relation, Sex
from simpul.people.queries import kk_fingerprint, nik_fingerprint
from simpul.places.models import PROVINCE_SIGNS, REGENCY_SIGNS

NAME_LENGTH = 200
# A NIK has 16 digits; what is odd is kept as it was told, up to here.
NUMBER_LENGTH = 32
TEXT_LENGTH = 500
_REGION = re.compile(r"\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?")
# Asked for once and not for each row of a list: only a refusal says how a field is called.
_NAME, _CALLED, _MOTHER = gettext_lazy("Nama"), gettext_lazy("Nama panggilan"), gettext_lazy("Nama ibu")
_PHONE, _NIK, _KK = gettext_lazy("Nomor telepon"), gettext_lazy("NIK"), gettext_lazy("Nomor KK")
_SEX, _RELATION = gettext_lazy("jenis kelamin"), gettext_lazy("hubungan dengan kepala keluarga")
_REASON, _PLACE = gettext_lazy("alasan tidak ada NIK"), gettext_lazy("wilayah")
_SEXES, _RELATIONS, _REASONS = frozenset(Sex.values), frozenset(Relation.values), frozenset(NikAbsent.values)


class NameMissing(Refusal):
    """Somebody must be called something."""

    def __init__(self) -> None:
        super().__init__(_("Tulis nama atau panggilan orang ini. Satu kata pun cukup."))


class TooLong(Refusal):
    """A text is longer than anything real."""

    def __init__(self, what: str | Promise, most: int) -> None:
        super().__init__(
            _("%(what)s terlalu panjang: paling banyak %(most)s huruf. Singkatkan, lalu simpan lagi.")
            % {"what": what, "most": most}
        )


class BirthImpossible(Refusal):
    """Nobody can be born then."""


class ChoiceUnknown(Refusal):
    """A value that no page offers."""

    def __init__(self, what: str | Promise) -> None:
        super().__init__(_("Pilihan untuk %(what)s tidak dikenal. Pilih lagi dari daftar.") % {"what": what})


class NikContradicts(Refusal):
    """A NIK and a reason why there is none."""

    def __init__(self) -> None:
        super().__init__(_("NIK diisi, tetapi alasan tidak ada NIK juga dipilih. Pilih salah satu."))


class OutOfReach(Refusal):
    """The household or region is not one this worker works with."""


def _set_kk(household: Household, kk: str) -> None:
    digits = cleaned(_text(kk, _KK, NUMBER_LENGTH))
    household.kk = digits or None
    household.kk_index = kk_fingerprint(digits)


def _fill(person: Person, changes: Mapping[str, Any], on: date) -> None:
    """Set the fields named, each checked, and what is derived from them."""
    if "name" in changes:
        _set_name(person, changes["name"])
    if "called" in changes:
        person.called = _text(changes["called"], _CALLED, 100)
        person.called_sound = name_sound(person.called)[:120]
    if "sex" in changes:
        person.sex = _choice(changes["sex"], _SEXES, _SEX)
    if "born" in changes:
        _set_born(person, changes["born"], on)
    if "relation_to_head" in changes:
        person.relation_to_head = _choice(changes["relation_to_head"], _RELATIONS, _RELATION)
    if "mother" in changes:
        person.mother_name_key = name_key(_text(changes["mother"], _MOTHER, NAME_LENGTH))[:250]
    if "phone" in changes:
        person.phone = _text(changes["phone"], _PHONE, NUMBER_LENGTH) or None
    if "region" in changes:
        _set_region(person, changes["region"])
    if "nik" in changes or "nik_absent_because" in changes:
        _set_nik(person, changes)


def _set_name(person: Person, name: str) -> None:
    person.name = _text(name, _NAME, NAME_LENGTH)
    if not any(letter.isalpha() for letter in person.name):
        raise NameMissing
    person.name_key = name_key(person.name)[:250]
    person.name_sound = name_sound(person.name)[:250]
    person.name_first = first_sound(person.name)[:60]
    person.name_long = longest_sound(person.name)[:60]


def _set_born(person: Person, born: date | DateRange | None, on: date) -> None:
    earliest, latest = first_and_last(born)
    if earliest is not None and latest is not None:
        _check_birth(earliest, latest, on)
    person.born_earliest, person.born_latest = earliest, latest
    is_one_year = earliest is not None and latest is not None and earliest.year == latest.year
    person.born_year = earliest.year if earliest is not None and is_one_year else None


def _check_birth(earliest: date, latest: date, on: date) -> None:
    if latest > on:
        raise BirthImpossible(_("Tanggal lahir itu belum terjadi. Periksa tahunnya."))
    if earliest < oldest_birth(on):
        raise BirthImpossible(
            _(
                "Menurut tanggal itu umurnya lebih dari %(most)s tahun. Periksa tahun lahirnya, atau isi perkiraan umur."
            )
            % {"most": OLDEST}
        )


def _set_nik(person: Person, changes: Mapping[str, Any]) -> None:
    digits = cleaned(_text(changes.get("nik") or "", _NIK, NUMBER_LENGTH))
    reason = _choice(changes.get("nik_absent_because") or "", _REASONS, _REASON)
    if digits and reason:
        raise NikContradicts
    person.nik = digits or None
    person.nik_index = nik_fingerprint(digits)
    person.nik_absent_because = reason


def _set_region(row: Person | Household, region: str) -> None:
    if region and not _REGION.fullmatch(region):
        raise ChoiceUnknown(_PLACE)
    row.region, row.province = region, region[:PROVINCE_SIGNS]
    if isinstance(row, Person):
        row.regency = region[:REGENCY_SIGNS] if len(region) >= REGENCY_SIGNS else ""


def _text(text: str, what: str | Promise, most: int) -> str:
    """As typed, without invisible signs (a null byte breaks PostgreSQL) and doubled spaces."""
    if not text.isprintable():
        text = "".join(" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in text)
    shown = " ".join(text.split())
    if len(shown) > most:
        raise TooLong(what, most)
    return shown


def _choice(value: str, choices: Collection[str], what: str | Promise) -> str:
    if value and value not in choices:
        raise ChoiceUnknown(what)
    return value
