import uuid
from dataclasses import replace

import pytest
from django.urls import reverse

from simpul.access.models import Event
from simpul.access.permissions import Permission
from simpul.people.actions import withdraw_consent
from simpul.people.models import Consent
from simpul.referrals.models import Message, Referral
from simpul.referrals.stages import Stage
from tests.access import factories
from tests.cases.factories import a_case
from tests.cases.goals import WORDS as GOAL_WORDS
from tests.cases.goals import goal_of, scored
from tests.referrals.actions.test_outside import without_identity
from tests.referrals.loop import (
    a_line,
    a_service,
    also_told,
    brought_to,
    confirmed,
    consented,
    proposed,
    receiver_of,
    sent,
    withdrawn,
)
from tests.screening.factories import TODAY, when

pytestmark = pytest.mark.django_db
SAID = "Ia takut kepada ketua RT."


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


@pytest.fixture
def service(db):
    return a_service()


@pytest.fixture
def receiver(service):
    return receiver_of(service)


def shown(client, user, name, *keys, **query):
    client.force_login(user)
    return client.get(reverse(f"referrals:{name}", args=keys), query)


def pressed(client, user, name, *keys, **typed):
    client.force_login(user)
    return client.post(reverse(f"referrals:{name}", args=keys), typed)


def words_of(answer):
    return answer.content.decode()


def agreed_with(row, **changed):
    return {
        "version": row.version,
        "shares": ["name", "need", "contact"],
        "basis": "consent",
        "capacity": "self",
        "mode": "spoken",
        "with_general": "on",
        **changed,
    }


class TestPropose:
    def test_makes_one_and_leads_to_consent(self, client, caseworker, service):
        line = a_line(caseworker)
        page = words_of(shown(client, caseworker, "propose", line.case_id, line.pk, service.pk))
        assert "Modal usaha kecil" in page
        typed = {"once": uuid.uuid4(), "urgency": "urgent", "words": "Ingin berjualan lagi"}
        answer = pressed(client, caseworker, "propose", line.case_id, line.pk, service.pk, **typed)
        made = Referral.objects.get()
        assert answer.url == reverse("referrals:consent", args=[made.pk])
        assert (made.service, made.urgency, made.words) == (service, "urgent", "Ingin berjualan lagi")

    def test_asks_for_the_name_of_a_body_outside_and_keeps_what_was_typed(self, client, caseworker):
        line = a_line(caseworker)
        typed = {"once": uuid.uuid4(), "urgency": "normal", "preparation": "Berlatih bertanya"}
        answer = pressed(client, caseworker, "propose", line.case_id, line.pk, **typed)
        assert answer.status_code == 422
        assert "Berlatih bertanya" in words_of(answer)
        assert not Referral.objects.exists()

    def test_does_not_exist_for_a_line_of_another_case(self, client, caseworker, service):
        line, other = a_line(caseworker), a_case(caseworker)
        assert shown(client, caseworker, "propose", other.pk, line.pk, service.pk).status_code == 404

    @pytest.mark.parametrize(("role", "status"), [("supervisor", 200), ("stranger", 404), ("head", 403)])
    def test_is_for_who_reaches_the_case(self, client, caseworker, service, request, role, status):
        line, user = a_line(caseworker), request.getfixturevalue(role)
        assert shown(client, user, "propose", line.case_id, line.pk, service.pk).status_code == status

    def test_keeps_why_the_service_stood_there_and_nothing_about_the_person(
        self, client, caseworker, service
    ):
        line = a_line(caseworker)
        typed = {"once": uuid.uuid4(), "urgency": "urgent"}
        pressed(client, caseworker, "propose", line.case_id, line.pk, service.pk, **typed)
        kept = Referral.objects.get().finding
        assert (kept["kind"], kept["about"]) == ("fit_service", str(service.pk))
        assert "access" not in [part["about"] for part in kept["parts"]]


class TestConsent:
    def test_ticks_nothing_but_what_an_answer_needs(self, client, caseworker, service):
        page = shown(client, caseworker, "consent", proposed(caseworker, service).pk)
        form = page.context["form"]
        assert set(form.initial["shares"]) == {"need", "contact"}
        offered = {code for code, _words in form.fields["shares"].choices}
        assert {"name", "age", "sex", "need", "action", "contact"} <= offered

    def test_shows_the_words_that_would_go(self, client, caseworker, service):
        page = words_of(shown(client, caseworker, "consent", proposed(caseworker, service).pk))
        assert "Nama lengkap: Siti Aminah" in page
        assert "Kebutuhan yang dirujuk: Gerobak yang rusak" in page

    def test_records_it_and_leads_to_what_the_receiver_will_see(self, client, caseworker, service):
        row = proposed(caseworker, service)
        answer = pressed(client, caseworker, "consent", row.pk, **agreed_with(row))
        assert answer.url == reverse("referrals:send", args=[row.pk])
        assert Referral.objects.get().shares == ["name", "need", "contact"]

    def test_says_what_is_missing_and_keeps_what_was_ticked(self, client, caseworker, service):
        row = proposed(caseworker, service)
        typed = agreed_with(row)
        del typed["with_general"]
        answer = pressed(client, caseworker, "consent", row.pk, **typed)
        assert answer.status_code == 422
        assert "Belum ada persetujuan bahwa data boleh dibagikan" in words_of(answer)
        assert answer.context["form"]["shares"].value() == ["name", "need", "contact"]


class TestSend:
    def test_shows_exactly_what_the_receiver_then_sees(self, client, caseworker, service, receiver):
        row = consented(proposed(caseworker, service, words=SAID), caseworker)
        before = shown(client, caseworker, "send", row.pk).context["seen"]
        pressed(client, caseworker, "send", row.pk, version=row.version, mark=before.mark)
        after = shown(client, receiver, "received-one", row.pk).context["seen"].seen
        # Only the day of the tests stands still, not the moment.
        assert before == replace(after, sent_on=before.sent_on, mark=before.mark)
        assert [line.share for line in after.told] == ["name", "need", "contact"]

    def test_leads_to_the_letter_where_nobody_reads_here(self, client, caseworker):
        row = consented(proposed(caseworker), caseworker)
        mark = shown(client, caseworker, "send", row.pk).context["seen"].mark
        answer = pressed(client, caseworker, "send", row.pk, version=row.version, mark=mark)
        assert answer.url == reverse("referrals:letter", args=[row.pk])

    def test_shows_it_anew_when_it_is_not_what_was_read(self, client, caseworker, service):
        row = consented(proposed(caseworker, service), caseworker)
        answer = pressed(client, caseworker, "send", row.pk, version=row.version, mark="0" * 32)
        assert answer.status_code == 422
        assert answer.context["seen"].mark in words_of(answer)
        assert Referral.objects.get().stage == Stage.CONSENTED

    def test_asks_for_consent_first(self, client, caseworker, service):
        row = proposed(caseworker, service)
        assert shown(client, caseworker, "send", row.pk).url == reverse("referrals:consent", args=[row.pk])
        assert pressed(client, caseworker, "send", row.pk, version=row.version).status_code == 422
        assert Referral.objects.get().stage == Stage.PROPOSED


class TestReferral:
    @pytest.mark.parametrize("stage", list(Stage))
    def test_opens_at_every_stage(self, client, caseworker, service, receiver, stage):
        row = brought_to(stage, caseworker, receiver, service)
        page = shown(client, caseworker, "referral", row.pk)
        assert page.status_code == 200
        assert row.get_stage_display() in words_of(page)

    @pytest.mark.parametrize(
        ("role", "status"), [("supervisor", 200), ("verifier", 200), ("stranger", 404), ("head", 403), ("receiver", 404)]
    )  # fmt: skip
    def test_is_for_who_reaches_the_case(self, client, caseworker, service, receiver, request, role, status):
        row = sent(caseworker, service)
        user = receiver if role == "receiver" else request.getfixturevalue(role)
        assert shown(client, user, "referral", row.pk).status_code == status

    def test_what_identifies_is_only_for_who_may_see_that(self, client, caseworker, service, monkeypatch):
        row = sent(caseworker, service)
        also_told(row, "nik", "2102010101010001")
        assert "2102010101010001" in words_of(shown(client, caseworker, "referral", row.pk))
        without_identity(monkeypatch)
        assert "2102010101010001" not in words_of(shown(client, caseworker, "referral", row.pk))

    def test_says_what_it_is_about_before_it_is_sent(self, client, caseworker, service):
        row = proposed(caseworker, service, words="Gerobaknya rusak.")
        page = words_of(shown(client, caseworker, "referral", row.pk))
        for words in (service.name, row.step.need, "Gerobaknya rusak.", "Kegentingan"):
            assert words in page
        assert "Belum ada pesan" not in page
        page = words_of(shown(client, caseworker, "referral", sent(caseworker, a_service()).pk))
        assert "Belum ada pesan" in page
        assert "Kegentingan" not in page

    def test_a_visit_note_says_who_reads_it(self, client, caseworker, service, receiver):
        row = brought_to(Stage.ACCEPTED, caseworker, receiver, service)
        assert "mereka membacanya" in words_of(shown(client, caseworker, "record", row.pk, "visited"))
        assert "mereka membacanya" not in words_of(shown(client, receiver, "reply", row.pk, "visited"))

    def test_a_decline_offers_the_need_again(self, client, caseworker, service, receiver):
        row = brought_to(Stage.DECLINED, caseworker, receiver, service)
        page = words_of(shown(client, caseworker, "referral", row.pk))
        assert "Penuh, tidak ada tempat" in page
        assert reverse("referrals:find", args=[row.case_id, row.step_id]) in page
        lines = shown(client, caseworker, "of-case", row.case_id).context["lines"]
        assert [line.key for line in lines] == [row.step_id]

    def test_tells_the_worker_that_the_general_consent_was_taken_back(self, client, caseworker, service):
        row = sent(caseworker, service)
        withdraw_consent(Consent.objects.get(purpose="referral"), by=caseworker, **when(150))
        assert "Persetujuan sudah dicabut" in words_of(shown(client, caseworker, "referral", row.pk))


class TestMoving:
    def test_withdrawing_closes_it(self, client, caseworker, service, receiver):
        row = sent(caseworker, service)
        typed = {"version": row.version, "who": "consent", "because": ""}
        assert pressed(client, caseworker, "withdraw", row.pk, **typed).status_code == 302
        assert shown(client, receiver, "received-one", row.pk).status_code == 404

    def test_the_clients_word_ends_it_and_moves_the_plan(self, client, caseworker, service, receiver):
        row = brought_to(Stage.DELIVERED, caseworker, receiver, service)
        typed = {"version": row.version, "told": "yes", "words": "Senang", "step_to": "done"}
        day = {"told_on_day": "21", "told_on_month": "11", "told_on_year": "2026"}
        assert pressed(client, caseworker, "confirm", row.pk, **typed, **day).status_code == 302
        row.refresh_from_db()
        row.step.refresh_from_db()
        assert (row.stage, row.step.state) == (Stage.CONFIRMED, "done")

    def test_a_visit_is_written_down(self, client, caseworker, service, receiver):
        row = brought_to(Stage.ACCEPTED, caseworker, receiver, service)
        assert shown(client, caseworker, "record", row.pk, "visited").status_code == 200
        day = {"day_day": "21", "day_month": "11", "day_year": "2026"}
        typed = {"version": row.version, "came": "accompanied", "is_warm": "on", **day}
        assert pressed(client, caseworker, "record", row.pk, "visited", **typed).status_code == 302
        assert Referral.objects.get().stage == Stage.VISITED

    def test_what_a_body_without_account_answered_is_written_down_and_not_decided(self, client, caseworker):
        buttons = dict(shown(client, caseworker, "referral", sent(caseworker).pk).context["seen"].buttons)
        assert (buttons["accepted"], buttons["declined"]) == ("Catat: diterima", "Catat: ditolak")

    @pytest.mark.parametrize("to", ["accepted", "confirmed", "sent", "nonsense"])
    def test_what_is_not_the_senders_does_not_exist(self, client, caseworker, service, receiver, to):
        row = sent(caseworker, service)
        assert shown(client, caseworker, "record", row.pk, to).status_code == 404

    def test_the_plan_follows_at_a_press(self, client, caseworker, service, receiver):
        row = brought_to(Stage.ACCEPTED, caseworker, receiver, service)
        assert "Sesuaikan langkah rencana" in words_of(shown(client, caseworker, "referral", row.pk))
        pressed(client, caseworker, "adjust-plan", row.pk)
        row.step.refresh_from_db()
        assert row.step.state == "arranged"
        assert "Sesuaikan langkah rencana" not in words_of(shown(client, caseworker, "referral", row.pk))


class TestPrepare:
    def test_changes_notes_and_shows_a_clash_with_what_was_typed(self, client, caseworker, service):
        row = proposed(caseworker, service)
        typed = {"version": row.version, "words": "", "preparation": "Bermain peran di rumah"}
        assert pressed(client, caseworker, "prepare", row.pk, **typed).status_code == 302
        late = pressed(client, caseworker, "prepare", row.pk, **{**typed, "preparation": "Yang lain"})
        assert late.status_code == 422
        assert "Bermain peran di rumah" in words_of(late)
        assert "Yang lain" in words_of(late)


class TestWrite:
    def test_both_sides_read_each_other(self, client, caseworker, service, receiver):
        row = sent(caseworker, service)
        pressed(client, caseworker, "write", row.pk, once=uuid.uuid4(), words="Kapan bisa?")
        assert "Kapan bisa?" in words_of(shown(client, receiver, "received-one", row.pk))
        pressed(client, receiver, "write-back", row.pk, once=uuid.uuid4(), words="Besok pagi.")
        assert "Besok pagi." in words_of(shown(client, caseworker, "referral", row.pk))
        assert Message.objects.filter(read_at=None).count() == 0

    def test_pressed_twice_is_one_message(self, client, caseworker, service):
        row, once = sent(caseworker, service), uuid.uuid4()
        for _press in range(2):
            pressed(client, caseworker, "write", row.pk, once=once, words="Kapan bisa?")
        assert Message.objects.count() == 1

    def test_an_empty_message_is_shown_again(self, client, caseworker, service):
        answer = pressed(
            client, caseworker, "write", sent(caseworker, service).pk, once=uuid.uuid4(), words=""
        )
        assert answer.status_code == 422


class TestLists:
    def test_sent_shows_what_runs_and_its_person(self, client, caseworker, service, receiver):
        row = sent(caseworker, service)
        over = brought_to(Stage.DECLINED, caseworker, receiver, service)
        page = words_of(shown(client, caseworker, "sent"))
        assert row.number in page
        assert "Siti Aminah" in page
        assert over.number not in page
        assert over.number in words_of(shown(client, caseworker, "sent", tampil="semua"))

    def test_late_ones_stand_first_and_alone(self, client, caseworker, service):
        row = sent(caseworker, service)
        Referral.objects.filter(pk=row.pk).update(answer_by="2026-11-01")
        other = sent(caseworker, a_service())
        rows = shown(client, caseworker, "sent").context["rows"]
        assert [(one.key, one.is_late) for one in rows] == [(row.pk, True), (other.pk, False)]
        late = shown(client, caseworker, "sent", tampil="terlambat").context["rows"]
        assert [one.key for one in late] == [row.pk]

    def test_a_list_is_a_reading(self, client, caseworker, service):
        row = sent(caseworker, service)
        shown(client, caseworker, "sent")
        read = Event.objects.filter(permission=Permission.REFERRAL_VIEW, is_reading=True)
        assert str(row.person_id) in str(read.latest("number").details)

    def test_of_the_case_lists_all_of_it(self, client, caseworker, service, receiver):
        row = brought_to(Stage.WITHDRAWN, caseworker, receiver, service)
        assert row.number in words_of(shown(client, caseworker, "of-case", row.case_id))

    def test_of_a_closed_case_exist_for_its_team_only(self, client, caseworker, service, organisation):
        row = sent(caseworker, service)
        row.case.confidentiality = "team_only"
        row.case.save()
        colleague = factories.user_with("caseworker", organisation=organisation)
        assert shown(client, colleague, "sent").context["rows"] == ()
        assert shown(client, colleague, "referral", row.pk).status_code == 404
        assert shown(client, caseworker, "referral", row.pk).status_code == 200


class TestTakenBack:
    def test_an_answer_after_it_was_taken_back_does_not_come(self, client, caseworker, service, receiver):
        row = withdrawn(sent(caseworker, service), caseworker)
        answer = pressed(client, receiver, "reply", row.pk, "accepted", version=row.version)
        assert answer.status_code == 404
        assert Referral.objects.get().stage == Stage.WITHDRAWN


class TestGoal:
    @pytest.fixture
    def row(self, caseworker, service, receiver):
        case = a_case(caseworker)
        goal = goal_of(case, caseworker)
        scored(goal, caseworker, -2, moment="baseline")
        line = a_line(caseworker, case, goal=goal.pk)
        given = brought_to(Stage.DELIVERED, caseworker, receiver, service, line)
        return confirmed(given, caseworker, words=SAID)

    def test_is_asked_about_with_the_clients_words_until_it_was_judged(self, client, caseworker, row):
        assert GOAL_WORDS in words_of(shown(client, caseworker, "referral", row.pk))
        form = shown(client, caseworker, "goal", row.pk).context["form"]
        assert (form.initial["seen"], form.initial["seen_on"]) == (SAID, TODAY)
        scored(row.step.goal, caseworker, 0, minutes=200)
        assert shown(client, caseworker, "goal", row.pk).status_code == 302
        assert shown(client, caseworker, "referral", row.pk).context["seen"].goal_words is None

    def test_keeps_what_was_typed_where_the_level_is_missing(self, client, caseworker, row):
        day = {"seen_on_day": "21", "seen_on_month": "11", "seen_on_year": "2026"}
        answer = pressed(client, caseworker, "goal", row.pk, seen="Lima hari", moment="progress", **day)
        assert (answer.status_code, "Lima hari" in words_of(answer)) == (422, True)

    def test_does_not_exist_for_the_receiver(self, client, receiver, row):
        assert shown(client, receiver, "goal", row.pk).status_code == 404
