"""How far two people who scored the same items agree, beyond what chance alone would give: weighted kappa.

Sources: Cohen, J. (1968). Weighted kappa: nominal scale agreement with provision for scaled disagreement or partial
credit. Psychological Bulletin 70(4), 213-220. Standard error: Fleiss, J. L., Cohen, J. & Everitt, B. S. (1969).
Large sample standard errors of kappa and weighted kappa. Psychological Bulletin 72(5), 323-327.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

# Of the standard normal distribution, for an interval that holds 95 of 100 times.
_Z = 1.959963984540054
FEW, NO_VARIATION = "few", "no_variation"


@dataclass(frozen=True, slots=True)
class Agreement:
    """`kappa` from -1 to 1 with the bounds of its 95 % interval; all None where `why_not` says why there is none.

    `items` were scored by both, `same` of them exactly alike. why_not: "few" (fewer items than asked for) or
    "no_variation" (one of the two gave every item the same score, so that agreement means nothing).
    """

    items: int
    same: int
    kappa: float | None = None
    low: float | None = None
    high: float | None = None
    why_not: str = ""


def squared(left: int, right: int) -> float:
    """The usual weight of a disagreement: two steps apart are four times as bad as one."""
    return float((left - right) ** 2)


def weighted_kappa(
    pairs: Sequence[tuple[int, int]], *, fewest: int, disagreement: Callable[[int, int], float] = squared
) -> Agreement:
    """The agreement of two over the items that both scored; `pairs` are their scores, item by item.

    `disagreement` is zero for the same score and positive for others; only the proportions of it matter. The
    interval is for many items and rough for few, so with fewer than `fewest` there is no answer.
    Raises ValueError where `fewest` is under 2.
    """
    if fewest < 2:
        raise ValueError("Agreement over fewer than two items says nothing.")
    number, same = len(pairs), sum(left == right for left, right in pairs)
    if number < fewest:
        return Agreement(number, same, why_not=FEW)
    if len({left for left, _right in pairs}) < 2 or len({right for _left, right in pairs}) < 2:
        return Agreement(number, same, why_not=NO_VARIATION)
    kappa, error = _estimated(pairs, disagreement)
    low, high = max(-1.0, kappa - _Z * error), min(1.0, kappa + _Z * error)
    return Agreement(number, same, kappa, low, high)


def _estimated(
    pairs: Sequence[tuple[int, int]], disagreement: Callable[[int, int], float]
) -> tuple[float, float]:
    """Weighted kappa and its large-sample standard error."""
    number = len(pairs)
    left_share = {score: count / number for score, count in Counter(a for a, _b in pairs).items()}
    right_share = {score: count / number for score, count in Counter(b for _a, b in pairs).items()}
    cells = {pair: count / number for pair, count in Counter(pairs).items()}
    scores = left_share.keys() | right_share.keys()
    worst = max(disagreement(a, b) for a in scores for b in scores)
    # As Fleiss and his colleagues write it: weights of agreement, 1 for the same score.
    weight = {(a, b): 1 - disagreement(a, b) / worst for a in scores for b in scores}
    seen = math.fsum(share * weight[pair] for pair, share in cells.items())
    by_chance = math.fsum(
        left_share[a] * right_share[b] * weight[a, b] for a in left_share for b in right_share
    )
    kappa = (seen - by_chance) / (1 - by_chance)
    row = {a: math.fsum(right_share[b] * weight[a, b] for b in right_share) for a in left_share}
    column = {b: math.fsum(left_share[a] * weight[a, b] for a in left_share) for b in right_share}
    squares = math.fsum(
        share * (weight[a, b] * (1 - by_chance) - (row[a] + column[b]) * (1 - seen)) ** 2
        for (a, b), share in cells.items()
    )
    spread = squares - (seen * by_chance - 2 * by_chance + seen) ** 2
    # A perfect agreement leaves a rounding error below zero.
    return kappa, math.sqrt(max(spread, 0.0) / number) / (1 - by_chance) ** 2
