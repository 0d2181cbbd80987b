"""What the design itself can and cannot find: its power, and a comparison group where there is one.

Sources: power of the paired t-test by the noncentral t: Cohen (1988), chapter 2. Power computed afterwards from what
was found says nothing new and is not offered: Hoenig, J. M. & Heisey, D. M. (2001). American Statistician 55(1), 19-24.
Unequal spreads: Welch, B. L. (1947). Biometrika 34(1/2), 28-35.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from simpul.engines.statistics.distributions import noncentral_t_below, root, t_quantile, t_two_sided
from simpul.engines.statistics.paired import CONFIDENCE, mean, spread

ALPHA, POWER = 0.05, 0.8
# Enough for any programme; more pairs find effects too small to matter.
MOST_PAIRS = 100_000
FEW, SAME, ONE_BODY = "few_pairs", "no_variation", "one_organisation"


@dataclass(frozen=True, slots=True)
class Power:
    """The smallest true d_z that so many pairs find four times in five, at 5 % two-sided.

    `corrected`: when as many aspects are tested as here (5 % shared among them). `clustered`: when people count for
    less because those of one organisation are alike (`design_effect`), and the test has only the degrees of freedom
    that the organisations give it. None where it cannot be told.
    """

    pairs: int
    aspects: int
    smallest: float | None
    corrected: float | None
    design_effect: float | None = None
    clustered: float | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """How much more the programme's people changed than the comparison group: the difference in differences.

    By organisation (`unit` is "organisation") where both sides have at least two of them, by person where nobody's
    organisation is known. Interval and test are Welch's. why_not: "few_pairs", "no_variation" or "one_organisation":
    where one side is a single organisation, what that one is like cannot be told from what the programme did.
    """

    people: int
    compared_people: int
    unit: str
    change: float | None = None
    compared_change: float | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    t: float | None = None
    df: float | None = None
    p: float | None = None
    why_not: str = ""


def power_of(pairs: float, d_z: float, *, alpha: float = ALPHA, df: float | None = None) -> float:
    """The chance that so many pairs find a true effect of d_z; `df` where the test has fewer than pairs - 1.

    Raises ValueError under two pairs.
    """
    if pairs < 2:
        raise ValueError("One pair finds nothing.")
    df, centre = pairs - 1 if df is None else df, d_z * math.sqrt(pairs)
    bound = t_quantile(1 - alpha / 2, df)
    return 1 - noncentral_t_below(bound, df, centre) + noncentral_t_below(-bound, df, centre)


def smallest_effect(
    pairs: float, *, alpha: float = ALPHA, power: float = POWER, df: float | None = None
) -> float | None:
    """The smallest d_z that so many pairs find with that power."""
    if pairs < 2:
        return None
    # With few degrees of freedom the bound lies far out, and the effect beyond it.
    bound = t_quantile(1 - alpha / 2, pairs - 1 if df is None else df)
    most = max(40.0, 4 * bound) / math.sqrt(pairs)
    return root(lambda d_z: power_of(pairs, d_z, alpha=alpha, df=df) - power, 1e-6, most)


def pairs_needed(d_z: float, *, alpha: float = ALPHA, power: float = POWER) -> int | None:
    """How many pairs find an effect of d_z with that power; None above a hundred thousand."""
    low, high = 2, MOST_PAIRS
    if d_z == 0 or power_of(high, abs(d_z), alpha=alpha) < power:
        return None
    while low < high:
        middle = (low + high) // 2
        if power_of(middle, abs(d_z), alpha=alpha) >= power:
            high = middle
        else:
            low = middle + 1
    return low


def design_power(
    pairs: int, aspects: int, design_effect: float | None, cluster_df: float | None = None
) -> Power:
    """Of this design, before anything is looked at. `pairs` are the fewest that any aspect has."""
    shared = ALPHA / max(1, aspects)
    clustered = None
    if design_effect is not None:
        clustered = smallest_effect(pairs / max(1.0, design_effect), alpha=shared, df=cluster_df)
    return Power(
        pairs, aspects, smallest_effect(pairs), smallest_effect(pairs, alpha=shared), design_effect, clustered
    )


def compared(
    ours: Sequence[float],
    theirs: Sequence[float],
    ours_by_organisation: Sequence[Sequence[float]],
    theirs_by_organisation: Sequence[Sequence[float]],
) -> Compared:
    """The changes of the programme's people beside those of the comparison group."""
    bodies = len(ours_by_organisation), len(theirs_by_organisation)
    by_organisation = min(bodies) >= 2
    unit = "organisation" if by_organisation else "person"
    left = [mean(values) for values in ours_by_organisation] if by_organisation else list(ours)
    right = [mean(values) for values in theirs_by_organisation] if by_organisation else list(theirs)
    if len(left) < 2 or len(right) < 2:
        return Compared(len(ours), len(theirs), unit, why_not=FEW)
    change, other = mean(left), mean(right)
    shares = [(spread(values) or 0.0) ** 2 / len(values) for values in (left, right)]
    found = Compared(len(ours), len(theirs), unit, change, other, change - other)
    why_not = ONE_BODY if max(bodies) and not by_organisation else SAME if sum(shares) <= 1e-20 else ""
    if why_not:
        return replace(found, why_not=why_not)
    error = math.sqrt(sum(shares))
    df = sum(shares) ** 2 / (shares[0] ** 2 / (len(left) - 1) + shares[1] ** 2 / (len(right) - 1))
    gap, margin = change - other, t_quantile((1 + CONFIDENCE) / 2, df) * error
    t = gap / error
    return replace(found, low=gap - margin, high=gap + margin, t=t, df=df, p=t_two_sided(t, df))
