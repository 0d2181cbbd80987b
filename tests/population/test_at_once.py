"""Two who have everybody screened at the same moment: on PostgreSQL, in two threads."""

from functools import partial
from uuid import uuid4

import pytest
from django.db import connection

from simpul.access.models import Job
from simpul.access.reach import Where
from simpul.access.refusal import Refusal
from simpul.population.actions import screen_everybody
from simpul.population.models import Asked
from tests.access.factories import user_with
from tests.cases.test_two_workers import both_at_once
from tests.population.factories import AT
from tests.screening.factories import TODAY

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time."),
]
# One try would often miss the moment.
TRIES = 5


@pytest.fixture
def two():
    return [user_with("dinas_officer", region="21.02") for _number in range(2)]


def pressed(by, key):
    try:
        return screen_everybody(Where(region="21.02"), by=by, key=key, on=TODAY, at=AT)
    except Refusal as refusal:
        return refusal


def test_of_two_who_press_the_second_is_told_that_it_is_under_way(two):
    for _try in range(TRIES):
        Job.objects.all().delete()
        Asked.objects.all().delete()
        came = both_at_once(*(lambda by=by: pressed(by, uuid4()) for by in two))
        assert sorted(isinstance(one, Refusal) for one in came) == [False, True]
        assert Asked.objects.count() == Job.objects.count() == 1


def test_one_press_that_comes_twice_is_one_wish(two):
    for _try in range(TRIES):
        Job.objects.all().delete()
        Asked.objects.all().delete()
        one = partial(pressed, two[0], uuid4())
        first, second = both_at_once(one, one)
        assert first == second == Asked.objects.get()
