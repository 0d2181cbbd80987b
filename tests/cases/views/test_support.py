import uuid

import pytest
from django.urls import reverse

from simpul.cases.models import Preparation, SupportReview
from tests.cases.factories import a_case, moved
from tests.cases.plans import NEED, plan_of, step_of
from tests.cases.support import PRACTISED, TETANGGA, judged, prepared
from tests.referrals.loop import proposed
from tests.screening.factories import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


@pytest.fixture
def case(caseworker):
    return a_case(caseworker)


@pytest.fixture
def step(case, caseworker):
    return step_of(plan_of(case, caseworker), caseworker)


def page(client, user, name, pk):
    client.force_login(user)
    return client.get(reverse(f"cases:{name}", args=[pk]))


def send(client, user, name, pk, **typed):
    client.force_login(user)
    return client.post(reverse(f"cases:{name}", args=[pk]), {"once": uuid.uuid4(), **typed})


def day(name):
    return {f"{name}_day": "21", f"{name}_month": "11", f"{name}_year": "2026"}


def typed_judgement(**changed):
    return {"moment": "baseline", "network": "2", "providers": "unknown", **day("seen_on"), **changed}


class TestSupport:
    def test_keeps_a_judgement_and_shows_the_change(self, client, case, caseworker):
        answer = send(client, caseworker, "support", case.pk, **typed_judgement(network_words=TETANGGA))
        assert answer["Location"] == reverse("cases:support", args=[case.pk])
        judged(case, caseworker, 3, 3, moment="final", minutes=150)
        shown = page(client, caseworker, "support", case.pk).content.decode()
        assert "Naik 1 tingkat" in shown
        assert "salah satunya belum diketahui" in shown
        assert TETANGGA in shown

    def test_shows_what_was_typed_when_a_side_was_left_out(self, client, case, caseworker):
        answer = send(
            client, caseworker, "support", case.pk, **typed_judgement(network="", network_words=TETANGGA)
        )
        assert answer.status_code == 422
        assert TETANGGA in answer.content.decode()
        assert "Pilih satu tingkat" in answer.content.decode()
        assert not SupportReview.objects.exists()

    def test_describes_every_level(self, client, case, caseworker):
        shown = page(client, caseworker, "support", case.pk).content.decode()
        for words in ("Belum ada dukungan", "Mampu tanpa petugas", "Layanan yang dibutuhkan tidak ada"):
            assert words in shown

    def test_keeps_words_and_the_form_from_the_head(self, client, case, caseworker, head):
        judged(case, caseworker, network_words=TETANGGA)
        shown = page(client, head, "support", case.pk).content.decode()
        assert "Belum ada dukungan" in shown
        assert "Halimah" not in shown
        assert "Simpan penilaian" not in shown

    @pytest.mark.parametrize(("role", "status"), [("stranger", 404), ("volunteer", 403), ("supervisor", 200)])
    def test_opens_for_those_who_may(self, client, case, request, role, status):
        assert page(client, request.getfixturevalue(role), "support", case.pk).status_code == status

    def test_stands_on_the_page_of_the_ending_and_in_the_team_page(self, client, case, caseworker):
        judged(case, caseworker, 1, None)
        judged(case, caseworker, 4, None, moment="final", minutes=150)
        assert "Naik 3 tingkat" in page(client, caseworker, "ending", case.pk).content.decode()
        shown = page(client, caseworker, "team", case.pk).content.decode()
        assert "Lima tugas manajer kasus" in shown
        assert "Penyedia dinilai 21 November 2026 (belum diketahui)" in shown


def typed_preparation(**changed):
    return {"practised": PRACTISED, "company": "", **day("prepared_on"), **changed}


class TestPreparation:
    def test_keeps_it_and_shows_it_on_the_plan(self, client, case, step, caseworker):
        answer = send(client, caseworker, "step-preparation", step.pk, **typed_preparation())
        assert answer["Location"] == reverse("cases:step-preparation", args=[step.pk])
        assert Preparation.objects.get().practised == PRACTISED
        assert PRACTISED in page(client, caseworker, "step-preparation", step.pk).content.decode()
        assert (
            "klien dipersiapkan: Yang dilatih" in page(client, caseworker, "plan", case.pk).content.decode()
        )

    def test_shows_what_was_typed_when_nothing_was_done(self, client, step, caseworker):
        typed = typed_preparation(practised="", company_words="Pak RT")
        answer = send(client, caseworker, "step-preparation", step.pk, **typed)
        assert answer.status_code == 422
        assert "Pak RT" in answer.content.decode()

    def test_points_to_the_referral_instead_of_asking_twice(self, client, step, caseworker):
        made = proposed(caseworker, line=step)
        shown = page(client, caseworker, "step-preparation", step.pk).content.decode()
        assert "Persiapan untuk rujukan ditulis pada rujukannya" in shown
        assert reverse("referrals:referral", args=[made.pk]) in shown
        assert "Catat persiapan yang bukan untuk rujukan itu</summary>" in shown

    def test_keeps_words_from_the_head(self, client, step, caseworker, head):
        prepared(step, caseworker, practised=PRACTISED, company="family", company_words="Anaknya Budi")
        shown = page(client, head, "step-preparation", step.pk).content.decode()
        assert "Yang dilatih" in shown
        for words in (PRACTISED, "Budi", NEED, "Simpan persiapan"):
            assert words not in shown

    def test_offers_no_form_after_the_end(self, client, case, step, caseworker):
        moved(case, caseworker, "left")
        assert (
            "Simpan persiapan" not in page(client, caseworker, "step-preparation", step.pk).content.decode()
        )

    @pytest.mark.parametrize(("role", "status"), [("stranger", 404), ("volunteer", 403), ("supervisor", 200)])
    def test_opens_for_those_who_may(self, client, step, request, role, status):
        assert page(client, request.getfixturevalue(role), "step-preparation", step.pk).status_code == status
