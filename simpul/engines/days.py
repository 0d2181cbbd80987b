"""Months by the calendar, which are not all of one length."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def months_later(day: date, months: int) -> date:
    """The same day so many months later or, below 0, earlier; the last of that month where it has no such day.

    Raises ValueError outside the years 1 to 9999.
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if not date.min.year <= year <= date.max.year:
        raise ValueError(f"{months} months from {day} is outside the calendar")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
