"""The process beside the server that does the long work."""

import subprocess
import sys
import time

import pytest

from simpul.access import jobs
from simpul.access.jobs import begin, latest
from simpul.commands import main, work
from tests.access.factories import user_with
from tests.access.test_jobs import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(settings, tmp_path, monkeypatch):
    settings.DATA = tmp_path
    monkeypatch.setattr(jobs, "TASKS", {})
    # The connection of the test is its own.
    monkeypatch.setattr(work.connections, "close_all", lambda: None)


class TestRun:
    def test_does_what_waits_and_ends(self, capsys):
        jobs.task("count", says="Menghitung")(lambda job, progress: "Baik.")
        begin("count", by=user_with("administrator"), at=NOON)
        assert main(["work", "--once"]) == 0
        assert latest("count", None).told == "Baik."

    def test_leaves_a_folder_to_the_process_that_was_first(self, capsys):
        with jobs.alone():
            assert main(["work", "--once"]) == 0
        assert "sudah mengerjakan" in capsys.readouterr().err


class TestBesideTheServer:
    def test_ends_with_the_server(self, monkeypatch):
        started = []
        sleeper = [sys.executable, "-c", "import sys; sys.stdin.read()"]
        popen = subprocess.Popen
        monkeypatch.setattr(
            work.subprocess,
            "Popen",
            lambda _, stdin: started.append(popen(sleeper, stdin=stdin)) or started[0],
        )
        with work.beside_the_server():
            time.sleep(0.05)
            assert started[0].poll() is None
        assert started[0].poll() is not None
