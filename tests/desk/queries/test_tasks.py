from datetime import timedelta

import pytest
from django.urls import reverse

from simpul.cases.models import Case, TaskKind
from simpul.cases.queries.contacts import panel
from simpul.cases.queries.tasks import ASKED_AGAIN, overdue_count
from simpul.catalogue import casework
from simpul.desk.queries import tasks, today, villages_of
from simpul.people.models import Person
from tests.cases.contacts_factories import PROMISE, noted, opened, reminded, tasked
from tests.screening.factories import TODAY

pytestmark = pytest.mark.django_db
NORM = casework.norms()["no_contact_days"]


def waits(viewer):
    return list(tasks.rows(viewer, TODAY).order_by("due_on").values_list("waits_for", flat=True))


def lines(viewer):
    return list(tasks.lines(tasks.rows(viewer, TODAY).order_by("due_on"), viewer, TODAY).values())


class TestRows:
    def test_says_what_is_late_due_today_and_due_this_week(self, caseworker):
        case = opened(caseworker)
        for days in (-1, 0, 1, 7, 8):
            tasked(case, caseworker, days=days)
        assert waits(caseworker) == ["overdue", "due_today", "due_week", "due_week"]

    def test_counts_overdue_as_every_other_place_does(self, caseworker):
        case = opened(caseworker)
        for days in (-9, -1, 0, 3):
            tasked(case, caseworker, days=days)
        late = tasks.rows(caseworker, TODAY).filter(waits_for="overdue").count()
        assert late == overdue_count(caseworker, TODAY) == 2

    @pytest.mark.parametrize("kind", [TaskKind.APPROVAL, TaskKind.GLASS])
    def test_asks_a_supervisor_whatever_the_day(self, caseworker, supervisor, kind):
        reminded(opened(caseworker), caseworker, kind, days=40)
        assert (waits(supervisor), waits(caseworker)) == (["asked"], [])

    def test_asks_a_supervisor_about_a_second_postponement(self, caseworker, supervisor):
        task = tasked(opened(caseworker), caseworker)
        type(task).objects.update(postponed=ASKED_AGAIN)
        assert (waits(supervisor), waits(caseworker)) == (["asked"], ["due_week"])

    @pytest.mark.parametrize("role", ["stranger", "volunteer", "administrator"])
    def test_holds_nothing_for_who_has_no_part(self, caseworker, request, role):
        tasked(opened(caseworker), caseworker)
        assert waits(request.getfixturevalue(role)) == []

    def test_ranks_by_the_urgency_of_the_case(self, caseworker):
        first, second = opened(caseworker), opened(caseworker)
        Case.objects.filter(pk=second.pk).update(urgency="emergency")
        tasked(first, caseworker, days=-5)
        hurts = tasked(second, caseworker, days=5)
        assert tasks.rows(caseworker, TODAY).order_by("rank", "since").first() == hurts


class TestLines:
    def test_says_why_in_one_sentence(self, caseworker):
        case = opened(caseworker)
        for days in (-3, 0, 2):
            tasked(case, caseworker, days=days)
        assert [line.why for line in lines(caseworker)] == [
            f"Terlambat 3 hari: {PROMISE}",
            f"Hari ini: {PROMISE}",
            f"Sampai Senin 23 November: {PROMISE}",
        ]
        assert [line.is_late for line in lines(caseworker)] == [True, False, False]

    def test_leads_to_where_it_is_done(self, caseworker):
        case = opened(caseworker)
        task, goal = tasked(case, caseworker, days=1), reminded(case, caseworker, "goal", days=2)
        here, elsewhere = (line.href for line in lines(caseworker))
        assert here == reverse("cases:task", args=[case.pk, task.pk])
        assert elsewhere == reverse("cases:goal", args=[goal.about])

    def test_tells_the_kind_alone_to_who_may_not_read_words(self, caseworker, head):
        task = tasked(opened(caseworker), caseworker, days=0)
        type(task).objects.update(worker=head.pk)
        assert [line.why for line in lines(head)] == ["Hari ini: Tugas"]


class TestSilentLines:
    def test_says_since_when_nobody_was_met_and_offers_to_note_it(self, caseworker):
        case = opened(caseworker, days=NORM + 9)
        (line,) = silent(caseworker)
        assert line.why.startswith("Belum ada kontak yang dicatat sejak kasus dibuka")
        assert line.href == reverse("cases:note-add", args=[case.pk])
        noted(case, caseworker, day=TODAY - timedelta(days=NORM + 1))
        (line,) = silent(caseworker)
        assert line.why.startswith("Tidak ada kontak sejak")

    @pytest.mark.parametrize("role", ["head", "volunteer", "stranger"])
    def test_is_of_the_worker_only(self, caseworker, request, role):
        opened(caseworker, days=NORM + 9)
        assert silent(request.getfixturevalue(role)) == []


def silent(viewer):
    found = tasks.silent_rows(viewer, TODAY)
    return list(tasks.silent_lines(found, viewer, TODAY).values())


class TestInTheDaysList:
    @pytest.mark.parametrize("only", ["overdue", "due_today", "due_week", "asked", "silent"])
    def test_counts_as_many_as_it_lists(self, caseworker, supervisor, only):
        case = opened(caseworker, days=NORM + 9)
        for days in (-5, -1, 0, 2, 20):
            tasked(case, caseworker, days=days)
            tasked(case, supervisor, days=days)
        reminded(case, caseworker, TaskKind.HANDOVER)
        numbers = {count.waits_for: count.number for count in today(caseworker, on=TODAY).counts}
        listed = today(caseworker, on=TODAY, only=only)
        shown = [line for village in villages(listed, caseworker) for line in village.lines]
        assert [line.waits_for for line in shown] == [only] * numbers[only]
        assert listed.waits.count() == numbers[only] > 0

    def test_puts_those_of_one_home_together(self, caseworker):
        first, other = opened(caseworker), opened(caseworker)
        same = opened(caseworker, name="Rohani")
        Person.objects.filter(pk=same.person_id).update(household=first.person.household_id)
        for number, case in enumerate([first, other, same]):
            tasked(case, caseworker, days=number)
        desk = today(caseworker, on=TODAY, only="due_week")
        (village,) = villages(today(caseworker, on=TODAY), caseworker)
        together = [[line.person for line in home.lines if "due" in line.waits_for] for home in village.homes]
        assert together == [[first.person_id, same.person_id], [other.person_id]]
        assert village.people == 3
        assert desk.waits.count() == 2

    def test_counts_a_person_with_several_tasks_once(self, caseworker):
        case = opened(caseworker)
        for days in (-1, 0, 1):
            tasked(case, caseworker, days=days)
        assert today(caseworker, on=TODAY).waiting == 1


def villages(desk, viewer):
    return villages_of(desk.waits, viewer, on=TODAY)


class TestThePage:
    @pytest.fixture(autouse=True)
    def on_that_day(self, monkeypatch):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)

    def test_says_overdue_in_the_strip_as_in_list_case_and_count(self, client, caseworker):
        case = opened(caseworker)
        for days in (-9, -1, 0, 4):
            tasked(case, caseworker, days=days)
        client.force_login(caseworker)
        answer = client.get(reverse("desk:today"))
        strip = {count.waits_for: count.number for count in answer.context["desk"].counts}["overdue"]
        listed = client.get(reverse("desk:today"), {"menunggu": "overdue"}).content.decode()
        on_the_case = panel(case, caseworker, TODAY).overdue
        assert strip == listed.count("Terlambat") == on_the_case == overdue_count(caseworker, TODAY) == 2
        assert f"<b>{strip}</b>terlambat" in answer.content.decode()

    def test_shows_one_home_as_one_group(self, client, caseworker):
        case = opened(caseworker)
        tasked(case, caseworker, days=0)
        tasked(case, caseworker, days=1)
        client.force_login(caseworker)
        text = client.get(reverse("desk:today")).content.decode()
        # The new case itself waits too.
        assert "Satu rumah, 3 urusan" in text
        assert text.count('class="button"') == 2

    def test_asks_the_database_as_often_for_many_as_for_few(
        self, client, caseworker, django_assert_max_num_queries
    ):
        for _ in range(4):
            tasked(opened(caseworker, days=NORM + 9), caseworker)
        client.force_login(caseworker)
        client.get(reverse("desk:today"))
        with django_assert_max_num_queries(29):
            client.get(reverse("desk:today"))
