import uuid
from datetime import timedelta

import pytest

from simpul.access.models import Event
from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.catalogue import facts
from simpul.people.actions import record_consent, record_fact, withdraw_consent
from simpul.people.models import Consent, Fact
from simpul.screening import actions
from simpul.screening.actions import AnsweredMeanwhile, Verdict
from simpul.screening.models import Decision, Screening
from simpul.screening.queries import ConsentNeeded, facts_of, held_now, is_overtaken, judged_again
from tests.screening.factories import (
    TODAY,
    answered,
    as_suggested,
    consented,
    decided,
    finished,
    person,
    started,
    when,
    without_consent,
)

pytestmark = pytest.mark.django_db


def begin(subject, by, **details):
    return actions.start(subject, by=by, key=uuid.uuid4(), **when(), **details)


def say(screening, by, *, name="basic_needs_met", state="known", value=False, minutes=1, **details):
    return actions.answer(screening, by=by, name=name, state=state, value=value, **when(minutes), **details)


class TestStart:
    def test_keeps_who_started_it_and_by_which_list(self, caseworker):
        screening = begin(consented(caseworker), caseworker)
        assert (screening.started_by_name, screening.edition) == ("Rina Wulandari", "permensos-8-2012")
        assert len(screening.edition_digest) == 64

    def test_refuses_without_consent_and_writes_nothing(self, caseworker):
        subject = person(caseworker)
        with pytest.raises(ConsentNeeded, match="persetujuan"):
            begin(subject, caseworker)
        assert not Screening.objects.exists()

    def test_goes_on_another_stated_legal_basis(self, caseworker):
        subject = person(caseworker)
        basis = {"purpose": "screening", "basis": "vital_interest", "basis_because": "Tidak sadar"}
        record_consent(subject, by=caseworker, key=uuid.uuid4(), **basis, **when(-1))
        assert begin(subject, caseworker).person == subject

    def test_pressed_twice_gives_the_same(self, caseworker):
        subject, key = consented(caseworker), uuid.uuid4()
        twice = {actions.start(subject, by=caseworker, key=key, **when()).pk for _ in range(2)}
        assert twice == {key}
        assert Screening.objects.count() == 1

    def test_gives_a_second_worker_the_one_that_is_running(self, caseworker, supervisor):
        subject = consented(caseworker)
        assert begin(subject, caseworker) == begin(subject, supervisor)

    def test_refuses_a_list_that_has_only_names(self, caseworker):
        with pytest.raises(Refusal, match="hanya berisi nama"):
            begin(consented(caseworker), caseworker, edition="depsos-2007-22")

    def test_refuses_an_unknown_list(self, caseworker):
        with pytest.raises(Refusal, match="tidak dikenal"):
            begin(consented(caseworker), caseworker, edition="bukan-daftar")

    def test_refuses_a_worker_of_another_organisation(self, caseworker, stranger):
        with pytest.raises(NotAllowed):
            begin(consented(caseworker), stranger)
        assert not Screening.objects.exists()

    def test_refuses_who_may_only_look(self, caseworker, head):
        with pytest.raises(NotAllowed):
            begin(consented(caseworker), head)


class TestAnswer:
    def test_keeps_the_fact_at_once(self, caseworker):
        screening = say(started(caseworker), caseworker)
        assert held_now(screening, TODAY)["basic_needs_met"].value is False

    def test_keeps_that_somebody_does_not_want_to_say(self, caseworker):
        screening = say(started(caseworker), caseworker, state="refused", value=None)
        assert held_now(screening, TODAY)["basic_needs_met"].state == "refused"

    def test_sent_twice_makes_one_row(self, caseworker):
        screening = started(caseworker)
        for minutes in (1, 2):
            say(screening, caseworker, seen="", minutes=minutes)
        assert Fact.objects.named("basic_needs_met").count() == 1

    def test_changed_keeps_the_older_one_in_the_history(self, caseworker):
        screening = started(caseworker)
        say(screening, caseworker, value=False, minutes=1)
        say(screening, caseworker, value=True, minutes=2)
        assert held_now(screening, TODAY)["basic_needs_met"].value is True
        assert Fact.objects.named("basic_needs_met").count() == 2

    def test_changed_back_counts_as_the_newest(self, caseworker):
        screening = started(caseworker)
        for minutes, value in enumerate((False, True, False), start=1):
            say(screening, caseworker, value=value, seen="", minutes=minutes)
        assert held_now(screening, TODAY)["basic_needs_met"].value is False

    def test_shows_both_when_a_colleague_was_faster(self, caseworker, supervisor):
        screening = started(caseworker)
        say(screening, supervisor, value=True, seen="", minutes=1)
        with pytest.raises(AnsweredMeanwhile, match="Pak Hamdan") as refused:
            say(screening, caseworker, value=False, seen="", minutes=2)
        assert refused.value.held.value is True
        assert held_now(screening, TODAY)["basic_needs_met"].value is True

    def test_overwrites_a_colleague_whose_answer_was_seen(self, caseworker, supervisor):
        screening = started(caseworker)
        say(screening, supervisor, value=True, minutes=1)
        seen = held_now(screening, TODAY)["basic_needs_met"].seen
        say(screening, caseworker, value=False, seen=seen, minutes=2)
        assert held_now(screening, TODAY)["basic_needs_met"].value is False

    def test_refuses_a_value_that_cannot_be_and_keeps_nothing(self, caseworker):
        screening = started(caseworker)
        with pytest.raises(Refusal):
            say(screening, caseworker, value="mungkin")
        assert "basic_needs_met" not in held_now(screening, TODAY)

    def test_refuses_an_unknown_question(self, caseworker):
        with pytest.raises(Refusal):
            say(started(caseworker), caseworker, name="bukan_pertanyaan")

    def test_refuses_a_painful_question_to_a_volunteer(self, caseworker, volunteer):
        with pytest.raises(Refusal, match="sangat peka"):
            say(started(caseworker), volunteer, name=a_highly_restricted_fact(), value=True)

    def test_refuses_after_consent_was_withdrawn(self, caseworker):
        screening = started(caseworker)
        withdraw_consent(Consent.objects.get(), by=caseworker, **when(1))
        with pytest.raises(ConsentNeeded):
            say(screening, caseworker, minutes=2)

    def test_keeps_a_proof_that_is_seen_later(self, caseworker):
        screening = say(started(caseworker), caseworker, name="has_id_card", value=True)
        proof = facts.get("has_id_card").proof[0]
        say(screening, caseworker, name="has_id_card", value=True, proof=proof, minutes=2)
        assert held_now(screening, TODAY)["has_id_card"].proof == proof

    def test_said_again_after_it_faded_counts_anew(self, caseworker):
        screening = started(caseworker)
        name = a_fact_that_fades()
        long_ago = {"on": TODAY - timedelta(days=3000), "at": when()["at"] - timedelta(days=3000)}
        details = {"by": caseworker, "name": name, "state": "known", "value": True}
        record_fact(screening.person, key=uuid.uuid4(), **details, **long_ago)
        assert name not in held_now(screening, TODAY)
        actions.answer(screening, **details, **when(1))
        assert held_now(screening, TODAY)[name].value is True

    def test_refuses_a_question_that_is_not_for_a_child(self, caseworker):
        child = started(caseworker, born=TODAY - timedelta(days=8 * 366))
        with pytest.raises(Refusal, match="tidak diajukan"):
            say(child, caseworker, name="sexual_services_offered", value=True)

    def test_refuses_it_where_the_age_is_not_known(self, caseworker):
        nobody_knows = started(caseworker, born=None)
        with pytest.raises(Refusal, match="tidak diajukan"):
            say(nobody_knows, caseworker, name="sexual_services_offered", value=True)

    @pytest.mark.parametrize("value", [True, False])
    def test_tells_a_volunteer_nothing_by_refusing_over_a_colleague(self, caseworker, volunteer, value):
        name = next(
            name
            for name, fact in facts.asked_facts().items()
            if fact.sensitivity == "restricted" and fact.kind == "bool" and not fact.asked_if
        )
        screening = say(started(caseworker), caseworker, name=name, value=True)
        with pytest.raises(Refusal, match="Rekan Anda"):
            say(screening, volunteer, name=name, value=value, seen="", minutes=2)

    def test_takes_what_a_grown_up_tells_before_it_is_asked(self, caseworker):
        screening = say(started(caseworker), caseworker, name="maltreated", value=True)
        assert held_now(screening, TODAY)["maltreated"].value is True

    def test_refuses_after_the_end(self, caseworker):
        screening = decided(caseworker)
        actions.end(screening, by=caseworker, ending="no_need", because="Sudah mandiri", **when(50))
        with pytest.raises(Refusal, match="penapisan baru"):
            say(screening, caseworker, minutes=60)

    def test_after_the_finish_judges_again_and_asks_for_a_new_decision(self, caseworker):
        screening = decided(caseworker, basic_needs_met=None)
        again = say(screening, caseworker, value=False, minutes=50)
        assert facts_of(again, TODAY)["basic_needs_met"].value is False
        assert again.state == "finished"

    def test_of_a_volunteer_after_the_decision_is_kept_and_leaves_the_decision(self, caseworker, volunteer):
        screening = decided(caseworker, basic_needs_met=None)
        after = say(screening, volunteer, value=False, minutes=50)
        assert (after.state, after.urgency, after.version) == ("decided", "urgent", screening.version)
        assert held_now(after, TODAY)["basic_needs_met"].value is False
        assert is_overtaken(after, TODAY)

    def test_that_opens_a_decision_again_leaves_it_as_urgent_as_it_was(self, caseworker):
        again = say(decided(caseworker), caseworker, value=False, minutes=50)
        assert (again.state, again.urgency) == ("finished", "urgent")


def a_fact_that_fades():
    return next(
        name
        for name, fact in facts.asked_facts().items()
        if fact.holds_for and fact.kind == "bool" and not fact.asked_if and fact.sensitivity == "normal"
    )


def a_highly_restricted_fact():
    return next(
        name
        for name, fact in facts.asked_facts().items()
        if fact.sensitivity == "highly_restricted" and fact.kind == "bool"
    )


class TestFinish:
    def test_freezes_facts_and_findings(self, caseworker):
        screening = finished(caseworker, basic_needs_met=False)
        assert {row["name"] for row in screening.facts} >= {"basic_needs_met", "born", "sex"}
        assert len(screening.findings) == 26

    def test_pressed_twice_changes_nothing(self, caseworker):
        screening = finished(caseworker)
        again = actions.finish(screening, by=caseworker, **when(90))
        assert (again.finished_at, again.version) == (screening.finished_at, screening.version)

    def test_may_leave_questions_open(self, caseworker):
        screening = finished(caseworker)
        assert "unknown" in {finding["answer"] for finding in screening.findings.values()}

    def test_keeps_facts_sealed_in_the_database(self, caseworker):
        screening = finished(caseworker, basic_needs_met=False)
        stored = Screening.objects.values_list("facts_sealed", flat=True).get(pk=screening.pk)
        assert b"basic_needs_met" not in bytes(stored)


class TestJudgeAgain:
    def test_takes_the_newest_facts(self, caseworker):
        screening = finished(caseworker, basic_needs_met=None)
        answered(screening, caseworker, minutes=31, basic_needs_met=False)
        again = actions.judge_again(screening, by=caseworker, **when(60))
        assert facts_of(again, TODAY)["basic_needs_met"].value is False

    def test_is_not_for_those_who_only_ask(self, caseworker, volunteer):
        screening = decided(caseworker)
        with pytest.raises(NotAllowed):
            actions.judge_again(screening, by=volunteer, **when(60))
        assert Screening.objects.get(pk=screening.pk).state == "decided"

    def test_refuses_after_consent_was_withdrawn(self, caseworker):
        screening = without_consent(finished(caseworker), caseworker)
        with pytest.raises(ConsentNeeded):
            actions.judge_again(screening, by=caseworker, **when(60))


class TestDecide:
    def decide(self, screening, by, verdicts=None, urgency="normal", version=None):
        return actions.decide(
            screening,
            by=by,
            verdicts=as_suggested(screening) if verdicts is None else verdicts,
            urgency=urgency,
            version=screening.version if version is None else version,
            **when(40),
        )

    def test_keeps_one_decision_for_every_finding(self, caseworker):
        screening = self.decide(finished(caseworker), caseworker)
        assert Decision.objects.filter(screening=screening).count() == len(screening.findings)
        assert screening.state == "decided"

    def test_keeps_what_was_decided_about_which_type_sealed(self, caseworker):
        self.decide(finished(caseworker, basic_needs_met=False, left_alone=True), caseworker)
        columns = {field.attname for field in Decision._meta.fields}
        assert columns == {
            "id",
            "screening_id",
            "verdict_sealed",
            "decided_by",
            "decided_by_name",
            "decided_at",
        }
        assert not any(b"LUT" in bytes(row.verdict_sealed) for row in Decision.objects.all())
        assert "LUT" in {row.type_code for row in Decision.objects.all()}

    def test_keeps_the_reason_of_an_override(self, caseworker):
        screening = finished(caseworker)
        code = next(iter(as_suggested(screening)))
        verdicts = {**as_suggested(screening), code: Verdict("no", "Sudah dilihat sendiri di rumahnya")}
        self.decide(screening, caseworker, verdicts)
        kept = next(row for row in Decision.objects.all() if row.type_code == code)
        assert (kept.is_override, kept.because) == (True, "Sudah dilihat sendiri di rumahnya")

    def test_refuses_an_override_without_a_reason_and_keeps_nothing(self, caseworker):
        screening = finished(caseworker)
        code = next(iter(as_suggested(screening)))
        with pytest.raises(Refusal, match="alasan"):
            self.decide(screening, caseworker, {**as_suggested(screening), code: Verdict("no", " ")})
        assert not Decision.objects.exists()

    def test_refuses_when_a_finding_that_fits_is_left_out(self, caseworker):
        with pytest.raises(Refusal, match="Tentukan dahulu"):
            self.decide(finished(caseworker, basic_needs_met=False, left_alone=True), caseworker, {})

    def test_leaves_open_what_nothing_is_said_about(self, caseworker):
        self.decide(finished(caseworker), caseworker, {})
        assert "unknown" in {row.decided for row in Decision.objects.all()}

    def test_refuses_without_urgency(self, caseworker):
        with pytest.raises(Refusal, match="seberapa cepat"):
            self.decide(finished(caseworker), caseworker, urgency="")

    def test_refuses_before_the_finish(self, caseworker):
        with pytest.raises(Refusal, match="Selesaikan"):
            self.decide(started(caseworker), caseworker, {})

    def test_refuses_a_page_that_is_out_of_date(self, caseworker):
        screening = finished(caseworker)
        with pytest.raises(Clash):
            self.decide(screening, caseworker, version=screening.version - 1)

    def test_sent_twice_decides_once(self, caseworker):
        screening = finished(caseworker)
        for _ in range(2):
            self.decide(screening, caseworker, version=screening.version)
        assert Decision.objects.count() == len(screening.findings)

    def test_refuses_a_volunteer(self, caseworker, volunteer):
        with pytest.raises(NotAllowed):
            self.decide(finished(caseworker), volunteer)


class TestEnd:
    def end(self, screening, by, ending="no_need", because="Sudah mandiri"):
        return actions.end(screening, by=by, ending=ending, because=because, **when(50))

    def test_keeps_how_and_why(self, caseworker):
        screening = self.end(decided(caseworker), caseworker, "referred", "Dibawa ke puskesmas")
        assert (screening.ending, screening.ending_because) == ("referred", "Dibawa ke puskesmas")

    def test_keeps_the_reason_sealed(self, caseworker):
        screening = self.end(decided(caseworker), caseworker, "referred", "Dibawa ke puskesmas")
        sealed = Screening.objects.values_list("ending_because_sealed", flat=True).get(pk=screening.pk)
        assert b"puskesmas" not in bytes(sealed)

    @pytest.mark.parametrize("ending", ["already_served", "declined", "referred"])
    def test_needs_no_decision_where_somebody_is_helped_already_or_stops(self, caseworker, ending):
        assert self.end(finished(caseworker), caseworker, ending).ending == ending

    def test_judges_nothing_once_consent_was_withdrawn(self, caseworker):
        screening = self.end(without_consent(started(caseworker), caseworker), caseworker, "declined")
        assert (screening.ending, screening.findings, screening.finished_at) == ("declined", None, None)

    def test_refuses_without_a_reason(self, caseworker):
        with pytest.raises(Refusal, match="alasannya"):
            self.end(decided(caseworker), caseworker, because="")

    def test_refuses_before_the_decision(self, caseworker):
        with pytest.raises(Refusal, match="Putuskan dahulu"):
            self.end(finished(caseworker), caseworker)

    def test_lets_a_person_stop_in_the_middle(self, caseworker):
        screening = self.end(started(caseworker), caseworker, "declined", "Tidak mau melanjutkan")
        assert (screening.state, len(screening.findings)) == ("ended", 26)

    def test_pressed_twice_ends_once(self, caseworker):
        screening = decided(caseworker)
        first = self.end(screening, caseworker)
        assert self.end(screening, caseworker).version == first.version

    def test_refuses_another_ending_afterwards(self, caseworker):
        screening = decided(caseworker)
        self.end(screening, caseworker)
        with pytest.raises(Refusal, match="sudah diakhiri"):
            self.end(screening, caseworker, "declined", "Tidak mau")

    def test_lets_a_new_screening_begin(self, caseworker):
        first = self.end(decided(caseworker), caseworker)
        assert begin(first.person, caseworker) != first


class TestEvents:
    def test_every_step_is_recorded_without_facts_in_plain_text(self, caseworker):
        screening = decided(caseworker, basic_needs_met=False)
        events = Event.objects.about_person(screening.person_id).filter(permission__startswith="screening")
        verbs = {event.permission for event in events}
        assert {"screening.start", "screening.answer", "screening.decide"} <= verbs
        assert all(set(event.details) <= {"edition", "urgency"} for event in events)


class TestFrozenScreening:
    def test_judged_again_gives_its_stored_findings(self, caseworker):
        screening = finished(caseworker, basic_needs_met=False)
        stored = Screening.objects.get(pk=screening.pk)
        assert {code: finding.to_json() for code, finding in judged_again(stored).items()} == stored.findings

    def test_survives_a_birthday(self, caseworker):
        screening = finished(caseworker)
        before = facts_of(screening, TODAY)
        assert facts_of(screening, TODAY + timedelta(days=400)) == before
