"""A night that is killed, in processes of their own: nothing half done, and the next one goes through."""

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
from pathlib import Path
from django.conf import settings
from datetime import timedelta
from simpul.access.files import APART
from simpul.access.gate import THE_MACHINE
from simpul.access.reach import Where
from simpul.population import reactions
from simpul.population.models import Drawer, KeptRegister
from simpul.population.queries import register_on
from tests.population.people import AT, ON, random_people
def strays():
    files = sum(path.is_file() for path in (Path(settings.MEDIA_ROOT) / APART).rglob("*"))
    return files - KeptRegister.objects.count() - Drawer.objects.count()
def night(day, **how):
    return reactions.screen(
        Where(), by=THE_MACHINE, on=ON + timedelta(days=day), at=AT + timedelta(days=1 + day), **how)
"""
FIRST = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
random_people(50, 1)
night(0)
print(register_on(None).on, register_on(None).people.height)
"""
KILLED = """
import os, signal
def kill(*given, **named):
    os.kill(os.getpid(), signal.SIGKILL)
reactions.keep_screened = kill
night(1, anew=True)
"""
AFTERWARDS = """
print(register_on(None).on, register_on(None).people.height, strays() > 0)
night(1)
print(register_on(None).on, register_on(None).people.height, strays() > 0)
"""


@pytest.mark.slow
class TestKilled:
    def run(self, folder: Path, words: str) -> subprocess.CompletedProcess[str]:
        named = {"SIMPUL_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "simpul.config.settings"}
        kept = {
            name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SIMPUL_KEYS")
        }
        return subprocess.run(
            [sys.executable, "-c", START + words],
            env=kept | named,
            capture_output=True,
            text=True,
            check=False,
        )

    def test_leaves_the_night_before_and_begins_again(self, tmp_path):
        tables.office_in(tmp_path)
        first = self.run(tmp_path, FIRST)
        assert first.stdout.split() == ["2026-11-22", "50"], first.stderr
        assert self.run(tmp_path, KILLED).returncode == -signal.SIGKILL
        told = self.run(tmp_path, AFTERWARDS)
        assert told.stdout.splitlines() == ["2026-11-22 50 True", "2026-11-23 50 False"], told.stderr
