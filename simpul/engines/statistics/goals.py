"""Goal attainment scaling: one number for several goals, each judged on its own five levels.

Source: Kiresuk, T. J. & Sherman, R. E. (1968). Goal attainment scaling: a general method for evaluating
comprehensive community mental health programs. Community Mental Health Journal 4(6), 443-453.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

# Much less than expected, less, as expected, more, much more.
LEVELS = (-2, -1, 0, 1, 2)
# The correlation between the goals of one person that Kiresuk and Sherman assume. It is part of the method.
EXPECTED_CORRELATION = 0.3


def gas_t_score(scores: Sequence[int], weights: Sequence[float]) -> float:
    """The T-score of all goals together: 50 is as expected, and ten points are one standard deviation.

    `scores` are levels from -2 to +2, `weights` how much each goal counts; only their proportion matters.
    Raises ValueError where there is no goal, the two differ in number, or one of them cannot be.
    """
    if not scores:
        raise ValueError("A T-score needs at least one goal.")
    if len(scores) != len(weights):
        raise ValueError(
            f"There are {len(scores)} scores but {len(weights)} weights; each goal has one of both."
        )
    for score in scores:
        if isinstance(score, bool) or score not in LEVELS:
            raise ValueError(f"A goal is scored from -2 to +2 in whole steps, not {score!r}.")
    for weight in weights:
        if isinstance(weight, bool) or not math.isfinite(weight) or weight <= 0:
            raise ValueError(f"A weight is a number above zero, not {weight!r}.")
    # Brought to the largest weight first, so that no square of a huge or tiny one is lost.
    largest = max(weights)
    shares = [weight / largest for weight in weights]
    total = math.fsum(share * score for share, score in zip(shares, scores, strict=True))
    squares = math.fsum(share * share for share in shares)
    spread = (1 - EXPECTED_CORRELATION) * squares + EXPECTED_CORRELATION * math.fsum(shares) ** 2
    return 50 + 10 * total / math.sqrt(spread)
