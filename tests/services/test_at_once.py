"""Two who keep one listing at the same moment: on PostgreSQL, in two threads."""

from uuid import uuid4

import pytest
from django.db import connection

from simpul.access.refusal import Clash
from simpul.services.actions import places, room
from simpul.services.models import AtPlace, Confirmation, Place, Revision, Service
from tests.access.factories import user_with
from tests.cases.test_two_workers import both_at_once
from tests.organisations.factories import organisation
from tests.places.factories import few_regions
from tests.services.factories import AT, DISTRICT, TODAY, a_service, added, changed, placed

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time."),
]


@pytest.fixture
def body(db):
    few_regions()
    return organisation()


@pytest.fixture
def two(body):
    return [user_with("head_of_lks", organisation=body.pk) for _number in range(2)]


def test_one_form_sent_twice_makes_one_listing(body, two):
    key = uuid4()
    both_at_once(*(lambda by=by: added(body, by, key=key) for by in two))
    assert (Service.objects.count(), Revision.objects.count()) == (1, 1)


def test_one_place_sent_twice_is_one(body, two):
    service, key = a_service(body), uuid4()
    both_at_once(*(lambda by=by: placed(service, by, key=key) for by in two))
    assert (Place.objects.count(), AtPlace.objects.count()) == (1, 1)


def test_of_two_who_change_one_part_the_second_sees_both_values(body, two):
    service = a_service(body)
    came = both_at_once(
        *(
            lambda by=by, phone=phone: changed(service, by, "contact", phone=phone, version=1)
            for by, phone in zip(two, ("0777-111", "0777-222"), strict=True)
        )
    )
    assert sorted(isinstance(one, Clash) for one in came) == [False, True]
    assert Revision.objects.count() == 1


def test_who_counts_beds_and_who_changes_a_part_lose_nothing(body, two):
    service = a_service(body, capacity=10)
    both_at_once(
        lambda: room.tell_room(service, by=two[0], on=TODAY, at=AT, free=7),
        lambda: changed(service, two[1], "contact", phone="0777-222", version=1),
    )
    service.refresh_from_db()
    assert (service.free, service.phone, Confirmation.objects.count()) == (7, "0777-222", 1)


def test_a_place_that_is_changed_and_left_at_once_stops_nobody(body, two):
    service = a_service(body)
    place = placed(service, two[0])
    came = both_at_once(
        lambda: places.change_place(place, by=two[0], version=1, at=AT, values={"region": DISTRICT}),
        lambda: places.leave_place(service, by=two[1], place=place.pk, on=TODAY, at=AT),
    )
    assert not [one for one in came if isinstance(one, Exception)]
    place.refresh_from_db()
    assert (place.region, place.ended_on) == (DISTRICT, TODAY)
