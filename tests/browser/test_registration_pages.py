"""From a draft to a certificate, refused once on the way, as its people meet it; then the check by a stranger."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from simpul.access.limits import forget_all
from simpul.organisations.models import Certificate, Registration
from simpul.organisations.queries.certificates import grouped, mark_of
from tests.access.test_pictures import jpeg
from tests.browser.steps import fill_day, follow, go, looked_at, press
from tests.organisations.registering import (
    TODAY,
    a_body,
    at_decision,
    certified,
    filled,
    head_of,
    officer_at,
    registrar_at,
)
from tests.places.factories import few_regions

WHY_WRONG = "Surat domisili sudah habis masa berlakunya."
WHY_REFUSED = "Belum ada kegiatan yang berjalan."


@pytest.fixture(autouse=True)
def today(transactional_db, monkeypatch, settings, tmp_path):
    forget_all()
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    settings.MEDIA_ROOT = tmp_path
    few_regions()


@pytest.fixture
def body(today):
    return a_body(name="LKS Tunas Bahari")


@pytest.fixture
def head(body):
    return head_of(body)


@pytest.fixture
def officer(today):
    return officer_at()


@pytest.fixture
def registrar(today):
    return registrar_at()


def at(name, *keys):
    return reverse(f"organisations:{name}", args=keys)


def run():
    return Registration.objects.get()


class TestApplication:
    def test_is_filled_sent_checked_and_given_back_with_what_is_wrong(self, visit, body, head, officer):
        page = looked_at(visit(at("registrations", body.pk), by=head), "50-registrations")
        self._filled_in(page, head)
        self._checked(visit(at("registration-queue"), by=officer), body)
        assert run().stage == "returned"
        told = looked_at(go(page, at("registration", run().pk)), "50-returned").locator("main").inner_text()
        assert WHY_WRONG in told
        assert "waktu berhenti" in told

    def _filled_in(self, page, head):
        page.locator("[name=kind][value=new]").check()
        press(page, "Mulai")
        follow(looked_at(page, "50-draft"), "Isi")
        looked_at(page, "50-line").locator("[name=file]").set_input_files(
            {"name": "akta.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
        )
        page.locator("[name=words]").fill("Akta dari notaris di Karimun.")
        press(page, "Simpan")
        looked_at(go(page, at("registration-submit", run().pk)), "50-still-empty")
        filled(run(), head)
        go(page, at("registration-submit", run().pk))
        assert "Kab. Karimun" in page.locator("main").inner_text()
        press(page, "Ajukan")
        assert (run().stage, run().region) == ("submitted", "21.02")

    def _checked(self, page, body):
        follow(looked_at(page, "51-queue"), body.name)
        press(page, "Saya yang memeriksa")
        looked_at(go(page, at("registration-check", run().pk)), "51-check")
        for met in page.locator("[name^=answer-][value=met]").all():
            met.check()
        page.locator("[name=answer-R03][value=wrong]").check()
        page.locator("[name=note-R03]").fill(WHY_WRONG)
        press(page, "Simpan pemeriksaan")
        looked_at(go(page, at("registration-move", run().pk)), "51-move")
        page.locator("[name=to][value=returned]").check()
        press(page, "Lanjutkan")


class TestRefusal:
    def test_says_on_what_grounds_and_what_is_missing(self, visit, body, head, officer, registrar):
        at_decision(body, head, officer)
        page = looked_at(visit(at("registration-decide", run().pk), by=registrar), "52-decide")
        page.locator("[name=decision][value=refuse]").check()
        page.get_by_role("button", name="Simpan keputusan").click()
        page.locator("#errors").wait_for()
        looked_at(page, "52-without-grounds")
        page.locator("[name=grounds][value=no_activity]").check()
        page.locator("[name=words]").fill(WHY_REFUSED)
        press(page, "Simpan keputusan")
        assert run().stage == "refused"

        page = looked_at(visit(at("registrations", body.pk), by=head), "52-refused")
        assert WHY_REFUSED in page.locator("main").inner_text()
        told = looked_at(follow(page, "Baca keputusannya"), "52-told").locator("main").inner_text()
        assert WHY_REFUSED in told
        assert "Tunjukkan program kerja" in told


class TestCertificate:
    def test_is_approved_issued_and_handed_out(self, visit, body, head, officer, registrar):
        at_decision(body, head, officer)
        page = visit(at("registration-decide", run().pk), by=registrar)
        page.locator("[name=decision][value=approve]").check()
        press(page, "Simpan keputusan")
        looked_at(go(page, at("registration-issue", run().pk)), "53-issue")
        fill_day(page, "valid_to", date(2029, 11, 3))
        press(page, "Terbitkan")
        given = Certificate.objects.get()
        looked_at(go(page, at("certificate", given.pk)), "53-certificate")
        paper = visit(at("registrations", body.pk), by=head)
        assert given.number in looked_at(paper, "53-registered").locator("main").inner_text()
        link = follow(paper, given.number).get_by_role("link", name="Unduh PDF").get_attribute("href")
        assert paper.request.get(paper.url.partition("/lembaga/")[0] + link).body().startswith(b"%PDF-")


class TestCheck:
    @pytest.fixture
    def given(self, body, head, officer, registrar):
        return certified(body, head, officer, registrar)

    def test_by_the_address_of_the_qr_says_what_the_paper_says(self, visit, given):
        page = looked_at(visit(at("checked", given.code, mark_of(given))), "54-checked")
        told = page.locator("main").inner_text()
        assert "Tandanya cocok" in told
        assert [line["text"] for line in given.words if line["text"] not in told] == []

    def test_typed_from_the_paper_on_a_small_phone_without_scripts(self, visit, given):
        page = visit(at("check"), width=360, javascript=False)
        page.locator("[name=code]").fill(grouped(given.code).lower())
        page.locator("[name=mark]").fill("AAAA-AAAA")
        page.get_by_role("button", name="Periksa", exact=True).click()
        assert page.get_by_text("Tandanya tidak cocok").is_visible()
        page.get_by_role("link", name="Periksa surat lain").click()
        page.locator("[name=code]").fill("ABCD-EFGH-JKMN")
        page.locator("[name=mark]").fill(grouped(mark_of(given)))
        page.get_by_role("button", name="Periksa", exact=True).click()
        assert page.get_by_text("Tidak dikenal", exact=True).is_visible()
        page.locator("[name=code]").fill(grouped(given.code))
        page.get_by_role("button", name="Periksa", exact=True).click()
        assert page.get_by_text("Tandanya cocok").is_visible()

    def test_shuts_nobody_out_when_something_is_wrong(self, visit, given):
        page = looked_at(visit(at("check")), "55-check")
        press(page, "Periksa")
        looked_at(page, "55-empty")
        looked_at(go(page, at("checked", given.code, "AAAAAAAA")), "55-wrong-mark")
