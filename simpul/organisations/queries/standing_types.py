"""Type A to D of a body: the answers that count on a day, what they suggest, and what officers confirmed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from simpul.catalogue.organisations import standing as catalogue
from simpul.engines.reasons import Finding
from simpul.engines.scoring import suggest
from simpul.organisations.models import Classification, Indicator, Organisation
from simpul.organisations.queries.standing_known import Known, known

OWN_WORD = "own_word"
RECORD = "record"


@dataclass(frozen=True, slots=True)
class Answered:
    """What counts for one indicator, and why: `seen` is own_word, paper, visit, interview, record, or empty.

    `by` names the place of the record, `row` is the answer of somebody that counts. `otherwise` is what the record
    or the body says beside an officer who saw something else: it waits for the officer to look again.
    """

    code: str
    answer: str
    seen: str = ""
    by: str = ""
    row: Indicator | None = None
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class Suggested:
    """What the answers of a day suggest."""

    finding: Finding
    answered: Mapping[str, Answered]

    @property
    def answers(self) -> dict[str, str]:
        return {code: one.answer for code, one in self.answered.items()}

    def mark(self, organisation: Organisation) -> str:
        """A short mark of all that the type hangs on, so that nobody confirms what has changed meanwhile."""
        edition = catalogue.standards().edition.code
        money = [organisation.yearly_budget, organisation.yearly_own_income]
        text = json.dumps([edition, self.answers, money], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def type_of(organisation: Organisation, on: date) -> Suggested:
    """The type suggested on that day, with the answers that it was made from."""
    answered = answers_of(organisation, on)
    finding = suggest(
        catalogue.scheme(),
        {code: one.answer for code, one in answered.items()},
        budget=organisation.yearly_budget,
        own_income=organisation.yearly_own_income,
    )
    return Suggested(finding, answered)


def answers_of(organisation: Organisation, on: date) -> dict[str, Answered]:
    """What counts for every indicator on that day, in the order of the catalogue.

    What an officer saw counts before what the record says, and that before the body's own word; of one hand the
    newest counts. A letter that has run out since is missing, whoever saw it before.
    """
    derived = known(organisation, on)
    told: dict[str, list[Indicator]] = {}
    rows = Indicator.objects.filter(organisation=organisation, on__lte=on)
    for row in rows.order_by("-at", "-pk"):
        told.setdefault(row.code, []).append(row)
    return {code: _counts(code, told.get(code, []), derived.get(code)) for code in catalogue.indicators()}


def _counts(code: str, rows: list[Indicator], derived: Known | None) -> Answered:
    own = _newest(row for row in rows if row.seen == OWN_WORD)
    officer = _newest(row for row in rows if row.seen != OWN_WORD)
    has_run_out = derived is not None and derived.answer == "no" and derived.by.startswith("paper:")
    if officer is not None and not has_run_out:
        later = derived.answer if derived else own.answer if own and own.at > officer.at else ""
        otherwise = later if later != officer.answer else ""
        return Answered(code, officer.answer, officer.seen, row=officer, otherwise=otherwise)
    if derived is not None:
        return Answered(code, derived.answer, RECORD, by=derived.by)
    return Answered(code, own.answer, OWN_WORD, row=own) if own else Answered(code, "unknown")


def _newest(rows: Iterator[Indicator]) -> Indicator | None:
    """The first of rows that stand from the newest; None where it takes back what was said before."""
    row = next(rows, None)
    return row if row is not None and row.answer != "unknown" else None


def said_by_hand(organisation: Organisation, seen: str) -> dict[str, str]:
    """The newest answers of one hand by code: of the body itself, or of those who look (`seen` is any of their ways)."""
    rows = Indicator.objects.filter(organisation=organisation)
    rows = rows.filter(seen=OWN_WORD) if seen == OWN_WORD else rows.exclude(seen=OWN_WORD)
    return dict(rows.order_by("at", "pk").values_list("code", "answer"))


# --- what officers confirmed ---


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The type that an officer confirmed last, and what has changed since: codes of indicators, or the edition."""

    row: Classification
    changed: tuple[str, ...]
    is_other_edition: bool

    @property
    def is_current(self) -> bool:
        return not (self.changed or self.is_other_edition)


def confirmed_of(organisation: Organisation, on: date, suggested: Suggested) -> Confirmed | None:
    """The last confirmation up to that day, held against the answers of the day; None where there is none."""
    row = history_of(organisation).filter(on__lte=on).first()
    if row is None:
        return None
    now = suggested.answers
    changed = tuple(code for code in now if now[code] != row.answers.get(code, "unknown"))
    return Confirmed(row, changed, row.edition != catalogue.standards().edition.code)


def history_of(organisation: Organisation) -> QuerySet[Classification]:
    """Every confirmation, the newest first."""
    return Classification.objects.filter(organisation=organisation).order_by("-at", "-pk")
