"""What is told about a paper, between its form and what happens to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is written about a paper. `valid_to` is the last day on which it holds; None where none is printed."""

    title: str = ""
    number: str = ""
    issuer: str = ""
    issued_on: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was sent."""

    name: str
    data: bytes
