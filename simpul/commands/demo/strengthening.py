"""A capacity programme that is running in the example office, with two invented bodies (strengthening.toml)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from simpul.access.models import User
from simpul.access.reach import Where
from simpul.commands.demo.deeds import Deed, put_days
from simpul.commands.demo.office import key_of, organisation_key, read
from simpul.programmes.actions import cohort, mentoring, money, plans, sessions
from simpul.programmes.actions import programme as actions
from simpul.programmes.models import Member, Participant, Programme
from simpul.programmes.queries.cohort_told import Helper, Person
from simpul.programmes.queries.mentoring import Seen
from simpul.programmes.queries.programme_told import Told
from simpul.programmes.queries.sessions_told import Told as SessionTold
from simpul.programmes.queries.told import Item
from simpul.programmes.stages import Arm, Came, Design, Known, Part

PROGRAMME = key_of("programme", "strengthening")


@dataclass(frozen=True)
class By:
    """Who does what: user names of the example office."""

    officer: str
    mentor: str


def steps(today: date, users: Mapping[str, User], by: By) -> list[Callable[[], None]]:
    """Set up with its people, met once; then plan, request for money and visit of the first body."""
    told = put_days(read("strengthening.toml"), today)
    deed = Deed(0, users, today, {**told, "by": by.officer, "do": "strengthening", "ago": told["began_ago"]})
    return [*(partial(step, deed) for step in (_begin, _meet, _plan)), partial(_visit, deed, by.mentor)]


def _programme() -> Programme:
    found: Programme = Programme.objects.get(pk=PROGRAMME)
    return found


def _first(deed: Deed) -> Member:
    body = organisation_key(deed.told["member"][0]["key"])
    found: Member = Member.objects.get(programme=PROGRAMME, organisation=body)
    return found


def _begin(deed: Deed) -> None:
    told = deed.told
    described = Told(
        told["title"], Design.ONE_GROUP, told["area"], deed.on(), aim=told["aim"], budget=told["budget"]
    )
    where = Where(region=told["area"][0])
    programme = actions.set_up(where, by=deed.by, key=PROGRAMME, told=described, **deed.when())
    for row in told["member"]:
        body = [organisation_key(row["key"])]
        [member] = cohort.nominate(programme, by=deed.by, bodies=body, **deed.when(minutes=10))
        member = cohort.note_willing(member, by=deed.by, on=deed.on(3), willing=Known.YES)
        member = cohort.choose(member, by=deed.by, on=deed.on(7), arm=Arm.PROGRAMME, words=told["because"])
        for number, one in enumerate(row["people"]):
            key = deed.key("participant", row["key"], str(number))
            cohort.add_participant(member, by=deed.by, key=key, person=Person(**one), **deed.when(8))


def _meet(deed: Deed) -> None:
    programme = _programme()
    for row in deed.told["stage"]:
        when = deed.when(row["later"])
        moved: dict[str, Any] = {"to": row["to"], "words": row["words"], "reached_on": when["on"]}
        programme = actions.move(programme, by=deed.by, version=programme.version, **moved, **when)
    planned = dict(deed.told["session"])
    when = deed.when(planned.pop("later"), minutes=60)
    told = SessionTold(on=when["on"], **{**planned, "hours": Decimal(planned["hours"])})
    session = sessions.plan_session(programme, by=deed.by, key=deed.key("session"), at=when["at"], told=told)
    people = Participant.objects.filter(programme=programme).values_list("pk", flat=True)
    came = dict.fromkeys(people, Came.YES.value)
    sessions.note_attendance(session, by=deed.by, came=came, **when)


def _plan(deed: Deed) -> None:
    """Drawn up by the head of the body, agreed by the officer; money is asked for and not decided yet."""
    told, member = deed.told["plan"], _first(deed)
    head = deed.users[deed.told["member"][0]["people"][0]["account"]]
    at = deed.when(told["later"])["at"]
    plan = plans.draw_up(member, by=head, key=deed.key("plan"), at=at)
    for number, item in enumerate(told["items"]):
        plans.add_item(plan, by=head, key=deed.key("item", str(number)), at=at, item=Item(**item))
    plan.refresh_from_db()
    plan = plans.send_in(plan, by=head)
    plans.agree(plan, by=deed.by, version=plan.version, on=deed.on(told["agreed"]))
    asked = dict(deed.told["money"])
    when = deed.when(asked.pop("later"))
    money.ask(member, by=head, key=deed.key("money"), **asked, **when)


def _visit(deed: Deed, mentor: str) -> None:
    """The mentor is named for the first body alone, and has been there once."""
    user, member = deed.users[mentor], _first(deed)
    helper = Helper(user.name, Part.MENTOR, account=mentor, members=[str(member.pk)])
    cohort.add_worker(_programme(), by=deed.by, key=deed.key("mentor"), helper=helper, **deed.when(42))
    seen = dict(deed.told["visit"])
    when = deed.when(seen.pop("later"))
    told = Seen(visited_on=when["on"], **seen)
    mentoring.record_visit(member, by=user, key=deed.key("visit"), seen=told, **when)
