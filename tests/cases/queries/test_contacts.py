from datetime import UTC, datetime, timedelta

import pytest
from django.template.loader import render_to_string

from simpul.cases.actions.contacts import Next
from simpul.cases.models import Case
from simpul.cases.queries.contacts import newest_of, note_lines, notes_of, panel, promises_of
from tests.cases.actions.test_contacts import goal_of
from tests.cases.contacts_factories import PROMISE, WORDS, noted, opened, reminded, tasked
from tests.screening.factories import TODAY

pytestmark = pytest.mark.django_db


def ago(days):
    return TODAY - timedelta(days=days)


class TestNotesOf:
    def test_gives_the_newest_day_first_whenever_it_was_written(self, caseworker):
        case = opened(caseworker, days=30)
        recent, older = noted(case, caseworker, day=ago(1)), noted(case, caseworker, day=ago(9), after=75)
        assert list(notes_of(case)) == [recent, older]

    def test_can_be_narrowed_by_kind_and_period(self, caseworker):
        case = opened(caseworker, days=30)
        visit, call = noted(case, caseworker, day=ago(9)), noted(case, caseworker, kind="call")
        assert list(notes_of(case, kind="visit")) == [visit]
        assert list(notes_of(case, since=ago(5))) == [call]


class TestNoteLines:
    def test_names_goals_and_tells_what_was_corrected(self, caseworker):
        case = opened(caseworker)
        first = noted(case, caseworker, goals=[str(goal_of(case, 3).pk)])
        noted(case, caseworker, corrects=first, after=80)
        newer, older = note_lines(notes_of(case), case, is_told=True)
        assert (newer.corrects, newer.is_corrected) == (True, False)
        assert (older.corrects, older.is_corrected) == (False, True)
        assert [goal.number for goal in older.goals] == [3]

    def test_keeps_every_word_from_who_may_not_read_them(self, caseworker):
        case = opened(caseworker)
        said = {"place": "Rumah", "with_whom": "Anaknya", "third_party": "Kata RT", "next_step": "Telepon"}
        noted(case, caseworker, goals=[str(goal_of(case).pk)], **said)
        (line,) = note_lines(notes_of(case), case, is_told=False)
        assert (line.words, line.place, line.with_whom, line.third_party, line.next_step) == ("",) * 5
        assert (line.goals, line.kind_name, line.who) == ((), "Kunjungan", "Rina Wulandari")

    def test_tells_that_it_was_written_down_later(self, caseworker):
        case = opened(caseworker, days=30)
        noted(case, caseworker, day=ago(1))
        noted(case, caseworker, after=75)
        same_day, later = note_lines(notes_of(case), case, is_told=True)
        assert (same_day.is_late_entry, later.is_late_entry) == (False, True)


class TestNoteLine:
    @pytest.mark.parametrize(("hour", "is_late"), [(16, False), (17, True)])
    def test_counts_days_where_the_office_stands(self, caseworker, hour, is_late):
        note = noted(opened(caseworker), caseworker)
        # 17.00 in universal time is midnight in western Indonesia.
        note.on, note.at = TODAY, datetime(TODAY.year, TODAY.month, TODAY.day, hour, 30, tzinfo=UTC)
        (line,) = note_lines([note], note.case, is_told=True)
        assert line.is_late_entry is is_late


class TestNewestOf:
    def test_follows_corrections_to_the_last(self, caseworker):
        case = opened(caseworker)
        first = noted(case, caseworker)
        second = noted(case, caseworker, corrects=first, after=80)
        third = noted(case, caseworker, corrects=second, after=90)
        assert newest_of(first) == third


class TestPromisesOf:
    def test_holds_next_steps_without_a_day(self, caseworker):
        case = opened(caseworker)
        noted(case, caseworker, next_step="Tanya sekolah")
        noted(case, caseworker, next_step=PROMISE, then=Next(TODAY))
        noted(case, caseworker)
        assert [promise.words for promise in promises_of(case)] == ["Tanya sekolah"]

    def test_leaves_out_what_was_corrected(self, caseworker):
        case = opened(caseworker)
        first = noted(case, caseworker, next_step="Tanya sekolah")
        noted(case, caseworker, next_step="Tanya puskesmas", corrects=first, after=80)
        assert [promise.words for promise in promises_of(case)] == ["Tanya puskesmas"]


def shown(case, viewer):
    return render_to_string("cases/_contacts_panel.html", {"contacts": panel(case, viewer, TODAY)})


class TestPanel:
    def test_shows_a_few_tasks_and_how_many_more(self, caseworker):
        case = opened(caseworker)
        for days in (-2, 1, 2, 3, 4, 5, 6):
            tasked(case, caseworker, days=days)
        found = panel(case, caseworker, TODAY)
        assert (len(found.tasks), found.more, found.overdue) == (5, 2, 1)
        assert "terlambat 2 hari" in shown(case, caseworker)

    def test_offers_to_finish_what_is_done_here(self, caseworker):
        case = opened(caseworker)
        task = tasked(case, caseworker)
        assert f'action="/kasus/{case.pk}/tugas/{task.pk}/"' in shown(case, caseworker)

    def test_leads_elsewhere_for_what_has_a_page_of_its_own(self, caseworker):
        case = opened(caseworker)
        task = reminded(case, caseworker, "goal")
        text = shown(case, caseworker)
        assert f'href="/kasus/tujuan/{task.about}/"' in text
        assert 'value="finish"' not in text

    @pytest.mark.parametrize(("role", "is_answering"), [("caseworker", False), ("supervisor", True)])
    def test_says_that_it_waits_for_who_alone_can_answer(self, caseworker, request, role, is_answering):
        case = opened(caseworker)
        reminded(case, caseworker, "approval")
        text = shown(case, request.getfixturevalue(role))
        assert ("menunggu supervisor" in text) is not is_answering
        assert ("Periksa rencana" in text) is is_answering

    def test_offers_nothing_to_who_only_reads(self, caseworker, head):
        case = opened(caseworker)
        tasked(case, caseworker)
        text = shown(case, head)
        assert "<form" not in text
        assert PROMISE not in text

    def test_lets_what_still_waits_in_an_ended_case_be_ticked_off_and_adds_nothing(self, caseworker):
        case = opened(caseworker)
        reminded(case, caseworker, "advocate")
        case.stage = "closed"
        text = shown(case, caseworker)
        assert 'value="finish"' in text
        assert "/catatan/baru/" not in text

    def test_tells_of_the_last_contact(self, caseworker):
        case = opened(caseworker)
        assert "Belum ada kontak" in shown(case, caseworker)
        noted(case, caseworker)
        assert "Kontak terakhir: 21 November 2026" in shown(Case.objects.get(), caseworker)

    def test_asks_the_database_twice_at_most(self, caseworker, django_assert_max_num_queries):
        case = opened(caseworker)
        tasked(case, caseworker)
        with django_assert_max_num_queries(2):
            panel(case, caseworker, TODAY)


def test_words_stay_as_they_were_typed(caseworker):
    case = opened(caseworker)
    noted(case, caseworker, words=f"  {WORDS}\r\nBesok lagi. ")
    (line,) = note_lines(notes_of(case), case, is_told=True)
    assert line.words == f"{WORDS}\nBesok lagi."
