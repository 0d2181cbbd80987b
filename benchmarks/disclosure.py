"""Safe public numbers of an invented province: `python -m benchmarks.disclosure`.

13 regencies by 26 types by 3 sexes with all margins, and the same linked to types by sex and age. Beside it what is
done by hand: in every sum where only one number is hidden, hide the next smallest. How many small counts a reader can
still compute then is the point; the time is what it costs to leave none.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time

import numpy as np

from simpul.engines.disclosure import (
    Bands,
    Key,
    Reason,
    Release,
    Table,
    areas,
    audit,
    plain,
    protect,
    tabulate,
)
from simpul.engines.disclosure.bands import Band
from simpul.engines.disclosure.tables import joined, merged, relations

_THRESHOLD = 5
_SEXES = {"F": 0.5, "M": 0.48, "unknown": 0.02}
_AGES = Bands("compact", (Band("0-5", 0, 5), Band("6-17", 6, 17), Band("18-59", 18, 59), Band("60+", 60)))
_REGENCIES, _TYPES = 13, 26


def make(seed: int, size: float, *, linked: bool) -> list[Table]:
    """Invented counts: a few large types and regencies and many small, as registers have them."""
    chance = np.random.default_rng(seed)
    area = areas("area", [f"21.{number:02}" for number in range(1, _REGENCIES + 1)], top="21")
    kind, sex = plain("type", [f"T{number:02}" for number in range(_TYPES)]), plain("sex", _SEXES)
    age = _AGES.dimension("age")
    rates = np.exp(chance.normal(2, 2, _TYPES)), np.exp(chance.normal(0, 1, _REGENCIES))
    inner: dict[tuple[str, ...], int] = {}
    ages: dict[tuple[str, ...], int] = {}
    for code, rate in zip(kind.innermost, rates[0], strict=True):
        shares = chance.dirichlet(np.ones(len(age.innermost)) / 2)
        for column, part in _SEXES.items():
            for region, weight in zip(area.innermost, rates[1], strict=True):
                inner[region, code, column] = int(chance.poisson(rate * weight * part * size))
            total = sum(inner[region, code, column] for region in area.innermost)
            for band, count in zip(age.innermost, chance.multinomial(total, shares), strict=True):
                ages[code, column, band] = int(count)
    tables = [tabulate("areas", [area, kind, sex], inner)]
    return [*tables, tabulate("ages", [kind, sex, age], ages, fixed={"area": "21"})] if linked else tables


def by_hand(tables: list[Table]) -> Release:
    """The rival: the next smallest number of every sum that has one hidden, until no sum has only one."""
    cells, trees = joined(tables), merged(tables)
    sums = [[one for one, _ in relation.factors] for relation in relations(cells, trees)]
    hidden = {one for one, count in cells.items() if 0 < count < _THRESHOLD}
    small = frozenset(hidden)
    while alone := [parts for parts in sums if len(hidden.intersection(parts)) == 1]:
        for parts in alone:
            others = [one for one in parts if cells[one] and one not in hidden]
            hidden.update([min(others, key=lambda one: (cells[one], one))] if others else [])
        if all(not any(cells[one] and one not in hidden for one in parts) for parts in alone):
            break

    def told(one: Key) -> int | str:
        return cells[one] if one not in hidden else "<5" if one in small else "–"

    return Release("by hand", _THRESHOLD, {one: told(one) for one in cells}, trees)


def run(seed: int, size: float, *, linked: bool) -> tuple[float, bool]:
    tables = make(seed, size, linked=linked)
    start = time.perf_counter()
    found = protect(tables, threshold=_THRESHOLD)
    taken = time.perf_counter() - start
    start = time.perf_counter()
    plainly = by_hand(tables)
    hand = time.perf_counter() - start
    start = time.perf_counter()
    left = len(audit([found.release("ours")]).parts)
    looked = time.perf_counter() - start
    hand_left = len(audit([plainly]).parts)
    small, protects = len(found.hidden(Reason.SMALL)), len(found.hidden(Reason.PROTECTS))
    hand_protects = sum(isinstance(told, str) for told in plainly.shown.values()) - small
    print(
        f"{seed:>4} {'yes' if linked else 'no':>6} {len(found.cells):>6} {small:>6}"
        f" {hand_protects:>9} {hand_left:>11} {hand:>7.2f} {protects:>8} {left:>11} {taken:>7.2f} {looked:>7.2f}"
    )
    return taken, left == 0


def main() -> int:
    """Prints both ways beside each other; fails where a small count can still be computed from ours."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--size", type=float, default=1.0, help="how many people, as a multiple")
    parser.add_argument("--linked", action="store_true", help="also with the table of ages")
    chosen = parser.parse_args()
    print(f"{'':>24} {'by hand':>29} {'Simpul':>36}")
    print(
        f"{'seed':>4} {'linked':>6} {'cells':>6} {'small':>6} {'hidden +':>9} {'computable':>11} {'s':>7}"
        f" {'hidden +':>8} {'computable':>11} {'s':>7} {'audit s':>7}"
    )
    times, safe = [], True
    for linked in (False, True)[: 1 + chosen.linked]:
        for seed in range(1, chosen.rounds + 1):
            taken, good = run(seed, chosen.size, linked=linked)
            times.append(taken)
            safe &= good
    print(f"Simpul, median: {statistics.median(times):.1f} s (the first with the import of scipy)")
    print("nothing can be computed" if safe else "a small count can be computed")
    return int(not safe)


if __name__ == "__main__":
    sys.exit(main())
