"""Wanting a search, and keeping what it found. Nothing is merged by it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from simpul.access.gate import action
from simpul.access.jobs import begin
from simpul.access.models import Job, User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.duplicates.models import WAITING, Pair, PairState
from simpul.duplicates.queries.finding import FIND, known_different, standing_pairs

_PIECE = 500


@dataclass(frozen=True, slots=True)
class Found:
    """Two records that look like one person, and why, as codes: thing, how, bits."""

    left: UUID
    right: UUID
    probability: float
    bits: float
    start: float
    parts: Sequence[tuple[str, str, float]]

    @property
    def key(self) -> tuple[UUID, UUID]:
        return (self.left, self.right)


@action(Permission.DUPLICATE_VIEW)
def search_again(where: Where, /, *, by: User, at: datetime) -> Job:
    """Look through everybody within reach, in the background. Pressed twice it is one search."""
    return begin(FIND, about=by.pk, by=by, at=at)


@action(Permission.DUPLICATE_VIEW)
def keep_found(
    where: Where, /, *, by: User, at: datetime, found: Iterable[Found], looked_at: Collection[UUID]
) -> int:
    """Put what was found on the list; how many are new. What somebody decided stays decided.

    `looked_at` are all who were compared: of those, what waits and was not found again fades from the list.
    """
    different = known_different()
    wanted = {one.key: one for one in found if one.key not in different}
    known = {(row.left_id, row.right_id): row for row in standing_pairs(looked_at)}
    fresh = [_fresh(one, at) for key, one in wanted.items() if key not in known]
    Pair.objects.bulk_create(fresh, batch_size=_PIECE)
    changed = [row for key, row in known.items() if _renewed(row, wanted.get(key))]
    Pair.objects.bulk_update(
        changed, ["probability", "bits", "start", "parts", "state", "version"], batch_size=_PIECE
    )
    return len(fresh)


def _fresh(one: Found, at: datetime) -> Pair:
    return Pair(left_id=one.left, right_id=one.right, found_at=at, **_told(one))


def _told(one: Found) -> Mapping[str, Any]:
    return {
        "probability": one.probability,
        "bits": one.bits,
        "start": one.start,
        "parts": [list(part) for part in one.parts],
    }


def _renewed(row: Pair, one: Found | None) -> bool:
    """Whether anything of the row is other than it was."""
    if row.state not in (*WAITING, PairState.FADED):
        return False
    before = (row.state, row.parts, row.bits)
    if one is None:
        row.state = PairState.FADED if row.state == PairState.OPEN else row.state
    else:
        for name, value in _told(one).items():
            setattr(row, name, value)
        row.state = PairState.OPEN if row.state == PairState.FADED else row.state
    if before == (row.state, row.parts, row.bits):
        return False
    row.version += 1
    return True
