import uuid
from dataclasses import replace
from datetime import date

import pytest

from simpul.access.models import Event
from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.instruments.models import AnswerSheet
from simpul.instruments.queries import AnswerRow
from simpul.programmes.actions import measuring
from simpul.programmes.models import Programme
from tests.access.factories import give
from tests.programmes.answering import ANSWERS, FIRST, a_person, an_account, begun, filled, measured
from tests.programmes.making import AT, TODAY, a_member, later


@pytest.fixture
def programme():
    return measured()


@pytest.fixture
def account(body):
    return an_account(body)


@pytest.fixture
def person(member, account):
    return a_person(member, user=account)


def began(person, by, *, wave="pre", key=None):
    key = key or uuid.uuid4()
    return measuring.begin_own(person, by=by, key=key, wave=wave, on=TODAY, at=later())


def answered(person, by, answers=ANSWERS, *, version=1):
    return measuring.answer_own(person, by=by, wave="pre", version=version, answers=answers)


def moved(programme, stage):
    Programme.objects.filter(pk=programme.pk).update(stage=stage)


class TestBeginSheet:
    def test_lies_with_the_office_and_carries_no_name(self, person, body, programme, officer):
        sheet = begun(person, officer)
        assert (sheet.organisation, sheet.region, sheet.label) == (None, "21.02", None)
        assert (sheet.series, sheet.wave, sheet.about, sheet.participant) == (
            programme.pk,
            "pre",
            body.pk,
            person.pk,
        )

    def test_begun_twice_is_one_sheet(self, person, officer):
        assert begun(person, officer) == begun(person, officer)

    def test_a_finished_one_is_not_begun_again(self, person, officer):
        filled(person, officer)
        with pytest.raises(Refusal, match="sudah selesai mengisi"):
            begun(person, officer)

    def test_two_versions_are_not_mixed(self, person, officer):
        AnswerSheet.objects.filter(pk=begun(person, officer).pk).update(instrument_version=2)
        with pytest.raises(Refusal, match="Keduanya tidak dicampur"):
            begun(person, officer)

    def test_an_instrument_whose_text_changed_is_not_used(self, person, programme, officer):
        Programme.objects.filter(pk=programme.pk).update(instrument_digest="0" * 64)
        with pytest.raises(Refusal, match="berubah sejak dipilih"):
            begun(person, officer)

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"wave": "m7"}, "tidak ada dalam program"),
            ({"answered_on": date(2026, 11, 23)}, "belum tiba"),
        ],
        ids=["wave", "tomorrow"],
    )
    def test_refuses_what_cannot_be(self, person, officer, wrong, words):
        with pytest.raises(Refusal, match=words):
            begun(person, officer, **wrong)

    def test_who_left_is_not_measured_afterwards(self, member, officer):
        gone = a_person(member, "P02", left_on=date(2026, 10, 1))
        with pytest.raises(Refusal, match="sudah berhenti"):
            begun(gone, officer)
        assert begun(gone, officer, answered_on=date(2026, 9, 1)).participant == gone.pk

    def test_is_for_who_runs_the_programme(self, person, account, head):
        for user in (account, head):
            with pytest.raises(NotAllowed):
                begun(person, user)


class TestImportSheets:
    def rows(self, *people, wave="", **details):
        row = AnswerRow(2, people[0].pk, TODAY, ANSWERS, label="Nama Asli", wave=wave)
        return [replace(row, participant=one.pk, **details) for one in people]

    def imported(self, programme, by, rows, wave="pre"):
        return measuring.import_sheets(programme, by=by, wave=wave, rows=rows, on=TODAY, at=AT)

    def test_keeps_and_locks_answers_without_the_name(self, programme, person, officer):
        self.imported(programme, officer, self.rows(person))
        sheet = AnswerSheet.objects.get()
        assert (sheet.label, sheet.wave, sheet.is_locked, sheet.answers) == (None, "pre", True, ANSWERS)

    def test_the_same_file_twice_changes_nothing(self, programme, person, officer):
        self.imported(programme, officer, self.rows(person))
        self.imported(programme, officer, self.rows(person))
        assert AnswerSheet.objects.count() == 1

    def test_keeps_nothing_of_a_file_with_a_stranger(self, programme, person, officer):
        stranger = a_person(a_member(measured()))
        with pytest.raises(Refusal, match="kode peserta tidak ada"):
            self.imported(programme, officer, self.rows(person, stranger))
        assert not AnswerSheet.objects.exists()

    def test_a_row_of_another_wave_is_refused(self, programme, person, officer):
        with pytest.raises(Refusal, match="gelombangnya bukan"):
            self.imported(programme, officer, self.rows(person, wave="post"))


class TestOwn:
    def test_a_participant_answers_and_finishes(self, person, account):
        began(person, account)
        sheet = answered(person, account)
        sheet = measuring.lock_own(person, by=account, wave="pre", version=sheet.version, at=AT)
        assert (sheet.is_locked, sheet.answers, sheet.by_name) == (True, ANSWERS, "Peserta")

    def test_nobody_answers_for_another_of_the_same_body(self, member, body, person, account):
        colleague = an_account(body, "Bu Rosmini")
        theirs = a_person(member, "P02", user=colleague)
        with pytest.raises(NotAllowed):
            began(theirs, account)
        began(theirs, colleague)
        with pytest.raises(NotAllowed):
            answered(theirs, account)
        with pytest.raises(NotAllowed):
            measuring.lock_own(theirs, by=account, wave="pre", version=1, at=AT)

    def test_the_head_does_not_answer_for_the_board(self, person, head):
        with pytest.raises(NotAllowed):
            began(person, head)

    def test_a_head_who_takes_part_answers_for_themselves(self, member, head):
        own = a_person(member, "P03", user=head)
        began(own, head)
        assert answered(own, head).answers == ANSWERS

    def test_a_right_elsewhere_is_none_here(self, member, person, account):
        account.grants.update(organisation=uuid.uuid4())
        account.forget_grants()
        with pytest.raises(NotAllowed):
            began(person, account)

    @pytest.mark.parametrize(
        ("stage", "wave", "is_open"),
        [
            ("preparation", "pre", False),
            ("pre_test", "pre", True),
            ("socialisation", "pre", True),
            ("material", "pre", False),
            ("pre_test", "post", False),
            ("monitoring", "post", False),
            ("post_test", "post", True),
            ("handover", "post", True),
        ],
    )
    def test_a_test_is_open_in_its_time(self, programme, person, account, stage, wave, is_open):
        moved(programme, stage)
        if is_open:
            assert began(person, account, wave=wave).wave == wave
        else:
            with pytest.raises(Refusal, match="sedang tidak dibuka"):
                began(person, account, wave=wave)

    def test_begun_twice_is_one_sheet_also_with_the_office(self, person, account, officer):
        assert began(person, account) == began(person, account) == begun(person, officer)

    def test_both_values_are_told_when_the_office_was_faster(self, person, account):
        began(person, account)
        answered(person, account)
        with pytest.raises(Clash) as clash:
            answered(person, account, {FIRST: 1})
        assert "sudah diubah" in str(clash.value)

    def test_a_finished_test_is_not_changed(self, person, account):
        began(person, account)
        version = answered(person, account).version
        for _time in range(2):
            measuring.lock_own(person, by=account, wave="pre", version=version, at=AT)
        with pytest.raises(Refusal, match="sudah dikunci"):
            answered(person, account, {FIRST: 1}, version=version + 1)

    def test_an_empty_test_is_not_finished(self, person, account):
        began(person, account)
        with pytest.raises(Refusal, match="Belum ada satu pun"):
            measuring.lock_own(person, by=account, wave="pre", version=1, at=AT)

    def test_the_record_tells_nothing_that_was_answered(self, person, account):
        began(person, account)
        answered(person, account)
        assert {str(event.details) for event in Event.objects.filter(actor=account.pk)} == {"{'wave': 'pre'}"}

    def test_a_mentor_answers_for_nobody(self, person, account):
        give(account, "mentor", region="21.02")
        with pytest.raises(NotAllowed):
            begun(person, account)
