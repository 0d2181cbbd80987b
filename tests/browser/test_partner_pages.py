"""Agreements, a forum with its meeting, and a mediation, as their pages stand in a real browser."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from simpul.partners.models import Agreement, Decision, Mediation
from tests.access.factories import user_with
from tests.browser.steps import fill_day, follow, looked_at, press
from tests.organisations.factories import organisation
from tests.partners.making import TODAY
from tests.places.factories import few_regions
from tests.services.factories import a_head


@pytest.fixture(autouse=True)
def today(transactional_db, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    few_regions()


@pytest.fixture
def head(today):
    return a_head(organisation(name="LKS Tunas Bahari"))


def at(name):
    return reverse(f"partners:{name}")


class TestAgreement:
    def test_is_recorded_begins_and_ends(self, visit, head):
        page = visit("/", by=head, width=360)
        page.locator(".menu > summary").click()
        with page.expect_navigation():
            page.locator(".menu").get_by_role("link", name="Kemitraan").click()
        follow(looked_at(page, "90-agreements-none"), "Catat kerja sama")
        page.locator("[name=partner]").fill("Puskesmas Tebing")
        page.locator("[name=ways][value=coordination]").check()
        page.locator("[name=subject]").fill("Pemeriksaan kesehatan tiap bulan")
        fill_day(page, "since", date(2026, 1, 5))
        press(looked_at(page, "90-agreement-new"), "Simpan")
        press(looked_at(page, "90-agreement-draft"), "Nyatakan berlaku")
        follow(page, "Akhiri").locator("[name=words]").fill("Programnya selesai")
        press(looked_at(page, "90-agreement-end"), "Simpan")
        assert "Programnya selesai" in looked_at(page, "90-agreement").inner_text("main")
        page.goto(page.url.split("/mitra/")[0] + at("agreements"))
        looked_at(page, "90-agreements")
        assert Agreement.objects.get().state == "ended"


class TestForum:
    def test_meets_decides_and_follows_up(self, visit):
        page = visit(at("forums"), by=user_with("dinas_officer", region="21.02", name="Bu Dewi"), width=360)
        follow(looked_at(page, "91-forums"), "Forum baru")
        page.goto(page.url + "?q=karimun")
        with page.expect_navigation():
            looked_at(page, "91-area").locator("main a[href='?wilayah=21.02']").click()
        page.locator("[name=called]").fill("Forum Jejaring Karimun")
        fill_day(page, "since", date(2020, 5, 2))
        press(looked_at(page, "91-new"), "Simpan")
        follow(page, "Tambah anggota").locator("[name=called]").fill("PKK Tebing")
        press(looked_at(page, "91-join"), "Simpan")
        self._meets(follow(looked_at(page, "91-forum"), "Catat rapat"))
        follow(looked_at(page, "91-meeting"), "Catat tindak lanjut")
        page.locator("[name=became][value=done]").check()
        page.locator("[name=result]").fill("Sudah dibagikan")
        press(looked_at(page, "91-decision"), "Simpan")
        assert "Sudah dibagikan" in looked_at(page, "91-followed").inner_text("main")
        assert Decision.objects.get().state == "done"

    def _meets(self, page):
        fill_day(page, "on", date(2026, 11, 2))
        page.locator("[name=agenda]").fill("Rencana tahun depan")
        page.get_by_label("PKK Tebing").check()
        page.locator("[name=words_1]").fill("Daftar layanan dibagikan ke desa")
        page.locator("[name=who_1]").fill("PKK Tebing")
        press(looked_at(page, "91-meet"), "Simpan")


class TestMediation:
    def test_is_asked_for_and_goes_on(self, visit, head):
        page = visit(at("mediations"), by=head, width=360)
        follow(looked_at(page, "92-mediations"), "Minta mediator")
        page.locator("[name=counterpart_kind][value=industry]").check()
        page.locator("[name=counterpart]").fill("PT Benang Laut")
        page.locator("[name=matter]").fill("Upah per potong terlambat dibayar")
        press(looked_at(page, "92-ask"), "Simpan")
        follow(looked_at(page, "92-mediation"), "Tulis siapa mediatornya")
        page.locator("[name=mediator]").fill("Dinas Tenaga Kerja")
        press(looked_at(page, "92-mediator"), "Simpan")
        follow(page, "Catat langkah berikut")
        page.locator("[name=to][value=accepted]").check()
        page.locator("[name=words]").fill("Disanggupi dinas")
        press(looked_at(page, "92-next"), "Simpan")
        assert "Disanggupi dinas" in page.inner_text("main")
        assert Mediation.objects.get().stage == "accepted"
