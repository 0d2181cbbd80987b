"""What people type about an accreditation, as actions take it, and how long it may be."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

LONGEST_WORDS, LONGEST_TITLE, LONGEST_NUMBER = 2_000, 200, 80
LONGEST_MINUTES, LONGEST_NAME, LONGEST_MET = 8_000, 200, 300


@dataclass(frozen=True, slots=True)
class Told:
    """What was typed for one item: a score, or None for "not known" or "could not be seen", and words.

    `seen` is the key of the newest answer that the page showed, None where it showed none.
    """

    value: int | None
    words: str = ""
    seen: UUID | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """What the desk found for one line; `seen` is the key of the newest answer that the page showed."""

    answer: str
    note: str = ""
    seen: UUID | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """What somebody signs with: the name and title on the paper, and whether they agree with the minutes."""

    name: str
    title: str
    agrees: bool
    words: str = ""
