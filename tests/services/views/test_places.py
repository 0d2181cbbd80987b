from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from simpul.services.models import Area, AtPlace, Hours, Place
from tests.organisations.factories import organisation
from tests.places.factories import few_regions
from tests.services.factories import (
    DISTRICT,
    REGENCY,
    TODAY,
    VILLAGE,
    a_head,
    a_place,
    a_service,
    at_place,
    hours_row,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    few_regions()
    return a_service(organisation())


@pytest.fixture
def as_head(client, service):
    client.force_login(a_head(service.organisation))
    return client


def here(name, *args):
    return reverse(f"services:{name}", args=[getattr(one, "pk", one) for one in args])


def sent(**details):
    kept = {"once": str(uuid.uuid4()), "kind": "physical", "address": "Jalan Nelayan 3", "region": VILLAGE}
    return {**kept, "save": "1", **details}


class TestPlaceAdd:
    def test_keeps_a_place_and_leads_back(self, as_head, service):
        answer = as_head.post(here("place-add", service), sent(latitude="1,05", longitude="103,4"))
        assert answer.url == here("one", service)
        assert Place.objects.get().latitude == 1.05

    def test_looks_up_a_region_without_judging(self, as_head, service):
        typed = sent(region="", region_text="pangke", region_find="1", kind="")
        answer = as_head.post(here("place-add", service), typed)
        assert answer.status_code == 200
        assert f'value="{VILLAGE}"' in answer.text
        assert not Place.objects.exists()

    def test_puts_a_mistake_at_its_field(self, as_head, service):
        answer = as_head.post(here("place-add", service), sent(region=""))
        assert answer.status_code == 422
        assert "Cari wilayahnya" in str(answer.context["form"].errors["region"])

    def test_asks_a_secret_body_for_no_address(self, client):
        few_regions()
        house = organisation(name="Rumah Teduh", region=VILLAGE, is_address_secret=True)
        shelter = a_service(house)
        client.force_login(a_head(house))
        text = client.get(here("place-add", shelter)).text
        assert 'value="physical"' not in text
        assert 'name="address"' not in text
        client.post(here("place-add", shelter), sent(kind="contact_point", phone="0812-771", address="X 1"))
        assert Place.objects.get().region == REGENCY

    def test_offers_places_that_the_body_has_already(self, as_head, service):
        place = a_place(service.organisation, name="Balai warga")
        assert "Balai warga" in as_head.get(here("place-add", service)).text
        as_head.post(here("place-use", service, place))
        assert AtPlace.objects.filter(service=service, place=place).exists()


class TestPlaceChange:
    def test_shows_both_after_a_clash_and_saves_the_second_time(self, as_head, service):
        place = at_place(service, version=2, name="Balai warga")
        answer = as_head.post(here("place", service, place), sent(name="Posko", version="1"))
        assert answer.status_code == 422
        assert "Balai warga" in answer.text
        version = answer.context["form"].data["version"]
        as_head.post(here("place", service, place), sent(name="Posko", version=version))
        place.refresh_from_db()
        assert place.name == "Posko"

    def test_does_not_exist_for_a_stranger(self, client, service):
        place = at_place(service)
        client.force_login(a_head(organisation(name="LKS Lain")))
        assert client.get(here("place", service, place)).status_code == 404

    def test_leaves_a_place(self, as_head, service, monkeypatch):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
        place = at_place(service)
        as_head.post(here("place-leave", service, place))
        place.refresh_from_db()
        assert place.ended_on == TODAY


class TestAreas:
    def test_finds_adds_and_takes_out(self, as_head, service):
        Area.objects.create(service=service, code=REGENCY)
        found = as_head.post(here("areas", service), {"areas": REGENCY, "seen": REGENCY, "area_text": "pangke", "area_find": "1"})  # fmt: skip
        assert f'value="{VILLAGE}"' in found.text
        as_head.post(here("areas", service), {"seen": REGENCY, "area": VILLAGE, "areas": DISTRICT})
        assert set(Area.objects.values_list("code", flat=True)) == {DISTRICT, VILLAGE}

    def test_shows_both_after_a_clash_and_saves_the_second_time(self, as_head, service):
        Area.objects.create(service=service, code=REGENCY)
        answer = as_head.post(here("areas", service), {"seen": "", "areas": DISTRICT})
        assert answer.status_code == 422
        seen = answer.context["form"].data["seen"]
        as_head.post(here("areas", service), {"seen": seen, "areas": DISTRICT})
        assert list(Area.objects.values_list("code", flat=True)) == [DISTRICT]


class TestHours:
    @pytest.mark.parametrize(
        ("typed", "opens"),
        [("08.00", "08:00:00"), ("8:30", "08:30:00"), ("8", "08:00:00")],
    )
    def test_reads_a_clock_as_people_write_it(self, as_head, service, typed, opens):
        details = {"frequency": "WEEKLY", "days": ["MO", "TU"], "opens_at": typed, "closes_at": "16.00"}
        answer = as_head.post(here("hours", service), sent(**details))
        assert answer.status_code == 302
        assert str(Hours.objects.get().opens_at) == opens

    def test_opens_day_and_night_with_one_tick(self, as_head, service):
        details = {"frequency": "WEEKLY", "days": ["MO"], "is_all_day": "on", "opens_at": "08.00"}
        as_head.post(here("hours", service), sent(**details))
        row = Hours.objects.get()
        assert (str(row.opens_at), str(row.closes_at)) == ("00:00:00", "00:00:00")

    def test_says_by_appointment_only_where_that_is_ticked(self, as_head, service):
        details = {"frequency": "WEEKLY", "days": ["MO"]}
        answer = as_head.post(here("hours", service), sent(**details))
        assert answer.status_code == 422
        assert "centang 24 jam atau dengan janji" in answer.text
        as_head.post(here("hours", service), sent(**details, is_by_appointment="on", opens_at="08.00"))
        row = Hours.objects.get()
        assert (row.opens_at, row.closes_at) == (None, None)

    def test_puts_a_mistake_at_its_field(self, as_head, service):
        details = {"frequency": "WEEKLY", "days": ["MO"], "opens_at": "pagi"}
        answer = as_head.post(here("hours", service), sent(**details))
        assert answer.status_code == 422
        assert "08.00" in str(answer.context["form"].errors["opens_at"])

    def test_takes_a_row_out(self, as_head, service):
        row = hours_row(service)
        row.save()
        assert "Senin–Jumat" in as_head.get(here("hours", service)).text
        as_head.post(here("hours-remove", service, row))
        assert not Hours.objects.exists()
