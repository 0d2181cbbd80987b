"""Invented goals of an invented case."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from simpul.access.models import User
from simpul.cases.actions.goals import score_goal, set_goal
from simpul.cases.models import Case, Goal, GoalScore
from tests.screening.factories import TODAY, when

WORDS = "Berjualan kue lagi tiga hari seminggu"
LEVELS = {
    "-2": "Tidak berjualan",
    "-1": "Berjualan sesekali",
    "0": "Berjualan tiga hari seminggu",
    "1": "Berjualan lima hari seminggu",
    "2": "Berjualan tiap hari dan menabung",
}


def goal_details(**changed: Any) -> dict[str, Any]:
    """What was typed of a goal, for the actions."""
    typed = {
        "words": WORDS,
        "term": "short",
        "criterion": "Buku catatan penjualan",
        "target_on": TODAY + timedelta(days=60),
        "levels": LEVELS,
    }
    return typed | changed


def goal_of(case: Case, by: User, *, key: uuid.UUID | None = None, **changed: Any) -> Goal:
    return set_goal(case, by=by, key=key or uuid.uuid4(), **when(100), **goal_details(**changed))


def scored(goal: Goal, by: User, level: int, *, minutes: int = 110, **details: Any) -> GoalScore:
    return score_goal(goal, by=by, key=uuid.uuid4(), level=level, **when(minutes), **details)
