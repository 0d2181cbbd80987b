"""The NIK, the national number of a person, read with care: what it says, and what is odd about it.

Sixteen digits: six of the region where it was first given, the day of birth (a woman's plus 40), month and
two digits of the year, and a serial number. It never changes when somebody moves, and it can be wrong; so
everything odd is said as a warning and nothing is refused. Source: UU 24/2013 and its practice.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

DIGITS = 16
_ADDED_FOR_WOMEN = 40
_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015/]")
# What a spreadsheet makes of a long number: 2.10201E+15, or 2102014107590001.0
_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)
_WITH_DECIMALS = re.compile(r"(\d{15,16})[.,]0+")


class Oddity(StrEnum):
    """What is odd about a NIK. The sentence for people is made where it is shown."""

    WRONG_LENGTH = "wrong_length"
    NOT_DIGITS = "not_digits"
    SPREADSHEET = "spreadsheet"
    IMPOSSIBLE_DATE = "impossible_date"
    SERIAL_ZERO = "serial_zero"
    DIFFERS_FROM_BIRTH = "differs_from_birth"
    DIFFERS_FROM_SEX = "differs_from_sex"
    UNKNOWN_REGION = "unknown_region"


@dataclass(frozen=True, slots=True)
class Nik:
    """What sixteen digits say. `year` has two digits: the century is not in it."""

    region: str
    day: int
    month: int
    year: int
    sex: str
    serial: int

    def fits(self, earliest: date, latest: date) -> bool:
        """Whether somebody born between these days could have it."""
        for year in range(earliest.year, latest.year + 1):
            if year % 100 != self.year or not _exists(year, self.month, self.day):
                continue
            if earliest <= date(year, self.month, self.day) <= latest:
                return True
        return False

    @property
    def has_possible_date(self) -> bool:
        return any(_exists(century + self.year, self.month, self.day) for century in (1900, 2000))


def cleaned(text: str) -> str:
    """As it is kept and compared: without spaces, dots and dashes, and without a spreadsheet's ".0"."""
    text = text.strip()
    if text.isdigit():
        return text
    if found := _WITH_DECIMALS.fullmatch(text):
        return found[1]
    return text if _SCIENTIFIC.fullmatch(text) else _SEPARATORS.sub("", text)


def read(text: str) -> Nik | None:
    """What the number says, or None when it is not sixteen digits."""
    digits = cleaned(text)
    if len(digits) != DIGITS or not _is_digits(digits):
        return None
    day = int(digits[6:8])
    is_woman = day > _ADDED_FOR_WOMEN
    return Nik(
        region=f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}",
        day=day - _ADDED_FOR_WOMEN if is_woman else day,
        month=int(digits[8:10]),
        year=int(digits[10:12]),
        sex="P" if is_woman else "L",
        serial=int(digits[12:]),
    )


def oddities(
    text: str,
    *,
    earliest: date | None = None,
    latest: date | None = None,
    sex: str = "",
    is_known_region: Callable[[str], bool] | None = None,
) -> tuple[Oddity, ...]:
    """What is odd about a NIK beside the birth date (earliest to latest) and sex that were told.

    Nothing for a number that agrees with all that is known, and nothing for an empty text.
    """
    digits = cleaned(text)
    if not digits:
        return ()
    if _SCIENTIFIC.fullmatch(digits):
        return (Oddity.SPREADSHEET,)
    if not _is_digits(digits):
        return (Oddity.NOT_DIGITS,)
    nik = read(digits)
    if nik is None:
        return (Oddity.WRONG_LENGTH,)
    return tuple(_oddities_inside(nik, earliest, latest, sex, is_known_region))


def _oddities_inside(
    nik: Nik,
    earliest: date | None,
    latest: date | None,
    sex: str,
    is_known_region: Callable[[str], bool] | None,
) -> list[Oddity]:
    found = []
    if not nik.has_possible_date:
        found.append(Oddity.IMPOSSIBLE_DATE)
    elif earliest and latest and not nik.fits(earliest, latest):
        found.append(Oddity.DIFFERS_FROM_BIRTH)
    if sex and sex != nik.sex:
        found.append(Oddity.DIFFERS_FROM_SEX)
    if nik.serial == 0:
        found.append(Oddity.SERIAL_ZERO)
    if is_known_region and not is_known_region(nik.region):
        found.append(Oddity.UNKNOWN_REGION)
    return found


def masked(text: str) -> str:
    """The first six and the last two digits: enough to recognise it, not enough to use it."""
    return f"{text[:6]}{'•' * (len(text) - 8)}{text[-2:]}" if len(text) > 8 else "•" * len(text)


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
