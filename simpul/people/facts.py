"""From what was said to what is kept: an estimated age becomes a range of birth dates."""

from __future__ import annotations

from datetime import date, timedelta

from simpul.engines.rules import DateRange
from simpul.engines.rules.ages import latest_start

# Beyond belief rather than beyond law: the oldest person ever known reached 122.
OLDEST = 125


def born_from_age(years: int, margin: int, on: date) -> DateRange:
    """The days on which somebody was born who is about so many years old, give or take a margin.

    Never after the day itself. Raises ValueError for an age beyond belief.
    """
    if not 0 <= years <= OLDEST or not 0 <= margin <= OLDEST:
        raise ValueError(f"an age of {years} years, give or take {margin}, is beyond belief")
    youngest, oldest = max(years - margin, 0), min(years + margin, OLDEST)
    return DateRange(latest_start(oldest + 1, on) + timedelta(days=1), min(latest_start(youngest, on), on))


def first_and_last(born: date | DateRange | None) -> tuple[date | None, date | None]:
    """The earliest and the latest day: the same for a known one, none for nothing."""
    if isinstance(born, DateRange):
        return born.earliest, born.latest
    return born, born


def oldest_birth(on: date) -> date:
    """Nobody who is alive was born before this day."""
    return latest_start(OLDEST + 1, on) + timedelta(days=1)


def age_span(earliest: date, latest: date, on: date) -> tuple[int, int]:
    """The least and the most completed years."""
    return _years(latest, on), _years(earliest, on)


def _years(born: date, on: date) -> int:
    return max(0, on.year - born.year - ((on.month, on.day) < (born.month, born.day)))
