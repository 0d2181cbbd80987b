"""What waits for somebody about organisations, part by part, in one shape for the start page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Waiting:
    """Some things that wait: said in `words` (with their number), where they are seen, and whether any is late."""

    words: str
    number: int
    href: str
    is_late: bool = False
