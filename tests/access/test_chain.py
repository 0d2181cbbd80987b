from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from simpul.access import chain, triggers
from simpul.access.gate import record
from simpul.access.models import ChainHead, Event, Mention, User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from tests.access.factories import user_with

COUNT = 6

CHANGES: dict[str, Any] = {
    "at": datetime(2026, 1, 1, tzinfo=ZoneInfo("UTC")),
    "actor": uuid4(),
    "actor_name": "Orang lain",
    "permission": "person.view",
    "subject_kind": "people.person",
    "subject_key": "lain",
    "person": uuid4(),
    "organisation": uuid4(),
    "region": "11.01",
    "is_reading": True,
    "details": {"n": 99},
    "because_sealed": b"lain",
    "mac": bytes(32),
}


def write_events(by: User, count: int = COUNT) -> None:
    for number in range(count):
        record(Permission.TEAM_VIEW, by, by, {"n": number}, because="sebab")


def tamper(change: Callable[[], object]) -> list[int]:
    """The numbers that the audit names after somebody went past the triggers."""
    with triggers.asleep(connection):
        change()
    return [found.number for found in chain.breaks()]


@pytest.fixture
def events(administrator: User) -> Any:
    write_events(administrator)
    return Event.objects


class TestLostMentions:
    ONE, TWO, OTHER = uuid4(), uuid4(), uuid4()

    @pytest.fixture(autouse=True)
    def shown(self, administrator: User) -> None:
        write_events(administrator, 2)
        record(Permission.PERSON_SEARCH, Where(), administrator, {}, people=[self.ONE, self.TWO])

    def test_are_none_where_nothing_was_touched(self) -> None:
        assert list(chain.lost_mentions()) == []

    @pytest.mark.parametrize("change", ["removed", "changed", "added"])
    def test_are_found_by_the_event_that_names_them(self, change: str) -> None:
        with triggers.asleep(connection):
            if change == "removed":
                Mention.objects.filter(person=self.ONE).delete()
            elif change == "changed":
                Mention.objects.filter(person=self.ONE).update(person=self.OTHER)
            else:
                Mention.objects.create(event_id=1, person=self.ONE)
        (broken,) = chain.lost_mentions()
        assert broken.number == (1 if change == "added" else 3)

    @pytest.mark.parametrize("change", ["delete", "update"])
    def test_the_database_refuses_to_lose_them(self, change: str) -> None:
        mentions = Mention.objects.filter(person=self.ONE)
        with pytest.raises(IntegrityError), transaction.atomic():
            mentions.delete() if change == "delete" else mentions.update(person=self.OTHER)
        assert mentions.exists()


class TestBreaks:
    def test_finds_nothing_in_an_untouched_record(self, events: Any) -> None:
        assert list(chain.breaks()) == []

    def test_finds_nothing_where_nothing_happened(self, db: None) -> None:
        assert list(chain.breaks()) == []

    @pytest.mark.parametrize("number", [1, 3, COUNT])
    @pytest.mark.parametrize("field", CHANGES)
    def test_finds_any_changed_field(self, events: Any, field: str, number: int) -> None:
        assert number in tamper(lambda: events.filter(number=number).update(**{field: CHANGES[field]}))

    def test_looks_at_every_field_there_is(self) -> None:
        assert set(CHANGES) | {"number"} == {field.name for field in Event._meta.fields}

    @pytest.mark.parametrize("number", [1, 3, COUNT])
    def test_finds_a_removed_event(self, events: Any, number: int) -> None:
        assert tamper(lambda: events.filter(number=number).delete())

    @pytest.mark.parametrize("number", [-5, 0, COUNT + 1, COUNT + 9])
    def test_finds_an_inserted_event(self, events: Any, number: int) -> None:
        def insert() -> None:
            copied = events.get(number=2)
            copied.number = number
            copied.save(force_insert=True)

        assert tamper(insert)

    def test_finds_reordered_events(self, events: Any) -> None:
        def swap() -> None:
            for old, new in ((2, 100), (3, 2), (100, 3)):
                events.filter(number=old).update(number=new)

        assert tamper(swap)[0] == 2

    def test_finds_a_cut_off_end(self, events: Any) -> None:
        assert tamper(lambda: events.filter(number__gt=3).delete()) == [COUNT]

    def test_finds_an_emptied_record(self, events: Any) -> None:
        assert tamper(lambda: events.all().delete()) == [COUNT]

    def test_finds_a_cut_off_end_with_the_count_set_back(self, events: Any) -> None:
        def cut() -> None:
            events.filter(number__gt=3).delete()
            ChainHead.objects.update(count=3, last=events.get(number=3).mac)

        assert tamper(cut) == [3]

    def test_finds_a_removed_count(self, events: Any) -> None:
        assert tamper(lambda: ChainHead.objects.all().delete()) == [COUNT]

    def test_reads_on_past_one_piece(self, events: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(chain, "PIECE", 2)
        assert list(chain.breaks()) == []
        assert tamper(lambda: events.filter(number=5).update(region="11")) == [5]

    def test_takes_events_written_meanwhile_for_what_they_are(self, events: Any, administrator: User) -> None:
        found = chain._events_in_order

        def with_work_going_on() -> Any:
            write_events(administrator, 1)
            yield from found()

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(chain, "_events_in_order", with_work_going_on)
            assert list(chain.breaks()) == []


class TestBreaksOfAnyChange(TestCase):
    @given(
        number=st.integers(1, 4),
        field=st.sampled_from(["region", "actor_name", "subject_key", "permission"]),
        value=st.text("abc019.", max_size=8),
    )
    def test_are_found_exactly_when_something_changed(self, number: int, field: str, value: str) -> None:
        write_events(user_with("researcher", name="Rekan"), 4)
        before = Event.objects.values_list(field, flat=True).get(number=number)

        assert tamper(lambda: Event.objects.filter(number=number).update(**{field: value})) == (
            [number] if value != before else []
        )


class TestAppend:
    def test_belongs_to_a_transaction(self, transactional_db: None) -> None:
        with pytest.raises(transaction.TransactionManagementError):
            chain.append(Event())

    @pytest.mark.parametrize("zone", ["UTC", "Asia/Jakarta", "Asia/Jayapura"])
    @pytest.mark.parametrize("microsecond", [0, 120_000, 999_999])
    def test_says_a_moment_in_one_way(self, administrator: User, zone: str, microsecond: int) -> None:
        at = datetime(2026, 11, 21, 8, 30, 0, microsecond, tzinfo=ZoneInfo(zone))
        chain.append(Event(at=at, actor_name="Simpul", permission="desk.view", subject_kind="nowhere"))

        assert list(chain.breaks()) == []
        assert Event.objects.get().at - at == timedelta(0)

    def test_keeps_one_chain_when_two_write_at_once(self, transactional_db: None) -> None:
        users = [user_with("researcher"), user_with("researcher")]
        failures: list[BaseException] = []

        def work(by: User) -> None:
            try:
                for number in range(10):
                    with transaction.atomic():
                        record(Permission.TEAM_VIEW, by, by, {"n": number})
            except Exception as error:  # noqa: BLE001 - told to the test below
                failures.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=work, args=(user,)) for user in users]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert failures == []
        assert list(Event.objects.in_order().values_list("number", flat=True)) == list(range(1, 21))
        assert list(chain.breaks()) == []


class TestTriggers:
    @pytest.mark.parametrize(
        "statement",
        [
            "update access_event set actor_name = 'orang lain' where number = 2",
            "update access_event set number = 77 where number = 2",
            "delete from access_event where number = 2",
            "delete from access_event",
            "delete from access_chainhead",
        ],
    )
    def test_refuse_raw_sql(self, events: Any, statement: str) -> None:
        with (
            pytest.raises(IntegrityError, match="never changed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
        assert list(chain.breaks()) == []

    def test_refuse_the_ways_around_of_each_engine(self, events: Any) -> None:
        around = (
            ["replace into access_event select * from access_event where number = 2"]
            if connection.vendor == "sqlite"
            else [
                "truncate access_event, access_mention",
                "truncate access_mention",
                "truncate access_chainhead",
            ]
        )
        for statement in around:
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)

    def test_are_all_there_after_the_migrations(self, db: None) -> None:
        assert triggers.missing(connection) == []

    def test_are_missed_when_gone(self, db: None) -> None:
        with triggers.asleep(connection):
            assert "access_event_not_changed" in triggers.missing(connection)
        assert triggers.missing(connection) == []
