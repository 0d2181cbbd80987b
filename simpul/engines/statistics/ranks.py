"""Wilcoxon's signed ranks: a test of the same question that needs no normal differences.

Sources: Wilcoxon, F. (1945). Individual comparisons by ranking methods. Biometrics Bulletin 1(6), 80-83: differences
of zero are left out. The rank-biserial correlation is the share of ranks up minus that down: Kerby, D. S. (2014).
The simple difference formula. Comprehensive Psychology 3, 11.IT.3.1.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from simpul.engines.statistics.distributions import normal_above

# Up to here every way to give the ranks their signs is counted; above it the normal distribution is close enough.
EXACT_UP_TO = 50
NOBODY = "nobody_changed"


@dataclass(frozen=True, slots=True)
class SignedRanks:
    """The test over `used` differences; `zeros` were left out, `has_ties` says whether some are equally large.

    `up` and `down` are the sums of ranks. `is_exact`: every sign was counted, also where ranks are tied; otherwise
    it is the normal approximation with correction for ties and continuity.
    """

    used: int
    zeros: int
    has_ties: bool = False
    up: float | None = None
    down: float | None = None
    p: float | None = None
    is_exact: bool = False
    rank_biserial: float | None = None
    why_not: str = ""


def signed_ranks(differences: Sequence[float]) -> SignedRanks:
    """Wilcoxon's test, two-sided. Without a difference other than zero there is none."""
    used = [value for value in differences if value != 0]
    zeros = len(differences) - len(used)
    if not used:
        return SignedRanks(0, zeros, why_not=NOBODY)
    doubled, ties = _doubled_ranks([abs(value) for value in used])
    up = sum(rank for rank, value in zip(doubled, used, strict=True) if value > 0)
    down = sum(doubled) - up
    is_exact = len(used) <= EXACT_UP_TO
    p = _exact(doubled, min(up, down)) if is_exact else _approximate(len(used), ties, min(up, down) / 2)
    return SignedRanks(len(used), zeros, bool(ties), up / 2, down / 2, p, is_exact, (up - down) / (up + down))


def _doubled_ranks(sizes: Sequence[float]) -> tuple[list[int], list[int]]:
    """Twice the middle rank of each, which is whole also where ranks are shared; and how many share one."""
    counts = Counter(sizes)
    rank_of: dict[float, int] = {}
    below = 0
    for size in sorted(counts):
        rank_of[size] = 2 * below + counts[size] + 1
        below += counts[size]
    return [rank_of[size] for size in sizes], [count for count in counts.values() if count > 1]


def _exact(doubled: Sequence[int], smaller: int) -> float:
    """Two-sided: of all signs that the ranks could have, the share with a sum as small as this, twice."""
    # The number of ways to each sum, one after the other in one long whole number: no count can reach the next slot.
    slot = len(doubled) + 1
    ways = 1
    for rank in doubled:
        ways += ways << (slot * rank)
    mask = (1 << slot) - 1
    found = sum((ways >> (slot * total)) & mask for total in range(smaller + 1))
    return min(1.0, 2 * found / (1 << len(doubled)))


def _approximate(number: int, ties: Sequence[int], smaller: float) -> float:
    expected = number * (number + 1) / 4
    variance = number * (number + 1) * (2 * number + 1) / 24 - sum(tie**3 - tie for tie in ties) / 48
    z = max(0.0, (expected - smaller - 0.5) / math.sqrt(variance))
    return min(1.0, 2 * normal_above(z))
