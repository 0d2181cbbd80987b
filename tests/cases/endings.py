"""Invented endings of invented cases."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from simpul.access.models import User
from simpul.cases.actions.ending import begin_ending, complete_ending, save_ending
from simpul.cases.models import Case, Ending, FollowUp
from simpul.cases.queries.ending import Told
from simpul.cases.stages import Stage
from tests.cases.factories import brought_to
from tests.screening.factories import TODAY, when

FIRST_LOOK = TODAY + timedelta(days=30)


def told(**changed: Any) -> Told:
    """Everything that an ending without goals needs."""
    details: dict[str, Any] = {
        "held_on": TODAY,
        "reason": "goals_reached",
        "effect": "Ibu Siti berjualan lagi dan tidak makan sendirian",
        "process": {"quality": "Pelatihan dinilai baik", "unmet": "Alat bantu dengar belum ada"},
        "transition": {"goes_on": "Berjualan kue", "stands_by": "Bu RT", "when_hard": "Menelepon Rina"},
        "made_with_client": True,
        "statement": "Saya sudah berani sendiri",
        "statement_capacity": "self",
        "follow_ups": (FIRST_LOOK, date(2027, 2, 21)),
    }
    return Told(**(details | changed))


def begun(case: Case, by: User, *, key: uuid.UUID | None = None) -> Ending:
    return begin_ending(case, by=by, key=key or uuid.uuid4(), **when(200))


def saved(ending: Ending, by: User, *, version: int | None = None, **changed: Any) -> Ending:
    version = ending.version if version is None else version
    return save_ending(ending, by=by, version=version, told=told(**changed), **when(210))


def completed(case: Case, by: User, **changed: Any) -> Ending:
    ending = saved(begun(case, by), by, **changed)
    return complete_ending(ending, by=by, version=ending.version, **when(220))


def looked_after(by: User, **changed: Any) -> list[FollowUp]:
    """The follow-ups of a case that stands at follow-up after a complete ending, in their order."""
    case = brought_to(Stage.TERMINATION, by)
    completed(case, by, **changed)
    brought_to(Stage.FOLLOW_UP, by, case)
    return list(FollowUp.objects.filter(case=case).order_by("due_on"))
