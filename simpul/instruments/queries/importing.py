"""What an import of answers would do, row by row, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from simpul.access.reach import Where
from simpul.access.secrets import blind_index
from simpul.catalogue.instruments import Instrument
from simpul.instruments.models import AnswerSheet

# One question to the database for so many participants.
_AT_ONCE = 500


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    SAME = "same"  # is there already, with the same answers
    DIFFERENT = "different"  # is there already, with other answers: those stay
    TWICE = "twice"  # an earlier row of the file is of the same participant and wave


@dataclass(frozen=True)
class AnswerRow:
    """One row of a file of answers, checked. `number` is where it stands, for who mends the file."""

    number: int
    participant: UUID
    on: date
    answers: Mapping[str, Any]
    label: str = ""
    wave: str = ""
    about: UUID | None = None

    @property
    def key(self) -> tuple[UUID, str]:
        return self.participant, self.wave


@dataclass(frozen=True)
class ImportPlan:
    """The rows of a file and what would become of each."""

    instrument: Instrument
    fates: tuple[tuple[AnswerRow, Fate], ...] = field(default=())

    def rows(self, fate: Fate) -> list[AnswerRow]:
        return [row for row, its in self.fates if its is fate]

    def numbers(self, fate: Fate) -> list[int]:
        """Where the rows of that fate stand in the file."""
        return [row.number for row in self.rows(fate)]


def plan_import(
    instrument: Instrument, rows: Sequence[AnswerRow], *, series: UUID | None = None
) -> ImportPlan:
    """Hold the rows against what is there: a second import of the same file finds nothing to do."""
    kept = _kept(instrument, {row.participant for row in rows}, series)
    seen: set[tuple[UUID, str]] = set()
    fates = []
    for row in rows:
        fates.append((row, _fate(row, kept.get(row.key), is_twice=row.key in seen)))
        seen.add(row.key)
    return ImportPlan(instrument, tuple(fates))


def _fate(row: AnswerRow, kept: AnswerSheet | None, *, is_twice: bool) -> Fate:
    if is_twice:
        return Fate.TWICE
    if kept is None:
        return Fate.NEW
    is_same = kept.is_locked and (kept.answers or {}) == dict(row.answers)
    return Fate.SAME if is_same else Fate.DIFFERENT


def _kept(
    instrument: Instrument, participants: Iterable[UUID], series: UUID | None
) -> dict[tuple[UUID, str], AnswerSheet]:
    keys = sorted(participants, key=str)
    found: dict[tuple[UUID, str], AnswerSheet] = {}
    for start in range(0, len(keys), _AT_ONCE):
        rows = AnswerSheet.objects.filter(
            instrument=instrument.code, series=series, participant__in=keys[start : start + _AT_ONCE]
        )
        found |= {(row.participant, row.wave): row for row in rows}
    return found


def participant_called(where: Where, code: str, *, series: UUID | None = None) -> UUID:
    """The key of the participant whom an office calls by this code: the same each time, and keyed, so that a code that is
    somebody's number cannot be found out from the key."""
    place = f"{where.organisation or ''}|{where.region}|{series or ''}|{code.strip().casefold()}"
    return UUID(bytes=blind_index(place, "sheet.participant_code"))
