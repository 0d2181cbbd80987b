from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from simpul.organisations.models import HoursGiven, Listing, Training
from tests.access.factories import user_with
from tests.organisations import sources_factories as make
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"organisations:{name}", args=args)


def day(name, on):
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


@pytest.fixture
def officer(client):
    few_regions()
    user = user_with("dinas_officer", region="21.02")
    client.force_login(user)
    return user


@pytest.fixture
def row(officer):
    return make.source(officer, born=date(1990, 3, 15))


@pytest.mark.parametrize(
    "name",
    ["source-training", "source-hours", "source-listing", "source-stop", "source-erase", "source-answers"],
)
class TestPages:
    def test_open_for_who_keeps_sources(self, client, row, name):
        assert client.get(at(name, row.pk)).status_code == 200

    def test_do_not_exist_out_of_reach(self, client, row, name):
        client.force_login(user_with("dinas_officer", region="21.71"))
        assert client.get(at(name, row.pk)).status_code == 404

    def test_are_closed_to_who_has_no_part_in_it(self, client, row, name):
        client.force_login(user_with("caseworker", region="21.02"))
        assert client.get(at(name, row.pk)).status_code == 403


class TestTraining:
    def test_is_added_once_and_struck_with_a_reason(self, client, row):
        typed = {
            "once": uuid4(),
            "kind": "competence",
            "name": "Sertifikat",
            **day("valid_to", date(2030, 1, 1)),
        }
        client.post(at("source-training", row.pk), typed)
        client.post(at("source-training", row.pk), typed)
        held = Training.objects.get()
        client.post(at("source-training-strike", row.pk, held.pk), {"reason": "wrong"})
        told = client.get(at("source", row.pk)).content.decode()
        assert "dicoret: Salah tulis" in told

    def test_belongs_to_its_own_source(self, client, officer, row):
        other = make.training(make.source(officer, name="Sri Wahyuni"), officer)
        assert client.get(at("source-training-strike", row.pk, other.pk)).status_code == 404

    def test_says_what_is_missing(self, client, row):
        answer = client.post(at("source-training", row.pk), {"once": uuid4(), "kind": "training"})
        assert answer.status_code == 422
        assert not Training.objects.exists()


class TestHours:
    def test_are_added_and_summed(self, client, row):
        typed = {
            "once": uuid4(),
            "hours": "2,5",
            "activity": "Dapur umum",
            **day("given_on", date(2026, 1, 5)),
        }
        client.post(at("source-hours", row.pk), typed)
        assert HoursGiven.objects.get().hours == Decimal("2.50")
        assert "2,50 jam" in client.get(at("source", row.pk)).content.decode()

    def test_struck_they_no_longer_count(self, client, officer, row):
        given = make.hours(row, officer, Decimal(3))
        client.post(at("source-hours-strike", row.pk, given.pk), {"reason": "twice"})
        told = client.get(at("source-hours", row.pk)).content.decode()
        assert "dicoret: Tercatat dua kali" in told
        assert "3 jam" not in told

    def test_who_only_sees_adds_none(self, client, row):
        client.force_login(user_with("dinas_verifier", region="21.02"))
        typed = {"once": uuid4(), "hours": "2", "activity": "Dapur", **day("given_on", date(2026, 1, 5))}
        client.post(at("source-hours", row.pk), typed)
        assert not HoursGiven.objects.exists()


class TestListing:
    def typed(self, **details):
        kept = {"once": uuid4(), "capacity": "self", "given_by": "Hasan", "mode": "written", "has_read": "on"}
        return {**kept, **details}

    def test_is_given_and_withdrawn_by_one_press(self, client, row):
        client.post(at("source-listing", row.pk), self.typed())
        assert "tampil di daftar umum" in client.get(at("source", row.pk)).content.decode()
        client.post(at("source-listing-withdraw", row.pk))
        assert "Namanya tidak tampil untuk umum" in client.get(at("source", row.pk)).content.decode()

    def test_the_text_says_that_the_page_of_the_body_names_them_too(self, client, row):
        told = client.get(at("source-listing", row.pk)).content.decode()
        assert "halaman umum lembaga itu" in told

    def test_needs_the_explanation_first(self, client, row):
        assert client.post(at("source-listing", row.pk), self.typed(has_read="")).status_code == 422
        assert not Listing.objects.exists()

    def test_opened_without_a_press_it_leads_back(self, client, row):
        assert client.get(at("source-listing-withdraw", row.pk)).url == at("source", row.pk)


class TestStop:
    def test_stops_and_resumes(self, client, row):
        client.post(at("source-stop", row.pk), {"reason": "moved", **day("since", date(2026, 1, 5))})
        assert "Pindah" in client.get(at("source", row.pk)).content.decode()
        client.post(at("source-resume", row.pk))
        row.refresh_from_db()
        assert row.inactive_since is None


class TestErase:
    def test_asks_to_be_sure(self, client, row):
        assert client.post(at("source-erase", row.pk), {"reason": "requested"}).status_code == 422
        row.refresh_from_db()
        assert row.name == "Hasan Basri"

    def test_erases_and_closes_every_page(self, client, row):
        client.post(at("source-erase", row.pk), {"reason": "requested", "sure": "on"})
        row.refresh_from_db()
        assert row.is_erased
        assert client.get(at("source-training", row.pk)).status_code == 404
