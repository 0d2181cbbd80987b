"""The file of a backup."""

from __future__ import annotations

import gzip
import io
import json
import tarfile

import pytest

from simpul.access.keys import Keyring
from simpul.commands import archive
from simpul.commands.stop import Stop

MADE_AT = "2026-11-21T09:00:00+07:00"


@pytest.fixture
def members(tmp_path):
    (tmp_path / "db").write_bytes(b"database" * 1000)
    (tmp_path / "letter").write_bytes(b"a letter")
    return {archive.SQLITE: tmp_path / "db", "attachments/2026/letter.pdf": tmp_path / "letter"}


@pytest.fixture
def written(tmp_path, members):
    target = tmp_path / "backup.tar.gz"
    archive.write(target, members, made_at=MADE_AT, keys={"1": "abc"})
    return target


@pytest.fixture
def empty(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def packed(path, files):
    """A tar of our own making, with any names."""
    with tarfile.open(path, "w:gz") as tar:
        for name, content in files:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return path


class TestWrite:
    def test_can_be_read_by_its_owner_alone(self, written):
        assert written.stat().st_mode & 0o077 == 0

    def test_leaves_nothing_behind_when_the_disk_refuses(self, tmp_path, members):
        with pytest.raises(Stop, match="tidak dapat ditulis"):
            archive.write(tmp_path / "missing" / "backup.tar.gz", members, made_at=MADE_AT, keys={})
        assert not (tmp_path / "missing").exists()


class TestExtract:
    def test_gives_back_what_was_written(self, written, empty, members):
        listing = archive.extract(written, empty)
        assert (listing.made_at, listing.keys, listing.database) == (MADE_AT, {"1": "abc"}, archive.SQLITE)
        assert all((empty / name).read_bytes() == path.read_bytes() for name, path in members.items())

    @pytest.mark.parametrize("where", [0.3, 0.6, 0.9])
    def test_refuses_a_file_with_a_changed_byte(self, written, empty, where):
        raw = bytearray(gzip.decompress(written.read_bytes()))
        raw[int(len(raw) * 0.25 + 3000 * where)] ^= 1
        written.write_bytes(gzip.compress(bytes(raw)))
        with pytest.raises(Stop, match="Tidak ada yang diubah"):
            archive.extract(written, empty)

    @pytest.mark.parametrize("kept", [5, 100, 0.5, 0.8])
    def test_refuses_a_file_that_was_cut_off(self, written, empty, kept):
        whole = written.read_bytes()
        written.write_bytes(whole[: kept if isinstance(kept, int) else int(len(whole) * kept)])
        with pytest.raises(Stop, match="Tidak ada yang diubah"):
            archive.extract(written, empty)

    def test_refuses_what_is_no_backup(self, tmp_path, empty):
        path = packed(tmp_path / "other.tar.gz", [("holiday.jpg", b"x")])
        with pytest.raises(Stop, match="bukan berkas cadangan"):
            archive.extract(path, empty)

    @pytest.mark.parametrize("name", ["../outside", "/tmp/outside", "attachments/../../outside"])
    def test_never_writes_outside_its_folder(self, tmp_path, empty, name):
        listing = {"made_at": MADE_AT, "files": {name: "0" * 64}, "keys": {}}
        path = packed(
            tmp_path / "evil.tar.gz", [(archive.LISTING, json.dumps(listing).encode()), (name, b"x")]
        )
        with pytest.raises(Stop):
            archive.extract(path, empty)
        assert not (tmp_path / "outside").exists()

    def test_asks_for_a_newer_simpul_where_the_file_is_newer(self, tmp_path, empty):
        listing = {"made_at": MADE_AT, "files": {}, "keys": {}, "format": archive.FORMAT + 1}
        path = packed(tmp_path / "new.tar.gz", [(archive.LISTING, json.dumps(listing).encode())])
        with pytest.raises(Stop, match="Perbarui Simpul"):
            archive.extract(path, empty)


class TestFingerprints:
    def test_tell_keys_apart_and_give_none_away(self, tmp_path):
        ring = Keyring.at(tmp_path / "a.json")
        other = Keyring.at(tmp_path / "b.json")
        assert archive.fingerprints(ring) != archive.fingerprints(other)
        assert archive.fingerprints(ring) == archive.fingerprints(Keyring.at(tmp_path / "a.json"))
        assert ring.master(1).hex()[:16] not in archive.fingerprints(ring).values()
