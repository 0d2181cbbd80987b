"""Ages by the calendar: completed years, not days divided by 365.

Someone born on 29 February completes a year on 1 March in an ordinary year. Someone said to be born after
the day asked about counts as aged 0: a wrong date must not make a newborn look like nobody.
"""

from __future__ import annotations

from datetime import date

# No criterion asks for more years than this, and no birth longer ago is believed.
OLDEST = 150


def completed_years(since: date, on: date) -> int:
    """Whole years from one day to another; 0 if the first day is later."""
    before_anniversary = (on.month, on.day) < (since.month, since.day)
    return max(0, on.year - since.year - before_anniversary)


def latest_start(years: int, on: date) -> date:
    """The last day on which something may have begun to have lasted so many completed years.

    completed_years(d, on) >= years holds exactly when d <= latest_start(years, on). For 0 years that is
    every day there is.
    """
    if years <= 0:
        return date.max
    year = on.year - years
    if year < 1:
        raise ValueError(f"{years} years before {on} is before the calendar begins")
    if on.month == 2 and on.day == 29 and not _is_leap(year):
        return date(year, 2, 28)
    return date(year, on.month, on.day)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
