from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.cases.models import Task
from simpul.cases.queries.calendar import _folded, calendar_of
from tests.cases.contacts_factories import PROMISE, opened, tasked

pytestmark = pytest.mark.django_db


def read(text):
    """A plain reader of calendar files (RFC 5545): unfolds, then gives each entry as names and values."""
    assert text.endswith("\r\n")
    lines = text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    entries = []
    for line in lines[1:-1]:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            entries.append({})
        elif entries and line != "END:VEVENT":
            entries[-1][name] = value
    return entries


def tasks():
    return Task.objects.select_related("case").order_by("due_on")


class TestCalendarOf:
    def test_is_made_also_with_the_last_day_there_is(self, caseworker):
        tasked(opened(caseworker), caseworker)
        Task.objects.update(due_on=date.max)
        (entry,) = read(calendar_of(tasks()))
        assert entry["DTSTART;VALUE=DATE"] == "99991231"
        assert "DTEND;VALUE=DATE" not in entry

    def test_gives_each_task_a_day_and_a_case_number(self, caseworker):
        case = opened(caseworker)
        task = tasked(case, caseworker, kind="visit", days=3)
        (entry,) = read(calendar_of(tasks()))
        assert entry["SUMMARY"] == f"Simpul: kunjungan (kasus {case.number})"
        assert entry["UID"] == f"{task.pk}@simpul"
        assert (entry["DTSTART;VALUE=DATE"], entry["DTEND;VALUE=DATE"]) == ("20261124", "20261125")

    def test_holds_nothing_about_anybody(self, caseworker):
        case = opened(caseworker)
        tasked(case, caseworker)
        text = calendar_of(tasks())
        for word in (PROMISE, case.person.name, "Siti", "Rina", "DESCRIPTION", "ATTENDEE", "LOCATION"):
            assert word not in text

    def test_is_the_same_each_time_until_something_moves(self, caseworker):
        task = tasked(opened(caseworker), caseworker)
        first = calendar_of(tasks())
        assert calendar_of(tasks()) == first
        Task.objects.filter(pk=task.pk).update(due_on=date(2026, 12, 31), version=2)
        (before,), (after,) = read(first), read(calendar_of(tasks()))
        assert before["UID"] == after["UID"]
        assert (before["SEQUENCE"], after["SEQUENCE"]) == ("0", "1")

    def test_is_a_whole_file_without_tasks(self):
        assert read(calendar_of([])) == []

    def test_escapes_what_means_something_else_in_a_calendar(self, caseworker):
        case = opened(caseworker)
        tasked(case, caseworker)
        case.number = "a;b,c\\d"
        task = tasks().get()
        task.case = case
        (entry,) = read(calendar_of([task]))
        assert entry["SUMMARY"] == "Simpul: tugas (kasus a\\;b\\,c\\\\d)"


class TestFolded:
    @given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=400))
    def test_keeps_every_letter_in_lines_of_75_octets(self, text):
        pieces = list(_folded(text))
        assert all(len(piece.encode()) <= 75 for piece in pieces)
        assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == text
        assert all(piece[0] == " " for piece in pieces[1:])
