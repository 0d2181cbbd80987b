from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from simpul.access import chain, gate
from simpul.access.gate import THE_MACHINE, action, look_up, needs, note_reading, note_shown, record
from simpul.access.models import Event, Grant, User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import NotAllowed, Refusal
from tests.access.factories import ORGANISATION, user_with

pytestmark = pytest.mark.django_db


@action(Permission.USER_MANAGE, tells=("word",))
def rename(user: User, /, *, by: User, word: str, secret: str = "", because: str = "") -> User:
    user.name = word
    user.save()
    return user


@action(Permission.USER_MANAGE)
def rename_both(user: User, /, *, by: User, other: User, fails: bool) -> None:
    rename(user, by=by, word="Satu")
    rename(other, by=by, word="Dua")
    if fails:
        raise Refusal("Tidak jadi.")


@action(Permission.USER_MANAGE)
def appear(where: Where, /, *, by: User) -> Grant:
    return Grant.objects.create(user=by, role="researcher", organisation=where.organisation, region="21.02")


class TestAction:
    def test_does_and_records(self, administrator: User) -> None:
        rename(administrator, by=administrator, word="Agus")

        event = Event.objects.get()
        assert User.objects.get().name == "Agus"
        assert (event.permission, event.actor, event.subject_key) == (
            "user.manage",
            administrator.pk,
            str(administrator.pk),
        )
        assert event.details == {"word": "Agus"}

    def test_refuses_before_anything_happens(self, caseworker: User, administrator: User) -> None:
        with pytest.raises(NotAllowed):
            rename(administrator, by=caseworker, word="Diubah")

        administrator.refresh_from_db()
        assert administrator.name == "Agus Pengelola"
        assert not Event.objects.exists()

    def test_leaves_nothing_of_what_was_refused_half_way(self, administrator: User, caseworker: User) -> None:
        with pytest.raises(Refusal):
            rename_both(administrator, by=administrator, other=caseworker, fails=True)

        assert not User.objects.filter(name__in=["Satu", "Dua"]).exists()
        assert not Event.objects.exists()
        assert list(chain.breaks()) == []

    def test_records_actions_within_actions(self, administrator: User, caseworker: User) -> None:
        rename_both(administrator, by=administrator, other=caseworker, fails=False)

        assert Event.objects.count() == 3
        assert list(chain.breaks()) == []

    def test_records_what_appeared_where_nothing_was(self, administrator: User) -> None:
        grant = appear(Where(ORGANISATION), by=administrator)

        event = Event.objects.get()
        assert (event.subject_kind, event.subject_key) == ("access.grant", str(grant.pk))
        assert (event.organisation, event.region) == (ORGANISATION, "21.02")

    def test_tells_only_what_it_names(self, administrator: User) -> None:
        rename(administrator, by=administrator, word="Agus", secret="positif")

        assert "positif" not in json.dumps(list(Event.objects.values("details", "actor_name")))

    def test_seals_the_reason(self, administrator: User) -> None:
        rename(administrator, by=administrator, word="Agus", because="takut pada pelaku")

        event = Event.objects.get()
        assert event.because == "takut pada pelaku"
        assert b"takut" not in bytes(event.because_sealed or b"")

    @pytest.mark.parametrize("secret", ["nik", "password", "value", "facts", "name", "basis", "need_types"])
    def test_that_would_tell_a_secret_cannot_be_written(self, secret: str) -> None:
        with pytest.raises(ValueError, match=secret):
            action(Permission.USER_MANAGE, tells=("word", secret))

    def test_names_its_permission_for_the_tests_of_the_architecture(self) -> None:
        assert rename.permission is Permission.USER_MANAGE  # type: ignore[attr-defined]


class TestTheMachine:
    def test_manages_users_but_meets_nobody(self, administrator: User) -> None:
        rename(administrator, by=THE_MACHINE, word="Agus")  # type: ignore[arg-type]

        assert (Event.objects.get().actor, Event.objects.get().actor_name) == (None, "Simpul")
        assert not THE_MACHINE.grants_with(Permission.PERSON_VIEW)


class TestRecord:
    @pytest.mark.parametrize(
        "value",
        [
            1,
            True,
            "kata",
            2.5,
            None,
            uuid4(),
            {"b": 1, "a": [1.0]},
            timezone.now(),
            Permission.TEAM_VIEW,
            "nol\0 \ud800",
        ],
    )
    def test_keeps_the_chain_whole_whatever_is_told(self, administrator: User, value: Any) -> None:
        record(Permission.TEAM_VIEW, administrator, administrator, {"told": value}, because="sebab\0")

        assert list(chain.breaks()) == []

    def test_takes_keys_in_any_writing(self, administrator: User) -> None:
        class Row:
            organisation = str(ORGANISATION).upper()
            about_person = "bukan kunci"
            region = None

        event = record(Permission.TEAM_VIEW, Row(), administrator, {})

        assert (event.organisation, event.person, event.region) == (ORGANISATION, None, "")
        assert list(chain.breaks()) == []

    def test_cuts_what_is_too_long_to_be_a_code(self, administrator: User) -> None:
        event = record(Permission.TEAM_VIEW, administrator, administrator, {"told": "a" * 900})
        assert len(event.details["told"]) == gate.LONGEST_TOLD


class TestLookUp:
    def look_up(self, pk: Any, by: User) -> Grant:
        return look_up(Grant, pk, by=by, permission=Permission.USER_MANAGE)

    def test_finds_and_records_the_reading(self, administrator: User) -> None:
        row = user_with("caseworker", organisation=ORGANISATION).grants.get()

        assert self.look_up(row.pk, administrator) == row
        event = Event.objects.get()
        assert event.is_reading
        assert event.organisation == ORGANISATION

    @pytest.mark.parametrize("pk", [987_654, "bukan-kunci", "", None])
    def test_answers_404_for_what_is_not_there(self, administrator: User, pk: Any) -> None:
        with pytest.raises(Http404):
            self.look_up(pk, administrator)

    def test_answers_404_for_what_is_out_of_reach_and_records_nothing(self, caseworker: User) -> None:
        with pytest.raises(Http404):
            self.look_up(caseworker.grants.get().pk, caseworker)
        assert not Event.objects.exists()

    def test_records_once_a_sitting(self, administrator: User, monkeypatch: pytest.MonkeyPatch) -> None:
        pk = administrator.grants.get().pk
        self.look_up(pk, administrator)
        self.look_up(pk, administrator)
        assert Event.objects.count() == 1

        later = timezone.now() + gate.SITTING + timedelta(seconds=1)
        monkeypatch.setattr(gate.timezone, "now", lambda: later)
        self.look_up(pk, administrator)
        assert Event.objects.count() == 2


class TestNoteReading:
    def test_records_each_time_what_leaves_the_office(self, administrator: User) -> None:
        for _time in range(2):
            note_reading(administrator, by=administrator, permission=Permission.SCREENING_PRINT, always=True)
        assert Event.objects.count() == 2

    def test_keeps_readers_and_purposes_apart(self, administrator: User, caseworker: User) -> None:
        for by in (administrator, caseworker):
            for permission in (Permission.PERSON_VIEW, Permission.PERSON_IDENTITY_VIEW):
                note_reading(administrator, by=by, permission=permission)

        assert Event.objects.about(administrator).filter(is_reading=True).count() == 4

    def test_names_the_person_that_was_read_about(
        self, caseworker: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        person = UUID("7f3b1c9e-0000-4000-8000-000000000007")
        monkeypatch.setattr(User, "about_person", person, raising=False)
        note_reading(caseworker, by=caseworker, permission=Permission.PERSON_VIEW)

        assert Event.objects.about_person(person).count() == 1


class Shown:
    """A row of a list about one person."""

    def __init__(self, person: UUID | None) -> None:
        self.about_person = person


class TestNoteShown:
    ONE, TWO = UUID(int=1), UUID(int=2)

    def show(self, by: User, *people: UUID | None) -> None:
        note_shown([Shown(person) for person in people], by=by, permission=Permission.PERSON_SEARCH)

    def test_is_one_event_that_each_of_them_finds(self, caseworker: User) -> None:
        self.show(caseworker, self.ONE, self.TWO, self.ONE, None)

        event = Event.objects.get()
        assert (event.is_reading, event.person) == (True, None)
        assert [Event.objects.about_person(one).get() for one in (self.ONE, self.TWO)] == [event, event]
        assert list(chain.breaks()) == []

    def test_names_each_once_a_sitting(self, caseworker: User, head: User) -> None:
        self.show(caseworker, self.ONE)
        self.show(caseworker, self.ONE, self.TWO)
        self.show(caseworker, self.TWO)
        self.show(head, self.ONE)

        assert Event.objects.count() == 3
        assert Event.objects.about_person(self.ONE).count() == 2
        assert Event.objects.about_person(self.TWO).count() == 1

    def test_of_an_empty_list_is_nothing(self, caseworker: User) -> None:
        self.show(caseworker)
        assert not Event.objects.exists()


class TestNeeds:
    def enter(self, user: Any) -> HttpResponse:
        @needs(Permission.USER_MANAGE)
        def view(request: HttpRequest) -> HttpResponse:
            return HttpResponse("masuk")

        request = RequestFactory().get("/")
        request.user = user
        return view(request)

    def test_lets_in_who_holds_it_anywhere(self) -> None:
        assert self.enter(user_with("administrator", organisation=ORGANISATION)).content == b"masuk"

    def test_refuses_others_with_a_sentence(self, caseworker: User) -> None:
        with pytest.raises(NotAllowed, match="Mintalah"):
            self.enter(caseworker)

    def test_refuses_a_closed_account(self, administrator: User) -> None:
        administrator.is_active = False
        with pytest.raises(NotAllowed):
            self.enter(administrator)
