from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from simpul.access.refusal import NotAllowed, Refusal
from simpul.services.actions import room
from simpul.services.models import Confirmation
from tests.organisations.factories import organisation
from tests.services.factories import AT, TODAY, a_head, a_service, confirmed, days_ago

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=5)


def tell(service, head, **said):
    return room.tell_room(service, by=head, on=TODAY, at=AT, **said)


@pytest.fixture
def body():
    return organisation()


@pytest.fixture
def head(body):
    return a_head(body)


@pytest.fixture
def service(body):
    return a_service(body, capacity=10, free=4, free_on=days_ago(20), confirmed_on=days_ago(100))


class TestConfirmListing:
    def test_says_that_all_holds_with_the_room(self, service, head):
        confirmed(service, head, free=3, at=LATER)
        service.refresh_from_db()
        assert (service.confirmed_on, service.confirmed_by_name) == (TODAY, "Bu Salmah")
        assert (service.free, service.free_on, service.modified_at) == (3, TODAY, LATER)

    def test_leaves_the_room_as_it_was_said_where_it_is_not_told_again(self, service, head):
        confirmed(service, head)
        service.refresh_from_db()
        assert (service.free, service.free_on) == (4, days_ago(20))

    def test_does_not_stand_in_the_way_of_who_changes_a_part(self, service, head):
        confirmed(service, head, free=3)
        service.refresh_from_db()
        assert service.version == 1

    def test_is_said_once_when_pressed_twice(self, service, head, officer):
        assert confirmed(service, head) == confirmed(service, head, at=LATER)
        confirmed(service, officer, at=LATER)
        assert Confirmation.objects.count() == 2

    def test_keeps_the_room_in_its_history_only_when_it_was_told(self, service, head):
        assert confirmed(service, head).free is None
        assert confirmed(service, head, free=3, at=LATER).free == 3

    @pytest.mark.parametrize(("free", "words"), [(11, "Daya tampungnya 10"), (-1, "mulai dari 0")])
    def test_refuses_more_room_than_there_is_and_less_than_none(self, service, head, free, words):
        with pytest.raises(Refusal, match=words):
            confirmed(service, head, free=free)
        service.refresh_from_db()
        assert (service.free, service.confirmed_on) == (4, days_ago(100))

    @pytest.mark.parametrize("listing", ["draft", "ended"])
    def test_is_for_what_can_be_found(self, body, head, listing):
        with pytest.raises(Refusal, match="belum dibuka"):
            confirmed(a_service(body, listing=listing), head)

    def test_is_refused_to_a_stranger(self, service):
        with pytest.raises(NotAllowed):
            confirmed(service, a_head(organisation(name="LKS Lain")))


class TestTellRoom:
    def test_tells_the_room_and_confirms_nothing_else(self, service, head):
        said = room.tell_room(service, by=head, on=TODAY, at=AT, free=0)
        service.refresh_from_db()
        assert (service.free, service.free_on, service.confirmed_on) == (0, TODAY, days_ago(100))
        assert said.is_room_only

    def test_is_a_new_telling_each_time_but_for_a_second_press(self, service, head):
        key, again = uuid.uuid4(), uuid.uuid4()
        said = [tell(service, head, free=3, key=one) for one in (key, key, again)]
        assert said[0] == said[1] != said[2]

    def test_refuses_the_same_form_with_another_number(self, service, head):
        key = uuid.uuid4()
        tell(service, head, free=3, key=key)
        with pytest.raises(Refusal, match="dengan isian lain"):
            tell(service, head, free=2, key=key)
        service.refresh_from_db()
        assert service.free == 3
