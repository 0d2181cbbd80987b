from __future__ import annotations

import uuid

import pytest

from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.services.actions import places
from simpul.services.models import AtPlace, Place, Revision
from simpul.services.queries.values import ValueWrong
from tests.organisations.factories import organisation
from tests.places.factories import few_regions
from tests.services.factories import (
    AT,
    DISTRICT,
    PLACE,
    REGENCY,
    TODAY,
    VILLAGE,
    a_head,
    a_place,
    a_service,
    at_place,
    placed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def regions():
    few_regions()


@pytest.fixture
def body():
    return organisation()


@pytest.fixture
def head(body):
    return a_head(body)


@pytest.fixture
def house():
    return organisation(name="Rumah Teduh", region=VILLAGE, is_address_secret=True, address="Jalan Melur 7")


def change(place, by, *, version=1, **values):
    return places.change_place(place, by=by, version=version, at=AT, values=values)


class TestAddPlace:
    def test_gives_the_service_its_region(self, body, head):
        service = a_service(body)
        placed(service, head)
        service.refresh_from_db()
        assert (service.region, service.province, service.version) == (VILLAGE, "21", 2)
        assert Revision.objects.get(part="places").after["places"][0].startswith("Jalan Nelayan 3")

    def test_is_once_when_pressed_twice(self, body, head):
        service, key = a_service(body), uuid.uuid4()
        assert placed(service, head, key=key) == placed(service, head, key=key)
        with pytest.raises(Refusal, match="dengan isian lain"):
            placed(service, head, key=key, address="Jalan Lain 4")
        with pytest.raises(Refusal, match="dengan isian lain"):
            placed(a_service(body, name="Kursus jahit"), head, key=key)
        assert AtPlace.objects.count() == 1

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"region": ""}, "region"),
            ({"region": "99.99"}, "region"),
            ({"kind": "castle"}, "kind"),
            ({"address": "", "name": ""}, "address"),
            ({"latitude": "1,5"}, "longitude"),
            ({"latitude": "91", "longitude": "103"}, "latitude"),
            ({"latitude": "nan", "longitude": "103"}, "latitude"),
            ({"postal_code": "123"}, "postal_code"),
            ({"kind": "virtual", "phone": ""}, "phone"),
        ],
        ids=lambda value: "" if isinstance(value, str) else "+".join(value),
    )
    def test_names_the_field_that_cannot_be_so(self, body, head, values, field):
        with pytest.raises(ValueWrong) as refused:
            placed(a_service(body), head, **values)
        assert refused.value.field == field
        assert not Place.objects.exists()

    def test_keeps_of_a_contact_point_no_more_than_its_regency(self, body, head):
        told = {"kind": "contact_point", "phone": "0812", "latitude": "1,5", "longitude": "103,4"}
        place = placed(a_service(body), head, **told, postal_code="29661", transport="Dekat pasar")
        assert (place.address, place.postal_code, place.transport) == ("", "", "")
        assert (place.region, place.latitude, place.longitude) == (REGENCY, None, None)

    def test_takes_of_a_secret_body_no_place_that_is_visited(self, house):
        service, head = a_service(house), a_head(house)
        with pytest.raises(ValueWrong, match="titik hubung") as refused:
            placed(service, head)
        assert refused.value.field == "kind"
        placed(service, head, kind="contact_point", phone="0812-771")
        service.refresh_from_db()
        assert service.region == REGENCY

    def test_takes_no_name_that_leads_there(self, house):
        with pytest.raises(ValueWrong, match="dirahasiakan"):
            placed(a_service(house), a_head(house), kind="contact_point", phone="0812", name="Posko Melur")

    def test_is_refused_to_a_stranger(self, body):
        with pytest.raises(NotAllowed):
            placed(a_service(body), a_head(organisation(name="LKS Lain")))


class TestUsePlace:
    def test_gives_the_service_at_a_place_of_its_body_once(self, body, head):
        service, place = a_service(body), a_place(body)
        for _time in range(2):
            places.use_place(service, by=head, place=place.pk, at=AT)
        assert AtPlace.objects.filter(service=service, place=place).count() == 1

    def test_knows_no_place_of_another_body(self, body, head):
        with pytest.raises(Refusal, match="tidak ada lagi"):
            places.use_place(a_service(body), by=head, place=a_place(organisation(name="LKS Lain")).pk, at=AT)


class TestChangePlace:
    def test_moves_every_service_that_is_given_there(self, body, head):
        first, second = a_service(body), a_service(body, name="Pijat lansia")
        place = at_place(first)
        AtPlace.objects.create(service=second, place=place)
        change(place, head, **{**PLACE, "region": DISTRICT})
        for service in (first, second):
            service.refresh_from_db()
            assert service.region == DISTRICT
        assert Revision.objects.filter(part="places").count() == 2

    def test_clashes_with_another_change(self, body, head, officer):
        place = at_place(a_service(body))
        change(place, officer, name="Balai warga")
        with pytest.raises(Clash, match=r"Balai warga.*Posko"):
            change(place, head, name="Posko")
        place.refresh_from_db()
        assert (place.name, place.version) == ("Balai warga", 2)

    def test_empties_what_a_contact_point_may_not_tell(self, body, head):
        place = at_place(a_service(body), phone="0777-1", latitude=1.0, longitude=103.0)
        kept = change(place, head, kind="contact_point")
        assert (kept.address, kept.latitude, kept.region) == ("", None, REGENCY)


class TestLeavePlace:
    def test_ends_a_place_that_no_service_uses(self, body, head):
        service = a_service(body)
        place = at_place(service)
        for _time in range(2):
            places.leave_place(service, by=head, place=place.pk, on=TODAY, at=AT)
        place.refresh_from_db()
        assert place.ended_on == TODAY
        assert Revision.objects.filter(part="places").count() == 1

    def test_leaves_the_place_to_the_others(self, body, head):
        service, other = a_service(body), a_service(body, name="Pijat lansia")
        place = at_place(service)
        AtPlace.objects.create(service=other, place=place)
        places.leave_place(service, by=head, place=place.pk, on=TODAY, at=AT)
        place.refresh_from_db()
        assert place.ended_on is None
