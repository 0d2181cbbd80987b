import uuid
from datetime import date, timedelta

import pytest

from simpul.access.files import opened
from simpul.access.gate import NotAllowed
from simpul.access.refusal import Clash, Refusal
from simpul.organisations.actions.registration_checks import (
    MOST_PHOTOS,
    check_lines,
    pass_to_decision,
    return_run,
    send_to_visit,
    take_up,
)
from simpul.organisations.models import FieldVisit, OfficeRules, RegistrationStep, Requirement, VisitPhoto
from simpul.organisations.queries.registration_steps import desk_of
from simpul.organisations.stages import RunStage
from tests.access.factories import give
from tests.access.test_pictures import GPS, exif, jpeg, segment
from tests.organisations.registering import (
    KARIMUN,
    RIAU_ISLANDS,
    TODAY,
    a_body,
    act,
    at_desk,
    at_visit,
    checked,
    fresh,
    given_back,
    head_of,
    officer_at,
    sent,
    visited,
    when,
)

pytestmark = pytest.mark.django_db
PHOTO = jpeg(segment(0xE1, exif()))


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


@pytest.fixture
def officer():
    return officer_at()


def at_desk_with_an_addition(body, head, officer):
    OfficeRules.objects.create(region=KARIMUN, added=[{"code": "nib", "title": "NIB"}])
    return act(take_up, sent(body, head), officer)


class TestTakeUp:
    def test_is_not_for_who_belongs_to_the_body(self, body, head):
        run = sent(body, head)
        give(head, "dinas_officer", region=KARIMUN)
        with pytest.raises(Refusal, match="bagian dari lembaga"):
            act(take_up, run, head)
        assert fresh(run).stage == RunStage.SUBMITTED

    def test_begins_the_check_and_names_the_desk(self, body, head, officer):
        run = act(take_up, sent(body, head), officer)
        assert run.stage == RunStage.DESK_CHECK
        assert desk_of(run) == {officer.pk}

    @pytest.mark.parametrize(
        ("region", "refusal"),
        [
            pytest.param("21.03", NotAllowed, id="another-regency"),
            pytest.param(RIAU_ISLANDS, Refusal, id="the-province-above"),
        ],
    )
    def test_is_for_that_office_alone(self, body, head, region, refusal):
        with pytest.raises(refusal):
            act(take_up, sent(body, head), officer_at(region))

    def test_of_the_province_is_not_for_a_regency(self):
        body = a_body(areas=("21.02.01", "21.03.01"))
        with pytest.raises(NotAllowed):
            act(take_up, sent(body, head_of(body)), officer_at(KARIMUN))

    def test_two_at_once_one_takes_it(self, body, head, officer):
        run = sent(body, head)
        take_up(run, by=officer, version=run.version, **when())
        with pytest.raises(Clash, match="Pemeriksaan berkas"):
            take_up(run, by=officer_at(), version=run.version, **when())


class TestCheckLines:
    def test_keeps_each_answer_with_its_note(self, body, head, officer):
        run = act(take_up, sent(body, head), officer)
        checked(run, officer, {"R04": ("missing", "Bagan belum ada.")})
        line = Requirement.objects.get(registration=run, code="R04")
        assert (line.answer, line.note, line.checked_by_name) == ("missing", "Bagan belum ada.", "Ibu Farida")

    def test_needs_a_note_where_something_is_to_be_mended(self, body, head, officer):
        run = act(take_up, sent(body, head), officer)
        with pytest.raises(Refusal, match="Struktur organisasi lembaga: tulis apa yang kurang"):
            checked(run, officer, {"R04": ("wrong", " ")})
        assert not Requirement.objects.filter(registration=run, answer="met").exists()

    def test_leaves_out_with_a_reason_what_the_office_added(self, body, head, officer):
        run = at_desk_with_an_addition(body, head, officer)
        with pytest.raises(Refusal, match=r"NIB.*: tulis mengapa tidak diminta"):
            checked(run, officer, {"nib": ("exempt", "")})
        checked(run, officer, {"nib": ("exempt", "Lembaga ini belum memerlukan NIB.")})
        assert act(pass_to_decision, run, officer).stage == RunStage.DECISION

    def test_leaves_out_nothing_of_the_regulation(self, body, head, officer):
        run = at_desk_with_an_addition(body, head, officer)
        with pytest.raises(Refusal, match="dari daftar"):
            checked(run, officer, {"R04": ("exempt", "Tidak perlu.")})

    def test_can_be_kept_in_parts(self, body, head, officer):
        run = act(take_up, sent(body, head), officer)
        act(check_lines, run, officer, found={"R01": ("met", "")})
        with pytest.raises(Refusal, match="belum diperiksa"):
            act(pass_to_decision, run, officer)

    def test_pressed_twice_is_kept_once(self, body, head, officer):
        run = act(take_up, sent(body, head), officer)
        for _press in range(2):
            check_lines(run, by=officer, version=run.version, found={"R01": ("met", "")}, **when())
        assert fresh(run).version == run.version + 1

    def test_clashes_with_a_colleague(self, body, head, officer):
        run = act(take_up, sent(body, head), officer)
        check_lines(run, by=officer, version=run.version, found={"R01": ("met", "")}, **when())
        with pytest.raises(Clash):
            check_lines(run, by=officer_at(), version=run.version, found={"R02": ("met", "")}, **when())


class TestReturnRun:
    def test_stops_the_clock(self, body, head, officer):
        run = given_back(body, head, officer, date(2026, 11, 11))
        assert (run.stage, run.complete_on, run.working_days_used) == (RunStage.RETURNED, None, 5)

    def test_needs_something_to_mend(self, body, head, officer):
        with pytest.raises(Refusal, match="Tandai baris"):
            act(return_run, at_desk(body, head, officer), officer)

    def test_from_the_field_as_well(self, body, head, officer):
        run = act(return_run, at_visit(body, head, officer), officer, words="Kantor tidak ada di alamat itu.")
        assert run.stage == RunStage.RETURNED


class TestRecordVisit:
    def test_refuses_the_key_of_another_application(self, body, head, officer):
        key, other = uuid.uuid4(), a_body(name="LKS Lain")
        visited(at_visit(other, head_of(other), officer), officer, key=key)
        with pytest.raises(Refusal, match="dengan isian lain"):
            visited(at_visit(body, head, officer), officer, key=key)

    def test_keeps_what_was_seen_sealed(self, body, head, officer):
        visit = visited(at_visit(body, head, officer), officer, words="Ruang tidur bersih.", is_as_told=True)
        assert visit.answers == {"address": "yes"}
        assert visit.words == "Ruang tidur bersih."
        assert b"Ruang" not in bytes(visit.words_sealed)

    def test_keeps_photographs_without_their_place(self, body, head, officer):
        visit = visited(at_visit(body, head, officer), officer, photos=[("IMG_1.jpg", PHOTO)])
        kept = opened(VisitPhoto.objects.get(visit=visit))
        assert GPS not in kept
        assert len(kept) < len(PHOTO)

    def test_pressed_twice_is_one(self, body, head, officer):
        run, key = at_visit(body, head, officer), uuid.uuid4()
        for _press in range(2):
            visited(run, officer, key=key, photos=[("IMG_1.jpg", PHOTO)])
        assert (FieldVisit.objects.count(), VisitPhoto.objects.count()) == (1, 1)

    @pytest.mark.parametrize(
        "day", [TODAY + timedelta(days=1), TODAY - timedelta(days=1)], ids=["tomorrow", "before"]
    )
    def test_refuses_a_day_that_cannot_be(self, body, head, officer, day):
        with pytest.raises(Refusal, match="Tanggal kunjungan"):
            visited(at_visit(body, head, officer), officer, day=day)

    def test_a_file_that_is_no_picture_leaves_nothing(self, body, head, officer, folder):
        run = at_visit(body, head, officer)
        with pytest.raises(Refusal, match="tidak diterima"):
            visited(run, officer, photos=[("a.jpg", PHOTO), ("b.exe", b"MZ not a picture")])
        assert not FieldVisit.objects.exists()
        assert not [path for path in folder.rglob("*") if path.is_file()]

    def test_takes_only_so_many_photographs(self, body, head, officer):
        with pytest.raises(Refusal, match="Paling banyak"):
            visited(at_visit(body, head, officer), officer, photos=[("a.jpg", PHOTO)] * (MOST_PHOTOS + 1))


class TestPassToDecision:
    def test_from_the_field_needs_a_visit(self, body, head, officer):
        run = at_visit(body, head, officer)
        with pytest.raises(Refusal, match="Catat dulu"):
            act(pass_to_decision, run, officer)
        visited(run, officer)
        assert act(pass_to_decision, run, officer).stage == RunStage.DECISION

    def test_what_is_not_met_goes_on_only_with_words(self, body, head, officer):
        run = at_desk(body, head, officer)
        checked(run, officer, {"R04": ("missing", "Bagan belum ada.")})
        with pytest.raises(Refusal, match="Tulis mengapa"):
            act(pass_to_decision, run, officer)
        assert act(pass_to_decision, run, officer, words="Saran: ditolak.").stage == RunStage.DECISION

    def test_every_move_is_written_down(self, body, head, officer):
        run = act(send_to_visit, at_desk(body, head, officer), officer, words="Lihat kantornya.")
        step = RegistrationStep.objects.get(registration=run, stage=RunStage.FIELD_VISIT)
        assert (step.left, step.on, step.by) == (RunStage.DESK_CHECK, TODAY, officer.pk)
        assert (step.by_name, step.words) == ("Ibu Farida", "Lihat kantornya.")
