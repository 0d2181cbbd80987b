"""How near the last day of something is, by one definition for every page, list and count."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.catalogue.organisations import papers as catalogue
from simpul.engines.days import months_later


class Nearness(StrEnum):
    """Where a day stands before the last day: not near, past the first or second reminder, the day itself, after."""

    VALID = "valid"
    FIRST = "first"
    SECOND = "second"
    TODAY = "today"
    OVER = "over"
    UNKNOWN = "unknown"


_KINDS = {
    Nearness.VALID: "yes",
    Nearness.FIRST: "soon",
    Nearness.SECOND: "act",
    Nearness.TODAY: "act",
    Nearness.OVER: "act",
    Nearness.UNKNOWN: "",
}
# What is past a reminder: it is told, and it waits for somebody.
TOLD = frozenset({Nearness.FIRST, Nearness.SECOND, Nearness.TODAY, Nearness.OVER})


def nearness(last_day: date | None, on: date) -> Nearness:
    """How near the last day is on that day. On the last day itself it still holds; None is not known."""
    if last_day is None:
        return Nearness.UNKNOWN
    if last_day <= on:
        return Nearness.TODAY if last_day == on else Nearness.OVER
    first, second = catalogue.reminder_months()
    if on >= months_later(last_day, -second):
        return Nearness.SECOND
    return Nearness.FIRST if on >= months_later(last_day, -first) else Nearness.VALID


def last_day_told(on: date) -> date:
    """The latest last day of which one is reminded on that day: the first reminder read the other way round.

    On the last day of a short month also those of the longer month are told whose reminder falls on it.
    """
    first = catalogue.reminder_months()[0]
    there = months_later(on, first)
    month_ends = monthrange(on.year, on.month)[1]
    return there.replace(day=monthrange(there.year, there.month)[1]) if on.day == month_ends else there


def is_told(field: str, on: date) -> Q:
    """The rows whose last day, in `field`, is near enough to be told, or past."""
    return Q(**{f"{field}__lte": last_day_told(on)})


def is_over(field: str, on: date) -> Q:
    """The rows whose last day is past."""
    return Q(**{f"{field}__lt": on})


def words_of(near: Nearness) -> str:
    """The same in words, for a tag."""
    first, second = catalogue.reminder_months()
    months = {Nearness.FIRST: first, Nearness.SECOND: second}.get(near)
    if months is not None:
        return ngettext("habis dalam %(months)s bulan", "habis dalam %(months)s bulan", months) % {
            "months": months
        }
    return {
        Nearness.VALID: _("berlaku"),
        Nearness.TODAY: _("hari terakhir"),
        Nearness.OVER: _("sudah habis"),
    }.get(near, _("tanpa hari berakhir"))


def kind_of(near: Nearness) -> str:
    """The kind of tag."""
    return _KINDS[near]
