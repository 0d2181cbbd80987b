"""What a body tells in its report: its own words, how many it served, its money. Counts, never people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from simpul.access.refusal import Refusal, fitting
from simpul.catalogue.organisations import oversight as catalogue
from simpul.organisations.models import Organisation, Report
from simpul.organisations.queries.oversight_known import OTHER_NEED, need_names
from simpul.organisations.queries.oversight_reports import Period
from simpul.organisations.queries.registration_rules import said

Told = dict[str, Any]
MONEY = ("income", "own_income", "spent")
LONGEST_PART = 4000
_MOST_PEOPLE = 10_000_000
_MOST_RUPIAH = 10**15
# From January to December.
_LAST_OF_YEAR = 11


@dataclass(frozen=True, slots=True)
class ServedLine:
    """How many of one kind of need were served; None is not told. What is small does not go on paper."""

    code: str
    title: str
    male: int | None
    female: int | None

    @property
    def is_male_small(self) -> bool:
        return _is_small(self.male)

    @property
    def is_female_small(self) -> bool:
        return _is_small(self.female)


def smallest_printed() -> int:
    """The smallest number of people that is printed."""
    return catalogue.norm("smallest_printed_number").value


def _is_small(number: int | None) -> bool:
    return number is not None and 0 < number < smallest_printed()


def carried_over(organisation: Organisation, period: Period) -> Told:
    """What a report of a whole year begins with: the money that is recorded for the body. It is read and mended.

    A shorter period begins empty: the record knows years only.
    """
    if period.until.year - period.since.year == 0 and period.until.month - period.since.month < _LAST_OF_YEAR:
        return {}
    return {
        "money": {"income": organisation.yearly_budget, "own_income": organisation.yearly_own_income},
    }


def fitting_told(told: Told) -> Told:
    """What was told, as it is kept. Raises Refusal for words too long and numbers that cannot be."""
    kept: Told = {
        part.code: fitting(str(told.get(part.code) or ""), said(part.title), LONGEST_PART)
        for part in catalogue.report_parts()
    }
    kept["served"] = {
        code: {sex: _number(counts.get(sex), _MOST_PEOPLE) for sex in ("male", "female")}
        for code, counts in sorted(told.get("served", {}).items())
        if any(counts.get(sex) is not None for sex in ("male", "female"))
    }
    kept["money"] = {code: _number(told.get("money", {}).get(code), _MOST_RUPIAH) for code in MONEY}
    return kept


def _number(value: Any, most: int) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or not 0 <= value <= most:
        raise Refusal(_("Jumlah ditulis dengan angka bulat, 0 atau lebih. Periksa angkanya."))
    return value


def missing_parts(told: Told | None) -> list[str]:
    """The parts without which a report is not sent, by their titles."""
    kept = told or {}
    return [
        said(part.title) for part in catalogue.report_parts() if part.is_needed and not kept.get(part.code)
    ]


def served_codes(organisation: Organisation, told: Told | None) -> list[str]:
    """The kinds of need that a report asks about: those recorded for the body, those told before, and others."""
    before = (told or {}).get("served", {})
    codes: Iterable[str] = (*organisation.need_types, *before)
    return [*dict.fromkeys(code for code in codes if code != OTHER_NEED), OTHER_NEED]


def served_lines(report: Report) -> tuple[ServedLine, ...]:
    """How many were served, by kind of need, as told."""
    served = (report.told or {}).get("served", {})
    return tuple(
        ServedLine(code, title, served[code]["male"], served[code]["female"])
        for code, title in need_names(served).items()
    )


def differing(theirs: Told, mine: Told) -> tuple[str, str]:
    """Both sides of the first part that differs, for a clash."""
    code = next((code for code in mine if mine[code] != theirs.get(code)), "")
    return _in_words(theirs.get(code)), _in_words(mine.get(code))


def _in_words(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_in_words(one)}" for key, one in value.items() if one is not None)
    return "–" if value in (None, "") else str(value)
