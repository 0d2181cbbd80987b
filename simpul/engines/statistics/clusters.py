"""People of the same organisation resemble each other: tests that do not take them for strangers.

Sources: sandwich error by organisation: Liang, K.-Y. & Zeger, S. L. (1986). Biometrika 73(1), 13-22; each
organisation's residual widened for its own pull on the mean, and degrees of freedom by Satterthwaite: Bell, R. M. &
McCaffrey, D. F. (2002). Bias reduction in standard errors for linear regression with multi-stage samples. Survey
Methodology 28(2), 169-181. Without that, one large organisation among small ones makes the plain sandwich find a change
in every second programme without any. What few organisations do: Cameron, A. C., Gelbach, J. B. & Miller, D. L. (2008).
Bootstrap-based improvements for inference with clustered errors. Review of Economics and Statistics 90(3). Intraclass
correlation by analysis of variance with unequal groups, and design effect: Donner, A. & Klar, N. (2000). Design and
analysis of cluster randomization trials in health research, chapter 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from simpul.engines.statistics.distributions import f_quantile, t_quantile, t_two_sided
from simpul.engines.statistics.paired import CONFIDENCE, mean

# Below this many organisations each way of testing is rough, as Cameron and his colleagues saw.
FEW_CLUSTERS = 30
# All signs of so many organisations are tried one by one.
MOST_FLIPPED = 16
DRAWS, SEED = 9999, 20261122
# Cells held at a time, so that memory does not grow with the number of organisations.
_CELLS = 500_000
NO_ORGANISATIONS, SOME, ONE, SAME = (
    "no_organisations",
    "some_untold",
    "one_organisation",
    "organisations_alike",
)


@dataclass(frozen=True, slots=True)
class Clustered:
    """The same difference, with people nested in organisations.

    `standard_error`, `t`, `df`, `p`, `low`, `high`: by the sandwich over organisations; `df` is k - 1 where all are
    equally large, and less the more they differ. `flip_p`: exact, over all
    signs of the organisations' sums (None above 16). `drawn_low`, `drawn_high`: bootstrap of whole organisations.
    `icc` may be negative; the design effect says how many times fewer people it is as good as.
    why_not: "no_organisations", "some_untold" (the organisation is told for some only), "one_organisation" or
    "organisations_alike" (no variation between them).
    """

    organisations: int
    smallest: int = 0
    largest: int = 0
    icc: float | None = None
    icc_low: float | None = None
    icc_high: float | None = None
    design_effect: float | None = None
    standard_error: float | None = None
    t: float | None = None
    df: float | None = None
    p: float | None = None
    low: float | None = None
    high: float | None = None
    flip_p: float | None = None
    drawn_low: float | None = None
    drawn_high: float | None = None
    why_not: str = ""


Groups = Mapping[str, Sequence[float]]


def clustered(groups: Groups) -> Clustered:
    """Test the mean of all differences; `groups` are those of each organisation. Without the bootstrap."""
    sizes = [len(values) for values in groups.values()]
    if len(groups) < 2:
        return Clustered(len(groups), *_range(sizes), why_not=ONE if groups else NO_ORGANISATIONS)
    everything = [value for values in groups.values() for value in values]
    number, middle = len(everything), mean(everything)
    residuals = [math.fsum(value - middle for value in values) for values in groups.values()]
    # An organisation pulls the mean towards itself by its share; what it then seems to differ is too little by as much.
    widened = (one * one / (1 - size / number) for one, size in zip(residuals, sizes, strict=True))
    error = math.sqrt(math.fsum(widened)) / number
    found = _resemblance(groups, Clustered(len(groups), *_range(sizes)))
    # Sums that ought to cancel leave a rounding error.
    if error <= 1e-12 * max(1.0, abs(middle)):
        return replace(found, why_not=SAME)
    t, df = middle / error, freedom(sizes)
    margin = t_quantile((1 + CONFIDENCE) / 2, df) * error
    return replace(
        found,
        standard_error=error,
        t=t,
        df=df,
        p=t_two_sided(t, df),
        low=middle - margin,
        high=middle + margin,
        flip_p=_flipped([math.fsum(values) for values in groups.values()]),
    )


def freedom(sizes: Sequence[int]) -> float:
    """Satterthwaite's degrees of freedom of that error, with people taken for independent as the working model."""
    number = sum(sizes)
    pulls = [size * size / (number * (1 - size / number)) for size in sizes]
    together = math.fsum(pulls) ** 2 - math.fsum(one * one for one in pulls)
    return number * number / (sum(size * size for size in sizes) + together)


def _range(sizes: Sequence[int]) -> tuple[int, int]:
    return (min(sizes), max(sizes)) if sizes else (0, 0)


def _resemblance(groups: Groups, found: Clustered) -> Clustered:
    """How alike people of one organisation are, with its interval (exact where all are equally large)."""
    sizes = [len(values) for values in groups.values()]
    number, count = sum(sizes), len(sizes)
    if number == count:
        return found
    middle = mean([value for values in groups.values() for value in values])
    means = [mean(values) for values in groups.values()]
    between = math.fsum(size * (one - middle) ** 2 for size, one in zip(sizes, means, strict=True)) / (
        count - 1
    )
    within = math.fsum(
        (value - one) ** 2 for values, one in zip(groups.values(), means, strict=True) for value in values
    ) / (number - count)
    if within <= 1e-20:
        return found
    typical = (number - sum(size * size for size in sizes) / number) / (count - 1)
    ratio = between / within

    def correlation(times: float) -> float:
        return (times - 1) / (times + typical - 1)

    tails = [f_quantile((1 + side * CONFIDENCE) / 2, count - 1, number - count) for side in (1, -1)]
    icc = correlation(ratio)
    effect = 1 + (sum(size * size for size in sizes) / number - 1) * max(0.0, icc)
    return replace(
        found,
        icc=icc,
        icc_low=correlation(ratio / tails[0]),
        icc_high=correlation(ratio / tails[1]),
        design_effect=effect,
    )


def _flipped(sums: Sequence[float]) -> float | None:
    """If help did nothing, each organisation could as well have changed the other way: all of these, counted."""
    if len(sums) > MOST_FLIPPED:
        return None
    seen = abs(math.fsum(sums))
    totals = [0.0]
    for one in sums:
        totals = [total + sign for total in totals for sign in (one, -one)]
    slack = 1e-9 * max(1.0, seen)
    return sum(abs(total) >= seen - slack for total in totals) / len(totals)


def draw(
    aspects: Sequence[Groups], progress: Callable[[int, int], None] | None = None
) -> list[tuple[float, float] | None]:
    """Intervals by drawing whole organisations again and again, the same draws for every aspect. None under three.

    The same data give the same numbers: the seed is fixed, and this generator's stream is frozen by numpy.
    """
    import numpy as np

    names = sorted({name for groups in aspects for name in groups})
    if len(names) < 3:
        return [None] * len(aspects)
    sums = np.array([[math.fsum(groups.get(name, ())) for groups in aspects] for name in names])
    counts = np.array([[float(len(groups.get(name, ()))) for groups in aspects] for name in names])
    source = np.random.RandomState(SEED)
    means = np.empty((DRAWS, len(aspects)))
    size = len(names)
    most = max(1, _CELLS // size)
    for start in range(0, DRAWS, most):
        lot = min(most, DRAWS - start)
        # How often each organisation was drawn: counted in one row of cells for each draw.
        chosen = source.randint(0, size, size=(lot, size), dtype=np.int64) + size * np.arange(lot)[:, None]
        times = np.bincount(chosen.ravel(), minlength=lot * size).reshape(lot, size).astype(float)
        with np.errstate(invalid="ignore", divide="ignore"):
            means[start : start + lot] = (times @ sums) / (times @ counts)
        if progress:
            progress(start + lot, DRAWS)
    # Where an aspect was answered in few organisations, a draw can be without any of them.
    shares = [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2]
    intervals: list[tuple[float, float] | None] = []
    for place, groups in enumerate(aspects):
        drawn = means[:, place][np.isfinite(means[:, place])]
        low, high = np.quantile(drawn, shares) if len(groups) >= 3 else (0.0, 0.0)
        # The last digits depend on how a machine adds up; nobody reads them.
        intervals.append((round(float(low), 9), round(float(high), 9)) if len(groups) >= 3 else None)
    return intervals
