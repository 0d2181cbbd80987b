import uuid
from datetime import timedelta

import pytest

from simpul.access.models import Event
from simpul.access.reach import Where
from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.cases.actions.complaints import answer_complaint, complain, erase_complaint, take_up
from simpul.cases.models import Complaint, Office
from simpul.cases.queries.complaints import complaint_with
from tests.access.factories import ORGANISATION
from tests.cases.complaints import CODE, WORDS, complained
from tests.screening.factories import NOW, TODAY, when

pytestmark = pytest.mark.django_db

ANSWER = "Sembako akan diantar hari Jumat."


def answered(complaint, by, *, version=None, answer=ANSWER, **details):
    version = complaint.version if version is None else version
    return answer_complaint(complaint, by=by, version=version, answer=answer, **details, **when(30))


class TestComplain:
    def test_keeps_words_and_code_unreadable(self):
        kept = Complaint.objects.get(pk=complained(name="Bu Ani").pk)
        assert (kept.words, kept.name) == (WORDS, "Bu Ani")
        assert CODE.encode() not in bytes(kept.code_index)
        assert b"Sembako" not in bytes(kept.words_sealed)

    def test_is_due_after_the_days_of_the_norms(self):
        assert complained().due_on == TODAY + timedelta(days=14)

    def test_is_due_after_the_days_of_the_office(self):
        Office.objects.create(organisation=ORGANISATION, norms={"complaint_days": 3}, changed_at=NOW)
        assert complained().due_on == TODAY + timedelta(days=3)

    def test_pressed_twice_is_one(self):
        key = uuid.uuid4()
        assert complained(key=key) == complained(key=key)
        assert Complaint.objects.count() == 1

    def test_never_loses_other_words_behind_the_same_key(self):
        key = uuid.uuid4()
        complained(key=key)
        with pytest.raises(Refusal, match="sudah terkirim"):
            complained(key=key, words="Juga uangnya dipotong")

    def test_tells_the_record_nothing_of_it(self):
        complained(about="Pak Hamdan", name="Bu Ani")
        event = Event.objects.get(permission="complaint.make")
        assert (event.actor, event.person, event.details) == (None, None, {})

    def test_refuses_one_without_words(self):
        with pytest.raises(Refusal, match="Ceritakan"):
            complained(words=" ")

    def test_is_not_made_in_anybodys_name(self, caseworker):
        with pytest.raises(NotAllowed):
            complain(Where(), by=caseworker, key=uuid.uuid4(), code=CODE, words=WORDS, **when())


class TestTakeUp:
    def test_says_who_looks_into_it_once(self, supervisor):
        complaint = complained()
        take_up(complaint, by=supervisor, version=1, **when(10))
        taken = take_up(complaint, by=supervisor, version=1, **when(11))
        assert (taken.state, taken.taken_by_name, taken.version) == ("looked_into", "Pak Hamdan", 2)

    def test_tells_the_second_who_was_first(self, supervisor, head):
        complaint = complained()
        take_up(complaint, by=supervisor, version=1, **when(10))
        with pytest.raises(Clash, match="Pak Hamdan"):
            take_up(complaint, by=head, version=1, **when(11))

    @pytest.mark.parametrize("role", ["caseworker", "stranger", "volunteer", "verifier"])
    def test_is_for_those_who_receive_complaints(self, request, role):
        with pytest.raises(NotAllowed):
            take_up(complained(), by=request.getfixturevalue(role), version=1, **when(10))


class TestAnswerComplaint:
    def test_keeps_the_answer_and_the_notes_apart(self, supervisor):
        made = answered(complained(), supervisor, notes="Gudang kosong sejak Oktober")
        assert (made.state, made.answer, made.notes) == ("answered", ANSWER, "Gudang kosong sejak Oktober")

    def test_is_given_once(self, supervisor, head):
        complaint = complained()
        first = answered(complaint, supervisor)
        assert answered(complaint, supervisor, version=1).version == first.version
        with pytest.raises(Refusal, match="sudah dijawab"):
            answered(first, head, answer="Jawaban kedua")

    def test_shows_both_answers_to_the_second(self, supervisor, head):
        complaint = complained()
        answered(complaint, supervisor)
        with pytest.raises(Clash) as clash:
            answered(complaint, head, version=1, answer="Belum tahu kapan")
        assert (clash.value.theirs, clash.value.mine) == (ANSWER, "Belum tahu kapan")

    @pytest.mark.parametrize("about", ["Pak Hamdan", "hamdan", "petugas HAMDAN di kantor"])
    def test_is_not_given_by_whom_it_is_about(self, supervisor, head, about):
        complaint = complained(about=about)
        with pytest.raises(Refusal, match="menyebut nama Anda"):
            answered(complaint, supervisor)
        assert answered(complaint, head).answered_by_name == "Bu Salmah"

    def test_may_be_given_by_somebody_with_the_same_title(self, supervisor):
        assert answered(complained(about="Pak Budi"), supervisor).answer == ANSWER

    def test_reaches_the_area_as_well(self, officer):
        assert answered(complained(), officer).answered_by_name == "Ibu Farida"


class TestEraseComplaint:
    def erased(self, complaint, by, *, days):
        return erase_complaint(
            complaint, by=by, on=TODAY + timedelta(days=days), at=NOW + timedelta(days=days)
        )

    def test_destroys_every_word_and_the_code_when_the_time_is_over(self, supervisor):
        made = answered(
            complained(name="Bu Ani", contact="0812", about="Pak Budi"), supervisor, notes="Gudang"
        )
        self.erased(made, supervisor, days=731)
        left = Complaint.objects.get()
        held = (left.words, left.about, left.name, left.contact, left.answer, left.notes)
        assert (held, left.is_erased) == ((None,) * 6, True)
        assert complaint_with(CODE) is None
        assert (left.state, left.answered_by_name) == ("answered", "Pak Hamdan")

    def test_pressed_twice_is_once(self, supervisor):
        made = answered(complained(), supervisor)
        assert self.erased(made, supervisor, days=731) == self.erased(made, supervisor, days=731)
        assert Complaint.objects.get().version == made.version + 1

    def test_is_refused_before_its_time(self, supervisor):
        with pytest.raises(Refusal, match="masih disimpan sampai"):
            self.erased(answered(complained(), supervisor), supervisor, days=730)
        Office.objects.create(organisation=ORGANISATION, norms={"complaint_keep_days": 30}, changed_at=NOW)
        assert self.erased(Complaint.objects.get(), supervisor, days=31).is_erased

    def test_is_refused_while_nobody_answered(self, supervisor):
        with pytest.raises(Refusal, match="belum dijawab"):
            self.erased(complained(), supervisor, days=5000)

    def test_is_not_done_by_whom_it_is_about(self, supervisor, head):
        made = answered(complained(about="Hamdan"), head)
        with pytest.raises(Refusal, match="menyebut nama Anda"):
            self.erased(made, supervisor, days=731)

    @pytest.mark.parametrize("role", ["caseworker", "stranger", "volunteer"])
    def test_is_for_those_who_answer(self, request, supervisor, role):
        with pytest.raises(NotAllowed):
            self.erased(answered(complained(), supervisor), request.getfixturevalue(role), days=731)
