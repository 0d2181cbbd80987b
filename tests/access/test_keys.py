from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from simpul.access import keys
from simpul.access.keys import KEY_BYTES, LAST, Keyring, KeysUnreadable, KeysUnwritable

MAKE = "import sys; from pathlib import Path; from simpul.access.keys import Keyring as K; print(K.at(Path(sys.argv[1])).masters)"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "keys.json"


class TestAt:
    def test_makes_the_file_for_its_owner_alone(self, path: Path) -> None:
        ring = Keyring.at(path)

        assert path.stat().st_mode & 0o777 == 0o600
        assert [len(key) for _, key in ring.masters] == [KEY_BYTES]
        assert list(path.parent.iterdir()) == [path]

    def test_reads_the_same_keys_again(self, path: Path) -> None:
        assert Keyring.at(path) == Keyring.at(path)

    @pytest.mark.parametrize(
        "broken",
        [
            "",
            "bukan json",
            "[]",
            "{}",
            '{"active": 1, "index": 1, "keys": []}',
            '{"active": 1, "index": 1, "keys": {"1": "cGVuZGVr"}}',
            '{"active": 1, "index": 1, "keys": {"1": "%%%"}}',
        ],
    )
    def test_says_what_to_do_about_a_broken_file_and_leaves_it(self, path: Path, broken: str) -> None:
        path.parent.mkdir()
        path.write_text(broken)

        with pytest.raises(KeysUnreadable, match=r"Restore it from your backup"):
            Keyring.at(path)
        assert path.read_text() == broken

    @pytest.mark.parametrize("name", ["active", "index"])
    def test_refuses_a_file_that_names_a_key_it_lacks(self, path: Path, name: str) -> None:
        Keyring.at(path)
        path.write_text(json.dumps(json.loads(path.read_text()) | {name: 7}))

        with pytest.raises(KeysUnreadable):
            Keyring.at(path)

    def test_makes_no_fresh_keys_for_a_database_that_is_there(self, path: Path, tmp_path: Path) -> None:
        database = tmp_path / "simpul.sqlite3"
        database.write_bytes(b"isi")

        with pytest.raises(KeysUnreadable, match=r"simpul\.sqlite3"):
            Keyring.at(path, guards=database)
        assert not path.exists()

    def test_says_when_the_folder_cannot_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "data").write_text("a file where the folder should be")
        with pytest.raises(KeysUnwritable, match="cannot be written"):
            Keyring.at(tmp_path / "data" / "keys.json")

    def test_gives_the_same_keys_to_all_who_race(self, path: Path) -> None:
        run = [sys.executable, "-c", MAKE, str(path)]
        racing = [
            subprocess.Popen(run, stdout=subprocess.PIPE, cwd=Path(keys.__file__).parents[2])
            for _ in range(4)
        ]
        answers = {process.communicate()[0] for process in racing}

        assert len(answers) == 1
        assert answers != {b""}

    def test_works_where_links_are_unknown(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object) -> None:
            raise PermissionError

        monkeypatch.setattr(os, "link", refuse)
        assert Keyring.at(path) == Keyring.at(path)


class TestCurrent:
    def test_follows_a_rotation_by_another_process(self, path: Path) -> None:
        ring = Keyring.at(path)
        assert ring.current() == ring
        ring.rotated().write()

        assert ring.current().active == 2
        assert ring.active == 1

    def test_goes_on_with_what_it_read_when_the_file_vanishes(self, path: Path) -> None:
        ring = Keyring.at(path)
        ring.rotated().write()
        newer = ring.current()
        path.unlink()

        assert ring.current() == newer
        assert not path.exists()


class TestLately:
    def test_does_not_look_at_the_file_each_time(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        ring, looked, look = Keyring.at(path), [], Path.stat
        monkeypatch.setattr(time, "monotonic", lambda: 1_000.0)
        monkeypatch.setattr(Path, "stat", lambda self, **how: looked.append(self) or look(self, **how))

        assert {ring.lately().active for _ in range(100)} == {1}
        assert len(looked) == 1

    def test_follows_another_process_soon(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        ring = Keyring.at(path)
        monkeypatch.setattr(time, "monotonic", lambda: 1_000.0)
        assert ring.lately().active == 1
        ring.rotated().write()
        keys._read[path] = (), ring, 1_000.0

        assert ring.lately().active == 1
        monkeypatch.setattr(time, "monotonic", lambda: 1_000.1)
        assert ring.lately().active == 2

    def test_follows_what_this_process_writes_at_once(self, path: Path) -> None:
        ring = Keyring.at(path)
        ring.lately().rotated().write()
        assert ring.lately().active == 2


class TestRotated:
    def test_adds_an_active_key_and_keeps_the_others(self, path: Path) -> None:
        ring = Keyring.at(path)
        fresh = ring.rotated()

        assert (fresh.active, fresh.index) == (2, 1)
        assert fresh.masters[:1] == ring.masters
        assert fresh.master(2) != ring.master(1)

    def test_ends_where_a_byte_ends(self, path: Path) -> None:
        ring = Keyring.at(path)
        full = Keyring(path, 1, 1, ((LAST, ring.master(1)),))
        with pytest.raises(KeysUnwritable):
            full.rotated()


class TestDerived:
    def test_differs_by_purpose_and_by_key(self, path: Path) -> None:
        ring = Keyring.at(path).rotated()
        found = {ring.derived(purpose, number) for purpose in ("seal", "index") for number in (1, 2)}
        assert len(found) == 4

    def test_does_not_show_the_keys_in_messages(self, path: Path) -> None:
        ring = Keyring.at(path)
        assert repr(ring.master(1)) not in repr(ring)

    def test_of_a_missing_key_says_so(self, path: Path) -> None:
        with pytest.raises(KeyError, match="key number 9"):
            Keyring.at(path).derived("seal", 9)
