"""Two records of one invented person, with all that hangs on them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import connection

from simpul.access.models import User
from simpul.duplicates import actions
from simpul.duplicates.models import Merge, Pair
from simpul.people.models import Person
from tests.cases.factories import opened
from tests.people.factories import AT, BORN, NIK, consent, data_request, fact, person
from tests.screening.factories import started

PARTS: list[tuple[str, str, float]] = [("name", "same_sound", 8.5), ("born", "same", 12.0), ("nik", "one_slip", 15.5), ("sex", "same", 1.0), ("region", "elsewhere", -5.0)]  # fmt: skip
LATER = AT + timedelta(hours=2)
# What says that something was done changes by being done, and the merge itself stays on record.
NOT_COMPARED = {"access_event", "access_mention", "access_chainhead", "duplicates_merge"}


def pair(left: Person, right: Person, **told: Any) -> Pair:
    """What a search found."""
    one, other = sorted((left, right), key=lambda someone: someone.pk)
    details = {"probability": 0.97, "bits": 11.0, "start": -21.0, "parts": PARTS, "found_at": AT, **told}
    return Pair.objects.create(left=one, right=other, **details)


def twice(by: User, **told: Any) -> Pair:
    """Nenek Aminah, registered twice."""
    return pair(person(by, nik=NIK), person(by, name="Siti Aminoh", born=BORN), **told)


def with_histories(by: User) -> tuple[Person, Person]:
    """Two records of one person: one with a case, the other with everything else that may hang on somebody."""
    stays, goes = person(by, nik=NIK), person(by, name="Siti Aminoh")
    for someone in (stays, goes):
        consent(someone, by)
        fact(someone, by, "cared_for", value=True)
    opened(stays, by, urgency="normal")
    opened(goes, by, urgency="normal")
    data_request(goes, by)
    fact(goes, by, "basic_needs_met", value=False)
    return stays, goes


def screened(by: User) -> Person:
    return started(by).person


def merged(both: Pair, by: User, survivor: Person | None = None, **details: Any) -> Merge:
    told = {"key": uuid4(), "version": both.version, "at": LATER, **details}
    return actions.merge(both, by=by, survivor=(survivor or both.left).pk, **told)


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, byte by byte."""
    held = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - NOT_COMPARED):
            cursor.execute(f'SELECT * FROM "{table}"')
            held[table] = sorted((tuple(map(_plain, row)) for row in cursor.fetchall()), key=repr)
    return held


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
