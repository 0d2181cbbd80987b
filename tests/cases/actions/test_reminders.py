import uuid
from datetime import timedelta

import pytest

from simpul.cases.actions.reminders import Reminder
from simpul.cases.models import Task, TaskKind
from tests.cases.contacts_factories import opened
from tests.screening.factories import TODAY, when

pytestmark = pytest.mark.django_db
AT = when(90)["at"]


def put(reminder, by, *, days=3, **details):
    reminder.put(by=by, at=AT, due_on=TODAY + timedelta(days=days), words="Nilai lagi", **details)
    return Task.objects.filter(about=reminder.about).latest("version")


@pytest.fixture
def reminder(caseworker):
    return Reminder(opened(caseworker), TaskKind.REASSESSMENT, uuid.uuid4())


class TestPut:
    def test_is_the_managers_unless_somebody_is_named(self, reminder, caseworker, supervisor):
        assert put(reminder, supervisor).worker == caseworker.pk
        assert (
            put(reminder, caseworker, worker=supervisor.pk, worker_name="Pak Hamdan").worker == supervisor.pk
        )

    def test_moves_the_one_that_waits_and_remembers_the_first_day(self, reminder, caseworker):
        put(reminder, caseworker, days=3)
        task = put(reminder, caseworker, days=30)
        assert (Task.objects.count(), task.version) == (1, 2)
        assert task.first_due_on == TODAY + timedelta(days=3)

    def test_leaves_what_did_not_change(self, reminder, caseworker):
        put(reminder, caseworker)
        assert put(reminder, caseworker).version == 1

    def test_begins_anew_after_the_last_was_done(self, reminder, caseworker):
        put(reminder, caseworker)
        reminder.done(by=caseworker, at=AT)
        put(reminder, caseworker, days=90)
        states = Task.objects.filter(about=reminder.about).order_by("due_on").values_list("state", flat=True)
        assert list(states) == ["done", "open"]


class TestDrop:
    def test_leaves_what_was_done(self, reminder, caseworker):
        put(reminder, caseworker)
        reminder.done(by=caseworker, at=AT)
        reminder.drop(by=caseworker, at=AT)
        assert Task.objects.get(about=reminder.about).state == "done"
