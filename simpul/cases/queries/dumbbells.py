"""The drawing of one domain: a ring where it stood, a disc where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from simpul.catalogue.instruments import Domain
from simpul.engines.scoring import DomainScore

# The line of a drawing, and the radius of the ring of the baseline.
_LEFT, _WIDTH, _RING = 10, 220, 7


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """Where a domain stood and stands, in units of a box of 240 by 28, the better end always at the right.

    Numbers as text, so that no language changes them; empty where the score is not known.
    """

    before: str
    between: str
    now: str
    words: str

    @property
    def start(self) -> str:
        """Where the line to the mark of today leaves the ring of the baseline; empty where they touch."""
        if not (self.before and self.now):
            return ""
        way = int(self.now) - int(self.before)
        return str(int(self.before) + (_RING if way > 0 else -_RING)) if abs(way) > _RING else ""


def place(domain: Domain, score: DomainScore | None) -> str:
    """Where a score stands in the drawing; empty where it is not known."""
    if score is None or score.share is None:
        return ""
    share = score.share if domain.higher_is_better else 1 - score.share
    return str(_LEFT + round(share * _WIDTH))
