from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection

from simpul.access import actions, chain, rotation, triggers
from simpul.access.checks import audit, keys_fit
from simpul.access.gate import THE_MACHINE, record
from simpul.access.keys import Keyring
from simpul.access.models import Event, User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import NotAllowed
from simpul.access.second_factors import opened_text, sealed_text
from simpul.access.secrets import is_under_active_key


@pytest.fixture
def notes(note: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(rotation, "PIECE", 3)
    for number in range(8):
        row = note(about=str(number))
        row.text = f"rahasia {number}"
        row.facts = None if number % 2 else {"n": number}
        row.save()
    return note._base_manager


def is_readable(notes: Any) -> bool:
    return all(row.text == f"rahasia {row.about}" for row in notes.all()) and notes.count() == 8


def under_old_keys(notes: Any) -> int:
    held = [
        row for pair in notes.values_list("text_sealed", "facts_sealed") for row in pair if row is not None
    ]
    return sum(not is_under_active_key(value) for value in held)


class TestRotateKeys:
    def test_seals_everything_again_and_keeps_it_readable(
        self, notes: Any, administrator: User, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            assert actions.rotate_keys(Where(), by=administrator) == 2

        assert under_old_keys(notes) == 0
        assert is_readable(notes)
        assert Event.objects.get().permission == Permission.KEYS_ROTATE

    def test_is_for_those_who_may(self, notes: Any, caseworker: User, own_keys: Keyring) -> None:
        with pytest.raises(NotAllowed):
            actions.rotate_keys(Where(), by=caseworker)
        assert own_keys.current().active == 1

    def test_leaves_the_record_of_events_whole(
        self, notes: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        for _ in range(3):
            with django_capture_on_commit_callbacks(execute=True):
                actions.rotate_keys(Where(), by=THE_MACHINE)

        assert list(chain.breaks()) == []
        assert audit() == []


class TestResealAll:
    def test_killed_in_the_middle_is_begun_again(self, notes: Any, own_keys: Keyring) -> None:
        class Killed(BaseException):
            pass

        def kill(done: int) -> None:
            raise Killed

        own_keys.rotated().write()
        with pytest.raises(Killed):
            rotation.reseal_all(told=kill)
        left = under_old_keys(notes)
        assert 0 < left < 12
        assert is_readable(notes)

        assert rotation.reseal_all() == left
        assert under_old_keys(notes) == 0
        assert is_readable(notes)

    def test_has_nothing_to_do_the_second_time(self, notes: Any, own_keys: Keyring) -> None:
        own_keys.rotated().write()
        assert rotation.reseal_all() == 12
        assert rotation.reseal_all() == 0

    def test_never_overwrites_what_somebody_writes_meanwhile(self, notes: Any, own_keys: Keyring) -> None:
        row = notes.order_by("pk").first()
        value = next(rotation.sealed_values(notes.model, rotation.sealed_fields(notes.model)))[0]
        own_keys.rotated().write()
        row.text = "lebih baru"
        row.save()

        assert rotation._reseal(value, type(row).__dict__["text"]) == 0
        assert notes.get(pk=row.pk).text == "lebih baru"

    def test_leaves_what_does_not_open_for_the_audit(self, notes: Any, own_keys: Keyring) -> None:
        row = notes.first()
        notes.filter(pk=row.pk).update(text_sealed=b"\x01\x01" + bytes(40))
        own_keys.rotated().write()

        assert rotation.reseal_all() == 11
        assert len(audit()) == 1

    def test_reaches_codes_for_signing_in(self, own_keys: Keyring, administrator: User) -> None:
        codes = {"secret": sealed_text("JBSWY3DP"), "used_mask": 0, "migrated_codes": [sealed_text("1234")]}
        factor = Authenticator.objects.create(user=administrator, type="totp", data=codes)
        own_keys.rotated().write()

        assert rotation.reseal_all() == 1
        factor.refresh_from_db()
        assert factor.data["secret"] != codes["secret"]
        assert opened_text(factor.data["secret"]) == "JBSWY3DP"
        assert opened_text(factor.data["migrated_codes"][0]) == "1234"
        assert rotation.reseal_all() == 0


class TestAudit:
    def test_finds_nothing_when_all_is_well(self, notes: Any, administrator: User) -> None:
        record(Permission.TEAM_VIEW, administrator, administrator, {}, because="sebab")
        assert audit() == []

    def test_names_a_value_moved_to_another_row(self, notes: Any) -> None:
        one, other = notes.order_by("pk")[:2]
        notes.filter(pk=one.pk).update(text_sealed=other.text_sealed)

        found = audit()
        assert len(found) == 1
        assert str(one.pk) in str(found[0])

    def test_opens_only_a_sample_when_asked(self, notes: Any) -> None:
        last = notes.order_by("pk").last()
        notes.filter(pk=last.pk).update(text_sealed=b"rusak")

        assert audit(sample=3) == []
        assert len(audit()) == 1

    def test_names_a_missing_trigger(self, notes: Any) -> None:
        with triggers.asleep(connection):
            assert any("access_event_not_changed" in str(found) for found in audit())

    def test_names_a_changed_event(self, notes: Any, administrator: User) -> None:
        record(Permission.TEAM_VIEW, administrator, administrator, {})
        with triggers.asleep(connection):
            Event.objects.update(actor_name="Orang lain")
        assert [found.number for found in audit()] == [1]

    def test_names_keys_that_others_can_read(self, notes: Any, own_keys: Keyring) -> None:
        own_keys.path.chmod(0o644)
        assert len(audit()) == 1

    def test_names_codes_that_do_not_open(self, own_keys: Keyring, administrator: User) -> None:
        Authenticator.objects.create(user=administrator, type="totp", data={"secret": "sealed:AQE="})
        assert len(audit()) == 1


class TestKeysFit:
    def test_says_no_with_the_keys_of_another_database(
        self, own_keys: Keyring, administrator: User, settings: Any
    ) -> None:
        assert keys_fit()
        record(Permission.TEAM_VIEW, administrator, administrator, {})
        assert keys_fit()
        settings.SIMPUL_KEYS = Keyring.at(own_keys.path.with_name("other.json"))
        assert not keys_fit()
