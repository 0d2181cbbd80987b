"""How often a recap is handed in, and which days one period has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Every(TextChoices):
    MONTH = "month", gettext_lazy("bulanan")
    QUARTER = "quarter", gettext_lazy("triwulan")
    HALF = "half", gettext_lazy("semester")
    YEAR = "year", gettext_lazy("tahunan")


class From(TextChoices):
    BODIES = "bodies", gettext_lazy("tiap lembaga di wilayah ini")
    REGIONS = "regions", gettext_lazy("tiap wilayah di bawahnya")


_MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF: 6, Every.YEAR: 12}


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """Both days included."""

    since: date
    until: date

    @property
    def words(self) -> str:
        months = (self.until.year - self.since.year) * 12 + self.until.month - self.since.month + 1
        if months == 1:
            return date_format(self.since, "F Y")
        number = (self.since.month - 1) // months + 1
        if months == 3:
            return _("Triwulan %(number)s %(year)s") % {"number": number, "year": self.since.year}
        if months == 6:
            return _("Semester %(number)s %(year)s") % {"number": number, "year": self.since.year}
        return _("Tahun %(year)s") % {"year": self.since.year}


def period_of(day: date, every: str) -> Period:
    """The period that holds a day: whole calendar months."""
    length = _MONTHS[Every(every)]
    first = (day.month - 1) // length * length + 1
    since = date(day.year, first, 1)
    return Period(since, _after(since, length) - timedelta(days=1))


def last_ended(on: date, every: str) -> Period:
    """The newest period that is over on that day."""
    return period_of(period_of(on, every).since - timedelta(days=1), every)


def before(period: Period, every: str) -> Period:
    return period_of(period.since - timedelta(days=1), every)


def _after(day: date, months: int) -> date:
    place = day.month - 1 + months
    return date(day.year + place // 12, place % 12 + 1, 1)
