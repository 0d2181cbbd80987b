"""Sources of help from their first note to the public list, and the yearly report of a body, in a real browser."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from simpul.organisations.models import Listing, Report, Source
from tests.access.factories import user_with
from tests.browser.steps import choose_village, fill_day, follow, go, looked_at, press
from tests.organisations.factories import organisation
from tests.organisations.oversight import TODAY
from tests.organisations.papers import a_certificate
from tests.places.factories import few_regions


@pytest.fixture(autouse=True)
def today(transactional_db, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    few_regions()


@pytest.fixture
def farida(today):
    return user_with("dinas_officer", region="21.02", name="Ibu Farida")


def at(name, *keys):
    return reverse(f"organisations:{name}", args=keys)


class TestSource:
    def test_is_noted_judged_and_listed_once_it_agrees(self, visit, farida):
        page = looked_at(visit(at("sources"), by=farida), "70-sources")
        looked_at(go(page, at("source-new")), "70-kinds")
        looked_at(go(page, at("source-register", "PSM")), "70-form")
        page.locator("[name=name]").fill("Hasan Basri")
        fill_day(page, "born", date(1990, 3, 15))
        choose_village(page, "Pangke")
        page.locator("[name=area_text]").press_sequentially("Moro")
        page.locator("#area_choices label").filter(has_text="Kec. Moro").first.click()
        press(page, "Simpan")
        row = Source.objects.get()
        self._judged(page)
        self._helped(page, row)
        self._listed(page, row)
        shown = visit(at("public-list") + "?wilayah=21.02").locator("main").inner_text()
        assert "Hasan Basri" in shown
        assert "Pangke" not in shown

    def _judged(self, page):
        assert "Belum diketahui" in looked_at(page, "70-answers").locator("main").inner_text()
        for yes in page.locator("[type=radio][value=yes]").all():
            yes.check()
        press(page, "Simpan jawaban")
        assert "36 tahun" in looked_at(page, "70-source").locator("main").inner_text()

    def _helped(self, page, row):
        looked_at(go(page, at("source-hours", row.pk)), "70-hours")
        fill_day(page, "given_on", TODAY - timedelta(days=1))
        page.locator("[name=hours]").fill("2,5")
        page.locator("[name=activity]").fill("Pendataan")
        press(page, "Catat jam")
        assert "2,5" in page.locator("tbody").inner_text()

    def _listed(self, page, row):
        looked_at(go(page, at("source-listing", row.pk)), "70-listing")
        page.locator("[name=given_by]").fill("Hasan Basri")
        page.locator("[name=mode]").first.check()
        page.get_by_role("button", name="Catat persetujuan").click()
        page.locator("#errors").wait_for()
        assert not Listing.objects.exists()
        page.locator("[name=has_read]").check()
        press(page, "Catat persetujuan")
        assert "tampil di daftar umum" in page.locator("main").inner_text()

    def test_is_counted_and_its_kinds_are_explained(self, visit, farida):
        page = looked_at(visit(at("source-counts"), by=farida), "71-counts")
        looked_at(go(page, at("source-types")), "71-types")
        assert page.locator("section.card ol").count() >= 12


class TestReport:
    @pytest.fixture
    def body(self, today):
        made = organisation(name="LKS Tunas Bahari", need_types=["ABT"])
        a_certificate(made, issued_on=date(2026, 3, 1), valid_to=None)
        return made

    def test_is_written_sent_given_back_and_received(self, visit, body, farida):
        head = user_with("head_of_lks", organisation=body.pk, name="Bu Salmah")
        page = looked_at(visit(at("reports", body.pk), by=head), "72-reports")
        press(page, "Mulai laporan 1 Januari 2026")
        self._written(page)
        office = looked_at(visit(at("reports-queue"), by=farida), "72-queue")
        follow(office, body.name)
        looked_at(follow(office, "Kembalikan"), "72-return")
        office.locator("[name=because]").fill("Tulis juga rencana tahun depan.")
        press(office, "Kembalikan")
        told = looked_at(go(page, at("report", Report.objects.get().pk)), "72-returned")
        assert "Tulis juga rencana tahun depan." in told.locator("main").inner_text()
        press(page, "Kirim kepada Dinas")
        press(go(office, at("report", Report.objects.get().pk)), "Terima laporan")
        assert Report.objects.get().state == "received"

    def _written(self, page):
        looked_at(page, "72-write").locator("[name=activities]").fill("Kelas membaca dua kali seminggu.")
        page.locator("[name=plan]").fill("Kelas berhitung.")
        page.locator("[name=money__spent]").fill("11.000.000")
        page.locator("[name^=served__][name$=__female]").first.fill("12")
        press(page, "Simpan laporan")
        assert "Rp" in looked_at(page, "72-report").locator("main").inner_text()
        press(page, "Kirim kepada Dinas")
        assert Report.objects.get().state == "sent"
