"""What waits from validation to renewal."""

from __future__ import annotations

from datetime import date

from simpul.access.models import User
from simpul.accreditation.queries import afterwards
from simpul.organisations.queries.waiting import Waiting


def second_waits(user: User, on: date) -> tuple[Waiting, ...]:
    """What waits for this person after the visit."""
    return afterwards.waits(user, on)
