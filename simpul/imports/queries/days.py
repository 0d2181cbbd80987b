"""Days as lists write them: in numbers, in words, as a spreadsheet counts, as a year or an age alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from simpul.engines.rules import DateRange
from simpul.imports.queries.words import limits
from simpul.people.facts import OLDEST, born_from_age, oldest_birth

_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]00:00(?::00)?(?:\.0+)?)?$")
_NUMERIC = re.compile(r"^(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})$")
_WORDED = re.compile(r"^(\d{1,2})\s*[-/. ]?\s*([a-z]{3,10})\.?\s*[-/. ,]?\s*(\d{4}|\d{2})$")
_MONTH_YEAR = re.compile(r"^([a-z]{3,10})\.?\s*[-/. ,]?\s*(\d{4})$")
_YEAR = re.compile(r"^(?:th|thn|tahun)?\.?\s*(\d{4})$")
_AGE = re.compile(
    r"^(?:umur|usia|kira[ -]kira|±|\+/-|kl|sekitar)?\s*[:.]?\s*(\d{1,3})(?:\s*(?:-|–|s/d|sampai)\s*(\d{1,3}))?\s*(?:tahun|thn|th)?\.?$"
)
_MONTHS_OLD = re.compile(r"^(\d{1,2})\s*(?:bulan|bln)$")
# Days as spreadsheets count them; earlier or later numbers are none.
_SERIALS = range(3_000, 80_000)
_FIRST_SERIAL = date(1899, 12, 30)
# Of two readings of a year in two digits, somebody of such an age is still believed (domain: NIK practice).
_OLDEST_GUESSED = 110
# What stands before the day where a list writes place and date of birth in one cell.
_PLACE_BEFORE = re.compile(r"^[^\d]{3,40}?[,/;]\s*(?=\d)")
_MONTHS = {
    written: number
    for number, names in enumerate(
        (
            ("januari", "january"),
            ("februari", "pebruari", "february"),
            ("maret", "march"),
            ("april",),
            ("mei", "may"),
            ("juni", "june"),
            ("juli", "july"),
            ("agustus", "august", "agt", "ags"),
            ("september", "sept"),
            ("oktober", "october", "okt"),
            ("november", "nopember"),
            ("desember", "december"),
        ),
        start=1,
    )
    for name in names
    for written in (name, name[:3])
}


class Wrong(ValueError):
    """A cell that cannot be believed; the words say why, and what would be."""


@dataclass(frozen=True, slots=True)
class Reading:
    """By what the cells of a file are read: the day, the list's own day, the edition, which way dates are written."""

    on: date
    listed_on: date
    edition: str
    month_first: bool = False


def day(cell: str, reading: Reading) -> date:
    """A whole day in any usual way of writing. Raises Wrong."""
    found = day_or_range(cell, reading)
    if not isinstance(found, date):
        raise Wrong(_("tulis tanggal lengkap, misalnya 12-03-1990"))
    return found


def born(cell: str, reading: Reading) -> date | DateRange:
    """A day of birth; a year, a month or an age alone is an estimate. Raises Wrong."""
    found = day_or_range(_PLACE_BEFORE.sub("", cell), reading)
    first = found.earliest if isinstance(found, DateRange) else found
    if first > reading.on:
        raise Wrong(_("tanggal lahir belum terjadi; periksa tahunnya"))
    if first < oldest_birth(reading.on):
        raise Wrong(_("tanggal lahir terlalu lama berlalu; periksa tahunnya"))
    return found


def age(cell: str, reading: Reading) -> DateRange:
    """An age in years as the list told it on its own day: an estimate. Raises Wrong."""
    text = cell.casefold().strip()
    if found := _MONTHS_OLD.match(text):
        text = str(int(found[1]) // 12)
    found = _AGE.match(text.removesuffix(".0"))
    if not found:
        raise Wrong(_("umur ditulis dengan angka, misalnya 67"))
    least, most = sorted((int(found[1]), int(found[2] or found[1])))
    return _from_ages(least, most, reading)


def _from_ages(least: int, most: int, reading: Reading) -> DateRange:
    if most > OLDEST:
        raise Wrong(_("umur lebih dari %(most)s tahun; periksa angkanya") % {"most": OLDEST})
    margin = limits().age_margin
    oldest, youngest = (
        born_from_age(most, margin, reading.listed_on),
        born_from_age(least, margin, reading.listed_on),
    )
    return DateRange(oldest.earliest, min(youngest.latest, reading.on))


def day_or_range(cell: str, reading: Reading) -> date | DateRange:
    """What a cell tells of a day: a whole one, or from when to when. Raises Wrong."""
    text = " ".join(cell.casefold().split())
    for pattern, made in _DAYS:
        if found := pattern.match(text):
            try:
                return made(found, reading)
            except (ValueError, OverflowError) as error:
                if isinstance(error, Wrong):
                    raise
                raise Wrong(_("tanggal itu tidak ada di kalender")) from error
    raise Wrong(_("bukan tanggal; tulis misalnya 12-03-1990 atau 12 Maret 1990"))


def _serial_or_year(found: re.Match[str], reading: Reading) -> date | DateRange:
    whole = int(found[1])
    if 1850 <= whole <= reading.on.year:
        return DateRange(date(whole, 1, 1), min(date(whole, 12, 31), max(reading.on, date(whole, 1, 1))))
    if whole in _SERIALS:
        return _FIRST_SERIAL + timedelta(days=whole)
    if whole <= OLDEST:
        return _from_ages(whole, whole, reading)
    raise Wrong(_("bukan tanggal; tulis misalnya 12-03-1990 atau 12 Maret 1990"))


def _of_numbers(found: re.Match[str], reading: Reading) -> date:
    first, second = int(found[1]), int(found[2])
    dayed, month = (second, first) if reading.month_first else (first, second)
    return date(_year(found[3], reading), month, dayed)


def _of_words(found: re.Match[str], reading: Reading) -> date:
    return date(_year(found[3], reading), _month(found[2]), int(found[1]))


def _of_month(found: re.Match[str], reading: Reading) -> DateRange:
    year, month = int(found[2]), _month(found[1])
    after = date(year + month // 12, month % 12 + 1, 1)
    return DateRange(date(year, month, 1), after - timedelta(days=1))


def _of_age(found: re.Match[str], reading: Reading) -> DateRange:
    return age(found[0], reading)


def _month(text: str) -> int:
    if text not in _MONTHS:
        raise Wrong(_("nama bulan tidak dikenal"))
    return _MONTHS[text]


def _year(text: str, reading: Reading) -> int:
    """Two digits are the year in which somebody alive can be born; where two fit, it is asked for."""
    if len(text) == 4:
        return int(text)
    years = [century + int(text) for century in (1900, 2000)]
    believed = [year for year in years if 0 <= reading.on.year - year <= _OLDEST_GUESSED]
    if len(believed) == 1:
        return believed[0]
    raise Wrong(_("tahun dua angka dapat dibaca dua arti; tulis empat angka"))


_DAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Reading], date | DateRange]], ...] = (
    (_ISO, lambda found, _reading: date(int(found[1]), int(found[2]), int(found[3]))),
    (_NUMERIC, _of_numbers),
    (_WORDED, _of_words),
    (re.compile(r"^(\d{1,6})(?:\.0+)?$"), _serial_or_year),
    (_YEAR, _serial_or_year),
    (_MONTH_YEAR, _of_month),
    (_AGE, _of_age),
)


def writes_month_first(cells: Iterable[str]) -> bool:
    """Whether a column writes 03/25/1990: some second number is beyond twelve, and no first one is."""
    firsts, seconds = False, False
    for cell in cells:
        if found := _NUMERIC.match(cell):
            firsts, seconds = firsts or int(found[1]) > 12, seconds or int(found[2]) > 12
    return seconds and not firsts


def restored_day(value: Any) -> date | DateRange | None:
    """A day or an estimate as JSON held it."""
    if isinstance(value, Mapping):
        return DateRange(date.fromisoformat(value["earliest"]), date.fromisoformat(value["latest"]))
    return date.fromisoformat(value) if value else None
