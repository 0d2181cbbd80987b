"""The file of a backup: one compressed tar, with a list of its contents and their checksums in front.

Written whole or not at all; read only after every checksum agrees.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from simpul.access.keys import Keyring
from simpul.commands.language import _
from simpul.commands.stop import Stop

LISTING = "simpul-backup.json"
FORMAT = 1
SQLITE, POSTGRESQL, KEYS, ATTACHMENTS = "database.sqlite3", "database.pgdump", "keys.json", "attachments"
PIECE = 1024 * 1024


@dataclass(frozen=True)
class Listing:
    """What the archive holds: each file's checksum (SHA-256) and the fingerprints of the keys it needs."""

    made_at: str
    files: dict[str, str]
    keys: dict[str, str]
    format: int = FORMAT
    about: str = field(default="Backup of Simpul. Restore it with: simpul restore FILE")

    @property
    def database(self) -> str:
        return SQLITE if SQLITE in self.files else POSTGRESQL

    @property
    def has_keys(self) -> bool:
        return KEYS in self.files


def fingerprints(ring: Keyring) -> dict[str, str]:
    """Tells keys apart without giving any of them away."""
    return {str(number): ring.derived("fingerprint", number).hex()[:16] for number, _key in ring.masters}


def write(target: Path, members: dict[str, Path], *, made_at: str, keys: dict[str, str]) -> None:
    """Write the archive beside its place, then put it there. Only its owner can read it."""
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    listing = Listing(made_at, {name: checksum_of(path) for name, path in members.items()}, keys)
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as raw:
            with gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=3, filename="") as packed:
                _write_members(packed, listing, members)
            raw.flush()
            os.fsync(raw.fileno())
        draft.replace(target)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise Stop(_("Cadangan tidak dapat ditulis ke %(file)s: %(why)s.") % _about(target, error)) from error


def _write_members(packed: gzip.GzipFile, listing: Listing, members: dict[str, Path]) -> None:
    with tarfile.open(fileobj=packed, mode="w") as tar:
        text = json.dumps(asdict(listing), indent=1, ensure_ascii=False).encode()
        head = tarfile.TarInfo(LISTING)
        head.size = len(text)
        tar.addfile(head, io.BytesIO(text))
        for name, path in members.items():
            tar.add(path, arcname=name, recursive=False)


def checksum_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def extract(archive: Path, folder: Path) -> Listing:
    """Unpack into an empty folder and compare every checksum. Raises Stop when anything is not as written."""
    try:
        with tarfile.open(archive, mode="r:gz") as tar:
            members = iter(tar)
            listing = _listing(tar, next(members, None))
            seen = {member.name: _unpacked(tar, member, folder, listing) for member in members}
    except FileNotFoundError as error:
        raise Stop(_("Berkas %s tidak ada.") % archive) from error
    except (tarfile.ReadError, gzip.BadGzipFile) as error:
        raise Stop(
            _("%s bukan berkas cadangan Simpul, atau terpotong. Tidak ada yang diubah.") % archive
        ) from error
    except (EOFError, zlib.error) as error:
        raise Stop(_damaged(archive)) from error
    except OSError as error:
        raise Stop(
            _("Cadangan %(file)s tidak dapat dibuka: %(why)s. Tidak ada yang diubah.")
            % _about(archive, error)
        ) from error
    if seen != listing.files:
        raise Stop(_damaged(archive))
    return listing


def _about(path: Path, error: OSError) -> dict[str, Any]:
    return {"file": path, "why": error.strerror or str(error)}


def _damaged(archive: Path) -> str:
    return (
        _("Cadangan %s rusak: isinya tidak sama dengan yang dulu ditulis. Tidak ada yang diubah.") % archive
    )


def _listing(tar: tarfile.TarFile, first: tarfile.TarInfo | None) -> Listing:
    reader = tar.extractfile(first) if first and first.name == LISTING else None
    if reader is None:
        raise tarfile.ReadError("not a backup of Simpul")
    try:
        listing = Listing(**json.loads(reader.read()))
    except (ValueError, TypeError) as error:
        raise tarfile.ReadError("the list of contents cannot be read") from error
    if listing.format > FORMAT:
        raise Stop(_("Cadangan ini dibuat oleh Simpul yang lebih baru. Perbarui Simpul dulu."))
    return listing


def _unpacked(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path, listing: Listing) -> str:
    """Write one member and return its checksum. A name that is not on the list, or leads outside, is refused."""
    parts = PurePosixPath(member.name)
    source = tar.extractfile(member) if member.isfile() else None
    if source is None or member.name not in listing.files or parts.is_absolute() or ".." in parts.parts:
        raise tarfile.ReadError(f"{member.name} does not belong here")
    target = folder / parts
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with target.open("wb") as file:
        for piece in _pieces(source):
            digest.update(piece)
            file.write(piece)
    target.chmod(0o600)
    return digest.hexdigest()


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    while piece := source.read(PIECE):
        yield piece
