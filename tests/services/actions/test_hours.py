from __future__ import annotations

import uuid
from datetime import date, time

import pytest

from simpul.access.refusal import Refusal
from simpul.services.actions.hours import remove_hours
from simpul.services.models import Hours, Revision
from simpul.services.queries.values import ValueWrong
from tests.organisations.factories import organisation
from tests.places.factories import few_regions
from tests.services.factories import AT, a_head, a_place, a_service, with_hours

pytestmark = pytest.mark.django_db
NINE, FIVE = time(9, 0), time(17, 0)


@pytest.fixture
def service():
    few_regions()
    return a_service(organisation())


@pytest.fixture
def head(service):
    return a_head(service.organisation)


class TestAddHours:
    def test_keeps_the_days_in_the_order_of_the_week(self, service, head):
        row = with_hours(service, head, days=["FR", "MO"], opens_at=NINE, closes_at=FIVE)
        assert (row.by_day, row.zone, row.opens_at) == ("MO,FR", 7, NINE)
        assert Revision.objects.get(part="hours").after == {"hours": ["Senin, Jumat 09.00–17.00 WIB"]}

    def test_names_each_week_of_the_month(self, service, head):
        row = with_hours(service, head, frequency="MONTHLY", days=["MO"], weeks=["1", "-1"])
        assert row.by_day == "1MO,-1MO"

    def test_follows_the_clock_of_its_province(self, head, service):
        bali = a_service(organisation(name="LKS Ubud", region="51.04", province="51"))
        assert with_hours(bali, a_head(bali.organisation)).zone == 8

    def test_is_once_when_pressed_twice(self, service, head):
        key = uuid.uuid4()
        assert with_hours(service, head, key=key) == with_hours(service, head, key=key)
        with pytest.raises(Refusal, match="dengan isian lain"):
            with_hours(service, head, key=key, days=["TU"])
        assert Hours.objects.count() == 1

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"days": []}, "days"),
            ({"frequency": "DAILY"}, "frequency"),
            ({"frequency": "MONTHLY"}, "weeks"),
            ({"opens_at": NINE}, "closes_at"),
            ({"interval": 2}, "starts_on"),
            ({"interval": 13}, "interval"),
            ({"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)}, "valid_to"),
            ({"place": str(uuid.UUID(int=1))}, "place"),
        ],
        ids=lambda value: "" if isinstance(value, str) else "+".join(value),
    )
    def test_names_the_field_that_cannot_be_so(self, service, head, values, field):
        with pytest.raises(ValueWrong) as refused:
            with_hours(service, head, **values)
        assert refused.value.field == field
        assert not Hours.objects.exists()

    def test_knows_no_place_at_which_the_service_is_not_given(self, service, head):
        with pytest.raises(ValueWrong, match="tidak ada lagi"):
            with_hours(service, head, place=str(a_place(service.organisation).pk))


class TestRemoveHours:
    def test_keeps_the_words_in_the_history(self, service, head):
        row = with_hours(service, head)
        for _time in range(2):
            remove_hours(service, by=head, row=row.pk, at=AT)
        assert not Hours.objects.exists()
        last = Revision.objects.filter(part="hours").order_by("version").last()
        assert last.before == {"hours": ["Senin dengan janji lebih dahulu"]}
        assert Revision.objects.filter(part="hours").count() == 2
