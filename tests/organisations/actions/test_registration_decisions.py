import uuid
from datetime import date

import pytest

from simpul.access.gate import NotAllowed
from simpul.access.refusal import Clash, Refusal
from simpul.organisations.actions.registration import submit
from simpul.organisations.actions.registration_checks import pass_to_decision as passed_on
from simpul.organisations.actions.registration_checks import return_run, take_up
from simpul.organisations.actions.registration_decisions import approve, issue, refuse, send_back
from simpul.organisations.actions.registration_sanctions import impose, lift
from simpul.organisations.models import Certificate, Officer, Organisation
from simpul.organisations.queries.registration_printed import types_printed
from simpul.organisations.stages import CertificateState, RunStage
from tests.access.factories import give
from tests.organisations.registering import (
    KARIMUN,
    RIAU_ISLANDS,
    TODAY,
    a_body,
    act,
    approved,
    at_decision,
    at_desk,
    at_visit,
    begun,
    certified,
    checked,
    filled,
    fresh,
    head_of,
    officer_at,
    refused,
    registrar_at,
    visited,
    when,
)

pytestmark = pytest.mark.django_db
GROUND = "Melayani tanpa papan nama sejak Januari."


@pytest.fixture
def body():
    return a_body()


@pytest.fixture
def head(body):
    return head_of(body)


@pytest.fixture
def officer():
    return officer_at()


@pytest.fixture
def registrar():
    return registrar_at()


class TestApprove:
    def test_says_yes_and_keeps_the_words(self, body, head, officer, registrar):
        run = act(approve, at_decision(body, head, officer), registrar, words="Lengkap.")
        assert (run.stage, run.answer) == (RunStage.APPROVED, "Lengkap.")

    def test_is_not_for_who_checked_the_file(self, body, head, officer):
        give(officer, "registrar", region=KARIMUN)
        run = at_decision(body, head, officer)
        with pytest.raises(Refusal, match="pejabat lain"):
            act(approve, run, officer)
        assert fresh(run).stage == RunStage.DECISION

    def test_is_not_for_who_only_visited(self, body, head, officer, registrar):
        run = at_visit(body, head, officer)
        visited(run, registrar)
        act(passed_on, run, officer)
        with pytest.raises(Refusal, match="pejabat lain"):
            act(approve, run, registrar)

    def test_is_not_for_who_passed_it_on_from_the_field(self, body, head, officer, registrar):
        run = at_visit(body, head, officer)
        visited(run, officer)
        act(passed_on, run, registrar)
        with pytest.raises(Refusal, match="pejabat lain"):
            act(approve, run, registrar)

    def test_is_not_for_who_leads_the_body(self, body, head, officer):
        run = at_decision(body, head, officer)
        give(head, "registrar", region=KARIMUN)
        with pytest.raises(Refusal, match="bagian dari lembaga"):
            act(approve, run, head)

    def test_is_not_for_who_stands_among_its_officers(self, body, head, officer, registrar):
        run = at_decision(body, head, officer)
        Officer.objects.create(organisation=body, name="Pak Rahman")
        with pytest.raises(Refusal, match="bagian dari lembaga"):
            act(approve, run, registrar)

    def test_is_not_for_an_office_above(self, body, head, officer):
        run = at_decision(body, head, officer)
        with pytest.raises(Refusal, match="ditangani"):
            act(approve, run, registrar_at(RIAU_ISLANDS))

    def test_is_not_for_another_regency(self, body, head, officer):
        run = at_decision(body, head, officer)
        with pytest.raises(NotAllowed):
            act(approve, run, registrar_at("21.03"))

    def test_waits_until_every_line_is_met(self, body, head, officer, registrar):
        run = at_desk(body, head, officer)
        checked(run, officer, {"R04": ("missing", "Belum ada bagan.")})
        run = act(passed_on, run, officer, words="Bagan menyusul.")
        with pytest.raises(Refusal, match="belum terpenuhi"):
            act(approve, run, registrar)

    def test_pressed_twice_is_one_step(self, body, head, officer, registrar):
        run = at_decision(body, head, officer)
        for _press in range(2):
            approve(run, by=registrar, version=run.version, **when())
        assert fresh(run).version == run.version + 1

    def test_clashes_with_a_colleague_who_was_faster(self, body, head, officer, registrar):
        run = at_decision(body, head, officer)
        act(refuse, run, registrar_at(), grounds=["principles"], because="Asasnya bertentangan.")
        with pytest.raises(Clash, match="Ditolak"):
            approve(run, by=registrar, version=run.version, **when())


class TestRefuse:
    def test_keeps_grounds_and_reason(self, body, head, officer, registrar):
        run = refused(body, head, officer, registrar)
        assert (run.stage, run.refusal_grounds) == (RunStage.REFUSED, ["no_activity"])
        assert run.answer == "Belum ada kegiatan yang berjalan."

    @pytest.mark.parametrize(
        ("grounds", "because", "words"),
        [
            pytest.param([], "Belum ada kegiatan.", "Pilih dasar", id="no-ground"),
            pytest.param(["invented"], "Belum ada kegiatan.", "Pilih dasar", id="unknown-ground"),
            pytest.param(["no_activity"], "belum", "Tulis alasannya", id="no-reason"),
        ],
    )
    def test_needs_a_ground_of_the_list_and_a_reason(
        self, body, head, officer, registrar, grounds, because, words
    ):
        run = at_decision(body, head, officer)
        with pytest.raises(Refusal, match=words):
            act(refuse, run, registrar, grounds=grounds, because=because)

    def test_leaves_the_way_open_to_begin_again(self, body, head, officer, registrar):
        refused(body, head, officer, registrar)
        again = filled(begun(body, head), head)
        assert again.stage == RunStage.DRAFT


class TestSendBack:
    def test_gives_what_is_not_met_back_with_the_reason(self, body, head, officer, registrar):
        run = at_desk(body, head, officer)
        checked(run, officer, {"R04": ("missing", "Belum ada bagan.")})
        act(passed_on, run, officer, words="Bagan menyusul.")
        run = act(send_back, run, registrar, because="Lampirkan bagan organisasinya.")
        assert (run.stage, run.complete_on, run.due_on) == (RunStage.RETURNED, None, None)
        assert act(submit, run, head).stage == RunStage.SUBMITTED

    def test_needs_a_reason(self, body, head, officer, registrar):
        with pytest.raises(Refusal, match="Tulis alasannya"):
            act(send_back, at_decision(body, head, officer), registrar, because="lagi")

    def test_is_not_for_the_desk(self, body, head, officer):
        run = at_decision(body, head, officer)
        with pytest.raises(Refusal, match="Menunggu keputusan"):
            act(return_run, run, officer, words="Saya keliru, lengkapi dulu.")


class TestIssue:
    def test_is_not_for_who_checked_the_file(self, body, head, officer, registrar):
        give(officer, "registrar", region=KARIMUN)
        run = approved(body, head, officer, registrar)
        with pytest.raises(Refusal, match="pejabat lain"):
            act(issue, run, officer, valid_to=None)

    def test_prints_what_was_checked_and_not_what_was_changed_since(self, body, head, officer, registrar):
        run = approved(body, head, officer, registrar)
        Organisation.objects.filter(pk=body.pk).update(name="LKS Lain Sama Sekali", need_types=["KTK"])
        words = {line["label"]: line["text"] for line in act(issue, run, registrar, valid_to=None).words}
        assert words["Nama lembaga"] == body.name
        assert words["Jenis PPKS yang dilayani"] == types_printed(["ABT"])

    def test_gives_a_certificate_with_the_next_number(self, body, head, officer, registrar):
        given = certified(body, head, officer, registrar)
        assert given.number == "001/STD-LKS/21.02/XI/2026"
        assert (given.issuer_region, given.valid_to) == (KARIMUN, date(2029, 11, 3))
        assert {line["label"] for line in given.words} >= {"Status hukum", "Wilayah layanan"}

    def test_numbers_follow_each_other_without_a_gap(self, head, body, officer, registrar):
        certified(body, head, officer, registrar)
        other = a_body(name="LKS Bina Sejahtera")
        run = approved(other, head_of(other), officer, registrar)
        with pytest.raises(Refusal, match="sebelum hari terbitnya"):
            act(issue, run, registrar, valid_to=date(2020, 1, 1))
        assert act(issue, run, registrar, valid_to=None).number.startswith("002/")

    def test_replaces_what_was_held_before(self, body, head, officer, registrar):
        earlier = certified(body, head, officer, registrar)
        run = filled(begun(body, head, "renewal"), head)
        run = _through(run, head, officer, registrar)
        later = act(issue, run, registrar, valid_to=date(2032, 11, 3))
        earlier.refresh_from_db()
        assert (earlier.state, earlier.state_because) == (CertificateState.REPLACED, later.number)

    def test_of_a_foreign_body_is_a_licence_by_the_ministry(self):
        body = a_body(kind="foreign_lks")
        officer, registrar = registrar_at(""), registrar_at("")
        given = certified(body, head_of(body), officer, registrar)
        assert (given.kind, given.issuer_region) == ("licence", "")
        assert given.issuer == "Kementerian Sosial Republik Indonesia"

    def test_pressed_twice_is_one_certificate(self, body, head, officer, registrar):
        run = approved(body, head, officer, registrar)
        for _press in range(2):
            issue(run, by=registrar, version=run.version, valid_to=None, **when())
        assert Certificate.objects.count() == 1

    def test_never_prints_an_address(self, head, officer, registrar):
        body = a_body(address="Jalan Melati 7", is_address_secret=True)
        given = certified(body, head_of(body), officer, registrar)
        assert "Melati" not in str(given.words)

    def test_refuses_a_year_that_must_be_a_slip(self, body, head, officer, registrar):
        run = approved(body, head, officer, registrar)
        with pytest.raises(Refusal, match="terlalu lama"):
            act(issue, run, registrar, valid_to=date(2206, 1, 1))

    def test_waits_until_a_stop_against_the_body_is_over(self, body, head, officer, registrar):
        run = approved(body, head, officer, registrar)
        for step in ("warning", "stop"):
            last = impose(body, by=registrar, key=uuid.uuid4(), step=step, ground=GROUND, **when())
        with pytest.raises(Refusal, match="sedang dihentikan sementara"):
            act(issue, run, registrar, valid_to=None)
        assert not Certificate.objects.exists()
        lift(last, by=registrar, because="Papan nama sudah dipasang.", **when())
        assert act(issue, run, registrar, valid_to=None).state == CertificateState.STANDING

    def test_keeps_a_number_from_the_book_of_the_office(self, body, head, officer, registrar):
        given = certified(body, head, officer, registrar, number="460/12/2026")
        assert given.number == "460/12/2026"
        assert given.issued_on == TODAY


def _through(run, head, officer, registrar):
    run = act(submit, run, head)
    run = checked(act(take_up, run, officer), officer)
    return act(approve, act(passed_on, run, officer), registrar)
