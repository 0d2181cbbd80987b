"""Invented people at each stage of a screening, made the way workers make them."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from simpul.access.models import User
from simpul.access.reach import Where
from simpul.people.actions import record_consent, register, withdraw_consent
from simpul.people.models import Consent, Person
from simpul.screening import actions
from simpul.screening.actions import Verdict
from simpul.screening.models import Screening
from simpul.screening.queries import findings_of

VILLAGE = "21.02.01.1001"
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


def when(minutes: int = 0) -> dict[str, Any]:
    """The day and a moment of it, for an action."""
    return {"on": TODAY, "at": NOW + timedelta(minutes=minutes)}


def person(
    by: User, *, name: str = "Siti Aminah", born: date | None = date(1954, 3, 1), sex: str = "P"
) -> Person:
    """Somebody registered where this worker works, without a consent."""
    organisation = next((grant.organisation for grant in by.standing_grants), None)
    where = Where(organisation=organisation, region=VILLAGE)
    return register(where, by=by, key=uuid.uuid4(), name=name, born=born, sex=sex, **when(-60))


def consented(by: User, **about: Any) -> Person:
    """Somebody who agreed to be screened; for a child a parent did. Where the age is not known it is said why."""
    subject = person(by, **about)
    is_child = subject.is_child_on(TODAY)
    record_consent(
        subject,
        by=by,
        key=uuid.uuid4(),
        purpose="screening",
        basis="consent",
        capacity="parent" if is_child else "self",
        given_by="Rohani" if is_child else "",
        mode="spoken",
        basis_because="Rambutnya putih dan bercucu" if is_child is None else "",
        **when(-50),
    )
    return subject


def started(by: User, **about: Any) -> Screening:
    return actions.start(consented(by, **about), by=by, key=uuid.uuid4(), **when())


def answered(screening: Screening, by: User, minutes: int = 1, **facts: Any) -> Screening:
    """The facts by name; None is "does not know", "?" is "does not want to say"."""
    for offset, (name, value) in enumerate(facts.items()):
        state = (
            {None: "unknown", "?": "refused"}.get(value, "known") if not isinstance(value, bool) else "known"
        )
        kept = None if state != "known" else value
        screening = actions.answer(
            screening, by=by, name=name, state=state, value=kept, **when(minutes + offset)
        )
    return screening


def finished(by: User, **facts: Any) -> Screening:
    return actions.finish(answered(started(by), by, **facts), by=by, **when(30))


def decided(by: User, **facts: Any) -> Screening:
    screening = finished(by, **facts)
    return actions.decide(
        screening,
        by=by,
        verdicts=as_suggested(screening),
        urgency="urgent",
        version=screening.version,
        **when(40),
    )


def as_suggested(screening: Screening) -> dict[str, Verdict]:
    """Every finding that fits or is open, confirmed."""
    return {
        code: Verdict(str(finding.answer))
        for code, finding in findings_of(screening, TODAY).items()
        if str(finding.answer) != "no"
    }


def without_consent(row: Any, by: User, minutes: int = 45) -> Any:
    """The same screening, or case, after the person took the consent back."""
    for consent in Consent.objects.filter(person=row.person):
        withdraw_consent(consent, by=by, **when(minutes))
    return type(row)._default_manager.get(pk=row.pk)
