"""What should be known beside a test: normality, people far out, those who left, who changed by more than error.

Sources: Shapiro, S. S. & Wilk, M. B. (1965). Biometrika 52(3/4), 591-611. Fences: Tukey, J. W. (1977). Exploratory
data analysis, chapter 2. Bounds for scores that are missing: Manski, C. F. (1990). Nonparametric bounds on treatment
effects. American Economic Review 80(2), 319-323.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simpul.engines.statistics.change import ReliableChange, Verdict, reliable_change
from simpul.engines.statistics.counts import percent
from simpul.engines.statistics.paired import Paired, mean, paired
from simpul.engines.statistics.study import Aspect, Column, difference

# Tukey's fences stand one and a half times the middle half beyond it.
_FENCE = 1.5
# What the table of Shapiro and Wilk, as scipy continues it, is good for.
FEWEST_NORMAL, MOST_NORMAL = 3, 5000
# Fences of fewer people say little.
FEWEST_FENCED = 5


@dataclass(frozen=True, slots=True)
class Shape:
    """Whether differences look normal (Shapiro-Wilk) and who lies outside the fences.

    `normal_w`, `normal_p` are None under 3 and over 5000 people or without variation; `outliers` is None where
    fences cannot be drawn (under 5 people, or half of them changed exactly alike). `without` is the mean difference
    when the outliers are left out; they never are in the tests.
    """

    normal_w: float | None = None
    normal_p: float | None = None
    outliers: tuple[str, ...] | None = None
    without: float | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """The mean difference if those who left had stayed.

    `lowest` and `highest`: every missing score at the worst or the best of the scale ("scale") or of what anybody
    scored ("seen"), as `bounds_from` says. `carried`: as if nobody who left had changed.
    """

    people: int
    lowest: float
    highest: float
    bounds_from: str
    carried: Paired


@dataclass(frozen=True, slots=True)
class Reliable:
    """How many people changed by more than the error of the measuring, and the percentages.

    `reliability` and `standard_deviation` are those used, `reliability_from` "given" or "alpha",
    `deviation_from` "given" or "before" (of these people). why_not: "no_reliability", "no_variation", "no_pairs".
    """

    people: int
    better: int = 0
    same: int = 0
    worse: int = 0
    better_percent: float | None = None
    same_percent: float | None = None
    worse_percent: float | None = None
    smallest: float | None = None
    reliability: float | None = None
    standard_deviation: float | None = None
    reliability_from: str = ""
    deviation_from: str = ""
    why_not: str = ""


def shape(differences: Mapping[str, float]) -> Shape:
    """By person, so that those far out can be named and looked at."""
    values = list(differences.values())
    w, p = _normality(values)
    fences = _fences(values)
    if fences is None:
        return Shape(w, p)
    outside = tuple(one for one, value in differences.items() if not fences[0] <= value <= fences[1])
    rest = [value for one, value in differences.items() if one not in set(outside)]
    return Shape(w, p, outside, mean(rest) if outside and rest else None)


def _normality(values: Sequence[float]) -> tuple[float | None, float | None]:
    if not FEWEST_NORMAL <= len(values) <= MOST_NORMAL or min(values) == max(values):
        return None, None
    from scipy import stats

    # In rising order, so that the order of people cannot change the last digit.
    found = stats.shapiro(sorted(values))
    return float(found.statistic), float(found.pvalue)


def _fences(values: Sequence[float]) -> tuple[float, float] | None:
    if len(values) < FEWEST_FENCED:
        return None
    ordered = sorted(values)
    low, high = _quantile(ordered, 0.25), _quantile(ordered, 0.75)
    reach = _FENCE * (high - low)
    return (low - reach, high + reach) if reach > 0 else None


def _quantile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def missing(aspect: Aspect, column: Column) -> Missing | None:
    """None where nobody left. Those who came only at the end tell nothing about a change and are no part of it."""
    left = sorted(column.before.keys() - column.after.keys())
    if not left:
        return None
    everybody = [*column.before.values(), *column.after.values()]
    has_scale = aspect.lowest is not None and aspect.highest is not None
    lowest = aspect.lowest if has_scale and aspect.lowest is not None else min(everybody)
    highest = aspect.highest if has_scale and aspect.highest is not None else max(everybody)
    stayed = column.differences()
    ends = [
        mean([*stayed, *(difference(column.before[one], end) for one in left)]) for end in (lowest, highest)
    ]
    return Missing(
        len(left),
        ends[0],
        ends[1],
        "scale" if has_scale else "seen",
        paired([*stayed, *(0.0 for _one in left)]),
    )


def reliable(aspect: Aspect, column: Column, *, alpha: float | None, sd_before: float | None) -> Reliable:
    """Each person judged by the reliable change index; alpha and the spread before stand in where none is given."""
    people = column.pairs()
    reliability = aspect.reliability if aspect.reliability is not None else alpha
    spread = aspect.standard_deviation if aspect.standard_deviation is not None else sd_before
    if not people:
        return Reliable(0, why_not="no_pairs")
    if reliability is None or not 0 <= reliability < 1:
        return Reliable(len(people), why_not="no_reliability")
    if not spread:
        return Reliable(len(people), why_not="no_variation")
    judged = [
        reliable_change(
            column.before[one],
            column.after[one],
            standard_deviation=spread,
            reliability=reliability,
            higher_is_better=aspect.higher_is_better,
        )
        for one in people
    ]
    return _told(aspect, judged, reliability, spread)


def _told(aspect: Aspect, judged: Sequence[ReliableChange], reliability: float, spread: float) -> Reliable:
    verdicts = [one.verdict for one in judged]
    better, same, worse = (
        verdicts.count(one) for one in (Verdict.BETTER, Verdict.NOT_RELIABLE, Verdict.WORSE)
    )
    people = len(judged)
    return Reliable(
        people,
        better,
        same,
        worse,
        percent(better, people),
        percent(same, people),
        percent(worse, people),
        smallest=judged[0].smallest,
        reliability=reliability,
        standard_deviation=spread,
        reliability_from="given" if aspect.reliability is not None else "alpha",
        deviation_from="given" if aspect.standard_deviation is not None else "before",
    )
