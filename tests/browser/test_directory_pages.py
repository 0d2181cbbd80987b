"""The directory and asking for help on a cracked phone without scripts, and the duty list, in a real browser."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from simpul.referrals.forms.incoming import RequestTicket
from tests.browser.steps import looked_at
from tests.places.factories import VILLAGE, few_regions
from tests.referrals.incoming import TOLD, asked, officer, taken
from tests.services.factories import a_service

PHONE = {"width": 360, "javascript": False}


@pytest.fixture(autouse=True)
def services(transactional_db):
    few_regions()
    today = timezone.localdate()
    a_service(areas=["21.02"], place={"region": VILLAGE}, confirmed_on=today)
    a_service(
        name="Tempat aman", kind="shelter", situations=["hurt_at_home"], areas=["21"], confirmed_on=None
    )


@pytest.fixture
def duty(services):
    return officer()


class TestDirectory:
    def test_leads_from_plain_words_to_a_service_without_scripts(self, visit):
        page = visit(reverse("services:public"), **PHONE)
        page.locator("[name=di]").first.fill("Pangke")
        page.get_by_role("button", name="Lansia sendirian").click()
        assert "situasi=old_alone" in page.url
        page.get_by_role("link", name="Antar makanan lansia").click()
        assert "Jalan Nelayan 3" in page.inner_text("main")

    def test_keeps_violence_out_of_the_address_and_offers_a_way_out(self, visit):
        page = visit(reverse("services:public"), **PHONE)
        page.get_by_role("button", name="Dipukul, diancam").click()
        assert page.url.endswith(reverse("services:public"))
        assert page.get_by_role("link", name="Tutup halaman ini").get_attribute("href") == reverse(
            "services:leave"
        )

    def test_shuts_nobody_out(self, visit):
        page = looked_at(visit(reverse("services:public"), width=360), "70-directory")
        page.get_by_role("button", name="Dipukul, diancam").click()
        looked_at(page, "70-directory-guarded")
        page.get_by_role("link", name="Tempat aman").click()
        looked_at(page, "70-service")


class TestAsking:
    def test_works_without_scripts_and_gives_a_number(self, visit, duty, monkeypatch):
        early = timezone.now() - timedelta(minutes=5)
        monkeypatch.setattr(RequestTicket, "issued", classmethod(lambda kind, at: TICKET(kind, early)))
        page = visit(reverse("referrals:ask"), **PHONE)
        page.get_by_label("Untuk saya sendiri").check()
        page.get_by_label("Tidak punya makanan").check()
        page.locator("[name=region_text]").fill("Pangke")
        page.get_by_role("button", name="Cari wilayah").click()
        page.locator(f"[name=region][value='{VILLAGE}']").check()
        page.get_by_role("button", name="Kirim permintaan").click()
        assert re.search(r"SB(-[2-9A-Z]{4}){3}", page.inner_text("main"))

    def test_shuts_nobody_out(self, visit):
        looked_at(visit(reverse("referrals:ask"), width=360), "71-ask")


TICKET = RequestTicket.issued.__func__


class TestDuty:
    def test_shows_names_on_the_page_of_one_only(self, visit, duty):
        request = taken(asked(emergency="yes", safe_ways=["no_visit"]), duty)
        page = visit(reverse("referrals:requests"), by=duty, width=360)
        assert TOLD["name"] not in looked_at(page, "72-duty").inner_text("main")
        page.get_by_role("link", name=request.short).click()
        assert TOLD["name"] in looked_at(page, "72-request").inner_text("main")
        page.get_by_role("link", name="Menjadi kasus").click()
        looked_at(page, "72-case")
