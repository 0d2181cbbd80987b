"""Placing many at once: the whole solved against one after the other: `python -m benchmarks.placing`.

So many invented people for so many invented services with a few places each. Who is left over by the plain way and
not by the whole is the point; the time is what it costs. The optimum is checked against scipy's assignment of single
places (linear_sum_assignment), which knows nothing of services.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from simpul.engines.matching.placing import Placement, Seeker, best, greedy

# About as an office's list looks: a few kinds of people, services for some of them, near ones best.
_KINDS = 6
_URGENCY = (1, 1, 1, 1, 2, 4)
_FARTHEST = 900


def make(services: int, people: int, seed: int) -> tuple[list[Seeker], dict[str, int]]:
    """Invented people and places: as many places as people, but not for everybody where they are."""
    chance = random.Random(seed)
    keys = [f"s{number:03}" for number in range(services)]
    takes = {key: set(chance.sample(range(_KINDS), chance.randint(1, 3))) for key in keys}
    seekers = []
    for number in range(people):
        kind = chance.randrange(_KINDS)
        costs = {key: chance.randrange(_FARTHEST) for key in keys if kind in takes[key]}
        near = dict(sorted(costs.items(), key=lambda pair: pair[1])[: max(3, services // 5)])
        seekers.append(Seeker(f"p{number:04}", near, chance.choice(_URGENCY)))
    room = dict.fromkeys(keys, 0)
    for _ in range(people):
        room[chance.choice(keys)] += 1
    return seekers, room


def by_single_places(seekers: Sequence[Seeker], room: dict[str, int]) -> tuple[int, int]:
    """The rival: weight and points of the best assignment of people to single places."""
    columns = [key for key, count in room.items() for _ in range(count)]
    gain = sum(max(seeker.costs.values(), default=0) for seeker in seekers) + 1
    # A place of one's own that gives nothing stands for being left over.
    values = np.zeros((len(seekers), len(columns) + len(seekers)))
    for row, seeker in enumerate(seekers):
        for column, key in enumerate(columns):
            if key in seeker.costs:
                values[row, column] = seeker.costs[key] - gain * seeker.weight
    weight = cost = 0
    for row, column in zip(*linear_sum_assignment(values), strict=True):
        if values[row, column] < 0:
            weight += seekers[row].weight
            cost += seekers[row].costs[columns[column]]
    return weight, cost


def timed(work: Callable[[], Placement]) -> tuple[Placement, float]:
    start = time.perf_counter()
    found = work()
    return found, time.perf_counter() - start


def main() -> int:
    """Prints who is placed by both ways, at what cost and in what time; fails where the optimum is none."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--services", type=int, default=60)
    parser.add_argument("--people", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    whole_times, plain_times, wrong = [], [], 0
    print(f"{chosen.services} services, {chosen.people} people")
    print(
        f"{'seed':>4} {'whole: placed':>14} {'weight':>7} {'points':>8} {'plain: placed':>14} {'weight':>7} {'points':>8}"
    )
    for seed in range(1, chosen.rounds + 1):
        seekers, room = make(chosen.services, chosen.people, seed)
        plain, plain_time = timed(lambda seekers=seekers, room=room: greedy(seekers, room))  # type: ignore[misc]
        whole, whole_time = timed(lambda seekers=seekers, room=room: best(seekers, room))  # type: ignore[misc]
        whole_times.append(whole_time)
        plain_times.append(plain_time)
        wrong |= (whole.weight, whole.cost) != by_single_places(seekers, room)
        print(
            f"{seed:>4} {whole.placed:>14} {whole.weight:>7} {whole.cost:>8}"
            f" {plain.placed:>14} {plain.weight:>7} {plain.cost:>8}"
        )
    print(
        f"whole, median: {statistics.median(whole_times) * 1000:.0f} ms (the first with the import of scipy)"
    )
    print(f"plain, median: {statistics.median(plain_times) * 1000:.1f} ms")
    print(
        "the optimum differs from the assignment of single places"
        if wrong
        else "the optimum is the rival's too"
    )
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
