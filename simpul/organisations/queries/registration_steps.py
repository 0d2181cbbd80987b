"""What happened to a run, step by step, and who had a hand in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from simpul.organisations.models import FieldVisit, Registration, RegistrationStep
from simpul.organisations.stages import RunStage

_AT_DESK = frozenset({RunStage.DESK_CHECK.value, RunStage.FIELD_VISIT.value})
# What the desk writes when it sends a file there is advice to a colleague, not an answer to the applicant.
_INSIDE = frozenset({RunStage.FIELD_VISIT.value, RunStage.DECISION.value})


@dataclass(frozen=True, slots=True)
class Move:
    """One step as a page shows it; `words` are empty where they are not for who looks."""

    at: datetime
    by_name: str
    label: str
    words: str


def steps_of(run: Registration) -> list[RegistrationStep]:
    """Every step, the oldest first."""
    return list(RegistrationStep.objects.filter(registration=run).order_by("at", "pk"))


def moves_of(run: Registration, *, is_office: bool) -> list[Move]:
    """The steps that moved it; that the desk kept what it found moves nothing."""
    return [
        Move(
            at=step.at,
            by_name=step.by_name,
            label=step.get_stage_display(),
            words=step.words if is_office or step.stage not in _INSIDE else "",
        )
        for step in steps_of(run)
        if step.left != step.stage
    ]


def desk_of(run: Registration) -> frozenset[UUID]:
    """Who worked on it before the decision: took it up, checked lines, looked on the spot, or sent it on."""
    steps = RegistrationStep.objects.filter(registration=run).values_list("left", "stage", "by")
    found = {by for left, stage, by in steps if {left, stage} & _AT_DESK}
    found |= set(FieldVisit.objects.filter(registration=run).values_list("by", flat=True))
    return frozenset(key for key in found if key is not None)
