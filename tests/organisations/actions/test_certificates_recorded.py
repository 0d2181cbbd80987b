import uuid
from dataclasses import replace
from datetime import date

import pytest

from simpul.access.gate import NotAllowed
from simpul.access.refusal import Refusal
from simpul.organisations.actions.certificates_recorded import (
    record_accreditation,
    record_certificate,
    strike_certificate,
)
from simpul.organisations.models import Certificate, Paper
from simpul.organisations.queries.certificates import newest_of, standing_of
from simpul.organisations.queries.certificates_recorded import OnPaper
from simpul.organisations.queries.oversight_reports import office_of, periods_of
from simpul.organisations.queries.public import public_page
from simpul.organisations.queries.standing_known import known
from simpul.organisations.stages import CertificateState
from tests.access.factories import give, user_with
from tests.organisations.registering import (
    KARIMUN,
    RIAU_ISLANDS,
    TODAY,
    a_body,
    head_of,
    officer_at,
    when,
)

pytestmark = pytest.mark.django_db
WHY = "Nomornya salah ketik."


@pytest.fixture
def body():
    return a_body()


@pytest.fixture
def told(body):
    paper = Paper.objects.create(organisation=body, kind="other_registration", at=when()["at"])
    return OnPaper(
        kind="registration",
        number="460/12/2024",
        issuer_region=KARIMUN,
        issued_on=date(2024, 3, 1),
        valid_to=date(2027, 2, 28),
        paper=paper.pk,
    )


def recorded(body, told, by=None, key=None):
    return record_certificate(body, by=by or officer_at(), key=key or uuid.uuid4(), told=told, **when())


def graded(told, **details):
    return replace(told, kind="accreditation", grade="A", issuer="BALKS", issuer_region="", **details)


class TestRecordCertificate:
    def test_counts_like_one_that_was_given_here(self, body, told):
        held = recorded(body, told)
        assert standing_of(body, TODAY, "registration") == held
        assert public_page(body.pk, TODAY).registered == held
        assert office_of(body) == KARIMUN
        assert periods_of(body, TODAY)
        assert "certificate" in {one.by for one in known(body, TODAY).values()}

    def test_says_that_it_was_entered_from_paper_and_by_which_office(self, body, told):
        words = recorded(body, told).words
        assert words[0] == {"label": "Nomor", "text": "460/12/2024"}
        assert words[-1]["text"].startswith("Dicatat dari surat yang diperlihatkan kepada Dinas Sosial")
        assert "Farida" not in str(words)

    def test_keeps_the_paper_on_which_it_stands(self, body, told):
        assert recorded(body, told).paper_id == told.paper
        with pytest.raises(Refusal, match="Simpan dulu suratnya"):
            recorded(body, replace(told, number="2", paper=uuid.uuid4()))

    def test_pressed_twice_is_one_and_the_same_number_is_not_entered_again(self, body, told):
        key, officer = uuid.uuid4(), officer_at()
        assert recorded(body, told, officer, key) == recorded(body, told, officer, key)
        with pytest.raises(Refusal, match="sudah tercatat"):
            recorded(body, told)

    def test_two_offices_may_have_written_the_same_number(self, body, told):
        other = a_body(name="LKS Lain")
        paper = Paper.objects.create(organisation=other, kind="other_registration", at=when()["at"])
        recorded(body, told)
        recorded(other, replace(told, paper=paper.pk))
        assert Certificate.objects.count() == 2

    def test_refuses_days_that_cannot_be(self, body, told):
        for wrong in (
            replace(told, issued_on=date(2026, 11, 5)),
            replace(told, valid_to=date(2023, 1, 1)),
            replace(told, valid_to=date(9999, 12, 31)),
        ):
            with pytest.raises(Refusal):
                recorded(body, wrong)

    def test_an_accreditation_needs_its_grade(self, body, told):
        with pytest.raises(Refusal, match="Pilih peringkat"):
            recorded(body, replace(graded(told), grade=""))
        with pytest.raises(Refusal, match="Pilih peringkat"):
            recorded(body, replace(told, grade="A"))

    def test_is_not_for_the_body_itself_nor_for_another_regency(self, body, told):
        for user in (head_of(body), officer_at("21.03")):
            with pytest.raises(NotAllowed):
                recorded(body, told, user)

    def test_an_officer_does_not_enter_what_is_their_own(self, body, told):
        officer = officer_at()
        give(officer, "head_of_lks", organisation=body.pk)
        with pytest.raises(Refusal, match="bagian dari lembaga"):
            recorded(body, told, officer)


class TestRecordAccreditation:
    def test_is_the_secretariats_and_for_accreditation_alone(self, body, told):
        secretary = user_with("accreditation_secretary", region=RIAU_ISLANDS)
        details = {"by": secretary, "key": uuid.uuid4(), **when()}
        with pytest.raises(Refusal, match="tidak dapat Anda catat"):
            record_accreditation(body, told=told, **details)
        held = record_accreditation(body, told=graded(told), **details)
        assert "Peringkat" in {line["label"] for line in held.words}
        assert "sekretariat akreditasi" in held.words[-1]["text"]


class TestStrikeCertificate:
    def test_is_as_if_it_had_never_been_there(self, body, told):
        held, officer = recorded(body, told), officer_at()
        for _press in range(2):
            strike_certificate(held, by=officer, because=WHY, on=TODAY)
        held.refresh_from_db()
        assert (held.state, held.state_because) == (CertificateState.STRUCK, WHY)
        assert newest_of(body, "registration") is None
        assert not periods_of(body, TODAY)
        recorded(body, told)

    def test_what_is_suspended_is_not_struck_to_enter_it_anew(self, body, told):
        held = recorded(body, told)
        Certificate.objects.update(state=CertificateState.SUSPENDED)
        with pytest.raises(Refusal, match="tidak dicoret"):
            strike_certificate(held, by=officer_at(), because=WHY, on=TODAY)

    def test_what_was_given_here_is_not_struck(self, body, told):
        held = recorded(body, told)
        Certificate.objects.update(is_recorded=False)
        with pytest.raises(Refusal, match="terbit di Simpul"):
            strike_certificate(held, by=officer_at(), because=WHY, on=TODAY)
