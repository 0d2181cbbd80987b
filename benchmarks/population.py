"""Whole populations: Simpul on Polars beside DuckDB, pandas, Polars alone, OpenFisca-core, CEL, zen-engine and the bare scan.

`python -m benchmarks.population --people 1000000 --rounds 3`; small by default. In alternating runs. Prints people a second
(medians), how many times faster Simpul is, whether the goals are met, and what the file costs beside its bare decoding.
A rival whose package is not installed is left out, and named.
"""

from __future__ import annotations

import argparse
import gc
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

import numpy as np
import polars as pl

from benchmarks import rivals
from benchmarks.machine import watched
from benchmarks.people import ON, path_of, specs
from benchmarks.ways import here
from simpul.catalogue import editions
from simpul.engines.rules.population import verdicts


@dataclass
class Job:
    """One way of judging: how many people it takes at once, and how long each run took."""

    name: str
    people: int
    run: Callable[[], object]
    goal: float | None = None
    seconds: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """People a second."""
        return self.people / median(self.seconds)

    @property
    def thrift(self) -> float:
        """People a second of processor time: what a busy machine distorts least."""
        return self.people / median(self.worked)


def alternate(jobs: list[Job], rounds: int) -> None:
    """One run of each after the other, so that a busy moment hits all of them; the first round only warms."""
    for number in range(rounds + 1):
        for job in jobs:
            gc.collect()
            start, worked = perf_counter(), process_time()
            job.run()
            if number:
                job.seconds.append(perf_counter() - start)
                job.worked.append(process_time() - worked)


def report(jobs: list[Job]) -> None:
    """Rates, and how many times faster the first job is than each other."""
    ours = jobs[0]
    for job in jobs:
        line = f"{job.name:44}{job.rate:>14,.0f} people/s   x {ours.rate / job.rate:<8,.1f} by processor x {ours.thrift / job.thrift:<8,.1f}"
        if job.goal:
            line += f"   goal {job.goal:,}: {'met' if ours.rate / job.rate >= job.goal else 'MISSED'}"
        print(line)


def in_memory(edition: str, people: pl.DataFrame, rounds: int) -> None:
    """Everything in memory already; results stay in memory."""
    rules, facts = editions.get(edition).rules(), specs(edition)
    jobs = []
    for way in here().values():
        some = people.head(way.most) if way.most else people
        jobs.append(Job(way.words, some.height, way.make(some, rules, facts, ON), way.goal))
    alternate(jobs, rounds)
    report(jobs)
    ours = verdicts(people, rules, facts, ON)
    counts = {code: (int(ours[code].sum()), ours[code].null_count()) for code in rules}
    duck = rivals.DuckDB(people, rules, ON)
    duck.judge()
    print("DuckDB finds the same:", counts == duck.counts(list(rules)))
    for name, kind in (
        ("Polars' SQL", rivals.PolarsSQL(people, rules, ON)),
        ("pandas", rivals.Pandas(people, rules, facts, ON)),
    ):
        print(f"{name} finds the same:", counts == counts_in(kind.judge(), rules))


def counts_in(found: Any, rules: Iterable[str]) -> dict[str, tuple[int, int]]:
    """For each rule how many yes and how many not known, in a frame of either library."""
    missing = "null_count" if isinstance(found, pl.DataFrame) else "isna"
    return {code: (int(found[code].sum()), int(np.sum(getattr(found[code], missing)()))) for code in rules}


def from_parquet(edition: str, path: Path, count: int, rounds: int) -> None:
    """From the file: judging beside only decoding the same columns, and to another file."""
    rules, facts = editions.get(edition).rules(), specs(edition)
    frame = pl.scan_parquet(path).select("id", *facts)
    jobs = [
        Job(
            "Simpul, from Parquet",
            count,
            lambda: verdicts(frame, rules, facts, ON, keep=["id"]).collect(engine="streaming"),
        ),
        Job("only decoding the same columns", count, lambda: frame.collect(engine="streaming")),
        Job("DuckDB SQL, from Parquet", count, duck_from(path, edition)),
    ]
    alternate(jobs, rounds)
    report(jobs)
    cost = jobs[1].rate / jobs[0].rate
    print(
        f"judging from Parquet costs {cost:.2f} of the bare decode; goal 1.25: {'met' if cost <= 1.25 else 'MISSED'}"
    )


def duck_from(path: Path, edition: str) -> Callable[[], object]:
    """The rival's way from the same file."""
    connection = rivals.duckdb.connect()
    connection.execute("SET threads = 2")
    select = rivals.sql_select(editions.get(edition).rules(), ON)
    query = f"CREATE OR REPLACE TABLE verdicts AS SELECT id, {select} FROM read_parquet('{path}')"
    return lambda: connection.execute(query)


def main() -> None:
    """Makes the people if they are missing, then measures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--list", default=editions.default().code)
    chosen = parser.parse_args()
    path = path_of(chosen.list, chosen.people)
    print(
        f"{chosen.people:,} people, {len(editions.get(chosen.list).rules())} types, {len(specs(chosen.list))} facts"
    )
    with watched():
        in_memory(chosen.list, pl.read_parquet(path).rechunk(), chosen.rounds)
    with watched():
        from_parquet(chosen.list, path, chosen.people, chosen.rounds)


if __name__ == "__main__":
    main()
