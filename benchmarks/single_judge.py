"""One person judged by all types with all reasons: `python -m benchmarks.single_judge`. The goal is a millisecond."""

from __future__ import annotations

import argparse
from statistics import median

from benchmarks.interview_step import microseconds, people_of
from benchmarks.people import ON
from simpul.catalogue import editions

GOAL = 1.0


def main() -> None:
    """Prints the median over people of the best of five runs, with reasons and without."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--list", default=editions.default().code)
    chosen = parser.parse_args()
    rules = editions.get(chosen.list).rules()
    people = people_of(chosen.list, chosen.people, 1)
    full, short = [], []
    for person in people:
        full.append(
            microseconds(lambda one=person: [node.judge(one, ON) for node in rules.values()], 1_000, 5)
        )
        short.append(
            microseconds(lambda one=person: [node.verdict(one, ON) for node in rules.values()], 1_000, 5)
        )
    print(
        f"{len(rules)} types for one person: {median(full):.2f} ms with reasons, {median(short):.2f} ms without"
    )
    print(f"goal {GOAL} ms: {'met' if median(full) <= GOAL else 'MISSED'}")


if __name__ == "__main__":
    main()
