"""Public numbers whose preparing or publishing is killed, in processes of their own: nothing half done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests import tables

START = """
import django; django.setup()
import os, signal, uuid
from datetime import UTC, datetime
from simpul.access import gate, jobs
from simpul.access.models import Event, Job, User
from simpul.access.reach import Where
from simpul.recaps import reactions
from simpul.recaps.actions import prepare_release, publish
from simpul.recaps.models import Release
AT = datetime(2026, 11, 3, 2, 0, tzinfo=UTC)
def kill(*given, **named):
    os.kill(os.getpid(), signal.SIGKILL)
def stands():
    one = Release.objects.get()
    print(one.stage, one.numbers is not None, one.workings is not None, Job.objects.get().state, Event.objects.count())
def published():
    one = Release.objects.get()
    publish(one, by=User.objects.get(grants__role="registrar"), at=AT, seen=one.mark)
"""
FIRST = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.access.factories import user_with
from tests.population.factories import kept, register_of
from tests.recaps.queries.test_public_tables import KARIMUN, some_people
from tests.recaps.test_public_views import ENDED, MONTH
kept(register_of(some_people(60), on=ENDED))
user_with("registrar", region=KARIMUN)
officer = user_with("dinas_officer", region=KARIMUN)
prepare_release(Where(region=KARIMUN), by=officer, key=uuid.uuid4(), at=AT, period=MONTH)
stands()
"""
COUNTING = "reactions.prepared = kill; jobs.run_waiting()"
WRITING = "gate.record = kill; jobs.run_waiting()"
PUBLISHING = "gate.record = kill; published()"
AGAIN = "jobs.take_up_again(); jobs.run_waiting(); stands()"


@pytest.mark.slow
class TestKilled:
    @pytest.fixture
    def run(self, tmp_path):
        """Words of a process with a data folder of its own: what it says, or the signal it died by."""
        tables.office_in(tmp_path)

        def ran(words: str) -> str | int:
            named = {"SIMPUL_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "simpul.config.settings"}
            left = {
                key: told for key, told in os.environ.items() if key not in ("DATABASE_URL", "SIMPUL_KEYS")
            }
            came = subprocess.run(
                [sys.executable, "-c", START + words],
                env=left | named,
                cwd=Path(__file__).parents[2],
                capture_output=True,
                text=True,
                check=False,
            )
            assert came.returncode in (0, -signal.SIGKILL), came.stderr
            return came.stdout.strip() if came.returncode == 0 else came.returncode

        return ran

    def test_leaves_nothing_half_done_and_begins_again_cleanly(self, run):
        before = run(FIRST)
        assert before.startswith("preparing False False waiting")
        events = before.rpartition(" ")[2]
        for place in (COUNTING, WRITING):
            assert run(place) == -signal.SIGKILL
            assert run("stands()") == f"preparing False False running {events}"
            run("jobs.take_up_again()")
        prepared = run(AGAIN)
        assert prepared == f"ready True True done {int(events) + 1}"
        assert run(PUBLISHING) == -signal.SIGKILL
        assert run("stands()") == prepared
        assert run("published(); stands()") == f"shown True True done {int(events) + 2}"
