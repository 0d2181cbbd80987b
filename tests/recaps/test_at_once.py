"""A form that is pressed twice at one moment: one row, and no page of errors. On PostgreSQL, in two threads."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from simpul.access.models import Job
from simpul.access.reach import Where
from simpul.recaps.actions import deliver, prepare_release
from simpul.recaps.facts import Asked, Recap
from simpul.recaps.models import Delivery, Release
from tests.access.factories import user_with
from tests.cases.test_two_workers import both_at_once
from tests.population.factories import kept, register_of
from tests.recaps.queries.test_public_tables import KARIMUN, some_people
from tests.recaps.test_public_views import ENDED, MONTH

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time."),
]
AT = datetime(2026, 11, 3, 2, 0, tzinfo=UTC)
# One try would often miss the moment.
TRIES = 5
HERE = Where(region=KARIMUN)


class TestPrepareRelease:
    def test_pressed_twice_is_one(self):
        kept(register_of(some_people(9), on=ENDED))
        officer = user_with("dinas_officer", region=KARIMUN)
        for _try in range(TRIES):
            key = uuid.uuid4()
            press = [lambda key=key: prepare_release(HERE, by=officer, key=key, at=AT, period=MONTH)] * 2
            assert {made.pk for made in both_at_once(*press)} == {key}
        assert (Release.objects.count(), Job.objects.count()) == (TRIES, TRIES)


class TestDeliver:
    def test_pressed_twice_is_one(self):
        officer = user_with("dinas_officer", region=KARIMUN)
        for day in range(1, TRIES + 1):
            key, asked = uuid.uuid4(), Asked(date(2026, 1, day), date(2026, 1, 31), KARIMUN)
            recap = Recap("R9", "R9", asked, ())
            press = [lambda key=key, recap=recap: deliver(HERE, by=officer, key=key, recap=recap, at=AT)] * 2
            assert {made.pk for made in both_at_once(*press)} == {key}
        assert Delivery.objects.count() == TRIES
