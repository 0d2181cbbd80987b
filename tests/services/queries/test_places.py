from __future__ import annotations

import pytest

from simpul.services.queries.places import (
    first_region,
    places_of,
    shown_place,
    shown_places,
    shown_region,
)
from tests.organisations.factories import organisation
from tests.places.factories import few_regions
from tests.services.factories import REGENCY, TODAY, VILLAGE, a_place, a_service, at_place

pytestmark = pytest.mark.django_db
TELLING = {
    "name": "Posko Melur",
    "postal_code": "29661",
    "latitude": 1.01,
    "longitude": 103.4,
    "transport": "Turun di Pangke",
    "phone": "0812-771",
}


@pytest.fixture(autouse=True)
def regions():
    few_regions()


def a_house(**details):
    kept = {"name": "Rumah Teduh", "region": VILLAGE, "is_address_secret": True, "address": "Jalan Melur 7"}
    return organisation(**{**kept, **details})


class TestShownPlace:
    def test_tells_all_of_an_open_place(self):
        body = organisation()
        shown = shown_place(a_place(body, **TELLING), body)
        assert (shown.address, shown.region, shown.latitude) == ("Jalan Nelayan 3", VILLAGE, 1.01)
        assert not shown.is_contact_point

    @pytest.mark.parametrize(
        "details", [{}, {"is_address_secret": False, "kind": "person"}], ids=["house", "home"]
    )
    def test_tells_nothing_of_a_place_whose_body_became_secret(self, details):
        house = a_house(**details)
        shown = shown_place(a_place(house, **TELLING), house)
        assert shown.is_contact_point
        assert shown.region == REGENCY
        secret = (shown.name, shown.address, shown.postal_code, shown.transport, shown.phone)
        assert (*secret, shown.latitude, shown.longitude) == ("", "", "", "", "", None, None)

    def test_tells_the_number_of_a_contact_point(self):
        house = a_house()
        point = a_place(
            house, kind="contact_point", address="", region=VILLAGE, phone="0812-771", name="Sahabat"
        )
        shown = shown_place(point, house)
        assert (shown.phone, shown.name, shown.region) == ("0812-771", "Sahabat", REGENCY)

    def test_leaves_a_place_without_walls_as_it_is(self):
        house = a_house()
        shown = shown_place(a_place(house, kind="virtual", address="", phone="129"), house)
        assert (shown.kind, shown.phone, shown.region) == ("virtual", "129", REGENCY)


class TestPlacesOf:
    def test_asks_once_for_all_and_leaves_out_what_ended(self, django_assert_num_queries):
        body = organisation()
        service, other = a_service(body, place={}), a_service(body)
        at_place(service, address="Jalan Lama 1", ended_on=TODAY)
        with django_assert_num_queries(1):
            found = places_of([service, other])
        assert [place.address for place in found[service.pk]] == ["Jalan Nelayan 3"]
        assert shown_places([service])[service.pk][0].address == "Jalan Nelayan 3"


class TestFirstRegion:
    def test_is_that_of_a_visited_place_before_any_other(self):
        body = organisation(region="21")
        rows = [a_place(body, kind="virtual", address="", region="21.71"), a_place(body)]
        assert first_region(rows, body) == VILLAGE
        assert first_region([], body) == "21"

    def test_is_never_more_than_the_regency_of_a_secret_body(self):
        house = a_house()
        assert first_region([a_place(house)], house) == REGENCY
        assert first_region([], house) == REGENCY

    def test_does_not_fall_back_on_a_body_with_a_hidden_house(self):
        body = organisation(region=VILLAGE)
        point = a_place(body, kind="contact_point", address="", region="")
        assert first_region([point], body) == REGENCY


class TestShownRegion:
    def test_is_cut_as_soon_as_the_body_is_secret(self):
        service = a_service(organisation(region=VILLAGE), place={})
        assert shown_region(service) == VILLAGE
        service.organisation.is_address_secret = True
        assert shown_region(service) == REGENCY
