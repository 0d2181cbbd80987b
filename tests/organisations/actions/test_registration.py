import uuid
from datetime import date, timedelta

import pytest

from simpul.access.files import opened
from simpul.access.gate import NotAllowed
from simpul.access.reach import Where
from simpul.access.refusal import Clash, Refusal
from simpul.organisations.actions.registration import bring, start, submit, withdraw_run
from simpul.organisations.actions.registration_rules import set_rules
from simpul.organisations.models import (
    Organisation,
    Paper,
    Registration,
    RegistrationStep,
    Requirement,
    ServedArea,
)
from simpul.organisations.queries.registration_lines import asked_now, line_row, seen_of
from simpul.organisations.stages import RunStage
from tests.access.test_pictures import jpeg
from tests.organisations.factories import organisation
from tests.organisations.papers import a_paper
from tests.organisations.registering import (
    KARIMUN,
    TODAY,
    a_body,
    act,
    begun,
    certified,
    fill,
    filled,
    fresh,
    given_back,
    head_of,
    officer_at,
    registrar_at,
    sent,
    when,
)

pytestmark = pytest.mark.django_db
PHOTO = jpeg()


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "attachments"
    return settings.MEDIA_ROOT


@pytest.fixture
def body():
    return a_body()


@pytest.fixture
def head(body):
    return head_of(body)


class TestStart:
    def test_begins_a_draft_with_its_first_step(self, body, head):
        run = begun(body, head)
        assert (run.stage, run.scheme) == (RunStage.DRAFT, "permensos-5-2024")
        assert [step.stage for step in RegistrationStep.objects.filter(registration=run)] == [RunStage.DRAFT]

    def test_lays_out_the_papers_that_fit_and_hold(self, body, head):
        domicile = a_paper(body, valid_to=TODAY)
        a_paper(body, kind="work_programme", valid_to=TODAY - timedelta(days=1))
        a_paper(body, kind="application_letter")
        a_paper(organisation(name="LKS Lain"), kind="statutes")
        run = begun(body, head)
        laid = Requirement.objects.filter(registration=run).values_list("code", "paper")
        assert list(laid) == [("R03", domicile.pk)]

    def test_pressed_twice_is_one(self, body, head):
        key = uuid.uuid4()
        for _press in range(2):
            start(body, by=head, key=key, kind="new", **when())
        assert Registration.objects.count() == 1

    def test_refuses_the_key_of_another_body(self, body, head):
        other = a_body(name="LKS Lain")
        taken = begun(other, head_of(other)).pk
        with pytest.raises(Refusal, match="dengan isian lain"):
            start(body, by=head, key=taken, kind="new", **when())

    def test_is_for_the_head_of_that_body_alone(self, body):
        with pytest.raises(NotAllowed):
            begun(body, head_of(organisation(name="LKS Lain")))

    def test_one_runs_at_a_time(self, body, head):
        begun(body, head)
        with pytest.raises(Refusal, match="masih punya permohonan"):
            begun(body, head)

    @pytest.mark.parametrize("kind", ["dinas", "government", "person", "family", "business"])
    def test_refuses_what_the_community_did_not_form(self, kind):
        body = a_body(kind=kind)
        with pytest.raises(Refusal, match="bentukan masyarakat"):
            begun(body, head_of(body))

    @pytest.mark.parametrize(
        ("kind", "words"),
        [
            pytest.param("change", "Tidak ada tanda daftar", id="nothing-to-change"),
            pytest.param("invented", "Pilih jenis", id="unknown"),
        ],
    )
    def test_refuses_a_kind_that_does_not_fit(self, body, head, kind, words):
        with pytest.raises(Refusal, match=words):
            begun(body, head, kind)

    def test_of_who_holds_one_is_no_new_one(self, body, head):
        certified(body, head, officer_at(), registrar_at())
        with pytest.raises(Refusal, match="masih berlaku"):
            begun(body, head, "new")
        assert begun(body, head, "change").stage == RunStage.DRAFT


class TestBring:
    def test_keeps_words(self, body, head):
        run = begun(body, head)
        assert fill(run, head, "R07", "Saldo Rp 4.000.000").words == "Saldo Rp 4.000.000"

    def test_keeps_a_new_file_as_a_paper_of_the_body(self, body, head):
        run, key = begun(body, head), uuid.uuid4()
        for _press in range(2):
            fill(run, head, "R03", file=PHOTO, file_name="domisili.jpg", key=key, number="12/DP/2026")
        paper = Paper.objects.get()
        assert (paper.pk, paper.kind, paper.organisation_id) == (key, "domicile", body.pk)
        assert opened(paper)

    def test_a_new_file_takes_the_place_of_the_older_of_its_kind(self, body, head):
        run = begun(body, head)
        first = fill(run, head, "R03", file=PHOTO, file_name="a.jpg", key=uuid.uuid4()).paper
        second = fill(run, head, "R03", file=PHOTO, file_name="b.jpg", key=uuid.uuid4()).paper
        first.refresh_from_db()
        assert first.replaced_by == second

    def test_attaches_a_paper_that_is_there(self, body, head):
        kept = Paper.objects.create(organisation=body, kind="npwp", at=when()["at"])
        run = begun(body, head)
        assert fill(run, head, "R12", "", paper=kept.pk).paper == kept

    @pytest.mark.parametrize("how", ["replaced", "destroyed"])
    def test_refuses_a_paper_that_does_not_stand(self, body, head, how):
        newer, kept = [
            Paper.objects.create(organisation=body, kind="npwp", at=when()["at"]) for _one in range(2)
        ]
        gone = {"replaced": {"replaced_by": newer}, "destroyed": {"removed_at": when()["at"]}}[how]
        Paper.objects.filter(pk=kept.pk).update(**gone)
        with pytest.raises(Refusal, match="sudah diganti atau dihancurkan"):
            fill(begun(body, head), head, "R12", paper=kept.pk)

    def test_refuses_the_paper_of_another_body(self, body, head):
        kept = Paper.objects.create(organisation=organisation(), kind="npwp", at=when()["at"])
        with pytest.raises(Refusal, match="bukan milik"):
            fill(begun(body, head), head, "R12", paper=kept.pk)

    def test_never_takes_a_list_of_people_served(self, body, head):
        rules = {"version": 0, "taken": ["clients"], "at": when()["at"]}
        set_rules(_office(), by=registrar_at(), **rules)
        run = begun(body, head)
        with pytest.raises(Refusal, match="tidak boleh dilampirkan"):
            fill(run, head, "clients", file=PHOTO, file_name="a.jpg", key=uuid.uuid4())
        assert fill(run, head, "clients", "12 anak, 8 lansia").words
        assert not Paper.objects.exists()

    def test_refuses_a_line_that_nobody_asked_for(self, body, head):
        with pytest.raises(Refusal, match="tidak diminta"):
            fill(begun(body, head), head, "R10")

    def test_clashes_with_who_filled_it_meanwhile(self, body, head):
        run = begun(body, head)
        seen = seen_of(line_row(run, "R07"))
        fill(run, head, "R07", "Saldo Rp 4.000.000")
        with pytest.raises(Clash, match=r"Saldo Rp 4\.000\.000"):
            bring(run, by=head, code="R07", seen=seen, words="Saldo Rp 9.000.000", **when())

    def test_is_over_once_it_was_submitted(self, body, head):
        with pytest.raises(Refusal, match="tidak dapat dilakukan sekarang"):
            fill(sent(body, head), head, "R07", "lain")

    def test_a_mended_line_is_to_be_checked_anew(self, body, head):
        run = given_back(body, head, officer_at())
        line = fill(run, head, "R03", "Surat baru nomor 44")
        assert (line.answer, line.note) == ("", "Surat domisili sudah habis masa berlakunya.")


class TestSubmit:
    def test_asks_again_for_a_paper_that_was_destroyed_meanwhile(self, body, head):
        a_paper(body)
        run = begun(body, head)
        for demand in asked_now(run, TODAY):
            if demand.code != "R03":
                fill(run, head, demand.code)
        Paper.objects.update(removed_at=when()["at"])
        with pytest.raises(Refusal, match="Masih ada yang kosong: Surat keterangan domisili"):
            act(submit, run, head)

    def test_goes_to_the_office_of_the_areas_served(self, body, head):
        run = sent(body, head)
        assert (run.authority, run.region, run.stage) == ("regency", KARIMUN, RunStage.SUBMITTED)
        assert run.told["areas"] == ["21.02.01", "21.02.02"]

    @pytest.mark.parametrize(
        ("areas", "authority", "region"),
        [
            pytest.param(("21.02.01", "21.03.01"), "province", "21", id="two-regencies"),
            pytest.param(("21.02.01", "14.01.01"), "ministry", "", id="two-provinces"),
        ],
    )
    def test_goes_higher_where_it_serves_wider(self, areas, authority, region):
        body = a_body(areas=areas)
        run = sent(body, head_of(body))
        assert (run.authority, run.region) == (authority, region)

    def test_asks_a_foreign_body_for_its_own_lines(self):
        body = a_body(kind="foreign_lks")
        asked = [line["code"] for line in sent(body, head_of(body)).told["lines"]]
        assert asked[-3:] == ["F01", "F02", "F03"]
        assert not {"R10", "R11", "R12"} & set(asked)

    def test_of_a_foreign_body_goes_to_the_ministry(self):
        body = a_body(kind="foreign_lks")
        assert sent(body, head_of(body)).authority == "ministry"

    def test_starts_the_clock_of_working_days(self, body, head):
        run = sent(body, head)
        assert (run.complete_on, run.due_on) == (TODAY, date(2026, 11, 24))

    @pytest.mark.parametrize(
        ("details", "words"),
        [
            pytest.param({"areas": ()}, "wilayah layanan", id="no-area"),
            pytest.param({"legal_status": ""}, "Status hukum", id="no-legal-status"),
        ],
    )
    def test_says_what_the_record_lacks(self, details, words):
        body = a_body(**details)
        with pytest.raises(Refusal, match=words):
            sent(body, head_of(body))

    def test_names_the_lines_that_are_empty(self, body, head):
        run = begun(body, head)
        fill(run, head, "R01")
        with pytest.raises(Refusal, match="Surat keterangan domisili"):
            act(submit, run, head)
        assert fresh(run).stage == RunStage.DRAFT

    def test_after_a_return_the_clock_goes_on_with_what_was_left(self, body, head):
        run = given_back(body, head, officer_at(), date(2026, 11, 11))
        assert (run.working_days_used, run.due_on) == (5, None)
        fill(run, head, "R03", "Surat baru")
        run = act(submit, run, head, date(2026, 11, 18))
        assert run.due_on == date(2026, 12, 1)

    def test_after_a_return_another_office_needs_another_application(self, body, head):
        run = given_back(body, head, officer_at())
        ServedArea.objects.create(organisation=body, code="21.03.01")
        with pytest.raises(Refusal, match="kantor lain"):
            act(submit, run, head)

    def test_a_new_legal_status_asks_for_its_own_lines(self, body, head):
        run = given_back(body, head, officer_at())
        Organisation.objects.filter(pk=body.pk).update(legal_status="no_legal_entity")
        with pytest.raises(Refusal, match="Nota pendirian"):
            act(submit, fresh(run), head)

    def test_what_an_office_asks_later_is_not_asked_of_what_was_sent(self, body, head):
        run = sent(body, head)
        set_rules(_office(), by=registrar_at(), version=0, own_titles=["Denah"], at=when()["at"])
        assert "Denah" not in [line["title"] for line in fresh(run).told["lines"]]

    def test_pressed_twice_is_one_step(self, body, head):
        run = filled(begun(body, head), head)
        for _press in range(2):
            submit(run, by=head, version=run.version, **when())
        assert RegistrationStep.objects.filter(registration=run, stage=RunStage.SUBMITTED).count() == 1


class TestWithdrawRun:
    def test_ends_it_and_another_can_begin(self, body, head):
        run = act(withdraw_run, sent(body, head), head, because="Belum siap")
        assert run.stage == RunStage.WITHDRAWN
        assert begun(body, head).pk != run.pk


def _office(region=KARIMUN):
    return Where(region=region)
