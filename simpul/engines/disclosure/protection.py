"""Hiding small counts, and as few others as keep them from being computed, over all linked tables at once.

The rule. A count from 1 to threshold - 1 is hidden and shown as "<5" (with the threshold 5). A reader outside who
knows every published number, everything that adds up, that no count is negative, that "<5" is 1 to 4 and that another
hidden cell is the threshold or more, must be left with at least threshold - 1 possible counts for it: as many as "<5"
itself leaves open. Where the sign "<5" would tell more (a total "<5" of four parts that are not 0), the cell is shown
as "–" like those that are hidden for others. A 0 is always shown: it is nobody's data; what follows for a group from
its zeros is not hidden here.
The proof of each cell is a pair of tables in whole numbers that agree with all that is published and differ in it so
far; they are checked in whole numbers, and the ranges of the others are computed by `Outsider`.
Sources: Hundepool et al., Statistical Disclosure Control (2012), on small counts, secondary suppression and its audit;
Willenborg and de Waal, Elements of Statistical Disclosure Control (2001).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from simpul.engines.disclosure.moves import Move, cheapest, room
from simpul.engines.disclosure.outsider import NotSolved, Outsider, Range, System
from simpul.engines.disclosure.releases import HIDDEN, Release, near_earlier, small_sign
from simpul.engines.disclosure.tables import Key, Relation, Table, Trees, joined, merged, relations, written

# With a threshold of 2 the sign "<2" is the count itself.
LEAST_THRESHOLD = 3


class Reason(StrEnum):
    """Why a cell is hidden."""

    SMALL = "small"
    CHANGE = "change"
    PROTECTS = "protects"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Cell:
    """A count, what is shown in its place (`text` is empty where it is shown) and why."""

    count: int
    text: str = ""
    reason: Reason | None = None


@dataclass(frozen=True)
class Protected:
    """Tables that may be published, with everything hidden that must be. Holds the hidden counts: never published.

    `proof` is, of every cell that is small or has changed by a small number, what an outsider can compute.
    """

    threshold: int
    cells: Mapping[Key, Cell]
    proof: Mapping[Key, Range]
    trees: Trees
    balances: tuple[Relation, ...]

    def hidden(self, reason: Reason) -> tuple[Key, ...]:
        """The cells that are hidden for this reason."""
        return tuple(one for one, cell in self.cells.items() if cell.reason is reason)

    def release(self, period: str) -> Release:
        """What may be published, and nothing else."""
        shown = {one: cell.text or cell.count for one, cell in self.cells.items()}
        return Release(period, self.threshold, shown, self.trees, self.balances)


def protect(
    tables: Iterable[Table],
    *,
    threshold: int,
    earlier: Iterable[Release] = (),
    hide: Collection[Key] = (),
    balances: Sequence[Relation] = (),
) -> Protected:
    """What must be hidden so that no count below the threshold can be computed, from these tables together.

    `earlier` are releases that are public already, the latest last: a count that differs from a number shown there by
    1 to threshold - 1 is hidden too, and what the latest hides is taken first to protect others. `hide` are cells
    hidden for other reasons (nothing is proven of those that are not small), `balances` sums that hold beside those of
    the tables. The same for every order of tables and cells. Raises ValueError for tables that contradict each other or
    do not add up, NotSolved where the solver gave up.
    """
    if threshold < LEAST_THRESHOLD:
        raise ValueError(f"a threshold is {LEAST_THRESHOLD} or more")
    kept, public = tuple(tables), tuple(earlier)
    counts, trees = joined(kept), merged(kept)
    known = (*relations(counts, trees), *balances)
    work = _Work(counts, known, threshold)
    work.begin(near_earlier(counts, public, threshold), hide, public[-1].shown if public else {})
    work.run()
    return Protected(threshold, work.cells(), work.proof(), trees, tuple(balances))


class _Work:
    """The counts in the order of the system, what is hidden by now, and how far possible tables are known to go."""

    def __init__(self, counts: Mapping[Key, int], known: Sequence[Relation], threshold: int) -> None:
        import numpy as np

        self.system, self.threshold = System(counts, known), threshold
        self.counts = np.array([counts[one] for one in self.system.keys], np.int64)
        if not self.system.holds(self.counts):
            raise ValueError(f"the tables do not add up: {self._fault(known, counts)}")
        size = len(self.counts)
        self.small = (self.counts > 0) & (self.counts < threshold)
        self.signed = self.small.copy()
        self.hidden, self.changed, self.asked = self.small.copy(), np.zeros(size, bool), np.zeros(size, bool)
        self.usual = np.zeros(size, bool)
        self.least, self.most = self.counts.copy(), self.counts.copy()

    @staticmethod
    def _fault(known: Sequence[Relation], counts: Mapping[Key, int]) -> str:
        for one in known:
            total = sum(counts[cell] * factor for cell, factor in one.factors)
            if total > 0 or (one.equal and total):
                return written(one.factors[0][0])
        return "?"

    def begin(
        self, changed: Collection[Key], asked: Collection[Key], before: Mapping[Key, int | str]
    ) -> None:
        """Hides what is hidden for its own sake. A 0 is never hidden."""
        was_hidden = [one for one in self.system.keys if isinstance(before.get(one), str)]
        for cells, flags in ((changed, self.changed), (asked, self.asked), (was_hidden, self.usual)):
            flags[[self.system.at[one] for one in cells]] = True
            flags &= self.counts > 0
        self.hidden |= self.changed | self.asked
        self._show_no_more_than_counts()

    def _show_no_more_than_counts(self) -> None:
        """A total whose sign says "small" tells of its parts how small they are: its sign is taken off first."""
        import numpy as np

        parts = self.system.equal[:, np.flatnonzero(self.signed)]
        crowded = np.flatnonzero((parts < 0).sum(axis=1) > 1)
        totals = (self.system.equal[crowded] > 0).sum(axis=0) > 0
        self.signed &= ~np.asarray(totals).ravel()

    def run(self) -> None:
        """Opens one cell after the other: those told apart most finely first, among them the largest.

        What is proven stays proven when more is hidden, so that once through is enough. It ends: a cell without its
        sign can always be moved, at worst with everything hidden that is not 0.
        """
        keys = self.system.keys
        order = sorted(self._open(), key=lambda at: (-len(keys[at]), -int(self.counts[at]), keys[at]))
        for at in order:
            while by := self._wanted(at):
                if self._moved(at, by):
                    continue
                if not self.signed[at]:
                    raise NotSolved(f"no way to hide {written(keys[at])}")
                # Its sign tells too much: it is shown as one that is hidden for others.
                self.signed[at] = False

    def _open(self) -> list[int]:
        import numpy as np

        return np.flatnonzero(self.small | self.changed).tolist()

    def _wanted(self, at: int) -> int:
        """By how much a cell has still to go; 0 where it is open. With its sign it goes to both ends, else upwards."""
        count, least, most = int(self.counts[at]), int(self.least[at]), int(self.most[at])
        if most - least >= self.threshold - 2:
            return 0
        if not self.signed[at]:
            return self.threshold - 2 - (count - least)
        return self.threshold - 1 - count if most < self.threshold - 1 else 1 - count

    def bounds(self) -> tuple[Any, Any]:
        """What a reader takes for granted of each cell."""
        import numpy as np

        free = np.where(self.small, 1, self.threshold)
        low = np.where(self.hidden, free, self.counts)
        high = np.where(self.hidden, np.inf, self.counts)
        return low, np.where(self.signed, self.threshold - 1, high)

    def _moved(self, at: int, by: int) -> bool:
        """Looks for a move, hides what it needs, and remembers how far tables like it go. False where there is none."""
        import numpy as np

        free = np.where(self.small, 1, np.minimum(self.threshold, self.counts))
        high = np.where(self.signed, self.threshold - 1.0, np.inf)
        around = room(self.counts, free, high, self.hidden, self.signed, usual=self.usual)
        found = cheapest(self.system, self.counts, around, at, by)
        if found is None:
            return False
        self.hidden |= found.change != 0
        self.signed &= ~found.beyond
        self._remember(found)
        return bool(self.least[at] <= self.counts[at] + by <= self.most[at])

    def _remember(self, found: Move) -> None:
        """The same move more often, and the other way round: every table that agrees with all that is known."""
        import numpy as np

        low, high = self.bounds()
        size = int(np.gcd.reduce(found.change))
        step = found.change // size
        for times in sorted({*range(-self.threshold, self.threshold + 1), size}):
            other = self.counts + times * step
            if (other >= low).all() and (other <= high).all() and self.system.holds(other):
                self.least, self.most = np.minimum(self.least, other), np.maximum(self.most, other)

    def cells(self) -> dict[Key, Cell]:
        found = {}
        for at, one in enumerate(self.system.keys):
            count = int(self.counts[at])
            if not self.hidden[at]:
                found[one] = Cell(count)
                continue
            text = small_sign(self.threshold) if self.signed[at] else HIDDEN
            found[one] = Cell(count, text, self._reason(at))
        return found

    def _reason(self, at: int) -> Reason:
        reasons = ((self.small, Reason.SMALL), (self.changed, Reason.CHANGE), (self.asked, Reason.ASKED))
        return next((reason for flags, reason in reasons if flags[at]), Reason.PROTECTS)

    def proof(self) -> dict[Key, Range]:
        """The range of every cell that had to be opened.

        Where possible tables already reach all that the sign allows, there is nothing left to compute.
        """
        low, high = self.bounds()
        outsider = Outsider(self.system, low, high)
        found = {}
        for at in self._open():
            one = self.system.keys[at]
            whole = self.signed[at] and (self.least[at], self.most[at]) == (1, self.threshold - 1)
            found[one] = Range(1, self.threshold - 1) if whole else outsider.range_of(one)
            if found[one].values < self.threshold - 1:
                raise NotSolved(f"{written(one)} is still too near")
        return found
