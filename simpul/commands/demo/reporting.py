"""What the example office counts and hands on: recaps asked for and handed in, targets, public numbers, a file for
research that waits for its second person (reporting.toml). Everything is invented.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from simpul.access.models import User
from simpul.access.reach import Where
from simpul.commands.demo.office import key_of, read
from simpul.recaps.actions import ask_for, deliver, keep_prepared, prepare_release, publish
from simpul.recaps.actions.targets import set_target
from simpul.recaps.queries.due import owed_by, recap_for
from simpul.recaps.queries.public_preparing import prepared
from simpul.recaps.stages import Every, Period, before, last_ended, period_of
from simpul.research.actions import ask_for_extract
from simpul.research.actions.extracts import keep_measured
from simpul.research.queries.rows import made_of

MORNING = time(9, 30)
# Handed in so many days after the period, well before the deadline.
SOON = timedelta(days=5)


def ended_months(today: date) -> tuple[Period, Period]:
    """The last two months that are over, the older first: of their last days the office has a register."""
    newer = last_ended(today, Every.MONTH)
    return before(newer, Every.MONTH), newer


def steps(today: date, users: Mapping[str, User]) -> list[Callable[[], None]]:
    """In their order; the registers of the months and of today are there before."""
    told = read("reporting.toml")
    where = Where(region=told["region"])
    return [
        *(partial(_ask, row, where, today, users) for row in told["due"]),
        partial(_deliver, told["delivery"], today, users),
        *(partial(_aim, row, told["target_source"]["words"], where, today, users) for row in told["target"]),
        partial(_publish, told["release"], where, today, users),
        partial(_research, told["extract"], where, today, users),
    ]


def _at(day: date) -> datetime:
    return datetime.combine(day, MORNING, tzinfo=timezone.get_default_timezone())


def _ask(told: dict[str, Any], where: Where, today: date, users: Mapping[str, User]) -> None:
    """Since the older of the two months, so that there is something to hand in and something that is late."""
    older, _newer = ended_months(today)
    first = period_of(older.since, told["every"]).since
    details = {name: told[name] for name in ("recap", "every", "days", "asked_from", "note")}
    key = key_of("due", told["recap"])
    ask_for(where, by=users[told["by"]], key=key, first=first, at=_at(older.since), **details)


def _deliver(told: dict[str, Any], today: date, users: Mapping[str, User]) -> None:
    """One body hands in the older month; the newer one still waits."""
    by, (older, _newer) = users[told["by"]], ended_months(today)
    for one in owed_by(by, today):
        if (one.due.code, one.period) == (told["recap"], older):
            recap = recap_for(by, one.due, one.period, one.party)
            key, at = key_of("delivery", told["recap"], told["by"]), _at(older.until + SOON)
            deliver(one.party.where, by=by, key=key, recap=recap, at=at, note=told["note"])


def _aim(told: dict[str, Any], source: str, where: Where, today: date, users: Mapping[str, User]) -> None:
    details = {name: told[name] for name in ("service", "number", "budget")}
    key = key_of("target", told["service"])
    set_target(where, by=users[told["by"]], key=key, year=today.year, source=source, at=_at(today), **details)


def _publish(told: dict[str, Any], where: Where, today: date, users: Mapping[str, User]) -> None:
    """The month that ended last, prepared here and now and not in the background; another publishes it."""
    by, (_older, newer) = users[told["prepared_by"]], ended_months(today)
    key, period = key_of("release", where.region), f"{newer.until:%Y-%m}"
    release = prepare_release(where, by=by, key=key, at=_at(today), period=period)
    release = keep_prepared(release, by=by, made=prepared(release, by))
    publish(release, by=users[told["by"]], at=_at(today), seen=release.mark)


def _research(told: dict[str, Any], where: Where, today: date, users: Mapping[str, User]) -> None:
    """Asked for and measured; the office decides."""
    by, key = users[told["by"]], key_of("extract", told["by"])
    details = {name: told[name] for name in ("purpose", "for_whom", "columns")}
    extract = ask_for_extract(where, by=by, key=key, at=_at(today), day=today, kinds=(), **details)
    keep_measured(extract, by=by, standing=made_of(extract).standing())
