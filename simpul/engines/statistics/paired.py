"""Two scores of the same people: how large the difference is, and whether chance alone would give it.

Sources: Student (1908). The probable error of a mean. Biometrika 6(1), 1-25. d_z is the mean difference over the
standard deviation of the differences: Cohen, J. (1988). Statistical power analysis for the behavioral sciences,
p. 48. Its interval turns the noncentral t around: Steiger, J. H. & Fouladi, R. T. (1997), in What if there were no
significance tests?, 221-257. Holm, S. (1979). A simple sequentially rejective multiple test procedure.
Scandinavian Journal of Statistics 6(2), 65-70.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from simpul.engines.statistics.distributions import noncentrality, t_quantile, t_two_sided

CONFIDENCE = 0.95
# Why there is no answer.
FEW, ALL_ZERO, CONSTANT = "few_pairs", "nobody_changed", "constant_difference"


@dataclass(frozen=True, slots=True)
class Described:
    """Scores in short; `sd` divides by n - 1 and is None under two scores, the others where there is none."""

    n: int
    mean: float | None = None
    sd: float | None = None
    median: float | None = None
    lowest: float | None = None
    highest: float | None = None


@dataclass(frozen=True, slots=True)
class Paired:
    """The difference after minus before, with its 95 % interval, the paired t-test and d_z with its interval.

    Where `why_not` says a reason ("few_pairs", "nobody_changed", "constant_difference") nothing is tested. The
    interval of d_z alone is None where the numbers are too extreme to compute it.
    """

    pairs: int
    difference: float | None = None
    sd: float | None = None
    low: float | None = None
    high: float | None = None
    t: float | None = None
    df: int | None = None
    p: float | None = None
    d_z: float | None = None
    d_z_low: float | None = None
    d_z_high: float | None = None
    why_not: str = ""


def described(scores: Sequence[float]) -> Described:
    if not scores:
        return Described(0)
    return Described(
        len(scores),
        mean(scores),
        spread(scores),
        float(median(scores)),
        float(min(scores)),
        float(max(scores)),
    )


def mean(values: Sequence[float]) -> float:
    # fsum is exact, so the order of the people cannot change the last digit.
    return math.fsum(values) / len(values)


def spread(values: Sequence[float]) -> float | None:
    """The standard deviation with n - 1; None under two values, exactly zero where all are the same."""
    if len(values) < 2:
        return None
    if min(values) == max(values):
        return 0.0
    middle = mean(values)
    return math.sqrt(math.fsum((value - middle) ** 2 for value in values) / (len(values) - 1))


def paired(differences: Sequence[float]) -> Paired:
    """The paired t-test over the differences of people who have both scores."""
    number = len(differences)
    if number == 0:
        return Paired(0, why_not=FEW)
    middle, sd = mean(differences), spread(differences)
    if sd is None:
        return Paired(number, middle, why_not=FEW)
    if sd == 0:
        return Paired(number, middle, 0.0, why_not=ALL_ZERO if middle == 0 else CONSTANT)
    return _tested(number, middle, sd)


def paired_from_summary(pairs: int, difference: float, sd: float) -> Paired:
    """The same test from what a paper prints: the mean and the standard deviation of the differences.

    Raises ValueError for a spread that cannot be.
    """
    if not (math.isfinite(sd) and math.isfinite(difference)) or sd < 0:
        raise ValueError(f"A mean of {difference!r} with a standard deviation of {sd!r} cannot be.")
    if pairs < 2:
        return Paired(pairs, difference, why_not=FEW)
    if sd == 0:
        return Paired(pairs, difference, 0.0, why_not=ALL_ZERO if difference == 0 else CONSTANT)
    return _tested(pairs, difference, sd)


def _tested(number: int, middle: float, sd: float) -> Paired:
    df, error = number - 1, sd / math.sqrt(number)
    t, margin = middle / error, t_quantile((1 + CONFIDENCE) / 2, df) * error
    ends = [noncentrality(t, df, (1 + side * CONFIDENCE) / 2) for side in (1, -1)]
    low, high = (None if end is None else end / math.sqrt(number) for end in ends)
    return Paired(
        number,
        middle,
        sd,
        middle - margin,
        middle + margin,
        t,
        df,
        t_two_sided(t, df),
        middle / sd,
        low,
        high,
    )


def holm(chances: Sequence[float | None]) -> tuple[float | None, ...]:
    """Each p corrected for how many there are, by Holm; None stays None and does not count."""
    order = sorted((p, place) for place, p in enumerate(chances) if p is not None)
    corrected: list[float | None] = [None] * len(chances)
    reached = 0.0
    for step, (p, place) in enumerate(order):
        reached = max(reached, min(1.0, p * (len(order) - step)))
        corrected[place] = reached
    return tuple(corrected)
