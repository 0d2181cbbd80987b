"""The shapes of instruments and assessments."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StrictInt, StrictStr, StringConstraints

from simpul.api.case_shapes import ONCE, VERSION
from simpul.api.shapes import Day, TextShape
from simpul.cases.queries.comparisons import DomainRow
from simpul.engines.scoring import REASONS

# --- instruments ---


class LevelShape(Schema):
    value: int
    label: TextShape
    description: TextShape


class ItemShape(Schema):
    code: str
    question: TextShape
    kind: str
    hint: TextShape | None
    levels: list[LevelShape]
    is_reversed: bool
    required: bool
    minimum: int | None
    maximum: int | None


class DomainShape(Schema):
    """One domain. `reliability` and `standard_deviation` are null where nobody measured them."""

    code: str
    title: TextShape
    items: list[ItemShape]
    direction: str
    method: str
    fewest_answered: int | None
    asks: TextShape | None
    reliability: float | None
    standard_deviation: float | None
    measured_in: str


class InstrumentLine(Schema):
    """One instrument in the list, in its newest version."""

    code: str
    version: int
    title: TextShape
    about: TextShape
    source: str
    verified: str
    valid_from: dt.date
    purposes: list[str]
    languages: list[str]
    digest: str


class InstrumentShape(InstrumentLine):
    note: TextShape | None
    domains: list[DomainShape]


# --- assessments of a case ---


class EntryShape(Schema):
    id: UUID = Field(alias="key")
    on: dt.date
    occasion_name: str
    version: str
    by_name: str
    is_draft: bool


class GroupShape(Schema):
    """All assessments of a case with one instrument, the newest first, and when the next is due."""

    instrument: str = Field(alias="code")
    title: str
    entries: list[EntryShape]
    due_on: dt.date | None
    is_late: bool


class HeldShape(Schema):
    id: UUID = Field(alias="key")
    on: dt.date
    occasion_name: str
    version: int
    by_name: str


class LineShape(Schema):
    """The score of a domain in words; `answer_words` where the domain itself asks something."""

    title: str
    is_known: bool
    figure: str
    words: str
    asked: str
    answer_words: str


class DomainRowShape(Schema):
    """One domain at the first time and now. `change` is in points, `index` the reliable change index of it.

    Above zero `gain` is better. `verdict` is the judgement in words: better, worse, within error of measurement,
    or why it cannot be said.
    """

    code: str
    title: str
    baseline: LineShape | None
    previous: LineShape | None
    now: LineShape | None
    is_comparable: bool
    direction: str
    direction_words: str
    gain: float | None
    index: float | None
    is_reliable: bool
    verdict: str
    basis: str
    open: int
    open_at_baseline: int
    open_items: list[str]

    @staticmethod
    def resolve_index(row: DomainRow) -> float | None:
        return row.change.index if row.change else None


class ComparisonShape(Schema):
    """One instrument over time, against the first assessment with it."""

    case: UUID
    instrument: str
    title: str
    baseline: HeldShape | None
    previous: HeldShape | None
    now: HeldShape | None
    versions_differ: bool
    better: int
    worse: int
    same: int
    unsaid: int
    beyond_error: int
    further: int
    rows: list[DomainRowShape]


# --- one assessment ---


class StateShape(Schema):
    """Why an item has no answer."""

    state: Literal["unknown", "refused", "not_applicable"]


Code = Annotated[str, StringConstraints(max_length=60)]
Answers = dict[Code, StrictInt | StrictStr | StateShape]


class ScoreShape(Schema):
    """The score of a domain as a number; null where too few items were answered."""

    code: str
    score: float | None
    answered: int
    of: int
    minimum: float
    maximum: float


class AssessmentShape(Schema):
    """One assessment. Answers, reasons and words are empty for who may not read workers' own words.

    A draft has no `completed_at`, no `scores`, and names in `required` what must still be answered.
    """

    id: UUID
    case: UUID
    instrument: str
    instrument_version: str
    title: str
    occasion: str
    occasion_name: str
    on: dt.date
    by_name: str
    version: int
    completed_at: dt.datetime | None
    sources: list[str]
    client_view: str
    family_view: str
    observed: str
    strengths: str
    conclusion: str
    answers: dict[str, Any]
    reasons: dict[str, str]
    lines: list[LineShape]
    scores: list[ScoreShape]
    required: list[str]
    number_open: int
    is_told: bool
    is_altered: bool


class AssessmentWanted(Schema):
    """A draft with the newest version of an instrument. `is_further`: beside the schedule, not compared."""

    once: UUID = Field(description=ONCE)
    instrument: str
    is_further: bool = False


class DraftWanted(Schema):
    """The whole of a draft as it is to be kept: what is left out is emptied.

    An answer is the value of a level, a number, a text, or {"state": "unknown" | "refused" | "not_applicable"}.
    """

    version: int = Field(description=VERSION)
    held_on: Day
    sources: list[str] = Field(default_factory=list, max_length=20)
    client_view: str = ""
    family_view: str = ""
    observed: str = ""
    strengths: str = ""
    conclusion: str = ""
    answers: Answers = Field(default_factory=dict, max_length=500)
    reasons: dict[Code, str] = Field(default_factory=dict, max_length=500)

    def details(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        typed = self.dict()
        reasons = typed.pop("reasons")
        return typed | {"answers": typed["answers"] | {REASONS: reasons}}


class Completed(Schema):
    version: int = Field(description=VERSION)
