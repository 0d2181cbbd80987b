"""A request that is pressed twice at one moment: one row, and no page of errors. On PostgreSQL, in two threads."""

import uuid

import pytest
from django.db import connection

from simpul.access.models import Job
from simpul.access.reach import Where
from simpul.research.actions import ask_for_extract
from simpul.research.models import Extract
from tests.access.factories import user_with
from tests.cases.test_two_workers import both_at_once
from tests.population.factories import AT, ON
from tests.research.test_rows import KARIMUN

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time."),
]
# One try would often miss the moment.
TRIES = 5


class TestAskForExtract:
    def test_pressed_twice_is_one(self):
        researcher = user_with("researcher", region=KARIMUN)
        told = {"purpose": "Berapa?", "for_whom": "Tim", "columns": ["sex"], "kinds": []}

        def ask(key):
            where = Where(region=KARIMUN)
            return ask_for_extract(where, by=researcher, key=key, at=AT, day=ON, **told)

        for _try in range(TRIES):
            key = uuid.uuid4()
            assert {made.pk for made in both_at_once(*[lambda key=key: ask(key)] * 2)} == {key}
        assert (Extract.objects.count(), Job.objects.count()) == (TRIES, TRIES)
