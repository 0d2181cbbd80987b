import uuid

import pytest
from django.urls import reverse

from simpul.cases.models import Case, Ending, FollowUp
from tests.cases.endings import begun, completed, looked_after, saved
from tests.cases.factories import a_case, moved
from tests.cases.goals import goal_of, scored
from tests.screening.factories import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


@pytest.fixture
def case(caseworker):
    return a_case(caseworker)


def page(client, user, name, pk):
    client.force_login(user)
    return client.get(reverse(f"cases:{name}", args=[pk]))


def send(client, user, name, pk, **typed):
    client.force_login(user)
    return client.post(reverse(f"cases:{name}", args=[pk]), typed)


def typed(**changed):
    day = {"held_on_day": "21", "held_on_month": "11", "held_on_year": "2026"}
    words = {"effect": "Berjualan lagi", "process_quality": "Baik", "statement": "Saya berani"}
    return {"version": 1, "reason": "goals_reached", "statement_capacity": "self", **day, **words, **changed}


def look(**changed):
    day = {"done_on_day": "21", "done_on_month": "11", "done_on_year": "2026"}
    found = {"condition": "better", "words": "Masih berjualan", "decision": "continue"}
    return {"once": uuid.uuid4(), "version": 1, **day, **found, **changed}


class TestEnding:
    def test_shows_all_that_happened(self, client, case, caseworker):
        scored(goal_of(case, caseworker), caseworker, -1, moment="baseline")
        shown = page(client, caseworker, "ending", case.pk).content.decode()
        assert "Berjualan kue lagi" in shown
        assert "Tidak ada asesmen yang selesai" in shown
        assert "Mulai pengakhiran" in shown

    def test_offers_to_judge_a_case_that_ended_beside_the_way(self, client, case, caseworker):
        moved(case, caseworker, "left")
        shown = page(client, caseworker, "ending", case.pk).content.decode()
        assert "belum dievaluasi" in shown
        assert "Tulis evaluasi</button>" in shown
        send(client, caseworker, "ending-begin", case.pk, once=uuid.uuid4())
        send(client, caseworker, "ending-edit", case.pk, **typed(reason="own_wish"))
        assert "Selesaikan pengakhiran" in page(client, caseworker, "ending", case.pk).content.decode()
        send(client, caseworker, "ending-complete", Ending.objects.get().pk, version=2)
        assert Ending.objects.get().completed_at
        assert "belum dievaluasi" not in page(client, caseworker, "ending", case.pk).content.decode()

    def test_keeps_words_from_the_head(self, client, case, caseworker, head):
        completed(case, caseworker)
        shown = page(client, head, "ending", case.pk).content.decode()
        assert "Tujuan tercapai" in shown
        assert "berani" not in shown

    @pytest.mark.parametrize(("role", "status"), [("stranger", 404), ("volunteer", 403), ("supervisor", 200)])
    def test_opens_for_those_who_may(self, client, case, request, role, status):
        assert page(client, request.getfixturevalue(role), "ending", case.pk).status_code == status


class TestBegin:
    def test_pressed_twice_begins_one(self, client, case, caseworker):
        for _ in range(2):
            answer = send(client, caseworker, "ending-begin", case.pk, once=uuid.uuid4())
            assert answer["Location"] == reverse("cases:ending-edit", args=[case.pk])
        assert Ending.objects.count() == 1


class TestEdit:
    def test_keeps_a_draft_and_the_final_level(self, client, case, caseworker):
        goal_of(case, caseworker)
        begun(case, caseworker)
        answer = send(
            client, caseworker, "ending-edit", case.pk, **typed(level_1="1", words_1="Buku catatan")
        )
        assert answer.status_code == 302
        shown = page(client, caseworker, "ending", case.pk).content.decode()
        assert "Buku catatan" in shown
        assert "Saya berani" in shown

    def test_offers_the_kept_draft_again(self, client, case, caseworker):
        goal = goal_of(case, caseworker)
        kept = {str(goal.pk): {"level": None, "words": "Tidak bertemu lagi"}}
        saved(begun(case, caseworker), caseworker, outcomes=kept)
        shown = page(client, caseworker, "ending-edit", case.pk).content.decode()
        assert '<option value="none" selected>' in shown
        assert "Tidak bertemu lagi" in shown
        assert 'value="2027"' in shown

    def test_shows_both_after_a_clash_and_saves_on_the_second_press(
        self, client, case, caseworker, supervisor
    ):
        saved(begun(case, caseworker), supervisor, effect="Belum berubah")
        answer = send(client, caseworker, "ending-edit", case.pk, **typed())
        shown = answer.content.decode()
        assert answer.status_code == 422
        assert "Belum berubah" in shown
        assert 'name="version" value="2"' in shown
        assert send(client, caseworker, "ending-edit", case.pk, **typed(version=2)).status_code == 302

    def test_loses_no_words_to_a_goal_without_an_outcome(self, client, case, caseworker):
        goal_of(case, caseworker)
        begun(case, caseworker)
        answer = send(client, caseworker, "ending-edit", case.pk, **typed(words_1="Hampir"))
        assert answer.status_code == 422
        assert "Hampir" in answer.content.decode()

    @pytest.mark.parametrize(("role", "status"), [("head", 403), ("stranger", 404)])
    def test_is_for_those_who_may_end(self, client, case, caseworker, request, role, status):
        begun(case, caseworker)
        assert page(client, request.getfixturevalue(role), "ending-edit", case.pk).status_code == status

    def test_leads_to_the_ending_once_it_is_complete(self, client, case, caseworker):
        completed(case, caseworker)
        assert page(client, caseworker, "ending-edit", case.pk).status_code == 302
        assert send(client, caseworker, "ending-edit", case.pk, **typed(version=3)).status_code == 422


class TestComplete:
    def test_freezes_what_was_read(self, client, case, caseworker):
        ending = saved(begun(case, caseworker), caseworker)
        send(client, caseworker, "ending-complete", ending.pk, version=ending.version)
        assert Ending.objects.get(pk=ending.pk).completed_at

    def test_says_what_is_missing(self, client, case, caseworker):
        ending = begun(case, caseworker)
        answer = send(client, caseworker, "ending-complete", ending.pk, version=1)
        assert answer.status_code == 422
        assert "evaluasi proses" in answer.content.decode()

    def test_is_not_done_by_opening_the_address(self, client, case, caseworker):
        ending = saved(begun(case, caseworker), caseworker)
        answer = page(client, caseworker, "ending-complete", ending.pk)
        assert answer.url == reverse("cases:ending", args=[case.pk])
        assert Ending.objects.get(pk=ending.pk).completed_at is None

    def test_does_not_exist_out_of_reach(self, client, case, caseworker, stranger):
        ending = begun(case, caseworker)
        assert send(client, stranger, "ending-complete", ending.pk, version=1).status_code == 404


class TestFollowUp:
    def test_is_noted_and_shown_on_the_ending(self, client, caseworker):
        first = looked_after(caseworker)[0]
        assert send(client, caseworker, "follow-up", first.pk, **look()).status_code == 302
        assert "Masih berjualan" in page(client, caseworker, "ending", first.case_id).content.decode()

    def test_leads_to_the_new_episode(self, client, caseworker):
        first, typed = looked_after(caseworker)[0], look(decision="reopen")
        answer = send(client, caseworker, "follow-up", first.pk, **typed)
        assert answer["Location"] == reverse("cases:case", args=[typed["once"]])
        assert Case.objects.get(pk=typed["once"]).episode == 2

    def test_loses_nothing_that_was_refused(self, client, caseworker):
        first = looked_after(caseworker)[0]
        answer = send(client, caseworker, "follow-up", first.pk, **look(decision="close"))
        assert answer.status_code == 422
        assert "Masih berjualan" in answer.content.decode()
        assert FollowUp.objects.get(pk=first.pk).done_on is None

    def test_is_cancelled_with_a_reason(self, client, caseworker):
        first = looked_after(caseworker)[0]
        send(client, caseworker, "follow-up-cancel", first.pk, version=1, reason="Pindah ke Batam")
        assert "dibatalkan" in page(client, caseworker, "ending", first.case_id).content.decode()

    @pytest.mark.parametrize(("role", "status"), [("head", 403), ("stranger", 404)])
    def test_is_for_those_who_may_end(self, client, caseworker, request, role, status):
        first = looked_after(caseworker)[0]
        assert page(client, request.getfixturevalue(role), "follow-up", first.pk).status_code == status
