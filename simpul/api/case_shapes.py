"""The shapes of cases: what goes in and out about one case, what happened in it, and what there is to do."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from simpul.api.answers import Gate, Paged
from simpul.api.shapes import Day, TextShape
from simpul.cases.models import ContactKind
from simpul.cases.queries.case import Row
from simpul.cases.queries.timeline import SYSTEM, Entry
from simpul.cases.stages import Stage

ONCE = "A key that the program makes. The same key sent again gives the same row and writes nothing."
VERSION = "The version that was read. Another one is answered with 409 and both values."


class CaseRow(Schema):
    """One case in a list. `summary` is empty for who may not read workers' own words."""

    id: UUID = Field(alias="key")
    number: str
    person: UUID
    person_name: str
    place: str
    stage: str
    stage_name: str
    urgency: str
    urgency_name: str
    worker: UUID
    worker_name: str
    opened_on: dt.date
    summary: str

    @staticmethod
    def resolve_place(row: Row) -> str:
        return str(row.place) if row.place else ""


class CaseList(Paged):
    rows: list[CaseRow]


class NeedShape(Schema):
    """A type of need that a worker confirmed; those kept from the reader are not even counted."""

    code: str
    display: TextShape


class OnwardShape(Schema):
    """A stage that may follow. One that leaves others out needs a reason."""

    stage: str
    words: str
    left_out: str


class GateShape(Gate):
    is_met: bool


class CaseShape(Schema):
    """One case. What workers wrote in their own words is empty for who may not read it: `group_name`, `summary`,
    `risk`, `referral_words` and `wishes`."""

    id: UUID
    number: str
    version: int
    kind: str
    person: UUID
    person_name: str
    place: str
    district: str
    group_name: str
    summary: str
    risk: str
    referral_words: str
    wishes: str
    referred_by: str
    episode: int
    earlier: UUID | None
    later: UUID | None
    confidentiality: str
    working_model: str
    setting: str
    spm_service: str
    stage: str
    stage_name: str
    stage_since: dt.date
    is_open: bool
    urgency: str
    opened_on: dt.date
    closed_on: dt.date | None
    last_contact_on: dt.date | None
    worker: UUID
    worker_name: str
    has_basis: bool
    needs: list[NeedShape]
    next_step: str
    onward: list[OnwardShape]
    beside: list[str]
    gates: list[GateShape]
    due_on: dt.date | None
    is_late: bool
    is_told: bool
    may_move: bool
    may_note: bool


class MoveWanted(Schema):
    """Another stage. `because` is needed beside the way, where stages are left out, and where a gate is not met."""

    to: Stage
    version: int = Field(description=VERSION)
    because: str = ""
    referred_to: str = Field("", description="Who helps instead, for somebody who is not eligible.")


class HappenedShape(Schema):
    """One thing that happened. `said` is empty for who may not read workers' own words."""

    at: dt.datetime
    who: str
    words: str
    said: str
    is_from_system: bool
    screening: UUID | None

    @staticmethod
    def resolve_is_from_system(entry: Entry) -> bool:
        return entry.kind == SYSTEM


class TimelineShape(Schema):
    entries: list[HappenedShape]
    has_more: bool
    since: dt.date | None


# --- tasks ---


class TaskShape(Schema):
    """Something to do by a day. `days` is how many it is late, below zero how many are left.

    `is_done_here`: it is over when a worker says so; any other is over with the row that it is about.
    """

    id: UUID = Field(alias="key")
    case: UUID
    number: str
    kind: str
    kind_name: str
    words: str
    because: str
    due_on: dt.date
    days: int
    is_overdue: bool
    is_done_here: bool
    waits_for_supervisor: bool
    worker: UUID | None
    worker_name: str
    postponed: int
    version: int


class TaskList(Paged):
    """`overdue` counts all that are late, on whatever page."""

    rows: list[TaskShape]
    overdue: int


class TaskWanted(Schema):
    """A task of one's own, or a visit (`kind` own or visit)."""

    once: UUID = Field(description=ONCE)
    words: str
    due_on: Day
    kind: str = "own"
    worker: UUID | None = Field(None, description="Somebody of the team; without it, who sends this.")


# --- notes ---


class GoalChoiceShape(Schema):
    id: UUID = Field(alias="key")
    number: int
    words: str


class NoteShape(Schema):
    """One note. Its words are empty for who may not read workers' own words.

    `third_party` is what others said, which is never shown to the client. `is_corrected`: a later note takes its place.
    """

    id: UUID = Field(alias="key")
    on: dt.date
    at: dt.datetime
    who: str
    kind: str
    kind_name: str
    place: str
    with_whom: str
    words: str
    third_party: str
    next_step: str
    goals: list[GoalChoiceShape]
    minutes: int | None
    is_corrected: bool
    corrects: bool
    is_late_entry: bool


class NoteList(Paged):
    rows: list[NoteShape]


class NoteWanted(Schema):
    """What happened on a day. With `next_on` the next step becomes a task; `settles` are tasks that are over with this."""

    once: UUID = Field(description=ONCE)
    kind: ContactKind
    happened_on: Day
    words: str
    third_party: str = Field("", description="What others said: left out when the client reads the own file.")
    place: str = ""
    with_whom: str = ""
    next_step: str = ""
    next_on: Day | None = None
    next_kind: str = Field("own", description="own or visit")
    goals: list[UUID] = Field(default_factory=list, max_length=100)
    minutes: int | None = None
    settles: list[UUID] = Field(default_factory=list, max_length=100)
    corrects: UUID | None = Field(None, description="The note that this one takes the place of.")


# --- goals and plan ---


class AttainmentShape(Schema):
    """All goals of a case as one T-score (Kiresuk and Sherman 1968); 50 is as expected, null is not known."""

    baseline_t: float | None
    now_t: float | None
    change: float | None
    scored: int
    of: int
    unscored: int
    compared: int
    dropped: int


class GoalShape(Schema):
    """One goal. `baseline` and `now` are levels as they are written, from −2 to +2; empty where it was not scored."""

    id: UUID = Field(alias="key")
    number: int
    parent: UUID | None
    term_name: str
    words: str
    priority: int
    target_on: dt.date | None
    state: str
    state_name: str
    baseline: str
    now: str
    direction: str
    direction_words: str
    next_step: str
    next_on: dt.date | None
    is_late: bool
    remarks: list[str]


class GoalsShape(Schema):
    is_told: bool
    attainment: AttainmentShape
    rows: list[GoalShape]


class PlanVersion(Schema):
    id: UUID
    number: int
    state: str
    state_name: str = Field(alias="get_state_display")
    at: dt.datetime
    by_name: str


class StepShape(Schema):
    """One step of the plan; `cost` in whole rupiah. `lacks` names what is not said yet."""

    id: UUID = Field(alias="key")
    line: UUID
    number: int
    goal: int | None
    kind_name: str
    need: str
    action: str
    provider: str
    alternatives: list[str]
    in_charge_name: str
    due_on: dt.date | None
    cost: int | None
    state: str
    state_name: str
    state_since: dt.date
    outcome: str
    last_checked_on: dt.date | None
    last_delivered: str
    is_late: bool
    lacks: list[str]


class PlanShape(PlanVersion):
    """One version of the plan: what is to be done if things go wrong, who agreed, and who approved it."""

    version: int
    crisis: str
    agreed_by: str
    agreed_capacity: str
    agreed_how: str
    agreed_on: dt.date | None
    team_says: str
    team_agreed_on: dt.date | None
    approved_at: dt.datetime | None
    approved_by_name: str
    decision_because: str


class PlanAnswer(Schema):
    """The version that was asked for, its steps, and every version there is."""

    is_told: bool
    plan: PlanShape | None
    steps: list[StepShape]
    total_cost: int | None
    versions: list[PlanVersion]


def words_of(row: Any, names: tuple[str, ...], *, is_told: bool) -> dict[str, str]:
    """What workers wrote in their own words, by name; empty for who may not read it."""
    return {name: (getattr(row, name) or "") if is_told else "" for name in names}
