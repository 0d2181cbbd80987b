"""Invented people, registered the way the pages do it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

from simpul.access.models import User
from simpul.access.reach import Where
from simpul.people import actions
from simpul.people.models import Person
from tests.access.factories import ORGANISATION

ON = date(2026, 11, 21)
AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
VILLAGE = "21.02.10.2003"
NIK = "2102105203540001"  # a woman born on 12 March 1954
BORN = date(1954, 3, 12)


def person(by: User, **details) -> Person:
    """Nenek Aminah of Pangke, unless told otherwise."""
    organisation = details.pop("organisation", ORGANISATION)
    region = details.pop("region", VILLAGE)
    kept = {"name": "Siti Aminah", "sex": "P", "born": BORN, "on": ON, "at": AT, "key": uuid4(), **details}
    return actions.register(Where(organisation, region), by=by, **kept)


def child(by: User, **details) -> Person:
    return person(by, **{"name": "Rizki", "sex": "L", "born": date(2018, 5, 5), **details})


def consent(someone: Person, by: User, **details):
    kept = {
        "key": uuid4(),
        "purpose": "screening",
        "basis": "consent",
        "capacity": "self",
        "mode": "spoken",
        "on": ON,
        "at": AT,
        **details,
    }
    return actions.record_consent(someone, by=by, **kept)


def fact(someone: Person, by: User, name: str, value=None, **details):
    kept = {"state": "known", "value": value, "on": ON, "at": AT, "key": uuid4(), **details}
    return actions.record_fact(someone, by=by, name=name, **kept)


def data_request(someone: Person, by: User, kind: str = "copy", **details):
    kept = {
        "key": uuid4(),
        "kind": kind,
        "capacity": "self",
        "received_at": AT,
        "on": ON,
        "at": AT,
        **details,
    }
    return actions.record_request(someone, by=by, **kept)


def answer(request, by: User, outcome: str = "granted", **details):
    kept = {"answer": "Diserahkan sendiri di kantor", "at": AT, **details}
    return actions.answer_request(request, by=by, outcome=outcome, **kept)


def limited(someone: Person, by: User) -> Person:
    """The same person, whose record may only be read."""
    actions.limit(someone, by=by, reason="Sengketa isi berkas", at=AT)
    someone.refresh_from_db()
    return someone
