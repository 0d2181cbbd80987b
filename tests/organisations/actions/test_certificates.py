from datetime import date

import pytest

from simpul.access.refusal import Clash, Refusal
from simpul.organisations.actions.certificates import (
    NewCertificate,
    lift_suspension,
    suspend_certificate,
    withdraw_certificate,
)
from simpul.organisations.models import Certificate, NumberSeries
from simpul.organisations.stages import CertificateState
from tests.organisations.registering import (
    KARIMUN,
    RIAU_ISLANDS,
    TODAY,
    a_body,
    certified,
    head_of,
    officer_at,
    registrar_at,
    when,
)

pytestmark = pytest.mark.django_db
WHY = "Tidak melayani lagi sejak tiga bulan."


def new(body, **details):
    kept = {
        "organisation": body,
        "kind": "accreditation",
        "issuer": "Badan Akreditasi",
        "issuer_region": "",
        "issued_on": TODAY,
        "valid_to": date(2031, 11, 3),
        "number_pattern": "{number}/AK/{year}",
        "lines": (("Peringkat", "A"), ("Kosong", "")),
        **details,
    }
    return NewCertificate(**kept)


def give(body, **details):
    return new(body, **details).give(by=registrar_at(), at=when()["at"])


@pytest.fixture
def body():
    return a_body()


@pytest.fixture
def given(body):
    return certified(body, head_of(body), officer_at(), registrar_at())


class TestNewCertificate:
    def test_keeps_the_words_as_they_are_printed(self, body):
        labels = [line["label"] for line in give(body).words]
        assert labels == [
            "Nomor", "Nama lembaga", "Peringkat", "Diterbitkan oleh", "Tanggal terbit", "Berlaku sampai dengan",
        ]  # fmt: skip

    def test_a_series_is_of_one_office_kind_and_year(self, body):
        numbers = [
            give(body).number,
            give(body).number,
            give(body, issued_on=date(2027, 1, 4)).number,
            give(body, kind="licence").number,
        ]
        assert numbers == ["001/AK/2026", "002/AK/2026", "001/AK/2027", "001/AK/2026"]

    def test_a_number_by_hand_leaves_the_series_alone(self, body):
        assert give(body, number="77/BUKU/2026").number == "77/BUKU/2026"
        assert not NumberSeries.objects.exists()

    def test_refuses_a_number_that_is_taken_and_says_what_to_do(self, body):
        give(body, number="77/BUKU/2026")
        with pytest.raises(Refusal, match="sudah dipakai"):
            give(body, number="77/BUKU/2026")

    def test_codes_are_long_and_differ(self, body):
        codes = {give(body).code for _one in range(20)}
        assert len(codes) == 20
        assert {len(code) for code in codes} == {12}

    def test_without_an_end_says_so(self, body):
        assert give(body, valid_to=None).words[-1]["text"] == "Tidak dibatasi"


class TestStates:
    def test_a_suspended_one_can_be_lifted(self, given):
        at_work = registrar_at()
        held = suspend_certificate(given, by=at_work, was="standing", because=WHY, **when())
        assert (held.state, held.state_on, held.state_because) == (CertificateState.SUSPENDED, TODAY, WHY)
        held = lift_suspension(given, by=at_work, was="suspended", because="Sudah melayani lagi.", **when())
        assert held.state == CertificateState.STANDING

    def test_a_withdrawn_one_stays_so(self, given):
        at_work = registrar_at()
        withdraw_certificate(given, by=at_work, was="standing", because=WHY, **when())
        with pytest.raises(Refusal, match="tidak dapat diubah lagi"):
            lift_suspension(given, by=at_work, was="withdrawn", because="Sudah membaik lagi.", **when())

    def test_needs_a_reason(self, given):
        with pytest.raises(Refusal, match="Tulis alasannya"):
            suspend_certificate(given, by=registrar_at(), was="standing", because="ya", **when())

    def test_is_for_the_office_that_gave_it(self, given):
        with pytest.raises(Refusal, match="pejabat di sana"):
            suspend_certificate(given, by=registrar_at(RIAU_ISLANDS), was="standing", because=WHY, **when())

    def test_clashes_with_a_colleague_who_was_faster(self, given):
        withdraw_certificate(given, by=registrar_at(), was="standing", because=WHY, **when())
        with pytest.raises(Clash, match="Dicabut"):
            suspend_certificate(
                given, by=registrar_at(), was="standing", because="Alasan lain lagi.", **when()
            )

    def test_pressed_twice_is_done_once(self, given):
        at_work = registrar_at()
        for _press in range(2):
            withdraw_certificate(given, by=at_work, was="standing", because=WHY, **when())
        assert Certificate.objects.get().state == CertificateState.WITHDRAWN

    def test_what_a_plenary_gave_is_not_the_registers_to_take(self, body):
        held = give(body, issuer_region=KARIMUN)
        with pytest.raises(Refusal, match="bukan dari pendaftaran"):
            withdraw_certificate(held, by=registrar_at(), was="standing", because=WHY, **when())
