"""Three or more tests of the same people: whether anything moved at all, and between which tests.

Sources: Friedman, M. (1937). The use of ranks to avoid the assumption of normality implicit in the analysis of variance.
Journal of the American Statistical Association 32(200), 675-701, here with the correction for ties; the concordance W
that goes with it: Kendall, M. G. & Babington Smith, B. (1939). The problem of m rankings. Annals of Mathematical
Statistics 10(3), 275-287. Which tests differ is said by comparisons of two, corrected over all of them by Holm (1979).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from simpul.engines.statistics.clusters import clustered
from simpul.engines.statistics.distributions import chi_square_above
from simpul.engines.statistics.paired import holm, mean, paired
from simpul.engines.statistics.study import difference

FEW_PEOPLE, ALL_TIED = "few_people", "nobody_changed"


@dataclass(frozen=True, slots=True)
class Step:
    """From one test to a later one, of the people who took every test.

    `p` and the interval are by organisation (`unit`) where at least two are known, else by person; `holm_p` is
    corrected over all steps of all aspects. p is None where nothing can be tested.
    """

    first: str
    second: str
    unit: str
    difference: float
    low: float | None = None
    high: float | None = None
    p: float | None = None
    holm_p: float | None = None


@dataclass(frozen=True, slots=True)
class OverWaves:
    """All tests together, of the `people` who took every one: `means` in their order.

    `statistic` is Friedman's chi-square with `df`, an approximation that takes people for strangers; `concordance`
    (0 to 1) says how alike the order of the tests is from person to person. `holm_p` is corrected over all aspects. why_not: "few_people" or "nobody_changed".
    """

    waves: tuple[str, ...]
    people: int
    means: tuple[float, ...] = ()
    statistic: float | None = None
    df: int | None = None
    p: float | None = None
    holm_p: float | None = None
    concordance: float | None = None
    steps: tuple[Step, ...] = ()
    why_not: str = ""


def over_waves(
    waves: Sequence[str], scores: Mapping[str, Mapping[str, float]], organisation: Mapping[str, str]
) -> OverWaves:
    """`scores` are by wave and person; only people with all of them enter. `organisation` is that of each person."""
    people = sorted(set.intersection(*(set(scores.get(wave, ())) for wave in waves)))
    names = tuple(waves)
    if len(people) < 2:
        return OverWaves(names, len(people), why_not=FEW_PEOPLE)
    rows = [[scores[wave][one] for wave in waves] for one in people]
    means = tuple(mean(column) for column in zip(*rows, strict=True))
    steps = tuple(
        _step(first, second, [difference(scores[first][one], scores[second][one]) for one in people], homes)
        for homes in ([organisation.get(one, "") for one in people],)
        for place, first in enumerate(waves)
        for second in waves[place + 1 :]
    )
    found = OverWaves(names, len(people), means, steps=steps)
    tested = _friedman(rows)
    if tested is None:
        return replace(found, why_not=ALL_TIED)
    df = len(waves) - 1
    chance, concordance = chi_square_above(tested, df), tested / (len(people) * df)
    return replace(found, statistic=tested, df=df, p=chance, concordance=concordance)


def _step(first: str, second: str, differences: Sequence[float], homes: Sequence[str]) -> Step:
    by_person = paired(differences)
    groups: dict[str, list[float]] = {}
    for home, one in zip(homes, differences, strict=True):
        groups.setdefault(home, []).append(one)
    known = {} if "" in groups else groups
    middle = by_person.difference or 0.0
    if len(known) >= 2:
        nested = clustered(dict(sorted(known.items())))
        return Step(first, second, "organisation", middle, nested.low, nested.high, nested.p)
    if known or len(groups) == 1:
        return Step(first, second, "person", middle, by_person.low, by_person.high, by_person.p)
    # Some are known and some are not: neither test may decide.
    return Step(first, second, "person", middle)


def _friedman(rows: Sequence[Sequence[float]]) -> float | None:
    """Chi-square over the ranks within each person, corrected for ties; None where nobody differs anywhere."""
    size, people = len(rows[0]), len(rows)
    sums, ties = [0.0] * size, 0
    for row in rows:
        counts, below = Counter(row), 0
        rank_of: dict[float, float] = {}
        for value in sorted(counts):
            rank_of[value] = below + (counts[value] + 1) / 2
            below += counts[value]
        ties += sum(count**3 - count for count in counts.values())
        for place, value in enumerate(row):
            sums[place] += rank_of[value]
    room = 1 - ties / (people * size * (size * size - 1))
    if room <= 1e-12:
        return None
    spread = math.fsum((one - people * (size + 1) / 2) ** 2 for one in sums)
    return 12 * spread / (people * size * (size + 1)) / room


def corrected(found: Sequence[OverWaves | None]) -> list[OverWaves | None]:
    """The steps of all aspects corrected together, and Friedman's tests together."""
    whole = holm([one.p if one else None for one in found])
    chances = holm([step.p for one in found if one for step in one.steps])
    given = iter(chances)
    return [
        replace(one, holm_p=p, steps=tuple(replace(step, holm_p=next(given)) for step in one.steps))
        if one
        else None
        for one, p in zip(found, whole, strict=True)
    ]
