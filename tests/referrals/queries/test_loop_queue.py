from datetime import timedelta

import pytest

from simpul.people.actions import withdraw_consent
from simpul.referrals.models import Referral
from simpul.referrals.queries.loop_queue import InLine, passed_over, place_of, places_in, waiting_list
from simpul.referrals.stages import Stage
from simpul.services.models import Service
from tests.referrals.loop import a_service, answered, receiver_of, sent
from tests.screening.factories import TODAY, when

pytestmark = pytest.mark.django_db
HERE = "21.02.01.1001"
# (urgency, days waiting, region) of a, b, c, d.
LINE = {
    "a": ("normal", 9, "21.03.01.1001"),
    "b": ("urgent", 5, "21.02.09.1001"),
    "c": ("emergency", 1, "21.03.01.1001"),
    "d": ("normal", 3, HERE),
}


def in_line(by, order):
    service = a_service(waiting_order=order, region=HERE)
    receiver, rows = receiver_of(service), {}
    for name, (urgency, days, region) in LINE.items():
        row = answered(sent(by, service), receiver, Stage.WAITING)
        since = TODAY - timedelta(days=days)
        Referral.objects.filter(pk=row.pk).update(urgency=urgency, waiting_since=since, region=region)
        rows[row.pk] = name
    return service, rows


class TestWaitingList:
    @pytest.mark.parametrize(
        ("order", "line"), [("arrival", "cabd"), ("urgency", "cbad"), ("nearness", "cdba")]
    )
    def test_begins_with_danger_and_goes_by_the_owners_order(self, caseworker, order, line):
        service, names = in_line(caseworker, order)
        assert "".join(names[row.pk] for row in waiting_list(service)) == line

    def test_of_one_day_goes_as_they_were_sent(self, caseworker):
        service = a_service()
        receiver = receiver_of(service)
        rows = [answered(sent(caseworker, service), receiver, Stage.WAITING) for _number in range(2)]
        for minutes, row in enumerate(reversed(rows)):
            Referral.objects.filter(pk=row.pk).update(sent_at=when(minutes)["at"])
        assert [row.pk for row in waiting_list(service)] == [row.pk for row in reversed(rows)]

    def test_leaves_out_whose_consent_was_taken_back(self, caseworker):
        service = a_service()
        row = answered(sent(caseworker, service), receiver_of(service), Stage.WAITING)
        assert places_in({service.pk}) == {row.pk: 1}
        withdraw_consent(row.consent, by=caseworker, **when(170))
        assert places_in({service.pk}) == {}


def named(rows):
    return {name: Referral.objects.select_related("service").get(pk=key) for key, name in rows.items()}


class TestPlaceOf:
    def test_says_the_place_and_how_many_wait(self, caseworker):
        _service, rows = in_line(caseworker, "arrival")
        found = {name: place_of(row) for name, row in named(rows).items()}
        assert found == {"c": InLine(1, 4), "a": InLine(2, 4), "b": InLine(3, 4), "d": InLine(4, 4)}

    def test_is_nothing_for_who_does_not_wait(self, caseworker):
        assert place_of(sent(caseworker, a_service())) is None


class TestPassedOver:
    def test_counts_whose_turn_comes_first(self, caseworker):
        _service, rows = in_line(caseworker, "arrival")
        found = {name: passed_over(row, TODAY) for name, row in named(rows).items()}
        assert found == {"c": 0, "a": 1, "b": 2, "d": 3}

    def test_is_everybody_for_who_came_only_now(self, caseworker):
        service, _rows = in_line(caseworker, "arrival")
        assert passed_over(sent(caseworker, service), TODAY) == 4
        hurried = sent(caseworker, service)
        hurried.urgency = "emergency"
        assert passed_over(hurried, TODAY) == 1

    @pytest.mark.parametrize(("free", "passed"), [(None, 3), (0, 3), (3, 3), (4, 0)])
    def test_is_nobody_where_there_is_room_for_all(self, caseworker, free, passed):
        service, rows = in_line(caseworker, "arrival")
        Service.objects.filter(pk=service.pk).update(free=free, free_on=TODAY)
        assert passed_over(named(rows)["d"], TODAY) == passed
