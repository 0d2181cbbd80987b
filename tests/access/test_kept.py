"""Answers that are kept until something changes. Outside a transaction: inside one nothing is kept."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import transaction

from simpul.access import gate
from simpul.access.gate import THE_MACHINE
from simpul.access.kept import Kept, key_of
from simpul.access.models import Grant
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.organisations.models import Organisation
from tests.access.factories import user_with

pytestmark = pytest.mark.django_db(transaction=True)


def happened(*, is_reading=False, person=None):
    with transaction.atomic():
        gate.record(
            Permission.SYSTEM_MANAGE,
            Where(about_person=person),
            THE_MACHINE,
            {},
            is_reading=is_reading,
        )


@pytest.fixture
def asked():
    """A question that answers how often it was asked, and by whom the answers are kept."""
    happened()
    told, kept = SimpleNamespace(times=0), Kept()

    def ask():
        told.times += 1
        return told.times

    told.again = lambda key="key": kept.answer(key, ask)
    return told


class TestAnswer:
    def test_is_asked_for_once_as_long_as_nothing_changes(self, asked):
        assert [asked.again(), asked.again(), asked.again()] == [1, 1, 1]

    def test_is_another_for_another_key(self, asked):
        assert [asked.again("one"), asked.again("other"), asked.again("one")] == [1, 2, 1]

    def test_is_asked_for_anew_after_any_change(self, asked):
        asked.again()
        happened()
        assert [asked.again(), asked.again()] == [2, 2]

    def test_stays_when_something_was_only_read(self, asked):
        asked.again()
        happened(is_reading=True)
        assert asked.again() == 1

    def test_stays_when_something_changed_about_one_person(self, asked):
        asked.again()
        happened(person=uuid4())
        assert asked.again() == 1

    def test_sees_a_change_among_readings(self, asked):
        asked.again()
        happened(is_reading=True)
        happened()
        happened(is_reading=True)
        assert asked.again() == 2

    def test_is_asked_for_anew_where_the_record_is_another(self, asked, monkeypatch):
        asked.again()
        monkeypatch.setattr("simpul.access.kept._MOST_EVENTS", 1)
        assert asked.again() == 2

    def test_is_never_kept_inside_a_transaction(self, asked):
        with transaction.atomic():
            assert [asked.again(), asked.again()] == [1, 2]
        assert asked.again() == 3

    def test_does_not_grow_without_end(self, asked, monkeypatch):
        monkeypatch.setattr("simpul.access.kept.MOST", 2)
        assert [asked.again(key) for key in ("a", "b", "c", "a")] == [1, 2, 3, 4]


class TestAnswerWithoutARecord:
    def test_is_asked_for_each_time(self):
        times = iter((1, 2))
        kept = Kept()
        assert [kept.answer("key", lambda: next(times)) for _ in range(2)] == [1, 2]


class TestKeyOf:
    def test_tells_those_who_see_more_from_those_who_see_less(self):
        one, same, wider = (user_with("registrar", region=region) for region in ("21.02", "21.02", "21"))
        keys = [
            key_of(Organisation.objects.reachable(user, Permission.ORGANISATION_WATCH))
            for user in (one, same, wider)
        ]
        assert keys[0] == keys[1] != keys[2]

    def test_is_one_for_all_who_see_nothing(self):
        assert key_of(Grant.objects.none()) == key_of(Organisation.objects.none()) == "nothing"
