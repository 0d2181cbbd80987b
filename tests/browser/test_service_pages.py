"""The listings of a body in a real browser: written part by part from a phone, opened, confirmed with one tap."""

from __future__ import annotations

import pytest
from django.urls import reverse

from simpul.services.models import Service
from tests.access.factories import user_with
from tests.browser.steps import choose_village, follow, looked_at, press
from tests.organisations.factories import organisation
from tests.places.factories import VILLAGE, few_regions
from tests.services.factories import TODAY, a_head, a_service, days_ago, hours_row


@pytest.fixture(autouse=True)
def today(transactional_db, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    few_regions()


@pytest.fixture
def body():
    return organisation(name="LKS Tunas Bahari", region=VILLAGE)


@pytest.fixture
def head(body):
    return a_head(body)


def at(name, *keys):
    return reverse(f"services:{name}", args=keys)


class TestOwner:
    def test_writes_a_listing_part_by_part_and_opens_it(self, visit, head):
        page = looked_at(visit(at("mine"), by=head, width=360), "60-services-none")
        follow(page, "Tambah layanan")
        looked_at(page, "60-service-new").locator("[name=name]").fill("Antar makanan lansia")
        page.locator("[name=kind]").select_option("food")
        press(page, "Simpan draf")
        looked_at(page, "60-service-draft")
        follow(page, "Ubah Bagaimana orang menemukannya")
        looked_at(page, "60-service-found").locator("[value=old_alone]").check()
        press(page, "Simpan")
        follow(page, "Ubah Kontak")
        page.locator("[name=phone]").fill("0777-321123")
        press(page, "Simpan")
        follow(page, "Tambah tempat")
        page.locator("[name=address]").fill("Jalan Nelayan 3")
        choose_village(page, "Pangke")
        looked_at(page, "60-service-place")
        press(page, "Simpan tempat")
        press(page, "Buka untuk umum")
        looked_at(page, "60-service-open")
        made = Service.objects.get()
        assert (made.listing, made.confirmed_on, made.region) == ("open", TODAY, VILLAGE)

    @pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without"])
    def test_confirms_with_one_tap(self, visit, body, head, javascript):
        service = a_service(
            body, place={}, capacity=10, free=4, free_on=days_ago(3), confirmed_on=days_ago(95)
        )
        page = visit(at("mine"), by=head, width=360, javascript=javascript)
        if javascript:
            looked_at(page, "61-services-mine")
        page.get_by_role("button", name="Masih sesuai").click()
        page.get_by_text("tercatat masih sesuai hari ini").wait_for()
        service.refresh_from_db()
        assert (service.confirmed_on, service.free_on) == (TODAY, days_ago(3))

    def test_sees_a_rule_in_plain_words_before_it_is_kept(self, visit, body, head):
        page = visit(at("part", a_service(body, place={}).pk, "rule"), by=head, width=360)
        page.get_by_text("Untuk yang terbiasa").click()
        page.locator("[name=rule]").fill("is_eldery")
        page.get_by_role("button", name="Lihat dengan kata-kata biasa").click()
        page.get_by_text("Mungkin maksudnya").first.wait_for()
        looked_at(page, "62-service-rule-wrong").locator("[name=rule]").fill("is_elderly")
        page.get_by_role("button", name="Lihat dengan kata-kata biasa").click()
        page.get_by_role("heading", name="Aturan itu berbunyi").wait_for()
        looked_at(page, "62-service-rule")

    @pytest.mark.parametrize("name", ["one", "areas", "hours", "room", "pause", "end", "history"])
    def test_finds_every_page_fit_to_look_at(self, visit, body, head, name):
        service = a_service(body, place={}, capacity=10, areas=(VILLAGE,), confirmed_on=days_ago(95))
        hours_row(service).save()
        looked_at(visit(at(name, service.pk), by=head), f"63-service-{name}")


class TestOffice:
    def test_sees_whom_to_call(self, visit, body):
        a_service(body, name="Lama sekali", confirmed_on=days_ago(200))
        farida = user_with("dinas_officer", region="21.02", name="Ibu Farida")
        page = looked_at(visit(at("unconfirmed"), by=farida), "64-services-unconfirmed")
        assert page.get_by_text("Lama sekali").first.is_visible()
        looked_at(visit(at("of", body.pk), by=farida), "64-services-of")
