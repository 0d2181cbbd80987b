"""Agreements, a forum, a mediation, requests for help, and a proposal for many at once, from network.toml."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from simpul.access.gate import THE_MACHINE
from simpul.access.models import User
from simpul.access.reach import Where
from simpul.commands.demo.deeds import Deed, Doer, put_days
from simpul.commands.demo.office import read
from simpul.partners.actions import agreements, forums, mediation
from simpul.partners.models import Decision
from simpul.partners.queries.told import About, Asked, Decided, Minutes, Terms
from simpul.referrals.actions import incoming, incoming_moving
from simpul.referrals.actions.placing import make_round

# Asked in the evening, so that it waits for who comes in the morning.
_EVENING = time(21, 30)


def read_network(today: date, users: Mapping[str, User]) -> list[Deed]:
    """Every line, in the order of the days on which it was begun."""
    told = enumerate(read("network.toml")["deed"])
    deeds = [Deed(number, users, today, put_days(line, today)) for number, line in told]
    return sorted(deeds, key=lambda deed: -deed.ago)


def steps(today: date, users: Mapping[str, User]) -> list[Callable[[], None]]:
    """One step for each line."""
    return [partial(DOERS[deed.told["do"]], deed) for deed in read_network(today, users)]


def _agreement(deed: Deed) -> None:
    told = {**deed.told["terms"], "ways": tuple(deed.told["terms"]["ways"])}
    at = deed.when()["at"]
    row = agreements.make(deed.body, by=deed.by, key=deed.key(), at=at, terms=Terms(**told))
    row = agreements.put_in_force(row, by=deed.by, version=row.version)
    agreements.confirm(row, by=deed.users[deed.told["confirmed_by"]], on=deed.on(3))


def _forum(deed: Deed) -> None:
    told, when = deed.told, deed.when()
    where, about = Where(region=told["region"]), About(**told["about"])
    forum = forums.found_forum(where, by=deed.by, key=deed.key(), at=when["at"], about=about)
    members = [
        forums.join(forum, by=deed.by, key=deed.key("member", name), called=name, **when)
        for name in told["members"]
    ]
    meeting = dict(told["meeting"])
    now = deed.when(meeting.pop("later"))
    meeting["came"] = tuple(member.pk for member in members[: meeting["came"]])
    meeting["decided"] = tuple(Decided(**one) for one in meeting["decided"])
    minutes = Minutes(on=now["on"], **meeting)
    held = forums.meet(forum, by=deed.by, key=deed.key("meeting"), minutes=minutes, **now)
    # The last of them was followed up; the others are open.
    last = Decision.objects.filter(meeting=held).order_by("-order")[0]
    done = told["done"]
    on = deed.on(done["later"])
    forums.follow_up(last, by=deed.by, version=last.version, on=on, became="done", result=done["result"])


def _mediation(deed: Deed) -> None:
    asked = Asked(**deed.told["asked"])
    row = mediation.ask(deed.body, by=deed.by, key=deed.key(), asked=asked, **deed.when())
    for step in deed.told["then"]:
        now = deed.when(step["later"])
        row = mediation.go_on(row, by=deed.by, version=row.version, to=step["to"], words=step["words"], **now)


def _help(deed: Deed) -> None:
    """Asked by anybody on the evening before; read and answered the day after, where an answer is told."""
    told, day = deed.told, deed.today - timedelta(days=deed.ago + 1)
    at = datetime.combine(day, _EVENING, tzinfo=timezone.get_default_timezone())
    where = Where(region=told["region"])
    row = incoming.ask_for_help(
        where, by=THE_MACHINE, key=deed.key(), at=at, code=told["code"], **told["asked"]
    )
    if "answer" not in told:
        return
    now: dict[str, Any] = {"by": deed.by, "at": at + timedelta(hours=11)}
    row = incoming_moving.take_request(row, version=row.version, **now)
    row = incoming_moving.note_reaching(row, version=row.version, reached=True, words=told["reached"], **now)
    on = timezone.localdate(now["at"])
    incoming_moving.answer_request(row, version=row.version, on=on, answer=told["answer"], **now)


def _placing(deed: Deed) -> None:
    """Calculated; a person has yet to decide about each."""
    where = Where(organisation=deed.body.pk)
    make_round(where, by=deed.by, key=deed.key(), **deed.words("title", "need_kind"), **deed.when())


DOERS: dict[str, Doer] = {
    "agreement": _agreement,
    "forum": _forum,
    "mediation": _mediation,
    "help": _help,
    "placing": _placing,
}
