import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from simpul.organisations.forms.certificates import CheckLimit
from simpul.organisations.models import Certificate
from simpul.organisations.queries.certificates import grouped, mark_of
from simpul.organisations.queries.certificates_check import checked
from simpul.organisations.queries.certificates_pdf import pdf_of, said_on_paper
from simpul.organisations.stages import CertificateState
from tests.organisations.registering import (
    TODAY,
    a_body,
    certified,
    head_of,
    officer_at,
    registrar_at,
)

pytestmark = pytest.mark.django_db
UNKNOWN = "ABCDEFGHJKMN"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    cache.clear()
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


@pytest.fixture
def registrar():
    return registrar_at()


@pytest.fixture
def body():
    return a_body(name="Rumah Aman Melati", address="Jalan Rahasia 7", is_address_secret=True, phone="0777-1")


@pytest.fixture
def head(body):
    return head_of(body)


@pytest.fixture
def given(body, head, registrar):
    return certified(body, head, officer_at(), registrar)


def check(client, code, mark):
    return client.get(reverse("organisations:checked", args=[code, mark]))


def without_tokens(answer):
    """The page without what is drawn anew for every answer."""
    return re.sub(r'(nonce|value|content)="[^"]*"', "", answer.content.decode())


class TestCheck:
    def test_the_address_of_the_qr_says_what_the_paper_says(self, client, given):
        answer = check(client, given.code, mark_of(given))
        shown = answer.content.decode()
        assert answer.status_code == 200
        assert "Tandanya cocok" in shown
        assert all(line["text"] in shown for line in given.words)
        assert "Berlaku" in shown

    def test_says_nothing_beside_it(self, client, given, body):
        Certificate.objects.update(
            state=CertificateState.SUSPENDED, state_on=TODAY, state_because="Ada aduan"
        )
        shown = check(client, given.code, mark_of(given)).content.decode()
        assert "Dibekukan" in shown
        for hidden in ("Ada aduan", "Jalan Rahasia", "0777-1", str(body.pk), "Pak Rahman"):
            assert hidden not in shown

    def test_a_mark_of_other_words_is_told(self, client, given):
        shown = check(client, given.code, "AAAAAAAA").content.decode()
        assert "Tandanya tidak cocok" in shown

    @pytest.mark.parametrize("code", [UNKNOWN, "pendek", "x" * 200, "ABCD-EFGH-JKM1"], ids=len)
    def test_what_is_unknown_answers_alike(self, client, given, code):
        answer, other = check(client, code, "AAAAAAAA"), check(client, UNKNOWN, mark_of(given))
        assert answer.status_code == other.status_code == 404
        assert without_tokens(answer) == without_tokens(other)

    def test_the_form_takes_it_as_it_is_typed(self, client, given):
        typed = {"code": grouped(given.code).lower(), "mark": f" {grouped(mark_of(given))} "}
        answer = client.get(reverse("organisations:check"), typed)
        assert "Tandanya cocok" in answer.content.decode()
        assert client.get(reverse("organisations:check")).status_code == 200
        assert client.get(reverse("organisations:check"), {"code": ""}).status_code == 422

    def test_stops_a_flood(self, client, given, monkeypatch):
        monkeypatch.setattr("simpul.organisations.views.certificates.CHECKING", CheckLimit(2))
        statuses = [check(client, given.code, mark_of(given)).status_code for _try in range(3)]
        assert statuses == [200, 200, 429]

    @pytest.mark.parametrize(
        ("state", "valid_to", "words", "since"),
        [
            pytest.param("standing", TODAY, "Berlaku", None, id="on-its-last-day"),
            pytest.param("withdrawn", None, "Dicabut", TODAY, id="withdrawn"),
            pytest.param("replaced", None, "Diganti yang baru", TODAY, id="replaced"),
        ],
    )
    def test_tells_how_it_stands_today(self, given, state, valid_to, words, since):
        Certificate.objects.update(state=state, state_on=TODAY, valid_to=valid_to)
        found = checked(given.code, mark_of(given), TODAY)
        assert (found.standing, found.since) == (words, since)


class TestCertificate:
    def test_shows_body_and_office_what_is_printed(self, client, given, head, registrar):
        for user in (head, registrar):
            client.force_login(user)
            shown = client.get(reverse("organisations:certificate", args=[given.pk])).content.decode()
            assert given.number in shown
            assert grouped(mark_of(given)) in shown
            assert ("Bekukan, pulihkan, atau cabut" in shown) == (user == registrar)

    def test_the_pdf_is_tagged_and_carries_the_words(self, client, given, head):
        client.force_login(head)
        answer = client.get(reverse("organisations:certificate-pdf", args=[given.pk]))
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")
        assert b"/MarkInfo" in answer.content
        assert b"pdfuaid" in answer.content

    def test_the_qr_leads_to_the_check_of_these_words(self, given):
        said = said_on_paper(given, f"https://contoh.id/lembaga/periksa/{given.code}/{mark_of(given)}/")
        assert said["lines"] == given.words
        assert said["mark"].replace("-", "") in said["address"]
        assert said["qr"].startswith("<svg")

    def test_a_name_in_another_script_does_not_lose_its_paper(self, given):
        given.organisation.name = "慈善 #let x = 1"
        given.words = [{"label": "Nama", "text": "慈善 *#panic()*"}]
        assert pdf_of(given, "https://contoh.id/").startswith(b"%PDF-")

    def test_an_office_suspends_it_with_a_reason(self, client, given, registrar):
        client.force_login(registrar)
        place = reverse("organisations:certificate-state", args=[given.pk])
        typed = {"was": "standing", "to": "suspended", "because": "Tidak melayani lagi."}
        assert client.post(place, {**typed, "because": ""}).status_code == 422
        assert client.post(place, typed).status_code == 302
        given.refresh_from_db()
        assert given.state == CertificateState.SUSPENDED

    def test_does_not_exist_for_a_stranger(self, client, given):
        client.force_login(registrar_at("21.03"))
        assert client.get(reverse("organisations:certificate", args=[given.pk])).status_code == 404
