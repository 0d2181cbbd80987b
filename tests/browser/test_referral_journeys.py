"""Referrals as both sides walk them in a browser: from a need to a service, and on where the first one is full."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from simpul.cases.models import GoalScore, PlanStep
from simpul.referrals.models import Alternative, NeedUnmet, Referral
from simpul.referrals.stages import Stage
from tests.access.factories import ORGANISATION, user_with
from tests.browser.referral_steps import PREPARED, WORDS, agree, answer, at, it_is_afternoon, propose, told
from tests.browser.steps import fill_day, follow, looked_at, press
from tests.cases.factories import a_case
from tests.cases.goals import goal_of, scored
from tests.cases.plans import NEED
from tests.organisations.factories import organisation
from tests.places.factories import few_regions
from tests.referrals.loop import a_line, a_service, receiver_of, sent
from tests.referrals.placing import a_shelter, someone_waits
from tests.screening.factories import TODAY


@pytest.fixture(autouse=True)
def afternoon(transactional_db, monkeypatch):
    it_is_afternoon(monkeypatch)
    few_regions()


@pytest.fixture
def rina(afternoon):
    organisation(name="LKS Tunas Bahari")
    return user_with("caseworker", organisation=ORGANISATION, name="Rina Oktavia")


@pytest.fixture
def line(rina):
    case = a_case(rina)
    goal = goal_of(case, rina)
    scored(goal, rina, -2, moment="baseline")
    return a_line(rina, case, goal=goal.pk)


@pytest.fixture
def service(rina):
    return a_service()


@pytest.fixture
def maya(service):
    return receiver_of(service)


class TestFromNeedToService:
    def test_is_walked_by_both_sides_until_the_goal_progresses(self, visit, rina, line, service, maya):
        a_service(organisation(name="LKS Bakti"), name="Hanya untuk laki-laki", sex="L")
        preview = self._is_sent(visit(reverse("cases:plan", args=[line.case_id]), by=rina, width=360))
        row = Referral.objects.get()
        assert row.finding["kind"] == "fit_service"
        page = visit(at("received"), by=maya, width=360)
        follow(looked_at(page, "81-received"), row.number)
        assert told(looked_at(page, "81-received-one")) == preview
        self._is_answered(page)
        self._is_confirmed(visit(at("referral", row.pk), by=rina, width=360), line)

    def _is_sent(self, page):
        """What was shown before sending."""
        follow(looked_at(page, "80-plan"), "Cari layanan")
        first = looked_at(page, "80-find").locator("ol.people > li").first.inner_text()
        assert "Modal usaha kecil" in first
        assert "Mengapa di urutan ini" in first
        propose(looked_at(follow(page, "Usulkan rujukan · Modal usaha kecil"), "80-propose"))
        agree(looked_at(page, "80-consent"), "name", "need", "words", "contact")
        preview = told(looked_at(page, "80-send"))
        words = dict(preview).values()
        assert {"Siti Aminah", NEED, WORDS} <= set(words)
        assert PREPARED not in page.inner_text("main")
        press(page, "Kirim rujukan")
        assert told(looked_at(page, "80-sent")) == preview
        return preview

    def _is_answered(self, page):
        press(looked_at(answer(page, "Terima"), "82-accept"), "Simpan")
        answer(page, "Buat janji temu")
        fill_day(page, "day", TODAY + timedelta(days=2))
        page.locator("[name=time]").fill("09.30")
        press(looked_at(page, "82-appointment"), "Simpan")
        answer(page, "Catat kedatangan pertama")
        fill_day(page, "day", TODAY)
        page.locator("[name=came][value=accompanied]").check()
        press(page, "Simpan")
        answer(page, "Catat layanan diberikan")
        fill_day(page, "day", TODAY)
        press(page, "Simpan")
        answer(page, "Tulis hasilnya").locator("[name=words]").fill("Gerobaknya sudah diperbaiki.")
        press(page, "Simpan")
        looked_at(page, "82-answered")

    def _is_confirmed(self, page, line):
        answer(looked_at(page, "83-answered"), "Catat kata penerima manfaat")
        page.locator("[name=told][value=yes]").check()
        page.locator("[name=words]").fill("Saya sudah berjualan lagi.")
        page.locator("[name=step_to][value=done]").check()
        press(looked_at(page, "83-confirm"), "Simpan")
        assert (Referral.objects.get().stage, PlanStep.objects.get().state) == (Stage.CONFIRMED, "done")
        page.goto(page.url.split("/rujukan/")[0] + reverse("cases:goal", args=[line.goal_id]))
        assert "Belum ada catatan" not in page.inner_text("main")
        follow(page, "Nilai tujuan ini")
        page.locator("[name=seen]").fill("Berjualan tiga hari minggu ini.")
        page.locator("[name=level][value='0']").check()
        press(page, "Simpan penilaian")
        assert [score.level for score in GoalScore.objects.order_by("at")] == [-2, 0]


class TestDeclined:
    def test_leaves_the_need_open_with_its_reason_and_leads_to_another(
        self, visit, rina, line, service, maya
    ):
        other = a_service(organisation(name="LKS Bakti"), name="Gerobak bersama")
        row = sent(rina, service, line)
        self._is_declined(visit(at("received-one", row.pk), by=maya, width=360))
        page = visit(at("referral", row.pk), by=rina, width=360)
        follow(looked_at(page, "84-declined"), "Cari layanan lain")
        with page.expect_navigation():
            page.get_by_role("button", name="Simpan · Gerobak bersama").click()
        follow(page, "Tidak ada yang cocok")
        assert page.locator("[name=reason]:checked").get_attribute("value") == "full"
        press(looked_at(page, "84-unmet"), "Catat belum terpenuhi")
        assert "Kebutuhan ini tercatat belum terpenuhi" in looked_at(page, "84-find").inner_text("main")
        assert (NeedUnmet.objects.get().reason, Alternative.objects.get().service) == ("full", other)
        page.goto(page.url.split("/rujukan/")[0] + at("referral", row.pk))
        propose(follow(page, "Gerobak bersama"))
        agree(page, "name", "need", "contact")
        press(page, "Kirim rujukan")
        assert Referral.objects.get(service=other).stage == Stage.SENT

    def _is_declined(self, page):
        answer(page, "Tolak dengan alasan").locator("[name=decline][value=full]").check()
        press(looked_at(page, "84-decline"), "Simpan")
        assert "Siti Aminah" not in page.inner_text("main")


class TestManyAtOnce:
    def test_only_who_was_confirmed_is_referred(self, visit, rina):
        adi, _siti = someone_waits(rina, "Adi Putra"), someone_waits(rina, "Siti Aminah")
        a_shelter(free=2)
        hamdan = user_with("case_supervisor", organisation=ORGANISATION, name="Pak Hamdan")
        page = visit(at("sent"), by=hamdan, width=360)
        follow(looked_at(page, "85-sent"), "Penempatan")
        follow(looked_at(page, "85-placing"), "Hitung usulan")
        page.locator("[name=title]").fill("Setelah banjir")
        page.locator("[name=need_kind]").select_option("shelter")
        page.locator("[name=there]").select_option(f"lembaga:{ORGANISATION}")
        press(looked_at(page, "85-new"), "Hitung")
        with page.expect_navigation():
            looked_at(page, "85-round").get_by_role("button", name="Setujui usulan · Adi Putra").click()
        follow(page, "Ubah atau tolak · Siti Aminah").get_by_label("Tidak dirujuk").check()
        press(looked_at(page, "85-choose"), "Simpan keputusan")
        assert not Referral.objects.exists()
        press(page, "Usulkan 1 rujukan yang disetujui")
        assert Referral.objects.get().case_id == adi.case_id
        assert looked_at(page, "85-applied").locator(".tag", has_text="tidak dirujuk").count() == 1
