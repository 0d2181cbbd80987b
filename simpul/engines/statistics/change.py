"""Reliable change: is the difference between two measurements more than the error of the measuring?

Source: Jacobson, N. S. & Truax, P. (1991). Clinical significance: a statistical approach to defining meaningful
change in psychotherapy research. Journal of Consulting and Clinical Psychology 59(1), 12-19.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

# The index that chance alone passes in one of twenty (two-sided), as Jacobson and Truax set it.
RELIABLE_AT = 1.96


class Verdict(StrEnum):
    """What can be said about a change."""

    BETTER = "better"
    WORSE = "worse"
    NOT_RELIABLE = "no_reliable_change"
    CANNOT_BE_SAID = "cannot_be_said"


@dataclass(frozen=True, slots=True)
class ReliableChange:
    """A change and how far it can be trusted.

    `standard_error` is that of one measurement (SEM), `difference_error` that of a difference of two (S_diff),
    `index` the change in units of it (RCI). All are None where they cannot be said; `because` then names
    what is missing: "before", "after", "standard_deviation" or "reliability".
    """

    verdict: Verdict
    change: float | None = None
    standard_error: float | None = None
    difference_error: float | None = None
    index: float | None = None
    because: tuple[str, ...] = ()

    @property
    def smallest(self) -> float | None:
        """The smallest change that would be reliable, in points of the scale."""
        return None if self.difference_error is None else RELIABLE_AT * self.difference_error


def reliable_change(
    before: float | None,
    after: float | None,
    *,
    standard_deviation: float | None,
    reliability: float | None,
    higher_is_better: bool = True,
) -> ReliableChange:
    """Whether somebody is better, worse, or not measurably changed.

    `standard_deviation` is that of a group of comparable people before help, `reliability` lies from 0 to below 1.
    Where something is None, the answer is that it cannot be said. Raises ValueError for numbers that cannot be.
    """
    _check(before, after, standard_deviation, reliability)
    change = None if before is None or after is None else after - before
    if change is None or standard_deviation is None or reliability is None:
        given = {
            "before": before,
            "after": after,
            "standard_deviation": standard_deviation,
            "reliability": reliability,
        }
        missing = tuple(name for name, value in given.items() if value is None)
        return ReliableChange(Verdict.CANNOT_BE_SAID, change, because=missing)
    standard_error = standard_deviation * math.sqrt(1 - reliability)
    difference_error = math.sqrt(2) * standard_error
    index = change / difference_error
    return ReliableChange(
        _verdict(index if higher_is_better else -index), change, standard_error, difference_error, index
    )


def _check(
    before: float | None, after: float | None, standard_deviation: float | None, reliability: float | None
) -> None:
    for name, value in (("before", before), ("after", after)):
        if value is not None and not math.isfinite(value):
            raise ValueError(f"{name!r} is a number, not {value!r}.")
    if standard_deviation is not None and not (math.isfinite(standard_deviation) and standard_deviation > 0):
        raise ValueError(f"A standard deviation is a number above zero, not {standard_deviation!r}.")
    if reliability is not None and not 0 <= reliability < 1:
        raise ValueError(f"A reliability lies from 0 to below 1, not {reliability!r}.")


def _verdict(gain: float) -> Verdict:
    if abs(gain) <= RELIABLE_AT:
        return Verdict.NOT_RELIABLE
    return Verdict.BETTER if gain > 0 else Verdict.WORSE
