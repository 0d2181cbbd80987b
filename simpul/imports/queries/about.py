"""What is asked once about a whole list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from simpul.people.models import Source


@dataclass(frozen=True, slots=True)
class About:
    """What is asked once about a whole list: whose it is, of which day, on which basis it is used."""

    kind: str
    list_name: str
    listed_on: date
    basis: str
    basis_because: str = ""
    source: str = Source.OFFICIAL
    valid_until: date | None = None
    default_region: str = ""
    instrument: str = ""
    instrument_version: int | None = None
