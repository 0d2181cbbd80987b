import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest

from simpul.access.models import Event
from simpul.access.refusal import NotAllowed, Refusal
from simpul.instruments.models import AnswerSheet
from simpul.programmes.actions import sessions as actions
from simpul.programmes.models import Attendance, Material, Session
from simpul.programmes.queries.sessions import newest_attendance, opinions_of
from tests.access.test_pictures import jpeg
from tests.programmes.making import AT, TODAY
from tests.programmes.meeting import a_session, a_trainer, people, planned

LATER = AT + timedelta(hours=2)


def noted(session, by, came, at=AT):
    return actions.note_attendance(session, by=by, on=TODAY, at=at, came=came)


def newest(session):
    return {row.participant.code: row.came for row in newest_attendance([session])[session.pk].values()}


class TestPlanSession:
    def test_stands_at_the_end_of_the_list(self, officer, programme):
        assert [a_session(programme, officer).order for _number in range(2)] == [1, 2]

    def test_makes_one_of_a_form_that_was_sent_twice(self, officer, programme):
        key = uuid.uuid4()
        assert a_session(programme, officer, key=key) == a_session(programme, officer, key=key)

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"title": ""}, "belum diisi"),
            ({"kind": "party"}, "bentuk"),
            ({"hours": Decimal(0)}, "jam"),
            ({"hours": Decimal(25)}, "jam"),
            ({"trainer": uuid.uuid4()}, "Narasumber"),
        ],
        ids=["no_title", "no_kind", "no_time", "too_long", "stranger"],
    )
    def test_refuses_what_cannot_be(self, officer, programme, wrong, words):
        with pytest.raises(Refusal, match=words):
            a_session(programme, officer, **wrong)
        assert not Session.objects.exists()

    def test_names_a_trainer_of_the_programme(self, officer, programme):
        trainer = a_trainer(programme, officer)
        assert a_session(programme, officer, trainer=trainer.pk).trainer == trainer

    def test_is_not_for_bodies(self, head, programme, member):
        with pytest.raises(NotAllowed):
            a_session(programme, head)


class TestChangeSession:
    def test_keeps_the_day_once_attendance_was_noted(self, officer, programme, member):
        session, (one,) = a_session(programme, officer), people(member, officer, 1)
        noted(session, officer, {one.pk: "yes"})
        told = planned(on=date(2026, 11, 20))
        with pytest.raises(Refusal, match="tanggalnya tidak diubah"):
            actions.change_session(session, by=officer, version=2, told=told)


class TestAddMaterial:
    def test_keeps_the_file_under_its_name(self, officer, programme):
        session = a_session(programme, officer)
        file = ("Papan alur.jpg", jpeg())
        actions.add_material(session, by=officer, key=uuid.uuid4(), at=AT, title="", file=file)
        assert Material.objects.get().title == "Papan alur.jpg"

    def test_leaves_nothing_of_a_file_that_cannot_be(self, officer, programme, settings):
        session = a_session(programme, officer)
        with pytest.raises(Refusal):
            actions.add_material(
                session, by=officer, key=uuid.uuid4(), at=AT, title="", file=("a.exe", b"MZ")
            )
        assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


class TestNoteAttendance:
    def test_a_correction_keeps_what_stood_before(self, officer, programme, member):
        session, (one, two) = a_session(programme, officer), people(member, officer, 2)
        assert noted(session, officer, {one.pk: "yes", two.pk: "no"}) == 2
        assert noted(session, officer, {one.pk: "yes", two.pk: "excused"}, at=LATER) == 1
        assert newest(session) == {"P01": "yes", "P02": "excused"}
        assert Attendance.objects.count() == 3

    def test_says_that_the_session_was_held(self, officer, programme, member):
        session, (one,) = a_session(programme, officer), people(member, officer, 1)
        noted(session, officer, {one.pk: "yes"})
        session.refresh_from_db()
        assert session.held_on == session.on

    def test_is_not_before_the_day(self, officer, programme, member):
        session, (one,) = a_session(programme, officer, on=date(2026, 11, 23)), people(member, officer, 1)
        with pytest.raises(Refusal, match="belum tiba"):
            noted(session, officer, {one.pk: "yes"})

    def test_takes_nobody_who_does_not_take_part(self, officer, programme):
        with pytest.raises(Refusal, match="Muat ulang"):
            noted(a_session(programme, officer), officer, {uuid.uuid4(): "yes"})


class TestArrive:
    def test_is_written_by_the_participant_and_not_by_who_opened_the_qr(self, officer, programme, member):
        people(member, officer, 1)
        session = actions.open_qr(a_session(programme, officer), by=officer, on=TODAY, at=AT)
        row = actions.arrive(session, by=officer, at=AT, code="P01", way="qr")
        assert (row.by, row.by_name) == (None, "Peserta sendiri")
        assert Event.objects.order_by("-number").first().details == {"way": "qr"}

    def test_is_not_for_who_is_only_measured_for_comparison(self, officer, programme, member):
        people(member, officer, 1)
        type(member).objects.filter(pk=member.pk).update(arm="comparison")
        session = actions.open_qr(a_session(programme, officer), by=officer, on=TODAY, at=AT)
        with pytest.raises(Refusal, match="tidak dikenal"):
            actions.arrive(session, by=officer, at=AT, code="P01")

    @pytest.mark.parametrize(
        "typed", ["P01", "p 1", "p-01", "01"], ids=["whole", "spaced", "dashed", "digits"]
    )
    def test_reads_a_code_however_it_is_typed(self, officer, programme, member, typed):
        people(member, officer, 1)
        session = actions.open_qr(a_session(programme, officer), by=officer, on=TODAY, at=AT)
        assert actions.arrive(session, by=officer, at=AT, code=typed).how == "qr"

    def test_writes_one_row_however_often(self, officer, programme, member):
        people(member, officer, 1)
        session = actions.open_qr(a_session(programme, officer), by=officer, on=TODAY, at=AT)
        for _time in range(3):
            actions.arrive(session, by=officer, at=AT, code="P01")
        assert Attendance.objects.count() == 1

    def test_is_over_when_the_time_is(self, officer, programme, member):
        people(member, officer, 1)
        session = actions.open_qr(a_session(programme, officer), by=officer, on=TODAY, at=AT)
        with pytest.raises(Refusal, match="sudah lewat"):
            actions.arrive(session, by=officer, at=LATER, code="P01")

    @pytest.mark.parametrize("typed", ["P99", "Rahmat", "²"], ids=["nobody", "a_name", "no_digit"])
    def test_refuses_a_code_that_nobody_has(self, officer, programme, member, typed):
        people(member, officer, 1)
        session = actions.open_qr(a_session(programme, officer), by=officer, on=TODAY, at=AT)
        with pytest.raises(Refusal, match="tidak dikenal"):
            actions.arrive(session, by=officer, at=AT, code=typed)

    def test_is_closed_at_once(self, officer, programme, member):
        people(member, officer, 1)
        session = actions.open_qr(a_session(programme, officer), by=officer, on=TODAY, at=AT)
        closed = actions.close_qr(session, by=officer)
        with pytest.raises(Refusal, match="sudah lewat"):
            actions.arrive(closed, by=officer, at=AT, code="P01")


class TestOpenQr:
    def test_is_for_the_day_of_the_session(self, officer, programme):
        session = a_session(programme, officer, on=date(2026, 11, 20))
        with pytest.raises(Refusal, match="hari pertemuan"):
            actions.open_qr(session, by=officer, on=TODAY, at=AT)


class TestSayOpinion:
    def say(self, session, by, key=None, **answers):
        told = answers or {"clear": 3}
        return actions.say_opinion(session, by=by, key=key or uuid.uuid4(), on=TODAY, at=AT, answers=told)

    def test_leads_back_to_nobody(self, officer, programme, member):
        (one,) = people(member, officer, 1)
        sheet = self.say(a_session(programme, officer), officer)
        assert sheet.participant not in (one.pk, officer.pk)
        assert (sheet.label, sheet.about, sheet.is_locked) == (None, None, True)

    def test_makes_one_of_a_form_that_was_sent_twice(self, officer, programme):
        session, key = a_session(programme, officer), uuid.uuid4()
        assert self.say(session, officer, key) == self.say(session, officer, key)
        assert AnswerSheet.objects.count() == 1

    def test_says_nothing_of_few(self, officer, programme):
        session = a_session(programme, officer)
        for _number in range(4):
            self.say(session, officer)
        assert (opinions_of(session).is_shown, opinions_of(session).asked) == (False, ())
        self.say(session, officer, clear=1)
        shown = dict(opinions_of(session).asked[0].levels)
        assert (shown["Cukup"], shown["Tidak"]) == (4, 1)

    def test_an_empty_one_is_not_kept(self, officer, programme):
        with pytest.raises(Refusal, match="Belum ada"):
            self.say(a_session(programme, officer), officer, most_useful="")
        assert not AnswerSheet.objects.exists()
