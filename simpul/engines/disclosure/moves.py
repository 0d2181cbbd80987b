"""Moving a table into another one that an outsider cannot tell from it, at the least cost of hidden cells.

For a cell that must stay open, a linear programme looks for the cheapest change of counts that keeps every sum: cells
that are hidden move freely, cells that are shown cost their count and must be hidden if they move. The way of Kelly,
Golden and Assad (1992) and of Fischetti and Salazar-Gonzalez (2000), over all linked tables at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from simpul.engines.disclosure.outsider import NotSolved, System

_NEAR = 1e-6
# Costs of moving a cell by one: hidden, shown (its count, but no more than that), and beyond what its sign says.
_HIDDEN, _DEAREST, _BEYOND = 0.01, 1000.0, 50_000.0
# A number that nobody saw last time hides better than one that may still be what it was.
_USUAL = 0.1
# Whole numbers need not be the very cheapest: any that is within a fifth of it will do.
_GAP = 0.2
_INFEASIBLE = 2
_TRIES = 8


@dataclass
class Room:
    """How far each cell may go: `low` to `high` at the price of `cost`, and `beyond` where its sign may be taken off."""

    low: Any
    high: Any
    cost: Any
    beyond: Any


@dataclass(frozen=True)
class Move:
    """A change of all counts in whole numbers. `beyond` are the cells that went further than their sign allows."""

    change: Any
    beyond: Any


def room(counts: Any, low: Any, high: Any, hidden: Any, signed: Any, *, usual: Any) -> Room:
    """What each cell may do. `signed` are those whose sign tells that they are small, `usual` were hidden last time."""
    import numpy as np

    shown = np.minimum(counts, _DEAREST) + 1.0
    cost = np.where(hidden, _HIDDEN, np.where(usual, _USUAL * shown, shown))
    return Room(low, high, cost, np.where(signed, np.inf, 0.0))


def cheapest(system: System, counts: Any, around: Room, at: int, by: int) -> Move | None:
    """The cheapest move of the cell `at` by so many (below 0: down), or None where there is none.

    A cell that nothing holds above may go further up than asked: all counts twice, three times… keep every sum, so
    that there is always a move for it.
    Fractions of people are no table: where the linear programme answers with some, whole numbers are asked for.
    """
    problem = _Problem(system, counts, around, at, by)
    if not problem.possible:
        return None
    found = problem.linear(problem.cost, problem.highest)
    if found is not None and not problem.is_whole(found):
        found = problem.near(found)
    return None if found is None else problem.move(found)


class _Problem:
    """Each cell that is not 0 has three variables: up, down, and up beyond its sign. A 0 stays a 0: it is shown.

    A variable that cannot move is left out, which is a third of them and more.
    """

    def __init__(self, system: System, counts: Any, around: Room, at: int, by: int) -> None:
        import numpy as np

        self.counts = counts
        highest = np.stack([around.high - counts, counts - around.low, around.beyond])
        highest[:, counts == 0] = 0.0
        lowest = np.zeros_like(highest)
        side, further = (0, around.high[at] == np.inf) if by > 0 else (1, False)
        self.possible = highest[side, at] >= abs(by)
        highest[:, at] = 0.0
        lowest[side, at], highest[side, at] = abs(by), np.inf if further else abs(by)
        self.free = np.flatnonzero(highest > 0)
        self.lowest, self.highest = lowest.ravel()[self.free], highest.ravel()[self.free]
        self.cost = np.concatenate([around.cost, around.cost, np.full(len(counts), _BEYOND)])[self.free]
        self.equal, self.most = (matrix[:, self.free] for matrix in system.ways)
        self.slack = -(system.most @ counts)

    def linear(self, cost: Any, highest: Any) -> Any:
        import numpy as np
        from scipy.optimize import linprog

        found = linprog(
            cost,
            A_eq=self.equal,
            b_eq=np.zeros(self.equal.shape[0]),
            A_ub=self.most,
            b_ub=self.slack,
            bounds=np.column_stack([self.lowest, highest]),
            method="highs-ds",
            # The problem is small and asked hundreds of times: making it smaller takes longer than solving it.
            options={"presolve": False},
        )
        return self._answer(found)

    def near(self, parts: Any) -> Any:
        """An answer in whole numbers that hides no cell but those of an answer in fractions, else any.

        A corner with whole numbers is often found by asking at other prices, which is much faster than `milp`.
        """
        import numpy as np

        highest = np.where((self.cost > _HIDDEN) & (parts < _NEAR), 0.0, self.highest)
        chance = np.random.default_rng(len(parts))
        for _ in range(_TRIES):
            found = self.linear(self.cost * chance.uniform(0.2, 5.0, len(parts)), highest)
            if found is not None and self.is_whole(found):
                return found
        found = self.whole(highest)
        return self.whole(self.highest) if found is None else found

    def whole(self, highest: Any) -> Any:
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp

        found = milp(
            self.cost,
            integrality=np.ones(len(self.cost)),
            bounds=Bounds(self.lowest, highest),
            constraints=[
                LinearConstraint(self.equal, 0.0, 0.0),
                LinearConstraint(self.most, -np.inf, self.slack),
            ],
            options={"mip_rel_gap": _GAP},
        )
        return self._answer(found)

    @staticmethod
    def _answer(found: Any) -> Any:
        if found.status not in (0, _INFEASIBLE):
            raise NotSolved(str(found.message))
        return found.x if found.status == 0 else None

    @staticmethod
    def is_whole(found: Any) -> bool:
        import numpy as np

        return bool(np.abs(found - np.rint(found)).max(initial=0.0) < _NEAR)

    def move(self, found: Any) -> Move:
        import numpy as np

        steps = np.zeros(3 * len(self.counts), np.int64)
        steps[self.free] = np.rint(found).astype(np.int64)
        up, down, beyond = steps.reshape(3, -1)
        return Move(up + beyond - down, beyond > 0)
