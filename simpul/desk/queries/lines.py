"""What stands in the day's list: one line for one thing, whatever table it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from simpul.engines.rules import DateRange

# Whose work it is: one's own, or a colleague's within reach.
MINE, TEAM = 0, 1


@dataclass(frozen=True, slots=True)
class Line:
    """One person in the day's list: why they are here, and one thing to do.

    `href` is where that is done. `since` is empty where `why` says the day already.
    """

    key: UUID
    person: UUID
    name: str
    born: date | DateRange | None
    region: str
    why: str
    waits_for: str
    since: datetime | None
    who: str
    urgency: str
    href: str
    button: str
    is_late: bool = False

    @property
    def about_person(self) -> UUID:
        return self.person
