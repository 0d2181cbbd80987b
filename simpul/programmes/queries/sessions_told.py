"""What the form of a session tells its actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Told:
    """What is planned for a session. `trainer` is the key of a trainer of the programme."""

    title: str
    kind: str
    on: date
    starts_at: time | None = None
    hours: Decimal | None = None
    place: str = ""
    curriculum: str = ""
    methods: str = ""
    trainer: UUID | None = None
