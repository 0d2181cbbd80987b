import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from simpul.cases.models import Task
from tests.cases.contacts_factories import PROMISE, opened, reminded, tasked
from tests.cases.views.test_contacts import day
from tests.screening.factories import TODAY

pytestmark = pytest.mark.django_db
LATER = TODAY + timedelta(days=10)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


def address(task):
    return reverse("cases:task", args=[task.case_id, task.pk])


def shown(client, user, task):
    client.force_login(user)
    return client.get(address(task))


def did(client, user, task, deed, **typed):
    client.force_login(user)
    return client.post(address(task), {"do": deed, "version": task.version} | typed)


def added(client, user, case, **details):
    client.force_login(user)
    typed = {"once": uuid.uuid4(), "words": PROMISE, "worker": str(user.pk)} | day(LATER, "due_on") | details
    return client.post(reverse("cases:task-add", args=[case.pk]), typed)


class TestTaskAdd:
    def test_makes_a_task_and_goes_back_to_the_case(self, client, caseworker):
        case = opened(caseworker)
        answer = added(client, caseworker, case, kind="visit")
        assert answer["Location"] == reverse("cases:case", args=[case.pk])
        task = Task.objects.get()
        assert (task.words, task.due_on, task.kind, task.worker) == (PROMISE, LATER, "visit", caseworker.pk)

    def test_pressed_twice_makes_one(self, client, caseworker):
        case, once = opened(caseworker), uuid.uuid4()
        for _ in range(2):
            added(client, caseworker, case, once=once)
        assert Task.objects.count() == 1

    @pytest.mark.parametrize(
        "details",
        [{"words": ""}, {"due_on_year": 2020}, {"due_on_day": ""}, {"worker": str(uuid.UUID(int=7))}],
    )
    def test_loses_nothing_that_was_typed(self, client, caseworker, details):
        answer = added(client, caseworker, opened(caseworker), **details)
        assert answer.status_code == 422
        assert (details.get("words") == "") or PROMISE in answer.content.decode()
        assert not Task.objects.exists()

    @pytest.mark.parametrize(("role", "status"), [("stranger", 404), ("head", 403), ("volunteer", 403)])
    def test_is_closed_to_who_may_not(self, client, caseworker, request, role, status):
        case = opened(caseworker)
        assert added(client, request.getfixturevalue(role), case).status_code == status


class TestTask:
    def test_is_finished_by_one_press(self, client, caseworker):
        task = tasked(opened(caseworker), caseworker)
        assert did(client, caseworker, task, "finish").status_code == 302
        assert "Sudah dikerjakan" in shown(client, caseworker, task).content.decode()
        assert Task.objects.get().state == "done"

    def test_is_postponed_once_and_then_asked_for(self, client, caseworker):
        task = tasked(opened(caseworker), caseworker)
        for number, because in enumerate(["Kapal tidak berlayar", "Masih hujan deras"]):
            task.refresh_from_db()
            until = LATER + timedelta(days=number)
            did(client, caseworker, task, "postpone", because=because, **day(until, "until"))
        task.refresh_from_db()
        assert (task.due_on, task.postponed) == (LATER, 2)
        assert "supervisor yang memutuskan" in shown(client, caseworker, task).content.decode()

    def test_shows_the_supervisor_what_is_asked(self, client, caseworker, supervisor):
        task = tasked(opened(caseworker), caseworker)
        Task.objects.update(postponed=2, version=3)
        assert "Putuskan permintaan" in shown(client, supervisor, task).content.decode()
        assert "Putuskan permintaan" not in shown(client, caseworker, task).content.decode()

    def test_is_changed(self, client, caseworker):
        task = tasked(opened(caseworker), caseworker)
        typed = {"words": "Telepon dahulu", "worker": str(caseworker.pk)} | day(TODAY, "due_on")
        assert did(client, caseworker, task, "edit", **typed).status_code == 302
        assert Task.objects.get().words == "Telepon dahulu"

    def test_shows_both_values_of_a_clash_and_lets_it_be_saved_then(self, client, caseworker):
        task = tasked(opened(caseworker), caseworker)
        typed = {"words": "Telepon dahulu", "worker": str(caseworker.pk)} | day(task.due_on, "due_on")
        did(client, caseworker, task, "edit", **typed)
        answer = did(client, caseworker, task, "edit", **typed | {"words": "Naik perahu"})
        text = answer.content.decode()
        assert answer.status_code == 422
        assert "“Telepon dahulu”" in text
        assert "“Naik perahu”" in text
        task.refresh_from_db()
        assert did(client, caseworker, task, "edit", **typed | {"words": "Naik perahu"}).status_code == 302

    def test_is_dropped_with_a_reason_only(self, client, caseworker):
        task = tasked(opened(caseworker), caseworker)
        assert did(client, caseworker, task, "drop", because="").status_code == 422
        assert did(client, caseworker, task, "drop", because="Sudah diantar tetangga").status_code == 302
        assert "Sudah diantar tetangga" in shown(client, caseworker, task).content.decode()

    def test_offers_no_press_for_what_has_a_page_of_its_own(self, client, caseworker):
        task = reminded(opened(caseworker), caseworker)
        text = shown(client, caseworker, task).content.decode()
        assert 'value="finish"' not in text
        assert did(client, caseworker, task, "finish").status_code == 422

    def test_passes_over_a_deed_that_it_does_not_know(self, client, caseworker):
        task = tasked(opened(caseworker), caseworker)
        assert did(client, caseworker, task, "frame").status_code == 200
        assert Task.objects.get().state == "open"

    @pytest.mark.parametrize(("role", "status"), [("stranger", 404), ("head", 403), ("volunteer", 403)])
    def test_is_closed_to_who_may_not(self, client, caseworker, request, role, status):
        task = tasked(opened(caseworker), caseworker)
        assert shown(client, request.getfixturevalue(role), task).status_code == status

    def test_does_not_exist_under_another_case(self, client, caseworker):
        task, other = tasked(opened(caseworker), caseworker), opened(caseworker)
        client.force_login(caseworker)
        assert client.get(reverse("cases:task", args=[other.pk, task.pk])).status_code == 404


class TestWhatWaitsForASupervisor:
    @pytest.mark.parametrize(("role", "is_answering"), [("caseworker", False), ("supervisor", True)])
    def test_leads_only_who_can_answer_to_its_page(self, client, caseworker, request, role, is_answering):
        task = reminded(opened(caseworker), caseworker, "approval")
        text = shown(client, request.getfixturevalue(role), task).content.decode()
        assert ("Tugas ini menunggu supervisor" in text) is not is_answering
        assert ("Periksa rencana" in text) is is_answering


class TestCalendar:
    def test_is_a_file_with_my_tasks_and_no_names(self, client, caseworker, supervisor):
        case = opened(caseworker)
        tasked(case, caseworker)
        tasked(case, supervisor)
        client.force_login(caseworker)
        answer = client.get(reverse("cases:calendar"))
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert "attachment" in answer["Content-Disposition"]
        text = answer.content.decode()
        assert text.count("BEGIN:VEVENT") == 1
        assert case.person.name not in text

    def test_is_closed_to_who_works_on_no_case(self, client, head):
        client.force_login(head)
        assert client.get(reverse("cases:calendar")).status_code == 403
