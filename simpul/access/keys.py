"""The keys, in a file outside the database. Who loses the file loses the sealed facts for ever."""

from __future__ import annotations

import base64
import json
import os
import secrets
import time
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
FIRST = 1
# A sealed value names its key in one byte.
LAST = 255
# A list of a hundred thousand people asks for the keys a million times; to look at the file each time cost more than the sealing.
_LOOKED_AT_EVERY = 0.05

# What was read last, what the file looked like then, and when it was looked at, in seconds of `time.monotonic`.
_read: dict[Path, tuple[tuple[int, ...], Keyring, float]] = {}


class KeysUnreadable(RuntimeError):
    """The keys cannot be had, and going on without them would lose sealed facts.

    In two languages, because it is said before Simpul knows who is reading.
    """

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"Berkas kunci {path} tidak dapat dibaca ({why}). Pulihkan berkas itu dari cadangan Anda; jangan "
            "dihapus, karena data peka tidak dapat dibuka tanpanya. / "
            f"The keys file {path} cannot be read ({why}). Restore it from your backup; "
            "do not delete it, because sensitive facts cannot be opened without it."
        )


class KeysUnwritable(RuntimeError):
    """The keys file could not be made or changed; nothing was sealed with keys that nobody keeps."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"Berkas kunci {path} tidak dapat ditulis ({why}). Beri izin menulis pada folder itu, lalu ulangi. / "
            f"The keys file {path} cannot be written ({why}). Make its folder writable, then try again."
        )


@dataclass(frozen=True)
class Keyring:
    """Numbered master keys. New secrets take the active one; older ones still open.

    `index` names the key of the blind index, which stays when the active key changes: an index made
    with another key would no longer find anybody.
    """

    path: Path
    active: int
    index: int
    masters: tuple[tuple[int, bytes], ...] = field(repr=False)

    @classmethod
    def at(cls, path: Path, *, guards: Path | None = None) -> Keyring:
        """Read the file, or make it at the first start, readable by its owner alone.

        `guards` is a database that these keys open: when it is there already, its keys are lost or
        elsewhere, and fresh ones would split its facts in two. Raises KeysUnreadable, KeysUnwritable.
        """
        if not path.exists():
            if guards is not None and guards.exists() and guards.stat().st_size:
                raise KeysUnreadable(path, f"tidak ada / it is not there, but {guards.name} is")
            first = cls(path, FIRST, FIRST, ((FIRST, secrets.token_bytes(KEY_BYTES)),))
            first.write(exclusive=True)
        return cls.read(path)

    @classmethod
    def read(cls, path: Path) -> Keyring:
        """The ring in the file. Raises KeysUnreadable."""
        try:
            held = json.loads(path.read_text(encoding="utf-8"))
            masters = tuple((int(n), base64.b64decode(key, validate=True)) for n, key in held["keys"].items())
            ring = cls(path, int(held["active"]), int(held["index"]), masters)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise KeysUnreadable(path, str(error)) from error
        numbers = {n for n, key in masters if FIRST <= n <= LAST and len(key) == KEY_BYTES}
        if len(numbers) != len(masters) or not {ring.active, ring.index} <= numbers:
            raise KeysUnreadable(path, "kunci hilang atau terpotong / a key is missing or cut short")
        return ring

    def current(self) -> Keyring:
        """The ring as the file holds it now: another process may have added a key.

        When the file has vanished, what was read before still serves.
        """
        try:
            found = self.path.stat()
        except OSError:
            return _read[self.path][1] if self.path in _read else self
        mark = (found.st_mtime_ns, found.st_ino, found.st_size)
        held = _read.get(self.path)
        ring = held[1] if held is not None and held[0] == mark else Keyring.read(self.path)
        _read[self.path] = mark, ring, time.monotonic()
        return ring

    def lately(self) -> Keyring:
        """As `current`, or as it was a twentieth of a second ago: to seal and open with, never to write the file by."""
        held = _read.get(self.path)
        if held is None or time.monotonic() - held[2] > _LOOKED_AT_EVERY:
            return self.current()
        return held[1]

    def write(self, *, exclusive: bool = False) -> None:
        """Write whole or not at all. `exclusive` loses to another process that was first."""
        draft = self.path.with_name(f"{self.path.name}.{secrets.token_hex(4)}.new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._write_to(draft)
                self._put_in_place(draft, exclusive)
            finally:
                draft.unlink(missing_ok=True)
        except OSError as error:
            raise KeysUnwritable(self.path, str(error)) from error

    def _write_to(self, draft: Path) -> None:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(self._as_text())
            file.flush()
            os.fsync(file.fileno())

    def _as_text(self) -> str:
        held = {
            "about": "Keys of Simpul. Keep a copy in another safe place: without it sealed facts are lost.",
            "active": self.active,
            "index": self.index,
            "keys": {str(n): base64.b64encode(key).decode() for n, key in self.masters},
        }
        return json.dumps(held, indent=2)

    def _put_in_place(self, draft: Path, exclusive: bool) -> None:
        if not exclusive:
            draft.replace(self.path)
        else:
            try:
                os.link(draft, self.path)
            except FileExistsError:
                return  # another process made the keys first: theirs count
            except OSError:
                # Memory sticks and some network folders know no links.
                if not self.path.exists():
                    draft.replace(self.path)
        _read.pop(self.path, None)
        _sync_folder(self.path.parent)

    def rotated(self) -> Keyring:
        """The same ring with a fresh active key; nothing is written yet."""
        number = max(n for n, _ in self.masters) + 1
        if number > LAST:
            raise KeysUnwritable(self.path, f"sudah ada {LAST} kunci / it holds {LAST} keys already")
        fresh = (number, secrets.token_bytes(KEY_BYTES))
        return replace(self, active=number, masters=(*self.masters, fresh))

    def master(self, number: int) -> bytes:
        for held, key in self.masters:
            if held == number:
                return key
        raise KeyError(f"key number {number} is not in {self.path}")

    def derived(self, purpose: str, number: int = FIRST) -> bytes:
        """A key of its own for each purpose (HKDF-SHA256, RFC 5869), 32 bytes."""
        return derive(self.master(number), purpose)


def _sync_folder(folder: Path) -> None:
    # Without this a power cut may forget the new name, and with it the keys of what was sealed since.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@lru_cache(maxsize=64)
def derive(master: bytes, purpose: str) -> bytes:
    return HKDF(hashes.SHA256(), KEY_BYTES, None, b"simpul/" + purpose.encode()).derive(master)
