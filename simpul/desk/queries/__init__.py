"""What the desk shows: who is waiting today, the team, and who has seen one person's record."""

from simpul.desk.queries.bodies import bodies_waiting, works_with_bodies
from simpul.desk.queries.day import Home, Today, Village, today, villages_of
from simpul.desk.queries.found import CASES, KINDS, LONGEST, PEOPLE, asked_of, found
from simpul.desk.queries.lines import Line
from simpul.desk.queries.roles import roles
from simpul.desk.queries.trail import Trace, readers_of, trace_of, traces_of, trail_of

__all__ = [
    "CASES",
    "KINDS",
    "LONGEST",
    "PEOPLE",
    "Home",
    "Line",
    "Today",
    "Trace",
    "Village",
    "asked_of",
    "bodies_waiting",
    "found",
    "readers_of",
    "roles",
    "today",
    "trace_of",
    "traces_of",
    "trail_of",
    "villages_of",
    "works_with_bodies",
]
