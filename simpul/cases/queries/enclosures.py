"""Outlines around those of a genogram who live together. Plain functions, no database."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from simpul.ui.drawings import Point

# A run of neighbours: their row, the first column, the last column.
_Run = tuple[int, int, int]


@dataclass(frozen=True)
class Grid:
    """Where everybody stands: row and column by key, the top of each row, and the sizes of a place."""

    places: Mapping[str, tuple[int, int]]
    tops: Sequence[float]  # of each row, and of what would be the next
    depth: float
    cell: float
    aside: float

    def outlines(self, together: Collection[str]) -> list[tuple[Point, ...]]:
        """Around these people and nobody else: one outline where they stand together, several where not."""
        if len(together) < 2:
            return []
        chains: list[list[_Run]] = []
        before: list[_Run] = []
        for row in range(len(self.tops) - 1):
            runs = self._runs(together, row)
            if len(runs) == len(before) == 1 and _touch(before[0], runs[0]):
                chains[-1] += runs
            else:
                chains += [[run] for run in runs]
            before = runs
        return [self._outline(chain) for chain in chains]

    def _runs(self, together: Collection[str], row: int) -> list[_Run]:
        """Neighbours of one row who all belong together."""
        here = sorted((column, key) for key, (number, column) in self.places.items() if number == row)
        runs: list[_Run] = []
        goes_on = False
        for column, key in here:
            if key in together:
                first = runs.pop()[1] if goes_on else column
                runs.append((row, first, column))
            goes_on = key in together
        return runs

    def _outline(self, chain: list[_Run]) -> tuple[Point, ...]:
        """Down the right side and up the left one, stepping between two rows."""
        right: list[Point] = []
        left: list[Point] = []
        for row, first, last in chain:
            x_left, x_right = first * self.cell + 3 + self.aside, (last + 1) * self.cell - 3 + self.aside
            top, bottom = self.tops[row] - 8, self.tops[row] + self.depth + 6
            if row != chain[0][0]:
                top = (self.tops[row] + self.tops[row - 1] + self.depth) / 2
            if row != chain[-1][0]:
                bottom = (self.tops[row] + self.depth + self.tops[row + 1]) / 2
            right += [(x_right, top), (x_right, bottom)]
            left += [(x_left, top), (x_left, bottom)]
        return (*right, *reversed(left))


def _touch(above: _Run, below: _Run) -> bool:
    return below[1] <= above[2] and above[1] <= below[2]
