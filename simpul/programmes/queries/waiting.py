"""What waits for somebody about capacity programmes, all parts together, for the start page."""

from __future__ import annotations

from datetime import date

from simpul.access.models import User
from simpul.organisations.queries.waiting import Waiting
from simpul.programmes.queries import cohort, measuring, mentoring, money, plans, programme, sessions

_PARTS = (programme, cohort, sessions, measuring, plans, money, mentoring)


def waits(user: User, on: date) -> tuple[Waiting, ...]:
    """Part by part in the order of a programme's page; one question alone for who has to do with no programme."""
    if not programme.programmes_of(user).exists():
        return ()
    return tuple(waiting for part in _PARTS for waiting in part.waits(user, on))
