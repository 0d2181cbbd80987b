"""How far the record had come, kept outside the database."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from simpul.access import seal_file, triggers
from simpul.access.checks import audit
from simpul.access.gate import record
from simpul.access.models import ChainHead, Event, Mention, User
from simpul.access.permissions import Permission
from simpul.access.seal_file import Reached
from tests.access.factories import user_with

pytestmark = pytest.mark.django_db(transaction=True)
COUNT = 5


def write(by: User, count: int = 1) -> None:
    for _number in range(count):
        with transaction.atomic():
            record(Permission.TEAM_VIEW, by, by, {})


def tamper(change: Callable[[], object]) -> None:
    with triggers.asleep(connection):
        change()


def empty_the_record() -> None:
    Mention.objects.all().delete()
    Event.objects.all().delete()
    ChainHead.objects.all().delete()


@pytest.fixture
def worker(own_keys: Any) -> User:
    user = user_with("researcher")
    write(user, COUNT)
    return user


class TestAdvance:
    def test_follows_each_event_that_is_committed(self, worker: User) -> None:
        reached = seal_file.read()
        assert reached == Reached(COUNT, bytes(Event.objects.get(number=COUNT).mac))
        assert audit() == []

    def test_says_nothing_of_what_was_taken_back(self, worker: User) -> None:
        with transaction.atomic():
            record(Permission.TEAM_VIEW, worker, worker, {})
            transaction.set_rollback(True)
        reached = seal_file.read()
        assert reached is not None
        assert reached.count == COUNT
        assert audit() == []

    def test_never_goes_back(self, worker: User) -> None:
        seal_file.advance(Reached(1, b"a"), Reached(2, b"b"), holds=lambda _held: True)
        reached = seal_file.read()
        assert reached is not None
        assert reached.count == COUNT

    def test_goes_on_where_another_process_was_late(self, worker: User) -> None:
        seal_file.path().unlink()
        first = bytes(Event.objects.get(number=1).mac)
        seal_file.advance(Reached(0, b""), Reached(1, first), holds=lambda _held: False)
        write(worker)
        reached = seal_file.read()
        assert reached is not None
        assert reached.count == COUNT + 1

    def test_is_on_the_disk_before_it_takes_the_place_of_the_old_one(
        self, worker: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        forced: list[tuple[bool, Reached | None]] = []

        def force(handle: int) -> None:
            forced.append((stat.S_ISDIR(os.fstat(handle).st_mode), seal_file.read()))

        monkeypatch.setattr("simpul.access.seal_file.os.fsync", force)
        before = seal_file.read()
        write(worker)
        after = Reached(COUNT + 1, bytes(Event.objects.get(number=COUNT + 1).mac))
        assert forced == [(False, before), (True, after)]

    def test_keeps_the_file_for_its_owner_alone(self, worker: User) -> None:
        assert seal_file.path().stat().st_mode & 0o077 == 0
        assert [path.name for path in seal_file.path().parent.iterdir() if path.suffix == ".new"] == []


class TestRead:
    def test_does_not_believe_what_other_keys_wrote(self, worker: User) -> None:
        text = seal_file.path().read_text()
        seal_file.path().write_text(text.replace(f'"count": {COUNT}', '"count": 1'))
        assert seal_file.read() is None
        assert "record.seal" in str(audit()[0])


class TestAudit:
    def test_finds_that_the_whole_record_was_removed(self, worker: User) -> None:
        tamper(empty_the_record)
        assert COUNT in [found.number for found in audit()]

    def test_finds_an_older_head_put_back(self, worker: User) -> None:
        older = ChainHead.objects.get()
        write(worker, 2)

        def cut() -> None:
            Event.objects.filter(number__gt=COUNT).delete()
            older.save()

        tamper(cut)
        assert [found.number for found in audit()] == [COUNT + 2]

    def test_goes_on_finding_it_however_much_is_written_afterwards(self, worker: User) -> None:
        tamper(empty_the_record)
        write(worker, COUNT + 3)
        assert [found.number for found in audit()] == [COUNT]

    def test_finds_an_event_exchanged_beneath_the_seal(self, worker: User) -> None:
        def exchange() -> None:
            Event.objects.filter(number=COUNT).update(mac=b"x" * 32)
            write(worker)

        tamper(exchange)
        assert COUNT in [found.number for found in audit()]

    def test_misses_the_file(self, worker: User) -> None:
        seal_file.path().unlink()
        (found,) = audit()
        assert str(seal_file.path()) in str(found)

    def test_misses_a_record_beside_people_who_work_here(self, own_keys: Any) -> None:
        user_with("researcher")
        (found,) = audit()
        assert "Seluruh catatan" in str(found)


class TestSeveralServers:
    """Each with the same keys and a seal of its own, on one database."""

    @pytest.fixture
    def at(self, worker: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
        """Go over to the server of that name; the first is the one at which the worker wrote so far."""
        first = seal_file.path()

        def go(name: str) -> None:
            folder = first.parent if name == "first" else tmp_path / name
            folder.mkdir(exist_ok=True)
            monkeypatch.setattr(seal_file, "path", lambda: folder / seal_file.NAME)

        return go

    def test_find_nothing_wrong_in_what_the_others_wrote(
        self, worker: User, at: Callable[[str], None]
    ) -> None:
        at("second")
        write(worker, 3)
        assert audit() == []
        at("first")
        reached = seal_file.read()
        assert reached is not None
        assert reached.count == COUNT
        assert audit() == []

    def test_go_on_from_where_the_others_came_to(self, worker: User, at: Callable[[str], None]) -> None:
        at("second")
        write(worker, 3)
        at("first")
        write(worker)
        reached = seal_file.read()
        assert reached is not None
        assert reached.count == COUNT + 4

    def test_find_what_was_cut_off_as_far_as_one_of_them_wrote(
        self, worker: User, at: Callable[[str], None]
    ) -> None:
        older = ChainHead.objects.get()
        at("second")
        write(worker, 3)

        def cut() -> None:
            Event.objects.filter(number__gt=COUNT).delete()
            older.save()

        tamper(cut)
        assert [found.number for found in audit()] == [COUNT + 3]
        at("first")
        assert audit() == []
