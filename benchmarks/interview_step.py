"""One step of an interview: verdicts and open facts of all types, and the choice of the next question.

`python -m benchmarks.interview_step`. The goal is 25 microseconds for a step over all types. Least of many runs,
since whatever else the machine does only ever makes it slower.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from time import perf_counter

from benchmarks.people import ON, make, specs
from simpul.catalogue import editions
from simpul.engines.rules import Facts, OpenFacts

GOAL = 25


def people_of(edition: str, count: int, share: float) -> list[Facts]:
    """People of whom only the first so many facts are known, as in the middle of an interview."""
    names = list(specs(edition, gates=True))
    known = names[: round(len(names) * share)]
    rows = make(edition, count, gates=True).select(known).to_dicts() if known else [{} for _ in range(count)]
    return [{name: value for name, value in row.items() if value is not None} for row in rows]


def microseconds(run: Callable[[], object], count: int, repeats: int) -> float:
    """For one of the count things that run does, in the best of the repeats."""
    best = float("inf")
    for _ in range(repeats):
        start = perf_counter()
        run()
        best = min(best, perf_counter() - start)
    return best / count * 1e6


def main() -> None:
    """Prints a line for each share of facts known."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--repeats", type=int, default=20)
    parser.add_argument("--list", default=editions.default().code)
    chosen = parser.parse_args()
    rules = editions.get(chosen.list).rules()
    start = perf_counter()
    engine = OpenFacts(rules, specs(chosen.list, gates=True), ON)
    print(
        f"{len(rules)} types, {len(engine.names)} facts; compiled once in {(perf_counter() - start) * 1e3:.1f} ms"
    )
    print(f"{'known':>6}{'step':>10}{'with names':>12}{'next question':>16}   (microseconds)")
    worst = 0.0
    for share in (0, 0.25, 0.5, 0.75, 1):
        people = people_of(chosen.list, chosen.people, share)
        rows = [engine.row(person) for person in people]
        few = people[:10]
        step = microseconds(
            lambda rows=rows: [engine.step_row(row) for row in rows], len(rows), chosen.repeats
        )
        named = microseconds(lambda people=people: [engine.step(one) for one in people], len(people), 5)
        asked = microseconds(lambda few=few: [engine.next_question(one) for one in few], len(few), 3)
        worst = max(worst, step)
        print(f"{share:>6.0%}{step:>10.1f}{named:>12.1f}{asked:>16.0f}")
    print(f"slowest step {worst:.1f} microseconds; goal {GOAL}: {'met' if worst <= GOAL else 'MISSED'}")


if __name__ == "__main__":
    main()
