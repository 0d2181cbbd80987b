from datetime import date

import pytest

from simpul.access.refusal import Clash, Refusal
from simpul.organisations.actions.certificates import (
    NewCertificate,
    lift_accreditation,
    lift_suspension,
    suspend_accreditation,
    suspend_certificate,
    withdraw_accreditation,
    withdraw_certificate,
)
from simpul.organisations.models import Certificate, NumberSeries
from simpul.organisations.queries.certificates import is_valid
from simpul.organisations.stages import CertificateState
from tests.access.factories import give as give_role
from tests.access.factories import user_with
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

    def test_passes_over_a_number_that_was_typed_by_hand(self, body):
        give(body, number="001/AK/2026")
        give(body, number="003/AK/2026")
        assert [give(body).number, give(body).number] == ["002/AK/2026", "004/AK/2026"]

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

    def test_a_withdrawn_registration_suspends_the_accreditation(self, given):
        accredited = give(given.organisation)
        withdraw_certificate(given, by=registrar_at(), was="standing", because=WHY, **when())
        accredited.refresh_from_db()
        assert accredited.state == CertificateState.SUSPENDED
        assert given.number in accredited.state_because

    def test_nobody_changes_what_their_own_body_holds(self, given):
        registrar = registrar_at()
        registrar_of_its_own = give_role(registrar, "head_of_lks", organisation=given.organisation_id).user
        with pytest.raises(Refusal, match="bagian dari lembaga"):
            suspend_certificate(given, by=registrar_of_its_own, was="standing", because=WHY, **when())

    def test_what_a_plenary_gave_is_not_the_registers_to_take(self, body):
        held = give(body, issuer_region=KARIMUN)
        with pytest.raises(Refusal, match="bukan dari pendaftaran"):
            withdraw_certificate(held, by=registrar_at(), was="standing", because=WHY, **when())


class TestAccreditationStates:
    @pytest.fixture
    def secretary(self):
        return user_with("accreditation_secretary")

    @pytest.fixture
    def accredited(self, body):
        return give(body)

    def test_the_secretariat_suspends_and_lifts(self, accredited, secretary):
        held = suspend_accreditation(accredited, by=secretary, was="standing", because=WHY, **when())
        assert not is_valid(held, TODAY)
        held = lift_accreditation(held, by=secretary, was="suspended", because="Sudah diperbaiki.", **when())
        assert is_valid(held, TODAY)

    def test_a_member_of_the_plenary_withdraws_what_was_suspended(self, accredited, secretary):
        member = user_with("plenary_member")
        with pytest.raises(Refusal, match="membekukan sertifikat ini lebih dulu"):
            withdraw_accreditation(accredited, by=member, was="standing", because=WHY, **when())
        suspend_accreditation(accredited, by=secretary, was="standing", because=WHY, **when())
        held = withdraw_accreditation(accredited, by=member, was="suspended", because=WHY, **when())
        assert held.state == CertificateState.WITHDRAWN

    def test_withdrawing_takes_a_second_person(self, accredited, secretary):
        give_role(secretary, "plenary_member")
        suspend_accreditation(accredited, by=secretary, was="standing", because=WHY, **when())
        with pytest.raises(Refusal, match="orang lain yang mencabutnya"):
            withdraw_accreditation(accredited, by=secretary, was="suspended", because=WHY, **when())
