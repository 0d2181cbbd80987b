import uuid
from datetime import timedelta

import pytest

from simpul.access.models import Event
from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.cases.models import Case, Disclosure, Note, PlanStep, ServiceCheck
from simpul.people.actions import withdraw_consent
from simpul.people.models import Consent
from simpul.people.queries import Limited
from simpul.referrals.actions.loop import NotAsShown, adjust_plan, prepare, propose, send
from simpul.referrals.actions.loop_moving import NotNow, OwnHand, _require_other_body
from simpul.referrals.models import Referral, ReferralStep
from simpul.referrals.queries.loop_shared import previewed
from simpul.referrals.stages import Share, Stage
from tests.cases.factories import a_case
from tests.cases.factories import brought_to as case_at
from tests.cases.goals import goal_of
from tests.cases.plans import now_at
from tests.people.factories import limited
from tests.referrals.loop import (
    OUTSIDE,
    a_line,
    a_service,
    answered,
    brought_to,
    confirmed,
    consented,
    lettered,
    proposed,
    receiver_of,
    sent,
    withdrawn,
)
from tests.screening.factories import TODAY, when

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(db):
    return a_service()


@pytest.fixture
def receiver(service):
    return receiver_of(service)


class TestSendAsShown:
    def test_what_changed_since_the_preview_does_not_go(self, caseworker, service):
        row = consented(proposed(caseworker, service), caseworker)
        mark = previewed(row, caseworker, TODAY).mark
        PlanStep.objects.filter(pk=row.step_id).update(need_sealed=None)
        with pytest.raises(NotAsShown):
            send(row, by=caseworker, version=row.version, mark=mark, **when(134))
        assert not Disclosure.objects.exists()

    def test_the_register_names_only_what_really_went(self, caseworker, service):
        row = consented(proposed(caseworker, service), caseworker)
        PlanStep.objects.filter(pk=row.step_id).update(need_sealed=None)
        mark = previewed(Referral.objects.get(), caseworker, TODAY).mark
        send(row, by=caseworker, version=row.version, mark=mark, **when(134))
        told = Disclosure.objects.get().what
        assert str(Share.NAME.label) in told
        assert str(Share.NEED.label) not in told


class TestPropose:
    def test_tells_nobody_anything(self, caseworker, service, receiver):
        row = proposed(caseworker, service, words="Keterangan", preparation="Latihan")
        assert (row.stage, row.shared, row.sent_at) == (Stage.PROPOSED, None, None)
        assert (row.receiver, row.need_kind, row.urgency) == (service.organisation, "livelihood", "normal")
        assert b"Keterangan" not in bytes(row.words_sealed)
        assert not Disclosure.objects.exists()

    def test_its_number_tells_nothing_of_the_case(self, caseworker, service):
        first, second = proposed(caseworker, service), proposed(caseworker, service)
        assert first.number != second.number
        assert first.number.startswith("R-")
        assert first.case.number not in first.number

    def test_goes_to_a_body_outside_by_its_name(self, caseworker):
        row = proposed(caseworker, outside_contact="0812")
        assert (row.outside_name, row.outside_contact, row.receiver) == (OUTSIDE, "0812", None)

    def test_pressed_twice_is_one_proposal(self, caseworker, service):
        line, key = a_line(caseworker), uuid.uuid4()
        rows = [propose(line, by=caseworker, key=key, service=service, **when(130)) for _press in range(2)]
        assert rows[0] == rows[1]
        assert ReferralStep.objects.count() == 1

    @pytest.mark.parametrize("other", [{"words": "Lain"}, {"preparation": "Lain"}, {"urgency": "urgent"}])
    def test_the_same_form_with_other_words_is_refused(self, caseworker, service, other):
        line, key = a_line(caseworker), uuid.uuid4()
        propose(line, by=caseworker, key=key, service=service, urgency="normal", **when(130))
        with pytest.raises(Refusal, match="dengan isian lain"):
            propose(
                line, by=caseworker, key=key, service=service, **({"urgency": "normal"} | other), **when(131)
            )

    @pytest.mark.parametrize("level", ["team_only", "highly_restricted"])
    def test_a_closed_case_does_not_go_to_ones_own_body(self, caseworker, level):
        line, service = a_line(caseworker), a_service()
        Case.objects.update(organisation=service.organisation_id)
        Case.objects.update(confidentiality=level)
        case = Case.objects.get(pk=line.case_id)
        with pytest.raises(OwnHand, match="lembaga sendiri"):
            _require_other_body(case, service.organisation_id)
        _require_other_body(case, a_service().organisation_id)

    def test_does_not_go_twice_to_the_same_service(self, caseworker, service):
        row = proposed(caseworker, service)
        with pytest.raises(Refusal, match="sudah berjalan ke sana"):
            proposed(caseworker, service, row.step)
        withdrawn(row, caseworker)
        assert proposed(caseworker, service, row.step).stage == Stage.PROPOSED

    @pytest.mark.parametrize(
        "changed",
        [{"listing": "paused"}, {"takes_referrals": False}, {"ends_on": TODAY - timedelta(days=1)}],
        ids=["paused", "takes-none", "ended"],
    )
    def test_is_refused_where_the_service_takes_nobody(self, caseworker, changed):
        with pytest.raises(Refusal):
            proposed(caseworker, a_service(**changed))

    def test_is_refused_for_what_is_over(self, caseworker, service):
        line = a_line(caseworker)
        now_at(line, caseworker, "dropped", reason="Tidak jadi ingin")
        with pytest.raises(Refusal, match="tidak perlu dirujuk"):
            proposed(caseworker, service, line)

    def test_is_for_who_reaches_the_case(self, caseworker, service, stranger, head):
        line = a_line(caseworker)
        for other in (stranger, head):
            with pytest.raises(NotAllowed):
                proposed(other, service, line)


class TestPrepare:
    def test_other_words_than_those_agreed_to_ask_for_consent_again(self, caseworker, service):
        row = proposed(caseworker, service, words="Butuh gerobak")
        row = consented(row, caseworker, shares=["need", "contact", "words"])
        typed = {"words": "Ia sakit keras", "preparation": ""}
        row = prepare(row, by=caseworker, version=row.version, **typed, **when(133))
        assert (row.stage, row.shares, row.consented_on) == (Stage.PROPOSED, [], None)
        with pytest.raises(NotNow):
            send(row, by=caseworker, version=row.version, **when(134))

    def test_the_same_words_leave_consent_as_it_is(self, caseworker, service):
        row = proposed(caseworker, service, words="Butuh gerobak")
        row = consented(row, caseworker, shares=["need", "contact", "words"])
        typed = {"words": "Butuh gerobak", "preparation": "Latihan"}
        assert prepare(row, by=caseworker, version=row.version, **typed, **when(133)).stage == Stage.CONSENTED

    def test_words_stand_still_once_sent_and_notes_do_not(self, caseworker, service):
        row = sent(caseworker, service)
        kept = prepare(row, by=caseworker, version=row.version, words="", preparation="Latihan", **when(140))
        assert kept.preparation == "Latihan"
        with pytest.raises(NotNow):
            prepare(kept, by=caseworker, version=kept.version, words="Baru", preparation="", **when(141))

    def test_shows_both_to_who_was_slower(self, caseworker, service):
        row = proposed(caseworker, service)
        prepare(row, by=caseworker, version=row.version, words="Satu", preparation="", **when(140))
        with pytest.raises(Clash) as clash:
            prepare(row, by=caseworker, version=row.version, words="Dua", preparation="", **when(141))
        assert (clash.value.theirs, clash.value.mine) == ("Satu", "Dua")


class TestSend:
    def test_freezes_what_was_ticked_and_notes_that_it_was_told(self, caseworker, service):
        row = sent(caseworker, service)
        assert [line["share"] for line in row.shared["told"]] == ["name", "need", "contact"]
        told = Disclosure.objects.get()
        assert (told.case_id, told.to_whom, told.basis) == (row.case_id, "LKS Harapan Laut", "consent")
        assert "Nama lengkap, Kebutuhan yang dirujuk" in told.what
        assert "Siti" not in told.what
        assert told.consent == row.consent == Consent.objects.get(purpose="referral")

    @pytest.mark.parametrize(("urgency", "days"), [("emergency", 1), ("urgent", 3), ("normal", 7)])
    def test_is_due_by_how_urgent_it_is(self, caseworker, service, urgency, days):
        row = consented(proposed(caseworker, service, urgency=urgency), caseworker)
        kept = send(row, by=caseworker, version=row.version, **when(133))
        assert kept.answer_by == TODAY + timedelta(days=days)

    def test_what_changes_later_is_not_told(self, caseworker, service):
        row = sent(caseworker, service)
        row.person.name = "Nama Baru"
        row.person.save()
        assert "Nama Baru" not in str(Referral.objects.get().shared)

    def test_pressed_twice_is_sent_once(self, caseworker, service):
        row = consented(proposed(caseworker, service), caseworker)
        for _press in range(2):
            send(row, by=caseworker, version=row.version, **when(133))
        assert Disclosure.objects.count() == 1

    def test_is_refused_without_consent_or_after_it_was_taken_back(self, caseworker, service):
        row = proposed(caseworker, service)
        with pytest.raises(NotNow):
            send(row, by=caseworker, version=row.version, **when(133))
        ready = consented(row, caseworker)
        withdraw_consent(Consent.objects.get(purpose="referral"), by=caseworker, **when(133))
        with pytest.raises(Refusal, match="sudah dicabut"):
            send(ready, by=caseworker, version=ready.version, **when(134))
        assert not Disclosure.objects.exists()

    def test_is_refused_while_the_use_of_the_data_is_limited(self, caseworker, service):
        row = consented(proposed(caseworker, service), caseworker)
        limited(row.person, caseworker)
        with pytest.raises(Limited):
            send(row, by=caseworker, version=row.version, **when(133))

    def test_in_danger_of_life_it_goes_without_asking_but_with_its_reason(self, caseworker, service):
        row = proposed(caseworker, service)
        limited(row.person, caseworker)
        because = "Pelaku menunggu di depan rumahnya."
        ready = consented(row, caseworker, basis="vital_interest", because=because, capacity="", mode="")
        kept = send(ready, by=caseworker, version=ready.version, **when(133))
        told = Disclosure.objects.get()
        assert (kept.consent, told.basis, told.basis_because) == (None, "vital_interest", because)


class TestWithdraw:
    @pytest.mark.parametrize("stage", [Stage.SENT, Stage.SEEN, Stage.WAITING, Stage.ACCEPTED, Stage.VISITED])
    def test_ends_it_at_once_with_a_reason(self, caseworker, service, receiver, stage):
        row = brought_to(stage, caseworker, receiver, service)
        with pytest.raises(Refusal, match="belum diisi"):
            withdrawn(row, caseworker, because="")
        kept = withdrawn(row, caseworker)
        assert (kept.stage, kept.answer_by, kept.consent_withdrawn_on) == (Stage.WITHDRAWN, None, None)

    @pytest.mark.parametrize("stage", [Stage.CONSENTED, Stage.SENT, Stage.DELIVERED, Stage.CONFIRMED])
    def test_a_consent_is_taken_back_at_every_stage_without_a_reason(
        self, caseworker, service, receiver, stage
    ):
        row = brought_to(stage, caseworker, receiver, service)
        kept = withdrawn(row, caseworker, because="", is_consent=True)
        assert kept.consent_withdrawn_on == TODAY
        assert kept.stage in (Stage.WITHDRAWN, stage)
        assert not Referral.objects.filter(Referral.objects.all().standing()).exists()

    def test_what_was_given_is_not_taken_back_by_the_sender(self, caseworker, service, receiver):
        row = brought_to(Stage.DELIVERED, caseworker, receiver, service)
        with pytest.raises(NotNow):
            withdrawn(row, caseworker)

    def test_a_letters_code_is_forgotten(self, caseworker):
        row, _code = lettered(caseworker)
        assert (withdrawn(row, caseworker).code_mark, Referral.objects.get().code_until) == ("", None)

    def test_pressed_twice_is_one_step(self, caseworker, service):
        row = sent(caseworker, service)
        for _press in range(2):
            withdrawn(row, caseworker, version=row.version)
        assert ReferralStep.objects.filter(stage=Stage.WITHDRAWN).count() == 1

    def test_keeps_its_reason_out_of_the_record(self, caseworker, service):
        row = withdrawn(sent(caseworker, service), caseworker, because="Ia pindah diam-diam.")
        event = Event.objects.filter(subject_key=str(row.pk)).latest("number")
        assert (event.because, event.details) == (None, {})


class TestConfirm:
    def test_moves_the_plan_and_keeps_the_clients_words(self, caseworker, service, receiver):
        case = a_case(caseworker)
        goal = goal_of(case, caseworker)
        row = brought_to(
            Stage.DELIVERED, caseworker, receiver, service, a_line(caseworker, case, goal=goal.pk)
        )
        confirmed(row, caseworker, words="Saya berjualan lagi.", step_to="running")
        assert PlanStep.objects.get().state == "running"
        assert ServiceCheck.objects.get().delivered == "yes"
        note = Note.objects.get()
        assert (note.goals, "Saya berjualan lagi." in note.words) == ([str(goal.pk)], True)

    def test_in_part_is_given_in_part(self, caseworker, service, receiver):
        row = brought_to(Stage.ANSWERED, caseworker, receiver, service)
        assert confirmed(row, caseworker, told="partly", step_to="running").stage == Stage.CONFIRMED
        assert ServiceCheck.objects.get().delivered == "partly"

    def test_a_no_ends_it_as_failed_and_leaves_the_plan(self, caseworker, service, receiver):
        row = brought_to(Stage.DELIVERED, caseworker, receiver, service)
        assert confirmed(row, caseworker, told="no", step_to="done").stage == Stage.FAILED
        assert PlanStep.objects.get().state == "planned"
        assert not ServiceCheck.objects.exists()

    @pytest.mark.parametrize(
        "changed", [{"told": "unknown"}, {"told": ""}, {"told_on": TODAY + timedelta(days=1)}]
    )
    def test_is_what_the_client_said(self, caseworker, service, receiver, changed):
        row = brought_to(Stage.DELIVERED, caseworker, receiver, service)
        with pytest.raises(Refusal):
            confirmed(row, caseworker, **changed)

    def test_comes_after_it_was_given(self, caseworker, service, receiver):
        row = brought_to(Stage.ACCEPTED, caseworker, receiver, service)
        with pytest.raises(NotNow):
            confirmed(row, caseworker)

    def test_is_kept_also_after_the_case_ended(self, caseworker, service, receiver):
        row = brought_to(Stage.DELIVERED, caseworker, receiver, service)
        case_at("referred_out", caseworker, row.case)
        kept = confirmed(row, caseworker, words="Senang", step_to="done")
        assert (kept.stage, kept.told_words) == (Stage.CONFIRMED, "Senang")
        assert PlanStep.objects.get().state == "planned"


class TestAdjustPlan:
    @pytest.mark.parametrize(
        ("stage", "state"),
        [(Stage.ACCEPTED, "arranged"), (Stage.VISITED, "running"), (Stage.WAITING, "planned"), (Stage.DECLINED, "planned")],
    )  # fmt: skip
    def test_lets_the_line_say_how_far_it_is(self, caseworker, service, receiver, stage, state):
        row = brought_to(stage, caseworker, receiver, service)
        adjust_plan(row, by=caseworker, **when(180))
        assert PlanStep.objects.get().state == state

    def test_puts_back_what_came_to_nothing_unless_it_goes_elsewhere(self, caseworker, service, receiver):
        row = brought_to(Stage.ACCEPTED, caseworker, receiver, service)
        adjust_plan(row, by=caseworker, **when(180))
        failed = answered(row, receiver, Stage.FAILED)
        adjust_plan(failed, by=caseworker, **when(181))
        assert PlanStep.objects.get().state == "planned"

    def test_is_the_senders(self, caseworker, service, receiver):
        row = brought_to(Stage.ACCEPTED, caseworker, receiver, service)
        with pytest.raises(NotAllowed):
            adjust_plan(row, by=receiver, **when(180))
