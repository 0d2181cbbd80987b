"""What has to be there before a case goes on, what may follow, and how others call its stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.cases.models import Case
from simpul.cases.queries.case import stood_before
from simpul.cases.queries.gates import Gate, Standing, codes_between, gates, standing_of
from simpul.cases.stages import NEXT, WAY, Stage
from simpul.catalogue import casework
from simpul.catalogue.casework import Entry
from simpul.catalogue.text import Text


def gates_of(case: Case, to: str, on: date) -> tuple[Gate, ...]:
    """The gates between where the case stands and that stage, met or not; none backwards and beside the way.

    A suspended case passes the gates that lie beyond the stage in which it was suspended.
    """
    standing = standing_of(case, on)
    return gates(codes_between(standing.model, _stands_at(case), Stage(to)), standing)


def _stands_at(case: Case) -> Stage:
    now = Stage(case.stage)
    return (stood_before(case) or Stage.INTAKE) if now is Stage.SUSPENDED else now


# --- the part of the case page ---


@dataclass(frozen=True, slots=True)
class StagePanel:
    """What stands before the next stage in line, until when the office wants it, and the stage's other names."""

    next: str
    gates: tuple[Gate, ...]
    due_on: date | None
    is_late: bool
    names: StageNames
    model: Entry | None

    @property
    def unmet(self) -> tuple[Gate, ...]:
        return tuple(gate for gate in self.gates if not gate.is_met)


def panel(case: Case, viewer: User, on: date, *, standing: Standing | None = None) -> StagePanel:
    """Two questions to the database at most; one less where the page has asked how the case stands."""
    now, following = Stage(case.stage), next_in_line(case)
    if following is None:
        return StagePanel("", (), None, False, crosswalk_of(case), casework.working_model(case.working_model))
    standing = standing or standing_of(case, on)
    due_on = _due_on(case, standing.norms)
    return StagePanel(
        next=following,
        gates=gates(codes_between(standing.model, now, following), standing),
        due_on=due_on,
        is_late=due_on is not None and due_on < on,
        names=crosswalk_of(case),
        model=standing.model,
    )


def next_in_line(case: Case) -> Stage | None:
    """The stage that follows on the main way; None for a case that rests or ended."""
    now = Stage(case.stage)
    ahead = [
        stage for stage in WAY if now in WAY and stage in NEXT[now] and WAY.index(stage) > WAY.index(now)
    ]
    return ahead[0] if ahead else None


_DUE_BY = {
    Stage.OUTREACH: "first_response_days",
    Stage.PRESCREENING: "first_response_days",
    Stage.INTAKE: "intake_to_assessment_days",
    Stage.ASSESSMENT: "assessment_to_plan_days",
    Stage.GOALS: "assessment_to_plan_days",
    Stage.PLANNING: "assessment_to_plan_days",
}


def _due_on(case: Case, norms: dict[str, Any]) -> date | None:
    """The day by which the office's norms want the next stage; None for stages without such a norm."""
    norm = _DUE_BY.get(Stage(case.stage))
    return case.stage_since + timedelta(days=norms[norm]) if norm else None


# --- names elsewhere ---


@dataclass(frozen=True, slots=True)
class StageNames:
    """The stage of a case as PP 39/2012 and ATENSI call it, and which of the eight steps it is; for prints."""

    pp39: Text
    atensi: Text
    step: Entry | None
    step_number: int | None
    verified: str


def crosswalk_of(case: Case) -> StageNames:
    return names_of_stage(case.stage)


def names_of_stage(stage: str) -> StageNames:
    """What a stage is called elsewhere."""
    names = casework.crosswalk(stage)
    step = casework.seed_steps()[names.seed_step - 1] if names.seed_step else None
    return StageNames(names.pp39, names.atensi, step, names.seed_step, names.verified)


def later_of(case: Case, viewer: User) -> Case | None:
    """The episode that followed this one, if this person may see it."""
    reached = Case.objects.reachable(viewer, Permission.CASE_VIEW).filter(earlier=case)
    found: Case | None = reached.order_by(F("opened_at").desc()).first()
    return found
