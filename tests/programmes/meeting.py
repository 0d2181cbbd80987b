"""Invented sessions and the people who come to them."""

import uuid
from decimal import Decimal

from simpul.programmes.actions import cohort, sessions
from simpul.programmes.queries.cohort_told import Helper, Person
from simpul.programmes.queries.sessions_told import Told
from tests.programmes.making import AT, TODAY


def planned(**details):
    return Told(
        **{"title": "Legalitas lembaga", "kind": "lecture", "on": TODAY, "hours": Decimal(3), **details}
    )


def a_session(programme, by, key=None, **details):
    return sessions.plan_session(programme, by=by, key=key or uuid.uuid4(), at=AT, told=planned(**details))


def a_trainer(programme, by):
    helper = Helper("Bu Ani", "trainer")
    return cohort.add_worker(programme, by=by, key=uuid.uuid4(), on=TODAY, at=AT, helper=helper)


def people(member, by, number, **details):
    names = ["Pak Rahmat", "Bu Siti", "Pak Anwar", "Bu Nur", "Pak Usman", "Bu Mega"]
    return [
        cohort.add_participant(
            member, by=by, key=uuid.uuid4(), on=TODAY, at=AT, person=Person(name, **details)
        )
        for name in names[:number]
    ]


def came(session, by, *participants):
    told = {one.pk: "yes" for one in participants}
    return sessions.note_attendance(session, by=by, on=TODAY, at=AT, came=told)
