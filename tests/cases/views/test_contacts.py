import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from simpul.access.models import Event
from simpul.cases.models import Case, Note, Task
from simpul.people.models import Consent
from tests.cases.actions.test_contacts import goal_of
from tests.cases.contacts_factories import WORDS, noted, opened, tasked
from tests.screening.factories import TODAY, when

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


def page(client, user, name, case, **query):
    client.force_login(user)
    return client.get(reverse(f"cases:{name}", args=[case.pk]), query)


def day(value, name="happened_on"):
    return {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}


def typed(**details):
    return {"once": uuid.uuid4(), "kind": "visit", "words": WORDS} | day(TODAY) | details


def sent(client, user, case, **details):
    client.force_login(user)
    return client.post(reverse("cases:note-add", args=[case.pk]), typed(**details))


class TestSentAgain:
    def test_writes_once_what_comes_back_with_the_browsers_back_button(self, client, caseworker):
        case = opened(caseworker)
        for _ in range(2):
            answer = sent(client, caseworker, case)
        assert answer.url == reverse("cases:case", args=[case.pk])
        assert Note.objects.count() == 1
        text = client.get(answer.url).content.decode()
        assert "tidak ditulis dua kali" in text

    @pytest.mark.parametrize(
        "other",
        [{"words": "Ia sakit."}, {"kind": "attempt"}, {"place": "Rumah"}, {"next_step": "Antar", **day(TODAY, "next_on")}],
        ids=["words", "kind", "place", "promise"],
    )  # fmt: skip
    def test_writes_what_is_another_note(self, client, caseworker, other):
        case = opened(caseworker)
        sent(client, caseworker, case)
        sent(client, caseworker, case, **other)
        assert Note.objects.count() == 2

    def test_writes_the_same_words_later_or_by_somebody_else(self, client, caseworker, supervisor):
        case = opened(caseworker)
        sent(client, caseworker, case)
        Note.objects.update(at=timezone.now() - timedelta(minutes=11))
        sent(client, caseworker, case)
        sent(client, supervisor, case)
        assert Note.objects.count() == 3


class TestNotes:
    def test_shows_what_happened_and_apart_what_others_said(self, client, caseworker):
        case = opened(caseworker)
        noted(case, caseworker, third_party="Kata Pak RT")
        text = page(client, caseworker, "notes", case).content.decode()
        assert WORDS in text
        before, _, after = text.partition("tidak ditunjukkan kepada klien")
        assert "Kata Pak RT" in after
        assert "Kata Pak RT" not in before

    def test_keeps_the_words_from_the_head_of_the_organisation(self, client, caseworker, head):
        case = opened(caseworker)
        noted(case, caseworker, third_party="Kata Pak RT")
        text = page(client, head, "notes", case).content.decode()
        assert WORDS not in text
        assert "Kata Pak RT" not in text
        assert "Kunjungan" in text

    def test_folds_what_was_corrected(self, client, caseworker):
        case = opened(caseworker)
        first = noted(case, caseworker)
        noted(case, caseworker, words="Ia berjualan di pasar.", corrects=first, after=80)
        text = page(client, caseworker, "notes", case).content.decode()
        assert text.index("Ia berjualan di pasar.") < text.index("Dikoreksi") < text.index(WORDS)
        assert text.count("?mengoreksi=") == 1

    @pytest.mark.parametrize(
        ("query", "count"), [({}, 1), ({"jenis": "call"}, 0), ({"masa": "semua"}, 2), ({"masa": "x"}, 2)]
    )
    def test_opens_on_three_months_and_can_be_narrowed(self, client, caseworker, query, count):
        case = opened(caseworker, days=200)
        noted(case, caseworker)
        noted(case, caseworker, day=case.opened_on)
        assert len(page(client, caseworker, "notes", case, **query).context["notes"]) == count

    def test_does_not_exist_for_a_stranger(self, client, caseworker, stranger):
        case = opened(caseworker)
        assert page(client, stranger, "notes", case).status_code == 404

    def test_is_a_reading_of_the_case(self, client, caseworker):
        case = opened(caseworker)
        page(client, caseworker, "notes", case)
        assert Event.objects.about(case).filter(is_reading=True).count() == 1


class TestNoteAdd:
    def test_shows_few_fields_first_and_today(self, client, caseworker):
        case = opened(caseworker)
        text = page(client, caseworker, "note-add", case).content.decode()
        assert 'name="happened_on_day" value="21"' in text
        assert text.index('name="words"') < text.index('<details class="more"') < text.index('name="minutes"')

    def test_notes_and_goes_back_to_the_case(self, client, caseworker):
        case = opened(caseworker)
        answer = sent(client, caseworker, case, next_step="Telepon", **day(TODAY, "next_on"), minutes="45")
        assert answer["Location"] == reverse("cases:case", args=[case.pk])
        assert (Note.objects.get().minutes, Task.objects.get().words) == (45, "Telepon")

    def test_loses_nothing_that_was_typed(self, client, caseworker):
        case = opened(caseworker)
        answer = sent(client, caseworker, case, kind="", place="Di dermaga")
        assert answer.status_code == 422
        assert WORDS in answer.content.decode()
        assert "Di dermaga" in answer.content.decode()
        assert not Note.objects.exists()

    def test_says_what_the_action_refuses(self, client, caseworker):
        case = opened(caseworker)
        answer = sent(client, caseworker, case, happened_on_year=2027)
        assert answer.status_code == 422
        assert "belum tiba" in answer.content.decode()

    def test_wants_words_for_a_step_with_a_day(self, client, caseworker):
        answer = sent(client, caseworker, opened(caseworker), **day(TODAY, "next_on"))
        assert "Tulis apa yang akan dikerjakan" in answer.content.decode()

    def test_pressed_twice_notes_once(self, client, caseworker):
        case, once = opened(caseworker), uuid.uuid4()
        answers = [sent(client, caseworker, case, once=once).status_code for _ in range(2)]
        assert (answers, Note.objects.count()) == ([302, 302], 1)

    def test_offers_goals_and_the_task_it_was_opened_from(self, client, caseworker):
        case = opened(caseworker)
        goal, task = goal_of(case), tasked(case, caseworker)
        text = page(client, caseworker, "note-add", case, tugas=str(task.pk)).content.decode()
        assert f'value="{task.pk}" id="id_settles_0" checked' in text
        sent(client, caseworker, case, goals=[str(goal.pk)], settles=[str(task.pk)])
        assert (Note.objects.get().goals, Task.objects.get().state) == ([str(goal.pk)], "done")

    def test_begins_a_correction_with_the_newest_words(self, client, caseworker):
        case = opened(caseworker)
        first = noted(case, caseworker)
        second = noted(case, caseworker, corrects=first, words="Ia berjualan di pasar.", after=80)
        answer = page(client, caseworker, "note-add", case, mengoreksi=str(first.pk))
        assert "Ia berjualan di pasar." in answer.content.decode()
        sent(client, caseworker, case, corrects=str(second.pk), words="Di dermaga.")
        assert Note.objects.get(corrects=second).words == "Di dermaga."

    def test_refuses_to_correct_what_somebody_corrected_meanwhile(self, client, caseworker):
        case = opened(caseworker)
        first = noted(case, caseworker)
        noted(case, caseworker, corrects=first, after=80)
        answer = sent(client, caseworker, case, corrects=str(first.pk))
        assert answer.status_code == 422
        assert "sudah dikoreksi" in answer.content.decode()

    def test_knows_no_note_of_another_case(self, client, caseworker):
        note = noted(opened(caseworker), caseworker)
        answer = page(client, caseworker, "note-add", opened(caseworker), mengoreksi=str(note.pk))
        assert answer.status_code == 404

    def test_says_when_there_is_no_legal_basis(self, client, caseworker):
        case = opened(caseworker)
        Consent.objects.update(withdrawn_on=TODAY, withdrawn_at=when(65)["at"])
        text = page(client, caseworker, "note-add", case).content.decode()
        assert reverse("people:consent", args=[case.person_id]) in text
        assert sent(client, caseworker, case).status_code == 422

    @pytest.mark.parametrize(("role", "status"), [("stranger", 404), ("head", 403), ("volunteer", 403)])
    def test_is_closed_to_who_may_not(self, client, caseworker, request, role, status):
        case = opened(caseworker)
        assert page(client, request.getfixturevalue(role), "note-add", case).status_code == status

    def test_refuses_on_an_ended_case_and_keeps_what_was_typed(self, client, caseworker):
        case = opened(caseworker)
        Case.objects.update(stage="closed")
        answer = sent(client, caseworker, case)
        assert answer.status_code == 422
        assert WORDS in answer.content.decode()
