"""From validation to the answer of an appeal, as its people meet it: one run goes through all their hands."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from simpul.accreditation.actions.appeal import appeal, name_rechecker
from simpul.accreditation.actions.plenary import vote
from simpul.accreditation.models import Accreditation, Appeal, Assignment, Decision, Validated
from tests.access.factories import user_with
from tests.accreditation.second import (
    a_run,
    a_validator,
    an_assessor,
    decided_run,
    head_of,
    items,
    members,
    voted,
)
from tests.browser.steps import follow, go, looked_at, press
from tests.places.factories import few_regions

WHY = "Buktinya separuh."
ANSWER = "Buku kas ada dan lengkap; butir itu dinilai lain."
OBJECTION = "Buku kas tidak dilihat waktu visitasi."


@pytest.fixture(autouse=True)
def office(transactional_db):
    few_regions()


def at(name, *keys):
    return reverse(f"accreditation:{name}", args=keys)


class TestDecision:
    def test_is_validated_voted_on_and_read_by_the_body(self, visit):
        run = a_run()
        an_assessor(run, {items()[0].code: 1})
        an_assessor(run)
        validator, voters = a_validator(run), members()
        self._validated(visit(at("validations"), by=validator), run)
        voted(Accreditation.objects.get(), voters[:2])
        self._decided(visit(at("plenary-queue"), by=voters[2]), run)
        page = looked_at(visit(at("result", run.pk), by=head_of(run)), "82-result")
        told = page.locator("main").inner_text()
        assert "Latih pendamping." in told
        assert Accreditation.objects.get().certificate.number in told
        link = page.get_by_role("link", name="Unduh sertifikat (PDF)").get_attribute("href")
        paper = page.request.get(page.url.partition("/akreditasi/")[0] + link)
        assert paper.body().startswith(b"%PDF-")

    def _validated(self, page, run):
        follow(looked_at(page, "80-validations"), run.organisation.name)
        assert "berbeda" in looked_at(page, "80-validation").locator("main").inner_text()
        page.locator("[name=value_0]").select_option("2")
        press(page, "Simpan nilai yang berlaku")
        page.locator("#errors").wait_for()
        assert page.locator("[name=value_0]").input_value() == "2"
        page.locator("[name=because_0]").fill(WHY)
        press(page, "Simpan nilai yang berlaku")
        assert Validated.objects.get().because == WHY
        with page.expect_navigation():
            page.locator("form[action$='/sama/'] button").click()
        press(page, "Teruskan ke pleno")
        assert Accreditation.objects.get().stage == "plenary"

    def _decided(self, page, run):
        follow(looked_at(page, "81-plenary-queue"), run.organisation.name)
        assert WHY in page.locator("main").text_content()
        page.locator("[name=agrees][value=yes]").check()
        press(page, "Berikan suara")
        page.locator("[name=grade]").first.check()
        page.locator("[name=recommendations]").fill("Latih pendamping.")
        press(looked_at(page, "81-deciding"), "Catat keputusan")
        assert Decision.objects.get().grade == Decision.objects.get().suggested == "A"


class TestAppeal:
    def test_is_written_given_to_others_and_answered(self, visit):
        run = decided_run(share=0, on=timezone.localdate())
        page = looked_at(visit(at("result", run.pk), by=head_of(run)), "83-not-accredited")
        follow(page, "Ajukan keberatan")
        press(page, "Kirim keberatan")
        looked_at(page, "83-without-reasons").locator("[name=words]").fill(OBJECTION)
        press(page, "Kirim keberatan")
        assert Appeal.objects.get().words == OBJECTION
        other = user_with("accreditation_validator", region="21.02", name="Penyelia Rukiah")
        self._given_to(other, visit(at("appeals"), by=user_with("accreditation_secretary", region="21")))
        assert visit(at("validate", run.pk), by=other).get_by_text("karena keberatan").is_visible()
        member = looked_at(visit(at("plenary", run.pk), by=members(1)[0]), "83-plenary")
        assert OBJECTION in member.locator("main").inner_text()
        assert member.get_by_role("button", name="Berikan suara").count() == 0
        assert OBJECTION in looked_at(go(page, at("result", run.pk)), "83-waits").locator("main").inner_text()

    def test_gets_its_last_answer_from_people_who_had_no_hand_in_it(self, visit):
        run = decided_run(share=0, on=timezone.localdate())
        now = {"on": timezone.localdate(), "at": timezone.now()}
        appeal(run, by=head_of(run), key=uuid4(), words=OBJECTION, **now)
        other = user_with("accreditation_validator", region="21.02", name="Penyelia Rukiah")
        secretary = user_with("accreditation_secretary", region="21")
        named = name_rechecker(run, by=secretary, key=uuid4(), user=other, **now)
        self._looked_at_again(visit(at("declare-validator", named.pk), by=other), run)
        first, last = members(2)
        vote(run, by=first, key=uuid4(), agrees=False, words="Buktinya ada.", at=timezone.now())
        self._answered(visit(at("plenary-queue"), by=last), run)
        page = looked_at(visit(at("result", run.pk), by=head_of(run)), "85-answered")
        told = page.locator("main").inner_text()
        assert ANSWER in told
        assert Accreditation.objects.get().certificate.number in told
        assert page.get_by_role("link", name="Ajukan keberatan").count() == 0

    def _looked_at_again(self, page, run):
        looked_at(page, "85-declare").locator("[name=answer]").first.check()
        press(page, "Simpan pernyataan")
        press(looked_at(go(page, at("validate", run.pk)), "85-recheck"), "Simpan nilai yang berlaku")
        assert Validated.objects.filter(by_name="Penyelia Rukiah").count() == len(items())

    def _answered(self, page, run):
        follow(looked_at(page, "85-queue"), run.organisation.name)
        assert OBJECTION in page.locator("main").inner_text()
        page.locator("[name=agrees][value=no]").check()
        page.locator("[name=words]").first.fill("Buku kas ternyata ada.")
        press(page, "Berikan suara")
        page.locator("[name=grade][value=C]").check()
        press(page, "Catat keputusan")
        page.locator("#errors").wait_for()
        page.locator("[name=because]").fill(ANSWER)
        press(looked_at(page, "85-deciding"), "Catat keputusan")
        assert Appeal.objects.get().answer == ANSWER
        assert Accreditation.objects.get().stage == "accredited"

    def _given_to(self, other, page):
        with page.expect_navigation():
            looked_at(page, "83-appeals").locator("tbody a").click()
        page.locator("[name=user]").select_option(str(other.pk))
        press(looked_at(page, "83-recheck"), "Tugaskan")
        assert Assignment.objects.filter(user=other.pk).exists()
        assert "Penyelia Rukiah" in page.locator("tbody").inner_text()


class TestAfterwards:
    def test_shuts_nobody_out(self, visit):
        run = decided_run(on=timezone.localdate(), recommendations=(("", "Latih pendamping."),))
        page = visit(at("improvement", run.pk), by=head_of(run))
        follow(looked_at(page, "84-improvement"), "Buat rencana")
        looked_at(page, "84-plan")
        page = visit(at("watch-list"), by=user_with("dinas_officer", region="21.02"))
        for name, *keys in (("watch-list",), ("watch", run.pk), ("renewals",)):
            looked_at(go(page, at(name, *keys)), f"84-{name}")
