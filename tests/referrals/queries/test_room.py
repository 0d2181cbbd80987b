import uuid
from datetime import timedelta

import pytest

from simpul.referrals.queries.room import free_places
from simpul.referrals.stages import Stage
from simpul.services.actions import room
from simpul.services.models import Confirmation
from tests.referrals.loop import a_service, answered, brought_to, receiver_of, sent
from tests.screening.factories import NOW, TODAY
from tests.services.factories import a_head

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)


def with_room(free=3, free_on=YESTERDAY):
    return a_service(capacity=10, free=free, free_on=free_on)


class TestFreePlaces:
    @pytest.mark.parametrize(
        ("stage", "left"),
        [
            (Stage.SENT, 3), (Stage.WAITING, 3), (Stage.ACCEPTED, 2), (Stage.VISITED, 2), (Stage.DELIVERED, 2),
            (Stage.ANSWERED, 2), (Stage.FAILED, 3),
        ],
    )  # fmt: skip
    def test_counts_those_taken_in_since_the_owner_counted(self, caseworker, stage, left):
        service = with_room()
        brought_to(stage, caseworker, receiver_of(service), service)
        assert free_places([service.pk]) == {service.pk: left}

    def test_is_not_known_where_nobody_said(self, caseworker):
        service, unknown = a_service(free=None), uuid.uuid4()
        assert free_places([service.pk, unknown]) == {service.pk: None, unknown: None}

    def test_does_not_count_twice_who_came_before_the_counting(self, caseworker):
        service = with_room(free_on=TODAY)
        brought_to(Stage.ACCEPTED, caseworker, receiver_of(service), service)
        assert free_places([service.pk])[service.pk] == 2
        Confirmation.objects.create(
            service=service, on=TODAY, free=3, at=NOW + timedelta(hours=8), by_name="Maya"
        )
        assert free_places([service.pk])[service.pk] == 3

    def test_counts_all_of_an_old_day_and_none_below_zero(self, caseworker):
        service = with_room(free=1, free_on=None)
        receiver = receiver_of(service)
        for _number in range(2):
            answered(sent(caseworker, service), receiver, Stage.ACCEPTED)
        assert free_places([service.pk])[service.pk] == 0

    def test_forgets_who_was_served_before_a_counting_or_without_one(self, caseworker):
        service, undated = with_room(free_on=TODAY + timedelta(days=1)), with_room(free_on=None)
        for one in (service, undated):
            brought_to(Stage.DELIVERED, caseworker, receiver_of(one), one)
        assert free_places([service.pk, undated.pk]) == {service.pk: 3, undated.pk: 3}

    @pytest.mark.parametrize(("days", "known"), [(14, 3), (15, None)])
    def test_with_a_day_what_was_said_too_long_ago_is_not_known(self, db, days, known):
        service = with_room(free_on=TODAY - timedelta(days=days))
        assert free_places([service.pk], TODAY)[service.pk] == known

    def test_is_not_raised_by_saying_that_the_listing_still_holds(self, caseworker):
        service = with_room(free_on=TODAY)
        head, after = a_head(service.organisation), {"on": TODAY, "at": NOW + timedelta(hours=8)}
        room.tell_room(service, by=head, on=TODAY, at=NOW - timedelta(hours=8), free=3)
        brought_to(Stage.ACCEPTED, caseworker, receiver_of(service), service)
        room.confirm_listing(service, by=head, **after)
        assert free_places([service.pk])[service.pk] == 2
        room.tell_room(service, by=head, **after, free=3)
        assert free_places([service.pk])[service.pk] == 3
