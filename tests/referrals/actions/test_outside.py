from datetime import timedelta

import pytest

from simpul.access.gate import THE_MACHINE
from simpul.access.permissions import Permission
from simpul.access.refusal import NotAllowed, Refusal
from simpul.people.actions import withdraw_consent
from simpul.people.models import Consent
from simpul.people.queries import Limited
from simpul.referrals.actions.loop_moving import NotNow
from simpul.referrals.actions.outside import issue_code, note_wrong_code
from simpul.referrals.models import Referral
from simpul.referrals.stages import Deed, Stage
from tests.people.factories import limited
from tests.referrals.loop import (
    a_service,
    also_told,
    lettered,
    proposed,
    receiver_of,
    recorded,
    sent,
    withdrawn,
)
from tests.screening.factories import TODAY, when

pytestmark = pytest.mark.django_db


def without_identity(monkeypatch):
    """Whoever asks from here on may not see what identifies somebody."""
    monkeypatch.setattr(
        "simpul.referrals.queries.loop_shared.is_within_reach",
        lambda subject, user, permission: permission != Permission.PERSON_IDENTITY_VIEW,
    )


class TestIssueCode:
    def test_keeps_a_mark_and_its_days_and_no_code(self, caseworker):
        row, code = lettered(caseworker)
        assert len(code) == 12
        assert code not in str(Referral.objects.filter(pk=row.pk).values().get())
        assert (len(row.code_mark), row.code_until) == (32, TODAY + timedelta(days=14))

    def test_another_one_begins_to_count_anew(self, caseworker):
        row, first = lettered(caseworker)
        note_wrong_code(row, by=THE_MACHINE, did=Deed.WRONG_CODE, **when(140))
        second = issue_code(row, by=caseworker, **when(141))
        kept = Referral.objects.get()
        assert (kept.code_tries, first == second, kept.code_mark == row.code_mark) == (0, False, False)

    def test_the_same_code_of_two_letters_has_two_marks(self, caseworker, monkeypatch):
        monkeypatch.setattr("simpul.referrals.actions.outside.secrets.choice", lambda letters: letters[0])
        marks = {lettered(caseworker)[0].code_mark for _number in range(2)}
        assert len(marks) == 2

    def test_comes_after_sending_and_never_after_it_was_taken_back(self, caseworker):
        for row in (proposed(caseworker), withdrawn(sent(caseworker), caseworker)):
            with pytest.raises(NotNow):
                issue_code(row, by=caseworker, **when(170))
        row = sent(caseworker)
        withdraw_consent(row.consent, by=caseworker, **when(171))
        with pytest.raises(NotNow):
            issue_code(row, by=caseworker, **when(172))
        assert Consent.objects.filter(withdrawn_at=None, purpose="referral").count() == 1

    def test_is_refused_for_a_body_that_reads_here_or_while_limited(self, caseworker):
        service = a_service()
        row = sent(caseworker, service)
        assert issue_code(row, by=caseworker, **when(140))
        receiver_of(service)
        with pytest.raises(Refusal, match="tidak perlu kode"):
            issue_code(row, by=caseworker, **when(141))
        other = sent(caseworker)
        limited(other.person, caseworker)
        with pytest.raises(Limited):
            issue_code(other, by=caseworker, **when(142))

    @pytest.mark.parametrize("stage", [Stage.CONFIRMED, Stage.DECLINED, Stage.FAILED])
    def test_is_not_made_once_it_is_over(self, caseworker, stage):
        row = sent(caseworker)
        Referral.objects.filter(pk=row.pk).update(stage=stage)
        with pytest.raises(NotNow):
            issue_code(row, by=caseworker, **when(140))

    def test_is_made_by_who_may_read_all_that_it_opens(self, caseworker, monkeypatch):
        row = sent(caseworker)
        also_told(row, "nik", "2102010101010001")
        without_identity(monkeypatch)
        with pytest.raises(Refusal, match="tidak boleh Anda baca"):
            issue_code(row, by=caseworker, **when(140))

    def test_is_made_by_who_may_send(self, caseworker, stranger, head):
        row = sent(caseworker)
        for other in (stranger, head):
            with pytest.raises(NotAllowed):
                issue_code(row, by=other, **when(140))


class TestNoteWrongCode:
    def test_counts(self, caseworker):
        row, _code = lettered(caseworker)
        assert [
            note_wrong_code(row, by=THE_MACHINE, did=Deed.WRONG_CODE, **when(140)) for _try in range(2)
        ] == [1, 2]


class TestCode:
    def test_lasts_as_long_as_an_answer_is_still_to_come(self, caseworker):
        row, _code = lettered(caseworker)
        recorded(row, caseworker, Stage.ACCEPTED)
        recorded(row, caseworker, Stage.VISITED)
        kept = Referral.objects.get(pk=row.pk)
        assert kept.code_until > max(row.code_until, kept.answer_by)

    def test_that_ran_out_stays_shut(self, caseworker):
        row, _code = lettered(caseworker)
        Referral.objects.update(code_until=TODAY - timedelta(days=1))
        recorded(row, caseworker, Stage.ACCEPTED)
        assert Referral.objects.get(pk=row.pk).code_until == TODAY - timedelta(days=1)
