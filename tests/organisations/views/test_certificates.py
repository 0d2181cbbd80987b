import re
import uuid

import pytest
from django.urls import reverse

from simpul.access.limits import Limit, forget_all
from simpul.organisations.models import Certificate, Organisation, Paper
from simpul.organisations.queries.certificates import grouped, mark_of
from simpul.organisations.queries.certificates_check import checked
from simpul.organisations.queries.certificates_pdf import pdf_of, said_on_paper
from simpul.organisations.stages import CertificateState
from tests.access.factories import user_with
from tests.organisations.office import accredited
from tests.organisations.registering import (
    TODAY,
    a_body,
    certified,
    head_of,
    officer_at,
    registrar_at,
    when,
)
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db
UNKNOWN = "ABCDEFGHJKMN"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    forget_all()
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

    def test_keeps_the_villages_back_where_the_place_became_secret_later(self, client, body):
        few_regions()
        words = [
            {"label": "Nomor", "text": "1"},
            {"label": "Wilayah layanan", "text": "Kec. Moro, Kab. Karimun"},
        ]
        old = accredited(body, words=words, code=UNKNOWN)
        shown = check(client, UNKNOWN, mark_of(old)).content.decode()
        assert "Moro" not in shown
        assert "Surat yang asli memuatnya" in shown
        Organisation.objects.update(is_address_secret=False)
        assert "Moro" in check(client, UNKNOWN, mark_of(old)).content.decode()

    def test_lets_the_old_paper_itself_be_had_only_by_who_knows_the_place(self, client, body, head):
        words = [{"label": "Wilayah layanan", "text": "Kec. Moro, Kab. Karimun"}]
        address = reverse("organisations:certificate-pdf", args=[accredited(body, words=words).pk])
        client.force_login(user_with("plenary_member"))
        assert client.get(address).status_code == 403
        client.force_login(head)
        assert client.get(address).status_code == 200

    def test_names_whole_regencies_of_a_secret_place_as_the_paper_does(self, client, body, head, registrar):
        few_regions()
        given = certified(body, head, officer_at(), registrar)
        shown = check(client, given.code, mark_of(given)).content.decode()
        assert {line["label"]: line["text"] for line in given.words}["Wilayah layanan"].startswith(
            "Kab. Karimun"
        )
        assert "Kab. Karimun" in shown
        assert "Surat yang asli memuatnya" not in shown

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
        monkeypatch.setattr("simpul.organisations.views.certificates.CHECKING", Limit("certificate-check", 2))
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

    def test_tells_the_office_to_whom_copies_go(self, client, given, head):
        few_regions()
        told = "Salinannya dikirim kepada: Kementerian Sosial Republik Indonesia; Dinas Sosial Provinsi Kepulauan Riau ("
        for user, is_told in ((officer_at(), True), (head, False)):
            client.force_login(user)
            shown = client.get(reverse("organisations:certificate", args=[given.pk])).content.decode()
            assert (told in shown) == is_told

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


class TestRecorded:
    @pytest.fixture
    def officer(self):
        return officer_at()

    @pytest.fixture
    def entered(self, client, body, officer):
        paper = Paper.objects.create(
            organisation=body, kind="other_registration", number="460/7/2025", at=when()["at"]
        )
        client.force_login(officer)
        typed = {"once": str(uuid.uuid4()), "kind": "registration", "number": "460/7/2025", "office": "21.02"}
        days = {"issued_on_day": "1", "issued_on_month": "3", "issued_on_year": "2025"}
        place = reverse("organisations:certificate-record", args=[body.pk])
        assert client.post(place, {**typed, **days}).status_code == 422
        answer = client.post(place, {**typed, **days, "paper": str(paper.pk)})
        assert answer.status_code == 302
        return Certificate.objects.get()

    def test_is_reached_from_the_page_of_the_body(self, client, body, officer, head):
        place = reverse("organisations:certificate-record", args=[body.pk])
        page = reverse("organisations:organisation", args=[body.pk])
        client.force_login(officer)
        assert place in client.get(page).content.decode()
        assert "Tambah surat" in client.get(place).content.decode()
        client.force_login(head)
        assert place not in client.get(page).content.decode()
        assert client.get(place).status_code == 403

    def test_says_that_it_comes_from_paper_and_has_no_pdf_of_ours(self, client, entered):
        shown = client.get(reverse("organisations:certificate", args=[entered.pk])).content.decode()
        assert "Dicatat dari surat yang diperlihatkan" in shown
        assert "Unduh PDF" not in shown
        assert client.get(reverse("organisations:certificate-pdf", args=[entered.pk])).status_code == 404
        client.logout()
        shown = check(client, entered.code, mark_of(entered)).content.decode()
        assert "Dicatat dari surat yang diperlihatkan" in shown
        assert "surat yang asli berbunyi" not in shown
        assert "Farida" not in shown

    def test_is_struck_with_a_reason(self, client, entered):
        place = reverse("organisations:certificate-strike", args=[entered.pk])
        assert client.post(place, {"because": ""}).status_code == 422
        client.post(place, {"because": "Nomornya salah ketik."})
        entered.refresh_from_db()
        assert entered.state == CertificateState.STRUCK
        assert "Dicoret karena salah catat" in check(client, entered.code, mark_of(entered)).content.decode()


class TestAccreditation:
    def test_is_offered_to_those_who_may(self, client, body, registrar):
        held = accredited(body)
        place = reverse("organisations:certificate", args=[held.pk])
        secretary, member = user_with("accreditation_secretary"), user_with("plenary_member")
        client.force_login(secretary)
        assert "Bekukan" in client.get(place).content.decode()
        typed = {"was": "standing", "to": "suspended", "because": "Ada aduan yang terbukti."}
        state = reverse("organisations:certificate-state", args=[held.pk])
        assert client.post(state, typed).status_code == 302
        client.force_login(registrar)
        assert "Bekukan, pulihkan, atau cabut" not in client.get(place).content.decode()
        client.force_login(member)
        assert client.post(state, {**typed, "was": "suspended", "to": "withdrawn"}).status_code == 302
        held.refresh_from_db()
        assert held.state == CertificateState.WITHDRAWN
