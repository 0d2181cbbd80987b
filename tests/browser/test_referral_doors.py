"""What a code, a consent, a listing and a reference number open, and when they close, in a real browser."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from simpul.referrals.forms.incoming import RequestTicket
from simpul.referrals.models import Referral
from simpul.referrals.stages import Stage
from simpul.services.models import Service
from tests.access.factories import ORGANISATION, user_with
from tests.browser.conftest import at_width, sideways
from tests.browser.referral_steps import at, it_is_afternoon, told
from tests.browser.steps import follow, looked_at, press
from tests.organisations.factories import organisation
from tests.places.factories import VILLAGE, few_regions
from tests.referrals.incoming import officer
from tests.referrals.loop import a_line, a_service, receiver_of, sent
from tests.screening.factories import TODAY
from tests.services.factories import a_head

PHONE = {"width": 360, "javascript": False}
ISSUED = RequestTicket.issued.__func__
CLOSED = 404


@pytest.fixture(autouse=True)
def afternoon(transactional_db, monkeypatch):
    it_is_afternoon(monkeypatch)
    few_regions()


@pytest.fixture
def rina(afternoon):
    return user_with("caseworker", organisation=ORGANISATION, name="Rina Oktavia")


def fits(page):
    """A page without scripts, which axe cannot look at."""
    for width in (320, 1280, 360):
        assert sideways(at_width(page, width)) == [], (page.url, width)
    return page


def consent_ended(page):
    """The worker writes down that the person took the consent back."""
    follow(page, "Penerima manfaat mencabut persetujuannya")
    press(looked_at(page, "86-withdraw"), "Tarik sekarang")
    return page


class TestCodeOfALetter:
    def test_opens_and_answers_without_scripts_until_consent_is_withdrawn(self, visit, rina):
        row = sent(rina)
        mine = visit(at("letter", row.pk), by=rina, width=360)
        press(mine, "Buat kode dan surat")
        code = looked_at(mine, "86-letter").locator(".notice strong").last.inner_text()
        looked_at(visit(at("answer-numbered", row.number), width=360), "86-open")
        page = self._opened(visit, row, code)
        assert "Siti Aminah" in dict(told(fits(page))).values()
        press(page, "Terima")
        page.locator("[name=who]").fill("Budi")
        press(fits(page), "Kirim jawaban")
        assert Referral.objects.get().stage == Stage.ACCEPTED
        mine.goto(mine.url.replace("surat/", ""))
        consent_ended(mine)
        with page.expect_navigation() as answer:
            page.get_by_role("button", name="Buat janji temu", exact=True).click()
        assert (answer.value.status, "Siti Aminah" in page.content()) == (CLOSED, False)
        assert "tidak berlaku lagi" in self._opened(visit, row, code).inner_text("main")

    def _opened(self, visit, row, code):
        page = visit(at("answer-numbered", row.number), **PHONE)
        fits(page).locator("[name=code]").fill(code)
        return press(page, "Buka rujukan")


class TestConsentWithdrawn:
    def test_closes_the_page_of_the_receiver_at_once(self, visit, rina):
        service = a_service()
        row = sent(rina, service)
        theirs = visit(at("received-one", row.pk), by=receiver_of(service), width=360)
        assert "Siti Aminah" in theirs.inner_text("main")
        mine = consent_ended(visit(at("referral", row.pk), by=rina, width=360))
        assert "Persetujuan sudah dicabut" in looked_at(mine, "86-withdrawn").inner_text("main")
        assert theirs.reload().status == CLOSED
        assert "Siti Aminah" not in theirs.content()


class TestListingOfNinetyDays:
    @pytest.fixture
    def old(self, rina):
        a_service(name="Zaitun usaha", confirmed_on=TODAY)
        body = organisation(name="LKS Bakti")
        return a_service(body, name="Arisan modal", confirmed_on=TODAY - timedelta(days=91))

    def test_says_so_and_sinks_until_one_tap_renews_it(self, visit, rina, old):
        line = a_line(rina)
        finding = visit(at("find", line.case_id, line.pk), by=rina, width=360)
        public = visit(reverse("services:public") + "?jenis=livelihood", **PHONE)
        self._is_last(finding, "sudah lama tidak dipastikan")
        self._is_last(fits(public), "belum dipastikan lagi")
        page = visit(reverse("services:mine"), by=a_head(old.organisation), width=360)
        with page.expect_navigation():
            looked_at(page, "87-mine").get_by_role("button", name="Masih sesuai · Arisan modal").click()
        assert Service.objects.get(pk=old.pk).confirmed_on == TODAY
        for shown in (finding, public):
            shown.reload()
            assert "belum dipastikan lagi" not in shown.locator("main .people").inner_text()

    def _is_last(self, page, words):
        rows = page.locator("main .people > li").all_text_contents()
        assert [name for row in rows for name in ("Zaitun usaha", "Arisan modal") if name in row] == [
            "Zaitun usaha",
            "Arisan modal",
        ]
        assert [words in row for row in rows] == [False, True]


class TestRequestForHelp:
    @pytest.fixture(autouse=True)
    def typed_slowly(self, monkeypatch):
        early = timezone.now() - timedelta(minutes=5)
        monkeypatch.setattr(RequestTicket, "issued", classmethod(lambda kind, _at: ISSUED(kind, early)))

    def test_is_taken_on_duty_and_its_answer_read_by_its_number(self, visit):
        hamdan = officer()
        number = self._asked(visit(reverse("services:public"), **PHONE))
        page = visit(at("sent"), by=hamdan, width=360)
        follow(page, "Permintaan bantuan")
        follow(looked_at(page, "88-duty"), number[:7])
        press(looked_at(page, "88-request"), "Saya yang menangani")
        follow(page, "Jawab dan selesaikan")
        page.locator("[name=answer]").fill("Silakan datang besok pagi.")
        press(looked_at(page, "88-answer"), "Simpan")
        page = visit(at("request-status"), **PHONE)
        page.locator("[name=reference]").fill(number)
        read = press(page, "Baca jawaban").inner_text("main")
        assert ("Silakan datang besok pagi." in read, "Bu Rahmah" in read) == (True, False)

    def _asked(self, page):
        """The number under which the answer will stand."""
        follow(page, "Saya butuh bantuan")
        page.get_by_label("Untuk saya sendiri").check()
        page.get_by_label("Tidak punya makanan").check()
        page.locator("[name=name]").fill("Bu Rahmah")
        page.locator("[name=region_text]").fill("Pangke")
        press(page, "Cari wilayah").locator(f"[name=region][value='{VILLAGE}']").check()
        press(fits(page), "Kirim permintaan")
        return re.search(r"SB(-[2-9A-Z]{4}){3}", fits(page).inner_text("main"))[0]
