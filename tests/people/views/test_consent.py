from uuid import uuid4

import pytest
from django.urls import reverse

from simpul.people.models import Consent
from tests.people.factories import child, consent, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(client, caseworker):
    client.force_login(caseworker)
    return client


def form(**details):
    return {
        "once": str(uuid4()),
        "purpose": "screening",
        "basis": "consent",
        "capacity": "self",
        "mode": "spoken",
        **details,
    }


class TestConsent:
    def test_shows_the_text_and_keeps_the_answer(self, worker, caseworker):
        someone = person(caseworker)
        url = reverse("people:consent", args=[someone.pk])
        assert "Naskah versi 1" in worker.get(url).content.decode()
        assert worker.post(url, form(), follow=True).status_code == 200
        assert Consent.objects.get().capacity == "self"

    @pytest.mark.parametrize(
        ("purpose", "next_page"), [("screening", "screening:start"), ("referral", "people:person")]
    )
    def test_goes_on_to_what_was_agreed_to(self, worker, caseworker, purpose, next_page):
        someone = person(caseworker)
        answer = worker.post(reverse("people:consent", args=[someone.pk]), form(purpose=purpose))
        assert answer.url == reverse(next_page, args=[someone.pk])

    def test_tells_before_asking_that_a_child_does_not_consent_alone(self, worker, caseworker):
        url = reverse("people:consent", args=[child(caseworker).pk])
        assert "Persetujuan diberikan orang tua atau wali" in worker.get(url).content.decode()

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({}, "Untuk anak, persetujuan diberikan orang tua"),
            ({"capacity": "parent"}, "Tulis nama orang tua"),
            ({"basis": "legal_duty", "witness": "Pak RT"}, "Tulis alasan"),
            ({"purpose": "iklan"}, "Ada yang perlu diperbaiki"),
        ],
    )
    def test_says_what_is_missing_and_writes_nothing(self, worker, caseworker, wrong, sentence):
        url = reverse("people:consent", args=[child(caseworker).pk])
        html = worker.post(url, form(**wrong)).content.decode()
        assert sentence in html
        assert not Consent.objects.exists()

    def test_asks_for_a_reason_where_the_age_is_not_known(self, worker, caseworker):
        url = reverse("people:consent", args=[person(caseworker, born=None).pk])
        assert "Umur belum pasti" in worker.get(url).content.decode()
        assert "Umur orang ini belum pasti" in worker.post(url, form()).content.decode()
        worker.post(url, form(basis_because="Sudah menikah"))
        assert Consent.objects.get().basis_because == "Sudah menikah"

    def test_the_text_names_everybody_who_may_look(self, worker, caseworker):
        html = worker.get(reverse("people:consent", args=[person(caseworker).pk])).content.decode()
        for who in ("petugas dan relawan lembaga", "Dinas Sosial untuk wilayah ini", "tercatat siapa"):
            assert who in html

    def test_does_not_exist_for_a_stranger(self, client, caseworker, stranger):
        client.force_login(stranger)
        assert client.get(reverse("people:consent", args=[person(caseworker).pk])).status_code == 404


class TestWithdraw:
    def test_takes_one_press_without_a_reason(self, worker, caseworker):
        given = consent(person(caseworker), caseworker)
        url = reverse("people:consent-withdraw", args=[given.pk])
        assert "Yang berhenti sekarang" in worker.get(url).content.decode()
        assert "Persetujuan sudah dicabut" in worker.post(url, {"because": ""}, follow=True).content.decode()
        given.refresh_from_db()
        assert not given.stands

    def test_a_second_press_changes_nothing(self, worker, caseworker):
        given = consent(person(caseworker), caseworker)
        url = reverse("people:consent-withdraw", args=[given.pk])
        worker.post(url, {"because": "Pindah"})
        assert "sudah dicabut" in worker.post(url, {"because": "Lain"}).content.decode()
        given.refresh_from_db()
        assert given.withdrawn_because == "Pindah"

    def test_does_not_exist_for_a_stranger(self, client, caseworker, stranger):
        given = consent(person(caseworker), caseworker)
        client.force_login(stranger)
        assert client.get(reverse("people:consent-withdraw", args=[given.pk])).status_code == 404
