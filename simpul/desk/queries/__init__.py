"""What the desk shows: who is waiting today, the team, and who has seen one person's record."""

from simpul.desk.queries.day import Line, Today, Village, roles, today, villages_of
from simpul.desk.queries.trail import Trace, readers_of, trace_of, traces_of, trail_of

__all__ = [
    "Line",
    "Today",
    "Trace",
    "Village",
    "readers_of",
    "roles",
    "today",
    "trace_of",
    "traces_of",
    "trail_of",
    "villages_of",
]
