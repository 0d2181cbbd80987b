"""Who stands around a client of the example office, and who works together on the case."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from simpul.cases.actions.around import About, add_concerned
from simpul.cases.actions.handover import propose
from simpul.cases.actions.team import Decision, Minutes, Participant, add_member, hold_conference
from simpul.cases.actions.ties import add_household, tie
from simpul.cases.models import Concerned
from simpul.cases.queries.around import offered_of
from simpul.commands.demo.journal import Doer, Entry

CLIENT = "client"


def _household(entry: Entry) -> None:
    """Everybody who lives there, by their names in the register."""
    case = entry.life.case
    members = {offered.key for offered in offered_of(case, entry.by)}
    for row in add_household(case, by=entry.by, key=entry.key(), members=members, **entry.moment):
        entry.life.rows[row.name] = row


def _concerned(entry: Entry) -> None:
    for told in entry.told["people"]:
        details = {name: value for name, value in told.items() if name != "born_ago"}
        if "born_ago" in told:
            details["born_year"] = entry.life.today.year - told["born_ago"]
        row = add_concerned(
            entry.life.case, by=entry.by, key=entry.key(told["name"]), about=About(**details), **entry.moment
        )
        entry.life.rows[row.name] = row


def _ties(entry: Entry) -> None:
    """Each as it is read: one, kind, other."""
    for one, kind, other in entry.told["ties"]:
        tie(
            entry.life.case,
            by=entry.by,
            key=entry.key(one, kind, other),
            kind=kind,
            one=_end(entry, one),
            other=_end(entry, other),
            **entry.moment,
        )


def _end(entry: Entry, name: str) -> UUID | None:
    if name == CLIENT:
        return None
    row: Concerned = entry.life.rows[name]
    return row.pk


def _member(entry: Entry) -> None:
    user = entry.told.get("user")
    add_member(
        entry.life.case,
        by=entry.by,
        key=entry.key(),
        user=entry.life.users[user].pk if user else None,
        **entry.words("called", "profession", "roles"),
        **entry.moment,
    )


def _conference(entry: Entry) -> None:
    told = entry.told
    minutes = Minutes(
        held_on=entry.on,
        participants=[Participant(**one) for one in told["participants"]],
        decisions=[_decision(entry, one) for one in told.get("decisions", ())],
        **entry.words("discussed", "decided", "place", "client_view"),
    )
    hold_conference(entry.life.case, by=entry.by, key=entry.key(), minutes=minutes, **entry.moment)


def _decision(entry: Entry, told: dict[str, Any]) -> Decision:
    worker = entry.life.users[told["worker"]].pk
    return Decision(told["words"], worker, entry.day("due", told) if "due" in told else None)


def _handover(entry: Entry) -> None:
    to = entry.life.users[entry.told["to"]].pk
    details = entry.words("because", "open_promises", "kind")
    for name in ("starts_on", "until"):
        if name in entry.told:
            details[name] = entry.day(name)
    propose(entry.life.case, by=entry.by, key=entry.key(), to=to, **details, **entry.moment)


DOERS: dict[str, Doer] = {
    "household": _household,
    "concerned": _concerned,
    "ties": _ties,
    "member": _member,
    "conference": _conference,
    "handover": _handover,
}
