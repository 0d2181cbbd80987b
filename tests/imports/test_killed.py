"""An import that is killed in its middle: nothing is half done, and it begins again cleanly."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests import tables

SCRIPT = Path(__file__).parent / "killed_office.py"
PEOPLE = 3_000


def office(folder, step, **more):
    """A process of its own with a data folder of its own."""
    return subprocess.Popen(
        [sys.executable, SCRIPT, step, str(PEOPLE)],
        env={**os.environ, "SIMPUL_DATA": str(folder), "DATABASE_URL": "", "PYTHONPATH": os.getcwd()},
        stdout=subprocess.PIPE,
        text=True,
        **more,
    )


def said(folder, step):
    process = office(folder, step)
    told, _errors = process.communicate(timeout=300)
    assert process.returncode == 0, told
    return told.split()


@pytest.mark.slow
def test_a_killed_import_leaves_nothing_and_goes_on_at_the_next_start(tmp_path):
    tables.office_in(tmp_path)
    assert said(tmp_path, "prepare") == ["tried"]
    process = office(tmp_path, "run")
    # It says so itself, between the first rows that it writes and the last.
    assert process.stdout.readline().strip() == "writing"
    os.kill(process.pid, signal.SIGKILL)
    process.wait(timeout=30)
    assert said(tmp_path, "count") == ["0", "0", "0", "tried", "running"]
    assert said(tmp_path, "again") == ["done"]
    assert said(tmp_path, "count") == [str(PEOPLE), str(PEOPLE), str(PEOPLE * 2), "done", "done"]


@pytest.mark.slow
def test_a_killed_undoing_leaves_the_import_whole_and_goes_on_at_the_next_start(tmp_path):
    tables.office_in(tmp_path)
    said(tmp_path, "prepare")
    assert said(tmp_path, "again") == ["done"]
    process = office(tmp_path, "undo")
    # It says so itself, after the first were taken back and before the last.
    assert process.stdout.readline().strip() == "taking back"
    os.kill(process.pid, signal.SIGKILL)
    process.wait(timeout=30)
    assert said(tmp_path, "count") == [str(PEOPLE), str(PEOPLE), str(PEOPLE * 2), "done", "done", "running"]
    assert said(tmp_path, "again") == ["undone"]
    assert said(tmp_path, "count") == ["0", "0", "0", "undone", "done", "done"]
