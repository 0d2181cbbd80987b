"""One person judged by all types with all reasons: `python -m benchmarks.single_judge`. The goal is a millisecond."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from statistics import median

from benchmarks.interview_step import microseconds, people_of
from benchmarks.people import ON
from simpul.catalogue import editions

GOAL = 1.0
# The best of some: whatever else the machine does only ever makes it slower.
REPEATS = 10


def main() -> None:
    """Prints the median over people of the best of some runs, with reasons and without."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--list", default=editions.default().code)
    chosen = parser.parse_args()
    edition = editions.get(chosen.list)
    rules = edition.rules()
    full, page, short = [], [], []
    for person in people_of(chosen.list, chosen.people, 1):
        full.append(_milliseconds(lambda one=person: [node.judge(one, ON) for node in rules.values()]))
        page.append(_milliseconds(lambda one=person: edition.judge(one, ON)))
        short.append(_milliseconds(lambda one=person: [node.verdict(one, ON) for node in rules.values()]))
    print(
        f"{len(rules)} types for one person: {median(full):.2f} ms with reasons, {median(short):.2f} ms without; "
        f"{median(page):.2f} ms with reasons, supporting signs and what other answers settle, as pages show it"
    )
    print(f"goal {GOAL} ms: {'met' if median(full) <= GOAL else 'MISSED'}")


def _milliseconds(run: Callable[[], object]) -> float:
    return microseconds(run, 1_000, REPEATS)


if __name__ == "__main__":
    main()
