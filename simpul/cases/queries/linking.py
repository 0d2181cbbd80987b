"""Preparing a client for the service of a step: what was told, foreseen, practised, and who came along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from simpul.cases.models import Case, PlanStep, Preparation

LONGEST_WORDS = 2000

# The four parts in the order in which they are done.
PARTS: dict[str, Promise] = {
    "informed": gettext_lazy("Yang dijelaskan"),
    "difficulties": gettext_lazy("Yang mungkin sulit"),
    "practised": gettext_lazy("Yang dilatih"),
    "company": gettext_lazy("Siapa yang menemani"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One of the four: whether it was done, when last, and in which words; these are empty for who may not read them.

    `others` are words about who came along, which are not given to others.
    """

    code: str
    title: str
    on: date | None
    words: str
    others: str = ""

    @property
    def is_done(self) -> bool:
        return self.on is not None


@dataclass(frozen=True, slots=True)
class Prepared:
    """How far the client is prepared for one step: always all four parts."""

    parts: tuple[Part, ...]

    @property
    def done(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.is_done)

    @property
    def lacking(self) -> tuple[str, ...]:
        """The titles of what was not done yet."""
        return tuple(part.title for part in self.parts if not part.is_done)


def preparations_of(step: PlanStep) -> tuple[Preparation, ...]:
    """What was done for this line of the plan, under whichever version, the newest first."""
    rows = Preparation.objects.filter(case=step.case_id, step__line=step.line)
    return tuple(rows.order_by("-on", "-at", "-pk"))


def prepared_for(step: PlanStep, *, is_told: bool) -> Prepared:
    """The newest of each part for one step."""
    return _prepared(preparations_of(step), is_told)


def prepared_in(case: Case, *, is_told: bool) -> Mapping[UUID, Prepared]:
    """The same for every line of the plan for which something was done, in one question to the database."""
    by_line: dict[UUID, list[Preparation]] = {}
    rows = Preparation.objects.filter(case=case).select_related("step").order_by("-on", "-at", "-pk")
    for row in rows:
        by_line.setdefault(row.step.line, []).append(row)
    return {line: _prepared(done, is_told) for line, done in by_line.items()}


def _prepared(rows: Iterable[Preparation], is_told: bool) -> Prepared:
    listed = list(rows)
    return Prepared(tuple(_part(code, listed, is_told) for code in PARTS))


def _part(code: str, rows: list[Preparation], is_told: bool) -> Part:
    newest = next((row for row in rows if _is_done(row, code)), None)
    if newest is None or not is_told:
        return Part(code, str(PARTS[code]), newest.on if newest else None, "")
    others = (newest.company_words or "") if code == "company" else ""
    return Part(code, str(PARTS[code]), newest.on, said_part(newest, code), others)


def _is_done(row: Preparation, code: str) -> bool:
    return bool(row.company) if code == "company" else getattr(row, f"{code}_sealed") is not None


def said_part(row: Preparation, code: str) -> str:
    """One part of one day in words; nothing where it was not done that day."""
    if code == "company":
        return row.get_company_display() if row.company else ""
    return getattr(row, code) or ""


def said_parts(row: Preparation) -> tuple[tuple[str, str], ...]:
    """What was done on one day, each under its title."""
    told = ((str(title), said_part(row, code)) for code, title in PARTS.items())
    return tuple((title, words) for title, words in told if words)


def referred(step: PlanStep) -> tuple[Mapping[str, Any], ...]:
    """The referrals of this line, by key and number: they keep their own notes of the preparation.

    Asked through the tie by which referrals hang on a case; what they are this part does not know.
    """
    rows: Any = step.case.referrals
    return tuple(rows.filter(line=step.line).order_by("number").values("pk", "number"))
