"""Visits, promises, and what is told to others or asked by them, in the example office."""

from __future__ import annotations

from simpul.access.gate import THE_MACHINE
from simpul.access.reach import Where
from simpul.cases.actions.complaints import complain
from simpul.cases.actions.contacts import Next, add_note
from simpul.cases.actions.privacy import disclose, note_supervision
from simpul.cases.actions.tasks import add_task
from simpul.cases.actions.voice import record_satisfaction
from simpul.commands.demo.journal import Doer, Entry
from simpul.commands.demo.office import organisation_key
from simpul.people.actions import record_request

_NOTE = ("kind", "words", "third_party", "place", "with_whom", "next_step", "minutes")


def _note(entry: Entry) -> None:
    details = entry.words(*_NOTE)
    if "next_due" in entry.told:
        details["then"] = Next(entry.day("next_due"), entry.told.get("next_kind", "own"))
    details["goals"] = [str(entry.life.rows[name].pk) for name in entry.told.get("goals", ())]
    details["settles"] = [entry.life.rows[name].pk for name in entry.told.get("settles", ())]
    add_note(entry.life.case, by=entry.by, key=entry.key(), happened_on=entry.on, **details, **entry.moment)


def _task(entry: Entry) -> None:
    details = entry.words("words", "kind")
    if "worker" in entry.told:
        details["worker"] = entry.life.users[entry.told["worker"]].pk
    task = add_task(
        entry.life.case,
        by=entry.by,
        key=entry.key(),
        due_on=entry.day("due"),
        **details,
        **entry.moment,
    )
    entry.life.rows[entry.told.get("name", f"task {entry.number}")] = task


def _disclose(entry: Entry) -> None:
    details = entry.words("what", "because", "basis", "basis_because", "to_whom")
    if "concerned" in entry.told:
        details["concerned"] = entry.life.rows[entry.told["concerned"]].pk
    disclose(entry.life.case, by=entry.by, key=entry.key(), told_on=entry.on, **details, **entry.moment)


def _supervision(entry: Entry) -> None:
    details = entry.words("words", "agreed")
    note_supervision(
        entry.life.case, by=entry.by, key=entry.key(), held_on=entry.on, **details, **entry.moment
    )


def _satisfaction(entry: Entry) -> None:
    details = entry.words("instrument", "entered", "answers", "words")
    record_satisfaction(entry.life.case, by=entry.by, key=entry.key(), **details, **entry.moment)


def _request(entry: Entry) -> None:
    """Somebody asks about the own data."""
    details = entry.words("kind", "capacity", "asked_by", "words")
    record_request(
        entry.life.person,
        by=entry.by,
        key=entry.key(),
        received_at=entry.at,
        **details,
        **entry.moment,
    )


def _complaint(entry: Entry) -> None:
    """Somebody who keeps the code complains; who it is, is told only where the story tells it."""
    where = Where(organisation=organisation_key(entry.told["organisation"]))
    details = entry.words("code", "words", "about", "contact")
    if "called" in entry.told:
        details["name"] = entry.told["called"]
    complain(where, by=THE_MACHINE, key=entry.key(), **details, **entry.moment)


DOERS: dict[str, Doer] = {
    "note": _note,
    "task": _task,
    "disclose": _disclose,
    "supervision": _supervision,
    "satisfaction": _satisfaction,
    "request": _request,
    "complaint": _complaint,
}
