"""What the form of a programme tells its actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MOST_WAVES = 8


@dataclass(frozen=True, slots=True)
class Told:
    """What an office says of its programme. `instrument` is "code:version" or "", `waves` the number of measurements."""

    title: str
    design: str
    area: Sequence[str]
    starts_on: date
    aim: str = ""
    instrument: str = ""
    waves: int = 2
    ends_on: date | None = None
    partners: str = ""
    budget: int | None = None
    source: str = ""
