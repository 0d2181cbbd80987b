"""`simpul migrate` leaves nothing readable that a change has sealed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import tables

SECRET = "Daftar yang dahulu terbuka"
# As a change that seals a column does it: the old value stays in a page that nobody uses any more.
OVERWRITTEN = f"""
import django; django.setup()
from django.core.management import call_command
from django.db import connection
call_command("migrate", "recaps", "0002", verbosity=0)
with connection.cursor() as cursor:
    cursor.execute("pragma secure_delete=off")  # as earlier versions wrote
    cursor.execute("create table was_open (told text)")
    cursor.executemany("insert into was_open values (%s)", [["{SECRET}" * 9]] * 400)
    cursor.execute("drop table was_open")
"""
MIGRATED = "import django; django.setup(); from simpul.commands import migrate; migrate.prepare()"


@pytest.mark.slow
class TestPrepare:
    def run(self, folder, words):
        named = {"SIMPUL_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "simpul.config.settings"}
        left = {key: told for key, told in os.environ.items() if key not in ("DATABASE_URL", "SIMPUL_KEYS")}
        subprocess.run(
            [sys.executable, "-c", words], env=left | named, check=True, cwd=Path(__file__).parents[2]
        )

    def holds(self, folder):
        return any(SECRET.encode() in path.read_bytes() for path in folder.glob("*.sqlite3*"))

    def test_takes_old_values_out_of_the_files_of_sqlite(self, tmp_path):
        tables.office_in(tmp_path)
        self.run(tmp_path, OVERWRITTEN)
        assert self.holds(tmp_path)
        self.run(tmp_path, MIGRATED)
        assert not self.holds(tmp_path)
