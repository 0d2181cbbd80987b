"""What forms tell the actions of working together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Terms:
    """What stands in an agreement."""

    partner: str
    ways: tuple[str, ...]
    subject: str
    number: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a forum."""

    called: str
    aim: str
    chair: str
    since: date


@dataclass(frozen=True, slots=True)
class Minutes:
    """What is noted of a meeting. `came` are keys of members, `decided` lines of words, who, and until when."""

    on: date
    place: str
    agenda: str
    minutes: str
    came: tuple[UUID, ...]
    guests: str
    decided: tuple[Decided, ...] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision as it was written down."""

    words: str
    in_charge: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a mediation is asked for: with whom, about what, and who should mediate ("" for not known yet)."""

    counterpart_kind: str
    counterpart: str
    matter: str
    mediator: str = ""
