from __future__ import annotations

import pytest

from tests.organisations.changing import change
from tests.organisations.factories import organisation
from tests.places.factories import few_regions
from tests.services.factories import AT, REGENCY, VILLAGE, a_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    few_regions()
    return organisation(name="Rumah Teduh", region=VILLAGE, address="Jalan Melur 7")


class TestWhenABodyIsSaved:
    def test_takes_a_place_that_became_secret_out_of_every_search(self, body, officer):
        service = a_service(body, place={}, about="Makan siang di Pangke.")
        assert (service.region, "pangke" in service.searched) == (VILLAGE, True)
        change(body, officer, "identity", {"is_address_secret": True})
        service.refresh_from_db()
        assert (service.region, service.province) == (REGENCY, "21")
        assert "pangke" not in service.searched
        assert service.modified_at > AT

    def test_writes_nothing_that_does_not_change(self, body):
        service = a_service(body, place={})
        body.is_address_secret = True
        body.save()
        service.refresh_from_db()
        cut = service.modified_at
        body.save()
        service.refresh_from_db()
        assert service.modified_at == cut

    def test_leaves_an_open_body_alone(self, body, django_assert_num_queries):
        a_service(body, place={})
        with django_assert_num_queries(1):
            body.save()
