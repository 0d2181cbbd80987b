"""What is written on certificates: their numbers by a pattern, their codes, days in words."""

from __future__ import annotations

import re
import secrets
from datetime import date

from django.utils.translation import gettext as _

from simpul.access.refusal import Refusal, fitting
from simpul.organisations.queries.certificates import CODE_LENGTH, LETTERS

LONGEST_NUMBER = 120
NUMBER_DIGITS = 3
# The label of the printed line that names who signs.
SIGNS = "Pejabat yang menandatangani"
# The ministry has no region of its own.
_WHOLE_COUNTRY = "RI"
_NAMES = ("nomor", "tahun", "bulan_romawi", "wilayah")
# Patterns that offices wrote before, and who reads English.
_ALSO = {"number": "nomor", "year": "tahun", "month_roman": "bulan_romawi", "region": "wilayah"}
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


def written(pattern: str, number: int, on: date, region: str) -> str:
    """The number as it is printed."""
    values = {
        "nomor": str(number).zfill(NUMBER_DIGITS),
        "tahun": str(on.year),
        "bulan_romawi": _ROMAN[on.month - 1],
        "wilayah": region or _WHOLE_COUNTRY,
    }
    return _PLACEHOLDER.sub(lambda found: values[found[1]], in_indonesian(pattern))


def in_indonesian(pattern: str) -> str:
    """The pattern with its places named in Indonesian; unknown ones as they are."""
    return _PLACEHOLDER.sub(lambda found: f"{{{_ALSO.get(found[1], found[1])}}}", pattern)


def fitting_pattern(typed: str) -> str:
    """A pattern that gives every certificate a number of its own. Raises Refusal."""
    pattern = fitting(in_indonesian(typed), _("Pola nomor"), LONGEST_NUMBER, is_needed=True)
    used = _PLACEHOLDER.findall(pattern)
    if unknown := sorted(set(used) - set(_NAMES)):
        raise Refusal(
            _("Pola nomor memuat {%(name)s} yang tidak dikenal. Yang dikenal: %(known)s.")
            % {"name": unknown[0], "known": ", ".join(f"{{{name}}}" for name in _NAMES)}
        )
    # The series begins anew each year, so without the year last year's numbers would come again.
    if not {"nomor", "tahun"} <= set(used):
        raise Refusal(_("Pola nomor harus memuat {nomor} dan {tahun}, supaya tidak ada nomor yang sama."))
    if len(written(pattern, 999_999, date(2000, 8, 1), "99.99")) > LONGEST_NUMBER:
        raise Refusal(
            _("Pola nomor terlalu panjang: paling banyak %(most)s huruf setelah diisi.")
            % {"most": LONGEST_NUMBER}
        )
    return pattern


def fresh_code() -> str:
    """Twelve letters that nobody can guess, printed in the QR."""
    return "".join(secrets.choice(LETTERS) for _letter in range(CODE_LENGTH))


def day_in_words(on: date) -> str:
    """21 November 2026, in Indonesian whatever language the reader chose."""
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"
