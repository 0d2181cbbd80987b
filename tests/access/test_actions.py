from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from simpul.access import actions, queries
from simpul.access.gate import THE_MACHINE
from simpul.access.models import Event, Grant, User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import NotAllowed, Refusal
from simpul.access.roles import NEAR_PEOPLE
from tests.access.factories import ORGANISATION, OTHER_ORGANISATION, PASSWORD, user_with

pytestmark = pytest.mark.django_db


def add(by: Any = THE_MACHINE, where: Where | None = None, **changed: Any) -> User:
    details = {"username": "rina", "name": "Rina", "password": PASSWORD, "role": "caseworker"} | changed
    return actions.add_user(where or Where(ORGANISATION), by=by, **details)


class TestAddUser:
    def test_makes_somebody_who_can_sign_in_and_holds_the_role(self) -> None:
        rina = add(username=" Rina ")

        assert rina.username == "rina"
        assert rina.check_password(PASSWORD)
        assert [(held.role.name, held.organisation) for held in queries.roles_of(rina)] == [
            ("caseworker", ORGANISATION)
        ]

    def test_records_it_without_the_password(self) -> None:
        rina = add()

        event = Event.objects.get()
        assert (event.subject_key, event.details) == (
            str(rina.pk),
            {"username": "rina", "role": "caseworker"},
        )

    def test_takes_the_place_from_its_own_words_first(self) -> None:
        rina = add(where=Where(), organisation=OTHER_ORGANISATION, region="21.02")
        assert rina.grants.filter(organisation=OTHER_ORGANISATION, region="21.02").exists()

    @pytest.mark.parametrize(
        ("changed", "refusal"),
        [
            ({"password": "pendek"}, actions.WeakPassword),
            ({"password": "1234567890"}, actions.WeakPassword),
            ({"username": "ari.wibowo", "password": "ari.wibowo"}, actions.WeakPassword),
            ({"username": ""}, actions.UsernameRefused),
            ({"username": "dua kata"}, actions.UsernameRefused),
            ({"username": "a" * 151}, actions.UsernameRefused),
            ({"username": "SUDAH.ada"}, actions.UsernameRefused),
            ({"name": "  "}, actions.NameMissing),
            ({"role": "raja"}, actions.UnknownRole),
            ({"role": "public"}, actions.UnknownRole),
            ({"region": "21.0"}, actions.RegionRefused),
            ({"region": "Karimun"}, actions.RegionRefused),
        ],
    )
    def test_refuses_with_a_sentence_and_leaves_nothing(self, changed: Any, refusal: type[Refusal]) -> None:
        user_with("researcher", username="sudah.ada")

        with pytest.raises(refusal, match=r"\w+ \w+"):
            add(**changed)
        assert User.objects.count() == 1
        assert not Event.objects.exists()

    @pytest.mark.parametrize("role", sorted(NEAR_PEOPLE))
    def test_never_lets_a_role_near_people_hold_everywhere(self, role: str) -> None:
        with pytest.raises(actions.PlaceNeeded):
            add(where=Where(), role=role)
        with pytest.raises(IntegrityError), transaction.atomic():
            user_with(role)

    def test_is_for_those_who_manage_users(self, caseworker: User) -> None:
        with pytest.raises(NotAllowed):
            add(by=caseworker)

    @pytest.mark.parametrize(
        "place", [{"organisation": OTHER_ORGANISATION}, {"region": "21.02", "role": "assessor"}]
    )
    def test_gives_nothing_beyond_the_givers_reach(self, place: Any) -> None:
        local = user_with("administrator", organisation=ORGANISATION, region="11")
        with pytest.raises(NotAllowed):
            add(by=local, where=Where(ORGANISATION, "11"), **place)
        assert not User.objects.filter(username="rina").exists()


class TestGrant:
    def test_adds_a_role_at_once(self, administrator: User, caseworker: User) -> None:
        assert not caseworker.can(Permission.TEAM_VIEW)
        actions.grant(Where(ORGANISATION), by=administrator, user=caseworker, role="case_supervisor")
        assert caseworker.can(Permission.TEAM_VIEW)

    def test_given_twice_is_one(self, administrator: User, caseworker: User) -> None:
        given = [
            actions.grant(Where(ORGANISATION), by=administrator, user=caseworker, role="head_of_lks")
            for _ in range(2)
        ]
        assert given[0] == given[1]

    def test_is_never_given_to_oneself(self, administrator: User) -> None:
        with pytest.raises(actions.OwnGrant):
            actions.grant(Where(ORGANISATION), by=administrator, user=administrator, role="caseworker")


class TestWithdrawGrant:
    def test_ends_the_role_and_keeps_that_it_stood(self, administrator: User, caseworker: User) -> None:
        held = caseworker.standing_grants[0]
        actions.withdraw_grant(held, by=administrator, at=timezone.now(), because="pindah kantor")

        caseworker.forget_grants()
        assert not caseworker.can(Permission.PERSON_VIEW)
        assert Grant.objects.filter(pk=held.pk).exists()

    def test_is_within_the_managers_reach(self, stranger: User) -> None:
        local = user_with("administrator", organisation=ORGANISATION)
        with pytest.raises(NotAllowed):
            actions.withdraw_grant(stranger.grants.get(), by=local, at=timezone.now())


class TestChangePassword:
    def test_lets_in_with_the_new_one_alone(self, administrator: User, caseworker: User) -> None:
        actions.change_password(caseworker, by=administrator, password=PASSWORD)
        caseworker.refresh_from_db()
        assert caseworker.check_password(PASSWORD)

    def test_refuses_a_weak_one(self, administrator: User, caseworker: User) -> None:
        with pytest.raises(actions.WeakPassword):
            actions.change_password(caseworker, by=administrator, password="rahasia")

    def test_is_not_for_colleagues(self, supervisor: User, caseworker: User) -> None:
        with pytest.raises(NotAllowed):
            actions.change_password(caseworker, by=supervisor, password=PASSWORD)


class TestDeactivate:
    def test_closes_the_account_and_takes_every_role(self, administrator: User, caseworker: User) -> None:
        actions.deactivate(caseworker, by=administrator, at=timezone.now(), because="berhenti")

        caseworker.refresh_from_db()
        assert not caseworker.is_active
        assert not caseworker.grants.filter(withdrawn_at=None).exists()
        assert not caseworker.can(Permission.DESK_VIEW)


class TestHoldings:
    def test_lists_what_stands_within_reach(
        self, caseworker: User, stranger: User, administrator: User
    ) -> None:
        local = user_with("administrator", organisation=ORGANISATION, name="Pengelola lembaga")

        assert {held.user for held in queries.holdings(administrator)} == {
            caseworker,
            stranger,
            administrator,
            local,
        }
        assert [held.user for held in queries.holdings(local)] == [local, caseworker]

    def test_leaves_out_what_was_withdrawn(self, caseworker: User, administrator: User) -> None:
        actions.deactivate(caseworker, by=administrator, at=timezone.now())
        assert [held.user for held in queries.holdings(administrator)] == [administrator]


class TestHolders:
    def test_names_whom_to_ask_there(
        self, caseworker: User, supervisor: User, stranger: User, verifier: User, organisation: UUID
    ) -> None:
        here = Where(organisation, "21.02.01")
        assert queries.holders(Permission.SCREENING_DECIDE, here) == [supervisor, caseworker]
        assert queries.holders(Permission.TRAIL_VIEW, here) == [supervisor, verifier]


class TestNamed:
    def test_gives_the_names_of_those_who_are_known(self, caseworker: User) -> None:
        assert queries.named([caseworker.pk, UUID(int=1)]) == {caseworker.pk: "Rina Wulandari"}


class TestUserCalled:
    def test_finds_in_any_case_of_letters(self, caseworker: User) -> None:
        assert queries.user_called(caseworker.username.upper()) == caseworker
        assert queries.user_called("tidak-ada") is None

    def test_does_not_find_who_was_shut_out(self, caseworker: User) -> None:
        caseworker.is_active = False
        caseworker.save()
        assert queries.user_called(caseworker.username) is None
