"""How far the record of events had come, kept in a file outside the database.

Whoever can write in the database alone can empty its tables, or put older rows back; this file stays. It
lies beside the keys, and its number only ever grows.

What it proves: the record was once that long, and the event of that number was that one. Where several servers
write in one database each has its own file, as far as it wrote itself: an older number is honest, and only a
record that is shorter, or has another event in that place, speaks against it.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from simpul.access.secrets import ring

NAME = "record.seal"
ABOUT = "How far the record of events had come. Simpul writes it; keep it beside the keys."


@dataclass(frozen=True)
class Reached:
    """The number of the newest event that was committed, and its keyed hash."""

    count: int
    last: bytes

    def mac(self) -> bytes:
        keys = ring()
        message = b"%d:%s" % (self.count, self.last)
        return hmac.new(keys.derived("audit-file", keys.index), message, hashlib.sha256).digest()


def path() -> Path:
    place: Path = settings.SIMPUL_KEYS.path
    return place.with_name(NAME)


def read() -> Reached | None:
    """What the file says; None when it is not there, or was not written with these keys."""
    try:
        held = json.loads(path().read_text(encoding="utf-8"))
        reached = Reached(int(held["count"]), bytes.fromhex(held["last"]))
        mac = bytes.fromhex(held["mac"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return reached if hmac.compare_digest(mac, reached.mac()) else None


def advance(before: Reached, now: Reached, *, holds: Callable[[Reached], bool]) -> None:
    """Write that the record reaches `now`, which follows `before`. Raises OSError when that cannot be.

    A file that the database contradicts is left as it is, as the witness of what is missing. `holds` asks the
    database, and is only called when another process wrote in between.
    """
    with _alone() as folder:
        held = read()
        if held and (held.count >= now.count or (held != before and not holds(held))):
            return
        _write(now)
        # The name in the folder is a write of its own.
        os.fsync(folder)


@contextmanager
def _alone() -> Iterator[int]:
    # The folder itself is locked: a file that is replaced cannot be.
    handle = os.open(path().parent, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    finally:
        os.close(handle)


def _write(reached: Reached) -> None:
    draft = path().with_name(f"{NAME}.{secrets.token_hex(4)}.new")
    text = json.dumps(
        {"about": ABOUT, "count": reached.count, "last": reached.last.hex(), "mac": reached.mac().hex()}
    )
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            # Or a power cut leaves the new name with nothing in it, and the witness is gone.
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path())
    finally:
        draft.unlink(missing_ok=True)
