"""Tasks and notes for other programs."""

import uuid
from datetime import timedelta

import pytest
from django.utils.translation import gettext, override

from simpul.access.models import Event, Mention
from simpul.cases.models import Case, Note, Task
from simpul.cases.queries.tasks import overdue_count
from simpul.people.models import Consent
from tests.api.programs import asked, program_of, sent
from tests.cases.contacts_factories import PROMISE, WORDS, noted, opened, reminded, tasked
from tests.cases.goals import goal_of
from tests.screening.factories import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("later")]
HEARD = "Kata Pak RT ia sering menangis."


def note(user, case, *, language="", **changed):
    body = {"once": uuid.uuid4(), "kind": "visit", "happened_on": TODAY, "words": WORDS} | changed
    return sent(user, f"cases/{case.pk}/notes", language=language, **body)


class TestMyTasks:
    def test_names_what_waits_by_its_day_and_counts_what_is_late(self, caseworker):
        case = opened(caseworker, days=9)
        soon, late = tasked(case, caseworker), tasked(case, caseworker, days=-2)
        found = asked(caseworker, "tasks").json()
        assert [row["id"] for row in found["rows"]] == [str(late.pk), str(soon.pk)]
        assert [row["days"] for row in found["rows"]] == [2, -3]
        assert found["overdue"] == overdue_count(caseworker, TODAY) == 1

    def test_can_be_narrowed_to_what_is_late(self, caseworker):
        case = opened(caseworker, days=9)
        tasked(case, caseworker, days=0)
        late = tasked(case, caseworker, days=-1)
        rows = asked(caseworker, "tasks", overdue=True).json()["rows"]
        assert [(row["id"], row["is_overdue"]) for row in rows] == [(str(late.pk), True)]

    def test_names_none_of_a_colleague(self, caseworker, supervisor):
        tasked(opened(caseworker), caseworker)
        assert asked(supervisor, "tasks").json()["rows"] == []

    def test_records_whose_tasks_it_showed(self, caseworker):
        case = opened(caseworker)
        tasked(case, caseworker)
        before = Mention.objects.filter(person=case.person_id, event__permission="case.view").count()
        asked(caseworker, "tasks")
        after = Mention.objects.filter(person=case.person_id, event__permission="case.view").count()
        assert after == before + 1


class TestTasksOfCase:
    def test_names_all_that_waits_whoever_it_waits_for(self, caseworker, supervisor):
        case = opened(caseworker)
        task = tasked(case, caseworker)
        (row,) = asked(supervisor, f"cases/{case.pk}/tasks").json()
        assert (row["id"], row["words"], row["worker"]) == (str(task.pk), PROMISE, str(caseworker.pk))

    def test_come_by_their_day(self, caseworker):
        case = opened(caseworker)
        tasks = [tasked(case, caseworker, days=days) for days in (5, 1, 3)]
        rows = asked(caseworker, f"cases/{case.pk}/tasks").json()
        assert [row["id"] for row in rows] == [str(tasks[place].pk) for place in (1, 2, 0)]

    def test_keeps_the_words_from_the_head_of_the_organisation(self, caseworker, head):
        case = opened(caseworker)
        tasked(case, caseworker)
        (row,) = asked(head, f"cases/{case.pk}/tasks").json()
        assert (row["words"], row["because"]) == ("", "")
        assert row["kind_name"] == "Tugas"

    def test_are_not_there_for_a_stranger(self, caseworker, stranger):
        assert asked(stranger, f"cases/{opened(caseworker).pk}/tasks").status_code == 404


class TestSetTask:
    def set(self, user, case, **changed):
        body = {"once": uuid.uuid4(), "words": PROMISE, "due_on": TODAY + timedelta(days=2)} | changed
        return sent(user, f"cases/{case.pk}/tasks", **body)

    def test_keeps_one_task_for_one_key(self, caseworker):
        case, key = opened(caseworker), uuid.uuid4()
        answers = [self.set(caseworker, case, once=key).json() for _ in range(2)]
        assert answers[0] == answers[1]
        assert answers[0]["id"] == str(key)
        assert Task.objects.filter(case=case).count() == 1

    def test_refuses_a_day_that_is_over(self, caseworker):
        case = opened(caseworker)
        answer = self.set(caseworker, case, due_on=TODAY - timedelta(days=1))
        assert answer.status_code == 422
        assert "sudah lewat" in answer.json()["detail"]
        assert not Task.objects.filter(case=case).exists()

    def test_is_not_for_who_only_reads(self, caseworker, head):
        assert self.set(head, opened(caseworker)).status_code == 403


class TestFinish:
    def test_lets_a_task_be_over(self, caseworker):
        task = tasked(opened(caseworker), caseworker)
        assert sent(caseworker, f"tasks/{task.pk}/finish").status_code == 200
        assert Task.objects.get(pk=task.pk).state == "done"
        assert Event.objects.about(task).filter(permission="case.note", is_reading=False).exists()

    def test_says_where_else_a_task_is_over(self, caseworker):
        task = reminded(opened(caseworker), caseworker)
        answer = sent(caseworker, f"tasks/{task.pk}/finish")
        assert answer.status_code == 422
        assert "Nilai lagi" in answer.json()["detail"]

    def test_finds_nothing_for_a_stranger(self, caseworker, stranger):
        task = tasked(opened(caseworker), caseworker)
        assert sent(stranger, f"tasks/{task.pk}/finish").status_code == 404
        assert Task.objects.get(pk=task.pk).state == "open"


class TestNotes:
    def test_tells_what_happened_and_what_others_said(self, caseworker):
        case = opened(caseworker)
        goal = goal_of(case, caseworker)
        noted(case, caseworker, third_party=HEARD, goals=[goal.pk], after=130)
        (row,) = asked(caseworker, f"cases/{case.pk}/notes").json()["rows"]
        assert (row["words"], row["third_party"]) == (WORDS, HEARD)
        assert [named["id"] for named in row["goals"]] == [str(goal.pk)]

    def test_keeps_the_words_from_the_head_of_the_organisation(self, caseworker, head):
        case = opened(caseworker)
        noted(case, caseworker, third_party=HEARD, place="Rumah", next_step="Telepon lagi")
        (row,) = asked(head, f"cases/{case.pk}/notes").json()["rows"]
        words = ("words", "third_party", "place", "with_whom", "next_step")
        assert {row[name] for name in words} == {""}
        assert row["kind_name"] == "Kunjungan"

    @pytest.mark.parametrize(("query", "count"), [({}, 2), ({"kind": "call"}, 1), ({"since": TODAY}, 1)])
    def test_can_be_narrowed(self, caseworker, query, count):
        case = opened(caseworker, days=20)
        noted(case, caseworker, kind="call", day=TODAY - timedelta(days=9))
        noted(case, caseworker)
        assert asked(caseworker, f"cases/{case.pk}/notes", **query).json()["count"] == count

    def test_are_not_there_for_a_stranger(self, caseworker, stranger):
        assert asked(stranger, f"cases/{opened(caseworker).pk}/notes").status_code == 404


class TestAdd:
    def test_keeps_what_happened_and_what_is_promised(self, caseworker):
        case = opened(caseworker)
        told = note(caseworker, case, next_step=PROMISE, next_on=TODAY + timedelta(days=3), minutes=40).json()
        kept = Note.objects.get(pk=told["id"])
        assert (kept.words, kept.minutes, kept.at) == (WORDS, 40, NOW + timedelta(hours=5))
        assert Task.objects.get(about=kept.pk).words == PROMISE

    def test_is_recorded(self, caseworker):
        case = opened(caseworker)
        note(caseworker, case)
        assert Event.objects.about(case).filter(permission="case.note", is_reading=False).count() == 1

    def test_keeps_one_note_for_one_key(self, caseworker):
        case, key = opened(caseworker), uuid.uuid4()
        answers = [note(caseworker, case, once=key) for _ in range(2)]
        assert answers[0].json() == answers[1].json()
        assert Note.objects.filter(case=case).count() == 1

    def test_takes_the_place_of_an_earlier_note(self, caseworker):
        case = opened(caseworker)
        first = noted(case, caseworker)
        told = note(caseworker, case, corrects=first.pk, words="Ia berjualan di pasar.").json()
        assert told["corrects"] is True
        rows = asked(caseworker, f"cases/{case.pk}/notes").json()["rows"]
        assert {row["id"]: row["is_corrected"] for row in rows} == {str(first.pk): True, told["id"]: False}

    def test_settles_a_task(self, caseworker):
        case = opened(caseworker)
        task = tasked(case, caseworker)
        note(caseworker, case, settles=[task.pk])
        assert Task.objects.get(pk=task.pk).state == "done"

    def test_writes_nothing_without_a_legal_basis(self, caseworker):
        case = opened(caseworker)
        Consent.objects.filter(person=case.person).delete()
        answer = note(caseworker, case)
        assert answer.status_code == 422
        assert "persetujuan" in answer.json()["detail"]
        assert not Note.objects.filter(case=case).exists()

    @pytest.mark.parametrize("language", ["id", "en"])
    def test_says_in_either_language_what_is_missing(self, caseworker, language):
        answer = note(caseworker, opened(caseworker), language=language, words=" ")
        assert answer.status_code == 422
        with override(language):
            sentence = gettext("%(what)s belum diisi.") % {"what": gettext("Apa yang terjadi")}
        assert answer.json()["detail"] == sentence

    @pytest.mark.parametrize(
        "changed",
        [{"kind": "dream"}, {"happened_on": "kemarin"}, {"goals": ["satu"]}, {"once": ""}, {"minutes": "x"}],
        ids=lambda changed: next(iter(changed)),
    )
    def test_says_what_it_cannot_read(self, caseworker, changed):
        answer = note(caseworker, opened(caseworker), **changed)
        assert answer.status_code == 422
        assert next(iter(changed)) in answer.json()["detail"]

    @pytest.mark.parametrize(
        ("words", "outcome"),
        [("\ud800", (400, [])), ("Ia\x00 datang", (200, ["Ia datang"]))],
        ids=["half-a-sign", "zero"],
    )
    def test_breaks_on_no_sign(self, caseworker, words, outcome):
        case = opened(caseworker)
        answer = note(caseworker, case, words=words)
        kept = [kept.words for kept in Note.objects.filter(case=case)]
        assert (answer.status_code, kept) == outcome

    @pytest.mark.parametrize("language", ["id", "en"])
    def test_says_that_a_body_is_no_json(self, caseworker, language):
        address, header = f"/api/cases/{opened(caseworker).pk}/notes", {"accept-language": language}
        answer = program_of(caseworker).post(address, "{", content_type="application/json", headers=header)
        with override(language):
            sentence = gettext("Isi permintaan ini bukan JSON yang dapat dibaca.")
        assert (answer.status_code, answer.json()["detail"]) == (400, sentence)

    def test_is_not_for_a_note_of_another_case(self, caseworker):
        case, other = opened(caseworker), opened(caseworker, name="Rosmah")
        answer = note(caseworker, case, corrects=noted(other, caseworker).pk)
        assert answer.status_code == 422
        assert not Note.objects.filter(case=case).exists()

    def test_finds_nothing_for_a_stranger(self, caseworker, stranger):
        case = opened(caseworker)
        assert note(stranger, case).status_code == 404
        assert not Note.objects.filter(case=case).exists()
        assert Case.objects.get(pk=case.pk).last_contact_on is None
