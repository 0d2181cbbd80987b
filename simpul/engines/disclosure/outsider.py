"""What an outside reader can compute: of every hidden cell the least and the greatest count it can have.

The reader knows every published number, everything that adds up, that counts are not negative, and what the signs
in place of numbers mean. The two ends of a hidden cell are two linear programmes (Fischetti and Salazar-Gonzalez,
2000; Hundepool et al., Statistical Disclosure Control, 2012).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from simpul.engines.disclosure.tables import Key, Relation

# The solver works with fractions; a count that is so near to a whole number is that number.
_NEAR = 1e-6
# A count beyond which nothing holds a cell, in multiples of all that is published.
_FAR = 10


class NotSolved(RuntimeError):
    """The solver gave no answer, so that nothing may be published."""


@dataclass(frozen=True, slots=True)
class Range:
    """From the least to the greatest count that is possible; `high` is None where nothing holds it."""

    low: int
    high: int | None

    @property
    def values(self) -> float:
        """How many counts are possible."""
        return float("inf") if self.high is None else self.high - self.low + 1

    def minus(self, other: Range) -> tuple[float, float]:
        """The ends of the difference of two counts of which only the ranges are known."""
        low = float("-inf") if other.high is None else float(self.low - other.high)
        return low, float("inf") if self.high is None else float(self.high - other.low)


class System:
    """Cells in a fixed order, and what adds up as two sparse matrices: `equal` times counts is 0, `most` at most 0."""

    def __init__(self, cells: Iterable[Key], known: Sequence[Relation]) -> None:
        self.keys = tuple(sorted(cells))
        self.at: Mapping[Key, int] = {one: number for number, one in enumerate(self.keys)}
        self.equal = self._matrix([one for one in known if one.equal])
        self.most = self._matrix([one for one in known if not one.equal])

    def _matrix(self, known: Sequence[Relation]) -> Any:
        # A quarter of a second to import, and needed only where something is computed.
        import numpy as np
        from scipy.sparse import csr_array

        entries = [
            (row, self.at[one], factor) for row, rel in enumerate(known) for one, factor in rel.factors
        ]
        rows, columns, factors = zip(*entries, strict=True) if entries else ((), (), ())
        shape = len(known), len(self.keys)
        return csr_array(
            (np.array(factors, np.int64), (np.array(rows, int), np.array(columns, int))), shape=shape
        )

    @cached_property
    def ways(self) -> tuple[Any, Any]:
        """Both matrices for three variables of each cell: up, down, up."""
        from scipy.sparse import csc_array, hstack

        equal, most = (csc_array(hstack([one, -one, one])) for one in (self.equal, self.most))
        return equal, most

    def holds(self, counts: Any) -> bool:
        """Whether whole counts agree with everything that adds up, computed in whole numbers."""
        return not (self.equal @ counts).any() and not (self.most @ counts > 0).any()


@dataclass(frozen=True)
class _Group:
    """Hidden cells that hang together, and the relations among them."""

    cells: Any
    equal: Any
    sums: Any
    most: Any
    limits: Any


class Outsider:
    """A reader who knows of every cell that it lies from `low` to `high` (both whole; the same where it is shown)."""

    def __init__(self, system: System, low: Sequence[int], high: Sequence[float]) -> None:
        import numpy as np

        self.system = system
        self.low = np.array(low, float)
        self.far = float(_FAR * (self.low.sum() + 1000))
        self.high = np.minimum(np.array(high, float), self.far)
        self._groups = self._grouped()

    def range_of(self, cell: Key) -> Range:
        """The least and the greatest count of a cell. Raises NotSolved where no table agrees with what is shown."""
        return self._range(self.system.at[cell])[0]

    def narrow(self, cells: Iterable[Key], least: int) -> dict[Key, Range]:
        """Those of the cells for which fewer than `least` counts are possible, each with its range.

        A solution for one cell is a possible table, so it also shows how far others can go.
        """
        import numpy as np

        down, up = np.full(len(self.low), np.inf), np.full(len(self.low), -np.inf)
        found: dict[Key, Range] = {}
        for cell in cells:
            at = self.system.at[cell]
            if up[at] - down[at] >= least - 1 - _NEAR:
                continue
            span, points = self._range(at)
            for where, counts in points:
                down[where] = np.minimum(down[where], counts)
                up[where] = np.maximum(up[where], counts)
            if span.values < least:
                found[cell] = span
        return found

    def _range(self, at: int) -> tuple[Range, list[tuple[Any, Any]]]:
        import numpy as np

        if self.low[at] == self.high[at]:
            return Range(int(self.low[at]), int(self.low[at])), []
        group = self._groups[at]
        ends, points = [], []
        for sign in (1.0, -1.0):
            counts = self._end(group, at, sign)
            ends.append(float(counts[np.searchsorted(group.cells, at)]))
            points.append((group.cells, counts))
        low, high = int(np.ceil(ends[0] - _NEAR)), int(np.floor(ends[1] + _NEAR))
        return Range(low, None if high > self.far / 2 else high), points

    def _end(self, group: _Group, at: int, sign: float) -> Any:
        import numpy as np
        from scipy.optimize import linprog

        found = linprog(
            np.where(group.cells == at, sign, 0.0),
            A_eq=group.equal,
            b_eq=group.sums,
            A_ub=group.most,
            b_ub=group.limits,
            bounds=np.column_stack([self.low[group.cells], self.high[group.cells]]),
            method="highs",
        )
        if found.status != 0:
            raise NotSolved(str(found.message))
        return found.x

    def _grouped(self) -> dict[int, _Group]:
        """Of every hidden cell the group it belongs to: cells that share no relation say nothing of each other."""
        import numpy as np
        from scipy.sparse import csr_array, vstack
        from scipy.sparse.csgraph import connected_components

        hidden = np.flatnonzero(self.low < self.high)
        both = csr_array(vstack([self.system.equal, self.system.most]))[:, hidden]
        _, labels = connected_components(abs(both).T @ abs(both), directed=False)
        groups: dict[int, _Group] = {}
        for label in range(labels.max(initial=-1) + 1):
            cells = hidden[labels == label]
            group = _Group(cells, *self._part(self.system.equal, cells), *self._part(self.system.most, cells))
            groups |= dict.fromkeys(cells.tolist(), group)
        return groups

    def _part(self, matrix: Any, cells: Any) -> tuple[Any, Any]:
        """The rows that touch these cells, and what the shown cells leave for them."""
        import numpy as np

        part = matrix[:, cells]
        rows = np.flatnonzero(np.diff(part.indptr))
        shown = np.where(self.low == self.high, self.low, 0.0)
        return part[rows], -(matrix[rows] @ shown)
