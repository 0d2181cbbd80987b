import uuid
from datetime import UTC, datetime, time

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from simpul.access import jobs
from simpul.access.jobs import alone, begin, begin_nightly, how_far, latest, run_waiting, take_up_again
from simpul.access.models import Job, JobState
from simpul.access.refusal import Refusal
from tests.access.factories import user_with

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def data(settings, tmp_path, monkeypatch):
    settings.DATA = tmp_path
    monkeypatch.setattr(jobs, "TASKS", {})


@pytest.fixture
def worker():
    return user_with("administrator")


def does(name, work, **options):
    jobs.task(name, says="Menghitung", **options)(work)


class TestBegin:
    def test_waits_for_its_turn(self, worker):
        does("count", lambda job, progress: "")
        assert begin("count", by=worker, at=NOON).state == JobState.WAITING

    def test_is_one_job_however_often_it_is_pressed(self, worker):
        does("count", lambda job, progress: "")
        about = uuid.uuid4()
        first = begin("count", about=about, by=worker, at=NOON)
        assert begin("count", about=about, by=worker, at=NOON) == first

    def test_knows_no_task_that_nobody_registered(self, worker):
        with pytest.raises(jobs.TaskUnknown):
            begin("cuont", by=worker, at=NOON)

    def test_cannot_be_doubled_past_the_function_either(self, worker):
        does("count", lambda job, progress: "")
        job = begin("count", about=uuid.uuid4(), by=worker, at=NOON)
        with pytest.raises(IntegrityError), transaction.atomic():
            Job.objects.create(task="count", about=job.about, wanted_at=NOON)


class TestRunWaiting:
    def test_keeps_the_sentence_of_what_came_of_it(self, worker):
        does("count", lambda job, progress: "Selesai dihitung.")
        about = uuid.uuid4()
        begin("count", about=about, by=worker, at=NOON)
        assert run_waiting(NOON) == 1
        assert (latest("count", about).state, latest("count", about).told) == (
            JobState.DONE,
            "Selesai dihitung.",
        )

    def test_acts_with_the_rights_of_who_asked_as_they_are_now(self, worker):
        seen = []
        does("count", lambda job, progress: seen.append(job.wanted_by_user()) or "")
        begin("count", by=worker, at=NOON)
        type(worker).objects.filter(pk=worker.pk).update(is_active=False)
        run_waiting(NOON)
        assert seen == [None]

    def test_tells_the_sentence_of_a_refusal(self, worker):
        def refuse(job, progress):
            raise Refusal("Berkas itu sudah dihapus.")

        does("count", refuse)
        begin("count", by=worker, at=NOON)
        run_waiting(NOON)
        assert latest("count", None).told == "Berkas itu sudah dihapus."

    def test_goes_on_with_the_next_after_a_mistake_of_the_program(self, worker, caplog):
        def fail(job, progress):
            raise ZeroDivisionError

        does("wrong", fail)
        does("right", lambda job, progress: "Baik.")
        begin("wrong", by=worker, at=NOON)
        begin("right", by=worker, at=NOON)
        assert run_waiting(NOON) == 2
        assert "hubungi pengelola" in latest("wrong", None).told.lower()
        assert latest("right", None).state == JobState.DONE

    def test_tells_how_far_it_is_while_it_runs_and_keeps_nothing_after(self, worker):
        far = []

        def count(job, progress):
            progress(3, 10)
            far.append(how_far(job))
            return ""

        does("count", count)
        job = begin("count", by=worker, at=NOON)
        run_waiting(NOON)
        assert (far, how_far(job)) == ([(3, 10)], (0, 0))


class TestTakeUpAgain:
    def test_lets_what_was_killed_wait_again(self, worker):
        does("count", lambda job, progress: "Baik.")
        job = begin("count", by=worker, at=NOON)
        Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, tries=1)
        assert take_up_again() == 1
        run_waiting(NOON)
        assert latest("count", None).tries == 2

    def test_ends_what_was_killed_again_and_again(self, worker):
        does("count", lambda job, progress: "Baik.")
        job = begin("count", by=worker, at=NOON)
        Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, tries=3)
        assert take_up_again() == 0
        assert latest("count", None).state == JobState.FAILED


class TestBeginNightly:
    def test_begins_once_a_day_when_its_hour_has_come(self):
        does("night", lambda job, progress: "", nightly_at=time(1))
        midnight = NOON.replace(hour=0, minute=30)
        assert begin_nightly(midnight) == []
        assert len(begin_nightly(NOON)) == 1
        run_waiting(NOON)
        assert begin_nightly(NOON.replace(hour=23)) == []

    def test_leaves_alone_what_only_people_ask_for(self):
        does("count", lambda job, progress: "")
        assert begin_nightly(NOON) == []


class TestAlone:
    def test_lets_one_process_work_for_a_folder(self):
        with alone() as first, alone() as second:
            assert (first, second) == (True, False)


class TestItsPartOfAPage:
    def test_is_seen_by_who_asked_alone(self, client, worker):
        does("count", lambda job, progress: "Baik.")
        job = begin("count", by=worker, at=NOON)
        client.force_login(user_with("administrator"))
        assert client.get(reverse("job", args=[job.pk])).status_code == 404
        client.force_login(worker)
        assert "Menghitung: menunggu giliran" in client.get(reverse("job", args=[job.pk])).content.decode()

    def test_opens_the_page_anew_when_the_work_is_done(self, client, worker):
        does("count", lambda job, progress: "Baik.")
        job = begin("count", by=worker, at=NOON)
        run_waiting(NOON)
        client.force_login(worker)
        assert client.get(reverse("job", args=[job.pk])).headers["HX-Refresh"] == "true"
