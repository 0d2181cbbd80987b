"""What was attached to a case: the list, where the file lies, and its bytes opened."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from simpul.access.files import APART
from simpul.access.pictures import ENDINGS, PDF
from simpul.access.secrets import unseal_bytes
from simpul.cases.models import Attachment, Case


@dataclass(frozen=True, slots=True)
class Attached:
    """One attachment as it is shown; `title` is empty for who may not read workers' own words."""

    key: UUID
    at: datetime
    who: str
    title: str
    kind: str
    kilobytes: int
    keeps_tracks: bool
    is_there: bool
    removed_at: datetime | None
    removed_by: str


def attached_to(case: Case, *, is_told: bool) -> tuple[Attached, ...]:
    """Everything that was attached, the newest first; what was removed is told without its title."""
    rows = Attachment.objects.filter(case=case).order_by("-at", "pk")
    return tuple(_attached(row, is_told=is_told) for row in rows)


def _attached(row: Attachment, *, is_told: bool) -> Attached:
    return Attached(
        key=row.pk,
        at=row.at,
        who=row.by_name,
        title=(row.title or "") if is_told else "",
        kind=ENDINGS.get(row.media_type, "").removeprefix(".").upper(),
        kilobytes=max(round(row.size / 1000), 1),
        keeps_tracks=row.media_type == PDF,
        is_there=row.is_there,
        removed_at=row.removed_at,
        removed_by=row.removed_by_name,
    )


def context_of(row: Attachment) -> str:
    """What the file is bound to: sealed bytes of another attachment do not open here."""
    return f"attachment.file:{row.pk}"


def path_of(row: Attachment) -> Path:
    """Where the sealed file lies: by its row, and by its own key, so that two tries never touch one file."""
    mark = hashlib.sha256(row.file_key.encode()).hexdigest()[:16]
    return Path(settings.MEDIA_ROOT) / str(row.case_id) / f"{row.pk}.{mark}"


def opened(row: Attachment) -> bytes:
    """The bytes as they were kept. Raises FileNotFoundError, or SealBroken when they were altered."""
    return unseal_bytes(path_of(row).read_bytes(), context_of(row), file_key=row.file_key)


def name_of(row: Attachment) -> str:
    """Under which name it is handed over: as it was called, with the ending that its bytes call for."""
    called = Path(row.file_name or "").stem or f"{row.at:%Y-%m-%d}"
    return called + ENDINGS.get(row.media_type, "")


@dataclass(frozen=True, slots=True)
class Amiss:
    """Attachments whose file is gone, and files that belong to none: left by a write that was broken off."""

    lost: tuple[UUID, ...]
    strays: tuple[Path, ...]


def amiss() -> Amiss:
    """What does not agree between the table and the folder."""
    rows = Attachment.objects.filter(removed_at=None, file_key_sealed__isnull=False)
    standing = rows.iterator(chunk_size=500)
    places = {path_of(row): row.pk for row in standing}
    there = set(_files())
    lost = tuple(key for path, key in places.items() if path not in there)
    return Amiss(lost, tuple(sorted(there - set(places))))


def _files() -> Iterable[Path]:
    """The files of cases. What lies apart is of other tables: taken for strays, it would be destroyed."""
    folder = Path(settings.MEDIA_ROOT)
    if not folder.is_dir():
        return
    for part in folder.iterdir():
        if part.name != APART:
            yield from (path for path in (part, *part.rglob("*")) if path.is_file())
