"""Files that are kept: checked, without what they tell beside their picture, sealed, on the disk before their row."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import partial, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import (
    BinaryField,
    CharField,
    DateTimeField,
    Model,
    PositiveIntegerField,
    UUIDField,
)
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from simpul.access.pictures import ENDINGS, Unreadable, media_type_of, without_tracks
from simpul.access.refusal import Refusal
from simpul.access.secrets import SealBroken, Sealed, fresh_file_key, seal_bytes, unseal_bytes

P = ParamSpec("P")
T = TypeVar("T")

LONGEST_NAME = 200
_MEGABYTE = 1_000_000
_OWNER_ONLY, _FOLDER = 0o600, 0o700
# Files of cases lie by their case; all others under one folder, so that neither takes the other's for a stray.
APART = "berkas"
# What one call wrote to the disk, so that it can be taken away again when its row does not stay.
_written: ContextVar[list[Path]] = ContextVar("written_files")


class SealedHere(Sealed):
    """A sealed field of many tables: bound to the table too, since two tables may hold one key."""

    def context_of(self, model: type[Model], pk: Any) -> str:
        return f"{model._meta.label_lower}.{super().context_of(model, pk)}"


class Filed(Model):
    """A row that may hold one file. `media_type` was read from its bytes; without a key there is no file.

    The file is sealed with a key of its own, which is sealed here: a change of the keys reaches it without the
    file being touched, and what was removed cannot be opened from an old copy of the folder.
    """

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = DateTimeField()
    by = UUIDField(null=True)
    by_name = CharField(max_length=200)
    media_type = CharField(max_length=60, blank=True)
    size = PositiveIntegerField(default=0)
    file_name_sealed = BinaryField(null=True)
    file_name: Any = SealedHere("file_name_sealed", "file_name")
    file_key_sealed = BinaryField(null=True)
    file_key: Any = SealedHere("file_key_sealed", "file_key")
    removed_at = DateTimeField(null=True)
    removed_by_name = CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def is_there(self) -> bool:
        """Whether there is a file: it was given and not destroyed."""
        return self.removed_at is None and self.file_key_sealed is not None

    @property
    def ending(self) -> str:
        """PDF, JPG, …; empty without a file."""
        return ENDINGS.get(self.media_type, "").removeprefix(".").upper()

    @property
    def kilobytes(self) -> int:
        return max(round(self.size / 1000), 1)


def leaves_no_file_behind(perform: Callable[P, T]) -> Callable[P, T]:
    """Around an @action that keeps files: when the transaction fails, at its very end too, the file goes with it.

    An action that calls another answers for the files of that one too, so it is wrapped as well.
    """

    @wraps(perform)
    def performed(*args: P.args, **details: P.kwargs) -> T:
        around: list[Path] | None = _written.get(None)
        mine: list[Path] = []
        token, is_kept = _written.set(mine), False
        try:
            result = perform(*args, **details)
            is_kept = True
            return result
        finally:
            _written.reset(token)
            if is_kept and around is not None:
                around.extend(mine)
            for path in () if is_kept else mine:
                path.unlink(missing_ok=True)

    return performed


def keep(row: Filed, data: bytes, *, file_name: str, most: int) -> None:
    """Check and seal the bytes, write them to the disk and fill the row, which the caller then saves.

    `most` is the largest size in bytes. Raises Refusal for another kind of file, one too large, or damaged. Only
    inside `leaves_no_file_behind`.
    """
    media_type, clean = checked(data, most)
    row.media_type, row.size = media_type, len(clean)
    row.file_name = plain_name(file_name) or None
    row.file_key = fresh_file_key()
    write(path_of(row), seal_bytes(clean, _context_of(row), file_key=row.file_key))


def destroy(row: Filed, *, at: datetime, by_name: str) -> None:
    """Fill the row as without its file, for the caller to save; the file goes when the transaction stands."""
    if row.is_there:
        place = path_of(row)
        row.removed_at, row.removed_by_name = at, by_name
        row.file_key, row.file_name = None, None
        transaction.on_commit(partial(place.unlink, missing_ok=True))


def path_of(row: Filed) -> Path:
    """Where the sealed file lies: by its row, and by its own key, so that two tries never touch one file."""
    mark = hashlib.sha256(row.file_key.encode()).hexdigest()[:16]
    folder = row._meta.label_lower
    return Path(settings.MEDIA_ROOT) / APART / folder / str(row.pk)[:2] / f"{row.pk}.{mark}"


def opened(row: Filed) -> bytes:
    """The bytes as they were kept. Raises Refusal, with what to do, when the file is gone or was altered."""
    if not row.is_there:
        raise Refusal(_("Berkas ini tidak ada: tidak pernah dikirim, atau sudah dihancurkan."))
    try:
        return unseal_bytes(path_of(row).read_bytes(), _context_of(row), file_key=row.file_key)
    except (FileNotFoundError, SealBroken) as error:
        raise Refusal(
            _("Berkas ini hilang atau rusak. Mintalah pengelola Simpul memulihkannya dari cadangan.")
        ) from error


def handed_over(row: Filed) -> HttpResponse:
    """The file as a download, never shown inside a page and never kept by the browser."""
    data = opened(row)
    called = Path(row.file_name or "").stem or f"{row.at:%Y-%m-%d}"
    response = HttpResponse(data, content_type=row.media_type)
    name = called + ENDINGS.get(row.media_type, "")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@dataclass(frozen=True, slots=True)
class Amiss:
    """Rows whose file is gone, as "table key", and files that belong to no row: of a write that was broken off."""

    lost: tuple[str, ...]
    strays: tuple[Path, ...]


def amiss() -> Amiss:
    """What does not agree between all tables with files and their folder. Files of cases are looked at by cases."""
    places = {place: told for model in filed_tables() for place, told in _expected(model)}
    folder = Path(settings.MEDIA_ROOT) / APART
    there = {path for path in folder.rglob("*") if path.is_file()} if folder.is_dir() else set()
    lost = tuple(told for place, told in places.items() if place not in there)
    return Amiss(lost, tuple(sorted(there - set(places))))


def filed_tables() -> Iterator[type[Filed]]:
    """Every table whose rows may hold a file."""
    for model in apps.get_models():
        if issubclass(model, Filed) and not model._meta.proxy:
            yield model


def _expected(model: type[Filed]) -> Iterator[tuple[Path, str]]:
    """Where each file of a table should lie. A key that does not open points nowhere: its file counts as lost."""
    rows = model._base_manager.filter(removed_at=None, file_key_sealed__isnull=False).order_by("pk")
    for row in rows.only("id", "file_key_sealed").iterator(chunk_size=500):
        told = f"{model._meta.label_lower} {row.pk}"
        try:
            yield path_of(row), told
        except SealBroken:
            yield Path(settings.MEDIA_ROOT) / APART / told, told


def _context_of(row: Filed) -> str:
    """What the file is bound to: sealed bytes of another row do not open here."""
    return f"{row._meta.label_lower}.file:{row.pk}"


def plain_name(file_name: str) -> str:
    """The last part of a name, which leads nowhere and which both databases and every seal can hold."""
    last = Path(file_name.replace("\\", "/")).name.replace("\0", "")
    return last.encode("utf-8", "replace").decode()[:LONGEST_NAME]


def checked(data: bytes, most: int) -> tuple[str, bytes]:
    """The kind that the bytes are of, and what of them is kept. Raises Refusal for any that is not kept."""
    if len(data) > most:
        raise Refusal(
            _("Berkas ini terlalu besar: paling besar %(most)s MB. Perkecil fotonya, lalu kirim lagi.")
            % {"most": max(most // _MEGABYTE, 1)}
        )
    media_type = media_type_of(data)
    if not media_type:
        raise Refusal(_("Jenis berkas ini tidak diterima. Kirim foto (JPEG, PNG, WebP) atau pindaian (PDF)."))
    try:
        return media_type, without_tracks(data, media_type)
    except Unreadable as error:
        raise Refusal(_("Foto ini rusak atau terpotong. Ambil atau kirim lagi.")) from error


def write(place: Path, sealed: bytes) -> None:
    """Write a file whole and force it to the disk, with its name in the folder. Only inside leaves_no_file_behind."""
    _written.get().append(place)
    new = _make_folders(place.parent)
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(handle, "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    # The file's name stands in its folder, and the name of a new folder in the one above it.
    for folder in (place.parent, *(made.parent for made in new)):
        held = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(held)
        finally:
            os.close(held)


def _make_folders(folder: Path) -> list[Path]:
    """Make what is missing on the way, each closed to others: `parents=True` would leave those above open."""
    missing = [part for part in (folder, *folder.parents) if not part.exists()]
    for part in reversed(missing):
        part.mkdir(mode=_FOLDER, exist_ok=True)
    return missing
