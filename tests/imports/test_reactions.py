from datetime import timedelta

import pytest
from django.utils import timezone

from simpul.access.jobs import begin, run_waiting
from simpul.access.models import JobState
from simpul.imports import actions
from simpul.imports.models import Batch
from simpul.people.models import Person
from tests.imports.factories import AMINAH, AT, RIZKI, csv, loaded, sent, tried
from tests.people import factories as people

pytestmark = pytest.mark.django_db


def done(job):
    run_waiting()
    job.refresh_from_db()
    return job


class TestTry:
    def test_keeps_the_picture_and_writes_nothing_else(self, boss):
        batch = sent(boss, csv(AMINAH, ("x", "Budi", "L", "")))
        assert done(actions.ask_to_try(batch, by=boss, at=AT)).state == JobState.DONE
        held = Batch.objects.get()
        assert (held.state, held.counts["new"], held.counts["refused"]) == ("tried", 1, 1)
        assert held.picture["columns"][2]["counts"] == [["Perempuan", 1], ["Laki-laki", 1]]
        assert not Person.objects.exists()

    def test_tells_of_old_words_only_what_is_said_today(self, boss):
        headings = ("Nama", "Jenis Kecacatan")
        batch = sent(boss, csv(("Siti", "Tuna Netra"), ("Budi", "orang gila"), headings=headings))
        done(actions.ask_to_try(batch, by=boss, at=AT))
        told = str(Batch.objects.get().picture).casefold()
        assert not any(word in told for word in ("cacat", "tuna netra", "orang gila"))


class TestRun:
    def test_loads_and_says_how_many(self, boss):
        job = done(actions.ask_to_run(tried(boss, csv(AMINAH, RIZKI)), by=boss, at=AT))
        assert (job.state, job.told) == (JobState.DONE, "2 baris baru dimuat.")

    def test_looks_through_the_file_again_where_somebody_was_faster(self, boss):
        batch = tried(boss, csv(AMINAH))
        job = actions.ask_to_run(batch, by=boss, at=AT)
        people.person(boss, nik=AMINAH[0])
        assert done(job).told == "0 baris baru dimuat."
        assert Person.objects.count() == 1

    def test_begun_again_after_it_was_done_stays_done(self, boss):
        batch = loaded(boss, csv(AMINAH))
        assert done(begin(actions.RUN, about=batch.pk, by=boss, at=AT)).state == JobState.DONE
        assert Person.objects.count() == 1

    def test_does_nothing_for_who_lost_the_right(self, boss):
        job = actions.ask_to_run(tried(boss, csv(AMINAH)), by=boss, at=AT)
        boss.grants.update(withdrawn_at=AT)
        assert done(job).state == JobState.FAILED
        assert not Person.objects.exists()


class TestUndo:
    def test_takes_back(self, boss):
        job = done(actions.ask_to_undo(loaded(boss, csv(AMINAH)), by=boss, at=AT))
        assert (job.state, Person.objects.count()) == (JobState.DONE, 0)

    def test_says_what_prevents_it(self, boss):
        batch = loaded(boss, csv(AMINAH))
        people.consent(Person.objects.get(), boss)
        job = done(actions.ask_to_undo(batch, by=boss, at=AT))
        assert (job.state, "persetujuan (1)" in job.told) == (JobState.FAILED, True)


class TestDestroy:
    def test_destroys_the_file_after_its_days(self, boss, folder, django_capture_on_commit_callbacks):
        batch = loaded(boss, csv(AMINAH))
        Batch.objects.update(keep_until=timezone.localdate() - timedelta(days=1))
        with django_capture_on_commit_callbacks(execute=True):
            done(begin("imports.destroy", by=None, at=AT))
        batch.refresh_from_db()
        assert (batch.is_there, batch.list_name) == (False, "Daftar lansia Desa Pangke")
        assert not [path for path in folder.rglob("*") if path.is_file()]

    def test_leaves_a_file_whose_days_are_not_over(self, boss):
        batch = sent(boss, csv(AMINAH))
        Batch.objects.update(keep_until=timezone.localdate())
        done(begin("imports.destroy", by=None, at=AT))
        batch.refresh_from_db()
        assert batch.is_there
