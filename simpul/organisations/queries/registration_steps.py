"""What happened to a run, step by step, and who had a hand in it."""

from __future__ import annotations

from uuid import UUID

from simpul.organisations.models import Registration, RegistrationStep
from simpul.organisations.stages import RunStage


def steps_of(run: Registration) -> list[RegistrationStep]:
    """Every step, the oldest first."""
    return list(RegistrationStep.objects.filter(registration=run).order_by("at", "pk"))


def moves_of(run: Registration) -> list[RegistrationStep]:
    """The steps that moved it; that the desk kept what it found moves nothing."""
    return [step for step in steps_of(run) if step.left != step.stage]


def desk_of(run: Registration) -> frozenset[UUID]:
    """Who worked at the desk on it: took it up, checked lines, or sent it on from there."""
    steps = RegistrationStep.objects.filter(registration=run)
    at_desk = {step.by for step in steps if RunStage.DESK_CHECK in (step.left, step.stage)}
    return frozenset(key for key in at_desk if key is not None)
