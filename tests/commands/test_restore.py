"""Backup and restore of a whole data folder."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings

from simpul.access.keys import Keyring
from simpul.commands import folders, main, restore
from simpul.commands.stop import DONE, STOPPED

is_sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
needs_sqlite = pytest.mark.skipif(not is_sqlite, reason="moves files of SQLite")


class TestFolders:
    def test_agree_with_the_settings(self):
        assert folders.data_folder() == settings.DATA
        assert folders.keys_file() == settings.SIMPUL_KEYS_FILE
        assert folders.attachments_folder() == settings.MEDIA_ROOT
        assert folders.database()["ENGINE"] == settings.DATABASES["default"]["ENGINE"]


@pytest.fixture
def backed_up(tmp_path, transactional_db, capsys):
    path = tmp_path / "backup.tar.gz"
    assert main(["backup", str(path)]) == DONE
    assert "Kunci TIDAK ikut" in capsys.readouterr().err.replace("\n", " ")
    return path


@pytest.fixture
def new_home(tmp_path, monkeypatch):
    """An empty data folder with the right keys; the last step (new processes) is left out."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "keys.json").write_bytes(settings.SIMPUL_KEYS_FILE.read_bytes())
    monkeypatch.setenv("SIMPUL_DATA", str(home))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(restore, "brought_up_to_date", lambda _listing: True)
    return home


def tables(path):
    with closing(sqlite3.connect(path)) as database:
        return {name for (name,) in database.execute("select name from sqlite_master where type = 'table'")}


@needs_sqlite
class TestRestore:
    def test_gives_back_the_whole_database(self, backed_up, new_home):
        assert main(["restore", str(backed_up)]) == DONE
        assert "access_event" in tables(new_home / "simpul.sqlite3")

    def test_refuses_over_existing_data(self, backed_up, new_home, capsys):
        (new_home / "simpul.sqlite3").write_bytes(b"old")
        assert main(["restore", str(backed_up)]) == STOPPED
        assert "--replace" in capsys.readouterr().err
        assert (new_home / "simpul.sqlite3").read_bytes() == b"old"

    def test_moves_the_old_data_aside(self, backed_up, new_home):
        (new_home / "simpul.sqlite3").write_bytes(b"old")
        (new_home / "attachments").mkdir()
        (new_home / "attachments" / "letter").write_bytes(b"old letter")
        assert main(["restore", str(backed_up), "--replace"]) == DONE
        (aside,) = new_home.glob("before-restore-*")
        assert (aside / "simpul.sqlite3").read_bytes() == b"old"
        assert (aside / "attachments" / "letter").read_bytes() == b"old letter"

    def test_keeps_the_file_of_the_replaced_record(self, backed_up, new_home):
        (new_home / "record.seal").write_text("old")
        assert main(["restore", str(backed_up)]) == DONE
        (kept,) = new_home.glob("record.seal*")
        assert kept.name.startswith("record.seal.before-restore-")

    def test_of_a_damaged_file_touches_nothing(self, backed_up, new_home):
        (new_home / "simpul.sqlite3").write_bytes(b"old")
        backed_up.write_bytes(backed_up.read_bytes()[:-2000])
        assert main(["restore", str(backed_up), "--replace"]) == STOPPED
        assert (new_home / "simpul.sqlite3").read_bytes() == b"old"
        assert sorted(path.name for path in new_home.iterdir()) == ["keys.json", "simpul.sqlite3"]

    def test_asks_for_the_keys_first(self, backed_up, new_home, capsys):
        (new_home / "keys.json").unlink()
        assert main(["restore", str(backed_up)]) == STOPPED
        assert str(new_home / "keys.json") in capsys.readouterr().err
        assert not (new_home / "keys.json").exists()

    def test_refuses_the_keys_of_another_office(self, backed_up, new_home, capsys):
        (new_home / "keys.json").unlink()
        Keyring.at(new_home / "keys.json")
        assert main(["restore", str(backed_up)]) == STOPPED
        assert "bukan kunci cadangan ini" in capsys.readouterr().err
        assert not (new_home / "simpul.sqlite3").exists()

    def test_brings_the_keys_where_they_were_packed(self, tmp_path, transactional_db, new_home):
        path = tmp_path / "with-keys.tar.gz"
        assert main(["backup", str(path), "--with-keys"]) == DONE
        (new_home / "keys.json").unlink()
        assert main(["restore", str(path)]) == DONE
        assert (new_home / "keys.json").read_bytes() == settings.SIMPUL_KEYS_FILE.read_bytes()

    def test_says_that_the_file_is_not_there(self, new_home, tmp_path, capsys):
        assert main(["restore", str(tmp_path / "nowhere.tar.gz")]) == STOPPED
        assert "tidak ada" in capsys.readouterr().err


class TestBackup:
    def test_overwrites_nothing(self, tmp_path, db):
        (tmp_path / "important").write_text("keep")
        assert main(["backup", str(tmp_path / "important")]) == STOPPED
        assert (tmp_path / "important").read_text() == "keep"

    def test_names_a_folder_that_is_not_there(self, tmp_path, db, capsys):
        assert main(["backup", str(tmp_path / "no" / "b.tar.gz")]) == STOPPED
        assert str(tmp_path / "no") in capsys.readouterr().err


@pytest.mark.slow
class TestTheWholeWay:
    def test_an_office_moves_to_another_folder(self, tmp_path):
        def simpul(home, *words):
            environment = {**os.environ, "SIMPUL_DATA": str(tmp_path / home)}
            environment.pop("DATABASE_URL", None)
            environment.pop("DJANGO_SETTINGS_MODULE", None)
            words = [sys.executable, "-m", "simpul", *words]
            return subprocess.run(words, env=environment, capture_output=True, text=True, check=False)

        made = simpul("old", "demo", "--no-serve")
        assert made.returncode == DONE, made.stderr
        assert simpul("old", "backup", str(tmp_path / "b.tar.gz"), "--with-keys").returncode == DONE
        restored = simpul("new", "restore", str(tmp_path / "b.tar.gz"))
        assert restored.returncode == DONE, restored.stderr
        assert "Catatan kegiatan: tidak ada yang keliru" in restored.stderr
        assert simpul("old", "migrate", "--restored", "2026-11-21").returncode == DONE
        assert simpul("old", "restore", str(tmp_path / "b.tar.gz"), "--replace").returncode == DONE
        assert (tmp_path / "new" / "record.seal").exists()
        assert (tmp_path / "new" / "simpul.sqlite3").stat().st_mode & 0o077 == 0
        assert "rina" in simpul("new", "user", "list").stdout
        (tmp_path / "new" / "keys.json").unlink()
        assert simpul("new", "check", "--audit").returncode == STOPPED
