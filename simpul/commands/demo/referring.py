"""Referrals in the example cases: proposed, agreed to, sent, answered, confirmed; needs for which nothing was found."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from simpul.commands.demo.journal import Doer, Entry
from simpul.commands.demo.serving import service_named
from simpul.referrals.actions import finding, loop, loop_answers, loop_consent, loop_messages, outside
from simpul.referrals.models import Referral


def _refer(entry: Entry) -> None:
    """A proposal; with what may be shared it was also agreed to and sent."""
    told = entry.told
    row = loop.propose(
        entry.life.fresh(told["step"]),
        by=entry.by,
        key=entry.key(),
        service=service_named(told["service"]) if "service" in told else None,
        **entry.words("outside_name", "words", "preparation"),
        **entry.moment,
    )
    if "shares" in told:
        row = loop_consent.consent_to(
            row,
            by=entry.by,
            version=row.version,
            shares=told["shares"],
            basis="consent",
            with_general=True,
            **told["consent"],
            **_later(entry, 2),
        )
        row = loop.send(row, by=entry.by, version=row.version, **_later(entry, 4))
    entry.life.rows[told["name"]] = row


def _later(entry: Entry, minutes: int) -> dict[str, Any]:
    return {"on": entry.on, "at": entry.at + timedelta(minutes=minutes)}


def _receive(entry: Entry) -> None:
    """The receiver reads, and answers."""
    row = loop_answers.see(entry.life.fresh(entry.told["name"]), by=entry.by, **entry.moment)
    loop_answers.answer(
        row, by=entry.by, version=row.version, to=entry.told["to"], **_said(entry), **_later(entry, 2)
    )


def _learn(entry: Entry) -> None:
    """The sender's worker notes what became of it."""
    row: Referral = entry.life.fresh(entry.told["name"])
    loop_answers.record_answer(
        row, by=entry.by, version=row.version, to=entry.told["to"], **_said(entry), **entry.moment
    )


def _said(entry: Entry) -> dict[str, Any]:
    said = entry.words("words", "decline", "came", "is_warm")
    if entry.told["to"] in ("visited", "delivered"):
        said["day"] = entry.on
    if "meets" in entry.told:
        meets = entry.told["meets"]
        day = entry.day("due", meets)
        said["appointment_at"] = datetime.combine(day, meets["at"], tzinfo=timezone.get_default_timezone())
    return said


def _adjust(entry: Entry) -> None:
    loop.adjust_plan(entry.life.fresh(entry.told["name"]), by=entry.by, **entry.moment)


def _message(entry: Entry) -> None:
    send = loop_messages.write_back if entry.told.get("is_receiver") else loop_messages.write
    row = entry.life.fresh(entry.told["name"])
    send(row, by=entry.by, key=entry.key(), words=entry.told["words"], **entry.moment)


def _confirm(entry: Entry) -> None:
    row = entry.life.fresh(entry.told["name"])
    details = entry.words("told", "words", "step_to")
    loop.confirm(row, by=entry.by, version=row.version, told_on=entry.on, **details, **entry.moment)


def _keep(entry: Entry) -> None:
    step, service = entry.life.fresh(entry.told["step"]), service_named(entry.told["service"])
    details = entry.words("is_wished", "words")
    finding.keep(step, by=entry.by, service=service, **details, **entry.moment)


def _unmet(entry: Entry) -> None:
    step = entry.life.fresh(entry.told["step"])
    details = entry.words("reason", "words")
    finding.record_unmet(step, by=entry.by, key=entry.key(), version=step.version, **details, **entry.moment)


def _letter(entry: Entry) -> None:
    """Printed and carried there. Its code is told once, on paper; here nobody keeps it."""
    outside.issue_code(entry.life.fresh(entry.told["name"]), by=entry.by, **entry.moment)


DOERS: dict[str, Doer] = {
    "refer": _refer,
    "receive": _receive,
    "learn": _learn,
    "adjust": _adjust,
    "message": _message,
    "confirm": _confirm,
    "keep": _keep,
    "unmet": _unmet,
    "letter": _letter,
}
