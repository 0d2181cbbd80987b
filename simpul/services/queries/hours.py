"""When a service is open: its repeating rules asked for a moment, and said in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from dateutil.rrule import FR, MO, MONTHLY, SA, SU, TH, TU, WE, WEEKLY, rrule, weekday
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.engines.reasons import Answer
from simpul.services.models import Hours
from simpul.services.stages import Frequency

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY_WORDS = {
    "MO": gettext_lazy("Senin"),
    "TU": gettext_lazy("Selasa"),
    "WE": gettext_lazy("Rabu"),
    "TH": gettext_lazy("Kamis"),
    "FR": gettext_lazy("Jumat"),
    "SA": gettext_lazy("Sabtu"),
    "SU": gettext_lazy("Minggu"),
}
WEEK_WORDS = {
    1: gettext_lazy("pertama"),
    2: gettext_lazy("kedua"),
    3: gettext_lazy("ketiga"),
    4: gettext_lazy("keempat"),
    5: gettext_lazy("kelima"),
    -1: gettext_lazy("terakhir"),
}
ZONE_WORDS = {7: "WIB", 8: "WITA", 9: "WIT"}
DAY_LONG = time(0, 0)

_WEEKDAYS = dict(zip(DAYS, (MO, TU, WE, TH, FR, SA, SU), strict=True))
_FREQUENCIES = {Frequency.WEEKLY: WEEKLY, Frequency.MONTHLY: MONTHLY}
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


def days_in(by_day: str) -> list[tuple[int, str]]:
    """ "1MO,-1FR" as [(1, "MO"), (-1, "FR")]; 0 where no number stands. What is no day is left out."""
    found = (_DAY.fullmatch(part.strip()) for part in by_day.split(","))
    return [(int(one[1] or 0), one[2]) for one in found if one]


def month_days_in(by_month_day: str) -> list[int]:
    """ "1,15" as [1, 15]; -1 is the last day of a month."""
    found = (part.strip() for part in by_month_day.split(","))
    return [day for part in found if re.fullmatch(r"-?\d{1,2}", part) and 0 < abs(day := int(part)) <= 31]


# --- open at a moment ---


def is_open_at(service_hours: Iterable[Hours], moment: datetime) -> Answer:
    """Whether any of these rows is open then. Not known where there are none, or only "by appointment".

    `moment` has a zone; each row is asked in its own.
    """
    answers = [_is_open(row, moment) for row in service_hours]
    return max(answers, default=Answer.UNKNOWN)


def _is_open(row: Hours, moment: datetime) -> Answer:
    if row.opens_at is None or row.closes_at is None:
        return Answer.UNKNOWN
    local = (moment.astimezone(UTC) + timedelta(hours=row.zone)).replace(tzinfo=None)
    opens, closes = row.opens_at, row.closes_at
    if opens < closes:
        return _happens(row, local.date()) if opens <= local.time() < closes else Answer.NO
    # Past midnight: the evening of this day, or what is left of the night before.
    if local.time() >= opens:
        return _happens(row, local.date())
    return _happens(row, local.date() - timedelta(days=1)) if local.time() < closes else Answer.NO


def happens_on(service_hours: Iterable[Hours], day: date) -> Answer:
    """Whether any of these rows falls on that day."""
    return max((_happens(row, day) for row in service_hours), default=Answer.UNKNOWN)


def _happens(row: Hours, day: date) -> Answer:
    if (row.valid_from and day < row.valid_from) or (row.valid_to and day > row.valid_to):
        return Answer.NO
    begins = row.starts_on or row.valid_from
    if row.interval > 1 and begins is None:
        return Answer.UNKNOWN
    if begins is not None and day < begins:
        return Answer.NO
    days, month_days = days_in(row.by_day), month_days_in(row.by_month_day)
    if not days and not month_days:
        return Answer.UNKNOWN
    at = datetime.combine(day, DAY_LONG)
    frequency = Frequency.MONTHLY if month_days else Frequency(row.frequency or Frequency.WEEKLY)
    rule = rrule(
        _FREQUENCIES[frequency],
        # Every week or every month needs no beginning, and none makes the search short.
        dtstart=datetime.combine(begins, DAY_LONG) if row.interval > 1 and begins else at,
        interval=row.interval,
        byweekday=[_weekday(number, name, frequency) for number, name in days] or None,
        bymonthday=month_days or None,
        until=at,
    )
    return Answer.of(at in rule)


def _weekday(number: int, name: str, frequency: Frequency) -> weekday:
    return _WEEKDAYS[name](number) if number and frequency == Frequency.MONTHLY else _WEEKDAYS[name]


# --- in words ---


def words_of(service_hours: Iterable[Hours], opened: Callable[[str], str] = str) -> list[str]:
    """One line for each row: "Senin–Jumat 08.00–16.00 WIB", "Senin pertama setiap bulan, dengan janji".

    `opened` gives the owner's own words as far as the reader may know them.
    """
    return [line for row in service_hours if (line := _line(row, opened(row.words)))]


def _line(row: Hours, words: str) -> str:
    said = _days_words(row)
    if row.interval > 1:
        weekly = row.frequency != Frequency.MONTHLY
        said = (
            _("%(days)s, setiap %(number)s minggu") if weekly else _("%(days)s, setiap %(number)s bulan")
        ) % {"days": said, "number": row.interval}
    told = " ".join(part for part in (said, _times_words(row)) if part)
    return ". ".join(part for part in (told, words) if part)


def _times_words(row: Hours) -> str:
    if row.opens_at is None or row.closes_at is None:
        return _("dengan janji lebih dahulu")
    if row.opens_at == row.closes_at:
        return _("24 jam")
    zone = ZONE_WORDS.get(row.zone, f"UTC+{row.zone}")
    return f"{row.opens_at:%H.%M}–{row.closes_at:%H.%M} {zone}"


def _days_words(row: Hours) -> str:
    if month_days := month_days_in(row.by_month_day):
        said = ", ".join(_("akhir bulan") if day == -1 else str(day) for day in month_days)
        return _("Tanggal %(days)s") % {"days": said}
    days = days_in(row.by_day)
    if row.frequency == Frequency.MONTHLY:
        said = ", ".join(_nth_words(number, name) for number, name in days)
        return _("%(days)s setiap bulan") % {"days": said} if said else ""
    names = [name for _number, name in days]
    if set(names) == set(DAYS):
        return _("Setiap hari")
    return ", ".join(_runs(names))


def _nth_words(number: int, name: str) -> str:
    nth = WEEK_WORDS.get(number)
    if nth is None:
        return str(DAY_WORDS[name])
    return _("%(day)s %(nth)s") % {"day": DAY_WORDS[name], "nth": nth}


def _runs(names: list[str]) -> Iterator[str]:
    """Days that follow each other as "Senin–Jumat", others one by one."""
    positions = sorted(DAYS.index(name) for name in set(names))
    for _step, group in groupby(enumerate(positions), key=lambda pair: pair[1] - pair[0]):
        run = [DAYS[position] for _number, position in group]
        if len(run) > 2:
            yield f"{DAY_WORDS[run[0]]}–{DAY_WORDS[run[-1]]}"
        else:
            yield from (str(DAY_WORDS[name]) for name in run)
