"""An evaluation of many answers: `python -m benchmarks.evaluation`. The goal is 100,000 answers in ten seconds.

The rival is what an analyst would write: pandas to pair the scores, then the tests of statsmodels and scipy for each
aspect. It gives the paired t-test, Wilcoxon, the test by organisation and Holm, and, timed apart, the bootstrap of whole
organisations by scipy.stats.bootstrap with as many draws as ours; ours gives these and all the rest.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
import tracemalloc
from collections.abc import Callable
from statistics import median

import pandas
import statsmodels.api
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.weightstats import DescrStatsW

from simpul.engines.statistics import Aspect, Band, Evaluation, Score, Study, evaluate
from simpul.engines.statistics.clusters import DRAWS, SEED

GOAL = 10.0
# Answers of one person, before and after.
ASPECTS = 25
BANDS = (Band("kurang", 0), Band("cukup", 14), Band("baik", 28))


def made(answers: int) -> list[Score]:
    """Invented scores: ten people to an organisation, one in twenty left before the end."""
    source = random.Random(20261122)
    people = max(2, answers // (2 * ASPECTS))
    rows = []
    for person in range(people):
        has_left = source.random() < 0.05
        for aspect in range(ASPECTS):
            before = source.randint(0, 36)
            after = None if has_left else max(0, min(40, before + source.randint(-2, 4)))
            place = (f"P{person}", f"A{aspect}"), f"O{person // 10}"
            rows.append(Score(*place[0], "before", before, place[1]))
            rows.append(Score(*place[0], "after", after, place[1]))
    return rows


def ours(rows: list[Score]) -> Evaluation:
    aspects = tuple(Aspect(f"A{number}", "", 0, 40, 0.8, bands=BANDS) for number in range(ASPECTS))
    return evaluate(Study(aspects, rows))


def rival(frame: pandas.DataFrame) -> list[tuple[float, float, float]]:
    """p of the t-test, of Wilcoxon and by organisation, each after Holm, by aspect."""
    chances = []
    for _aspect, part in frame.groupby("aspect", sort=True):
        wide = part.pivot(index=["person", "organisation"], columns="wave", values="value").dropna()
        change = wide["after"] - wide["before"]
        groups = pandas.factorize(wide.index.get_level_values("organisation"))[0]
        fit = statsmodels.api.OLS(change.to_numpy(), [1.0] * len(change)).fit(
            cov_type="cluster", cov_kwds={"groups": groups}, use_t=True
        )
        rank = stats.wilcoxon(change, correction=True, method="asymptotic").pvalue
        chances.append((DescrStatsW(change).ttest_mean(0)[1], rank, fit.pvalues[0]))
    corrected = [multipletests(column, method="holm")[1] for column in zip(*chances, strict=True)]
    return list(zip(*corrected, strict=True))


def rival_bootstrap(frame: pandas.DataFrame) -> list[tuple[float, float]]:
    """The interval by drawing whole organisations, by aspect."""
    intervals = []
    for _aspect, part in frame.groupby("aspect", sort=True):
        wide = part.pivot(index=["person", "organisation"], columns="wave", values="value").dropna()
        groups = (wide["after"] - wide["before"]).groupby("organisation")
        drawn = stats.bootstrap(
            (groups.sum().to_numpy(), groups.count().to_numpy()),
            lambda sums, counts, axis: sums.sum(axis=axis) / counts.sum(axis=axis),
            paired=True,
            n_resamples=DRAWS,
            method="percentile",
            batch=500,
            rng=SEED,
        )
        intervals.append((drawn.confidence_interval.low, drawn.confidence_interval.high))
    return intervals


def seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def agree(found: Evaluation, theirs: list[tuple[float, float, float]]) -> bool:
    by_code = sorted(found.aspects, key=lambda one: one.aspect.code)
    ours = [(one.holm_p, one.ranks_holm_p, one.clustered_holm_p) for one in by_code]
    return all(
        abs(left - right) <= 1e-6 * max(left, right) + 1e-12
        for pair in zip(ours, theirs, strict=True)
        for left, right in zip(*pair, strict=True)
    )


def main() -> int:
    """Prints seconds of both, their ratio, the memory, and whether the answers agree and the goal is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    rows = made(chosen.answers)
    frame = pandas.DataFrame([(r.person, r.organisation, r.aspect, r.wave, r.value) for r in rows])
    frame.columns = ["person", "organisation", "aspect", "wave", "value"]
    first = seconds(lambda: ours(rows))
    runs = (lambda: ours(rows), lambda: rival(frame), lambda: rival_bootstrap(frame))
    times = [[seconds(run) for run in runs] for _round in range(chosen.rounds)]
    mine, tests, draws = (median(column) for column in zip(*times, strict=True))
    tracemalloc.start()
    found = ours(rows)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(rows):,} answers, {ASPECTS} aspects, {len(found.flow.organisations)} organisations")
    print(f"simpul: {mine:.2f} s ({len(rows) / mine:,.0f} answers a second; the first run {first:.2f} s)")
    print(f"pandas + statsmodels + scipy, four tests only: {tests:.2f} s; ratio {tests / mine:.2f}")
    print(f"the same with the bootstrap: {tests + draws:.2f} s; ratio {(tests + draws) / mine:.2f}")
    print(f"memory: {peak:.0f} MB while evaluating, {resident:.0f} MB the whole process with the rival")
    same = agree(found, rival(frame))
    print(f"both give the same p: {'yes' if same else 'NO'}")
    print(f"goal {GOAL:.0f} s: {'met' if first <= GOAL else 'MISSED'}")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
