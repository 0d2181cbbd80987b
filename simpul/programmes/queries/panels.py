"""What the page of a programme shows of each part: the panels, as far as this person may see them."""

from __future__ import annotations

from datetime import date
from typing import Any

from simpul.access.models import User
from simpul.programmes.models import Programme
from simpul.programmes.queries import cohort, evaluation, measuring, mentoring, money, plans, sessions


def panels_of(programme: Programme, user: User, on: date) -> dict[str, Any]:
    """By the name of the part; None where there is nothing to see for this person."""
    return {
        "cohort": cohort.panel(programme, user, on),
        "sessions": sessions.panel(programme, user, on),
        "measuring": measuring.panel(programme, user, on),
        "plans": plans.panel(programme, user, on),
        "money": money.panel(programme, user, on),
        "mentoring": mentoring.panel(programme, user, on),
        "evaluation": evaluation.panel(programme, user, on),
    }
