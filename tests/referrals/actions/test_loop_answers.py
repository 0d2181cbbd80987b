from datetime import timedelta

import pytest
from django.db import transaction

from simpul.access.gate import THE_MACHINE
from simpul.access.models import Event, Grant
from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.cases.models import Case
from simpul.referrals.actions.loop_answers import OutOfTurn, see
from simpul.referrals.actions.loop_moving import NotNow, OwnHand
from simpul.referrals.models import Message, NeedUnmet, Referral, ReferralStep
from simpul.referrals.stages import BY_HAND, BY_SIDE, MAY_FOLLOW, Side, Stage
from tests.access import factories
from tests.referrals.loop import (
    a_line,
    a_service,
    answered,
    brought_to,
    in_line,
    lettered,
    receiver_of,
    recorded,
    sent,
    withdrawn,
)
from tests.screening.factories import NOW, TODAY, when

pytestmark = pytest.mark.django_db
# By a form of answers; consent, sending, the client's word and taking back have actions of their own.
WRITTEN = [
    Stage.WAITING,
    Stage.ACCEPTED,
    Stage.DECLINED,
    Stage.APPOINTED,
    Stage.VISITED,
    Stage.DELIVERED,
    Stage.ANSWERED,
    Stage.FAILED,
]


@pytest.fixture
def service(db):
    return a_service()


@pytest.fixture
def receiver(service):
    return receiver_of(service)


class TestTable:
    @pytest.mark.parametrize("now", [stage for stage in Stage if stage not in (Stage.WITHDRAWN,)])
    def test_receiver_may_say_what_may_follow_and_is_theirs(self, caseworker, service, receiver, now):
        row = brought_to(now, caseworker, receiver, service)
        for to in WRITTEN:
            may = to in MAY_FOLLOW[now] & BY_SIDE[Side.RECEIVER]
            assert came_to(row, receiver, to, answered) is may, to

    @pytest.mark.parametrize("now", list(Stage))
    def test_sender_may_say_only_what_is_theirs_where_the_receiver_reads_here(
        self, caseworker, service, receiver, now
    ):
        row = brought_to(now, caseworker, receiver, service)
        for to in WRITTEN:
            may = to in MAY_FOLLOW[now] & BY_SIDE[Side.SENDER]
            assert came_to(row, caseworker, to, recorded) is may, to

    @pytest.mark.parametrize("to", sorted(BY_HAND & MAY_FOLLOW[Stage.SENT]))
    def test_sender_writes_down_what_a_body_without_account_said(self, caseworker, to):
        row = sent(caseworker)
        kept = recorded(row, caseworker, to)
        assert kept.stage == to
        assert ReferralStep.objects.get(referral=row, stage=to).side == Side.SENDER


def came_to(row, by, to, say):
    """Whether it came there. Taken back afterwards, so that one referral serves for every cell of a row."""
    point = transaction.savepoint()
    try:
        return say(row, by, to).stage == to
    except (NotNow, NotAllowed):
        return False
    finally:
        transaction.savepoint_rollback(point)


class TestSee:
    def test_the_first_reading_is_dated_and_told_once(self, caseworker, service, receiver):
        row = sent(caseworker, service)
        see(row, by=receiver, **when(135))
        kept = see(row, by=receiver, **when(139))
        assert (kept.stage, kept.seen_at) == (Stage.SEEN, when(135)["at"])
        assert ReferralStep.objects.filter(referral=row, stage=Stage.SEEN).count() == 1
        assert kept.answer_by == row.answer_by

    def test_is_for_the_body_it_was_sent_to(self, caseworker, service, stranger):
        with pytest.raises(NotAllowed):
            see(sent(caseworker, service), by=stranger, **when(135))


class TestAnswer:
    def test_declining_needs_a_reason_and_leaves_the_need_open(self, caseworker, service, receiver):
        row = sent(caseworker, service)
        with pytest.raises(Refusal, match="Pilih mengapa"):
            answered(row, receiver, Stage.DECLINED, decline="")
        answered(row, receiver, Stage.DECLINED, decline="outside_area", words="Hanya Karimun.")
        unmet = NeedUnmet.objects.get()
        assert (unmet.reason, unmet.kind, unmet.line) == ("too_far", "livelihood", row.line)
        assert (unmet.case_id, unmet.words, unmet.referral_id) == (row.case_id, "Hanya Karimun.", row.pk)

    def test_another_reason_is_explained(self, caseworker, service, receiver):
        with pytest.raises(Refusal, match="belum diisi"):
            answered(sent(caseworker, service), receiver, Stage.DECLINED, decline="other")

    def test_accepting_elsewhere_ends_the_need_that_was_open(self, caseworker, service, receiver):
        line = a_line(caseworker)
        answered(sent(caseworker, service, line), receiver, Stage.DECLINED)
        other = a_service()
        answered(sent(caseworker, other, line), receiver_of(other), Stage.ACCEPTED)
        assert NeedUnmet.objects.get().ended_on == TODAY

    def test_words_that_go_with_an_answer_are_a_message(self, caseworker, service, receiver):
        row = sent(caseworker, service)
        answered(row, receiver, Stage.ACCEPTED, words="Datang hari Senin.")
        said = Message.objects.get(referral=row)
        assert (said.words, said.side, said.by_name) == ("Datang hari Senin.", Side.RECEIVER, "Maya Sari")

    def test_an_appointment_is_due_on_its_day_and_may_be_moved(self, caseworker, service, receiver):
        row = brought_to(Stage.APPOINTED, caseworker, receiver, service)
        assert row.answer_by == TODAY + timedelta(days=2)
        moved = answered(row, receiver, Stage.APPOINTED, appointment_at=NOW + timedelta(days=5))
        assert moved.answer_by == TODAY + timedelta(days=5)

    @pytest.mark.parametrize("days", [-1, 400])
    def test_an_appointment_is_in_time(self, caseworker, service, receiver, days):
        row = brought_to(Stage.ACCEPTED, caseworker, receiver, service)
        with pytest.raises(Refusal):
            answered(row, receiver, Stage.APPOINTED, appointment_at=NOW + timedelta(days=days))

    def test_pressed_twice_is_answered_once(self, caseworker, service, receiver):
        row = sent(caseworker, service)
        for _press in range(2):
            kept = answered(row, receiver, Stage.ACCEPTED, version=row.version)
        assert (kept.stage, kept.version) == (Stage.ACCEPTED, row.version + 1)
        assert ReferralStep.objects.filter(referral=row, stage=Stage.ACCEPTED).count() == 1

    def test_two_who_answer_at_once_see_both_answers(self, caseworker, service, receiver):
        row = sent(caseworker, service)
        answered(row, receiver, Stage.WAITING)
        with pytest.raises(Clash) as clash:
            answered(row, receiver, Stage.DECLINED, version=row.version)
        assert (clash.value.theirs, clash.value.mine) == ("Di daftar tunggu", "Ditolak penerima")

    def test_tells_the_record_nothing_about_the_person(self, caseworker, service, receiver):
        row = sent(caseworker, service)
        answered(row, receiver, Stage.DECLINED, words="Ia sakit keras.")
        event = Event.objects.filter(subject_key=str(row.pk)).latest("number")
        assert (event.details, event.because, event.person) == ({}, None, row.person_id)

    def test_the_first_visit_is_noted_by_either_side(self, caseworker, service, receiver):
        row = brought_to(Stage.ACCEPTED, caseworker, receiver, service)
        kept = recorded(row, caseworker, Stage.VISITED, came="with_family", is_warm=True)
        assert (kept.came, kept.is_warm, kept.visited_on) == ("with_family", True, TODAY)

    @pytest.mark.parametrize("to", [Stage.VISITED, Stage.DELIVERED])
    def test_what_happened_is_not_in_the_future(self, caseworker, service, receiver, to):
        row = brought_to(Stage.ACCEPTED, caseworker, receiver, service)
        with pytest.raises(Refusal, match="belum tiba"):
            answered(row, receiver, to, day=TODAY + timedelta(days=1))


class TestAnswerByCode:
    def test_is_kept_with_the_name_and_the_body(self, caseworker):
        row, _code = lettered(caseworker)
        answered(row, THE_MACHINE, Stage.ACCEPTED, who="Pak Budi")
        step = ReferralStep.objects.get(referral=row, stage=Stage.ACCEPTED)
        assert (step.by, step.by_name) == (None, "Pak Budi, Yayasan Melati Putih")

    def test_needs_a_name(self, caseworker):
        row, _code = lettered(caseworker)
        with pytest.raises(Refusal, match="Nama Anda"):
            answered(row, THE_MACHINE, Stage.ACCEPTED)

    def test_reaches_nothing_that_has_no_letter(self, caseworker, service):
        with pytest.raises(NotAllowed):
            answered(sent(caseworker, service), THE_MACHINE, Stage.ACCEPTED, who="Pak Budi")


class TestRecordAnswer:
    def test_is_for_who_reaches_the_case(self, caseworker, stranger, receiver, service):
        row = brought_to(Stage.ACCEPTED, caseworker, receiver, service)
        for other in (stranger, receiver):
            with pytest.raises(NotAllowed):
                recorded(row, other, Stage.VISITED)

    def test_leaves_answers_to_a_body_that_has_an_account(self, caseworker, service, organisation):
        receiver_of(service)
        row = sent(caseworker, service)
        colleague = factories.user_with("caseworker", organisation=organisation)
        with pytest.raises(NotNow):
            recorded(row, colleague, Stage.ACCEPTED)
        assert Referral.objects.get(pk=row.pk).stage == Stage.SENT


class TestOwnHand:
    def test_who_sent_it_never_answers_for_the_receiver(self, caseworker):
        service = a_service()
        row = sent(caseworker, service)
        factories.give(caseworker, "caseworker", organisation=service.organisation_id)
        with pytest.raises(OwnHand):
            answered(row, caseworker, Stage.ACCEPTED)
        assert see(row, by=caseworker, **when(140)).stage == Stage.SENT


class TestSaidTwice:
    def test_another_answer_of_the_same_stage_is_not_taken_for_done(self, caseworker):
        service = a_service()
        receiver, row = receiver_of(service), sent(caseworker, service)
        answered(row, receiver, Stage.ACCEPTED, version=row.version, words="Datang Senin")
        assert answered(row, receiver, Stage.ACCEPTED, version=row.version, words="Datang Senin")
        with pytest.raises(Clash):
            answered(row, receiver, Stage.ACCEPTED, version=row.version, words="Jangan datang")


class TestOutOfTurn:
    def test_is_accepted_only_with_a_reason_that_stays(self, caseworker):
        service = a_service()
        receiver = receiver_of(service)
        first, second = in_line(caseworker, receiver, service)
        with pytest.raises(OutOfTurn):
            answered(second, receiver, Stage.ACCEPTED, turn_because="  ")
        answered(second, receiver, Stage.ACCEPTED, turn_because="Rumahnya roboh.")
        assert Referral.objects.get(pk=second.pk).turn_because == "Rumahnya roboh."
        answered(first, receiver, Stage.ACCEPTED, turn_because="Tidak perlu")
        assert Referral.objects.get(pk=first.pk).turn_because is None

    def test_is_nothing_that_the_sender_knows_of_who_writes_down_a_telephone_call(self, caseworker):
        service = a_service()
        brought_to(Stage.WAITING, caseworker, (receiver := receiver_of(service)), service)
        row = sent(caseworker, service)
        Grant.objects.filter(user=receiver).update(withdrawn_at=NOW)
        assert recorded(row, caseworker, Stage.ACCEPTED).stage == Stage.ACCEPTED


class TestOpenAgain:
    def test_a_failure_after_acceptance_leaves_the_need_open(self, caseworker):
        service = a_service()
        row = brought_to(Stage.FAILED, caseworker, receiver_of(service), service)
        assert NeedUnmet.objects.get(ended_on=None).referral_id == row.pk

    def test_a_withdrawal_opens_what_the_acceptance_had_ended(self, caseworker):
        first, second = a_service(), a_service()
        row = brought_to(Stage.DECLINED, caseworker, receiver_of(first), first)
        other = sent(caseworker, second, row.step, with_general=False)
        answered(other, receiver_of(second), Stage.ACCEPTED)
        assert not NeedUnmet.objects.filter(ended_on=None).exists()
        withdrawn(other, caseworker)
        assert NeedUnmet.objects.get(ended_on=None).referral_id == row.pk

    def test_a_case_that_ended_keeps_no_open_need(self, caseworker):
        service = a_service()
        row = sent(caseworker, service)
        Case.objects.update(stage="closed")
        assert not Case.objects.get().is_open
        answered(row, receiver_of(service), Stage.DECLINED)
        assert not NeedUnmet.objects.filter(ended_on=None).exists()
