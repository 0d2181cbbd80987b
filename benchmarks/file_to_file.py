"""People in a Parquet file judged into another file, each way in a process of its own: time, processor, memory.

`python -m benchmarks.file_to_file --people 10000000`. Beside it the bare decode of the same columns of the same file in
the same run, which no way of judging can beat. Over 10 million people the file repeats pieces of invented people.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import polars as pl

from benchmarks.people import DATA, ON, path_of, specs
from simpul.catalogue import editions
from simpul.engines.rules.stream import judge_file

NATION = 285_000_000
SECONDS, MEMORY = 150, 2.0

DECODE, PARQUET, ARROW = "only decoding", ".parquet", ".arrow"
WAYS = {
    DECODE: "only decoding the same columns",
    PARQUET: "judged into Parquet",
    ARROW: "judged into an Arrow file",
}


def decode(source: Path, edition: str) -> None:
    """Reads every column that the rules look at, and keeps nothing."""
    frame = pl.scan_parquet(source).select("id", *specs(edition))
    height = {"rows": pl.UInt32}
    rows = frame.map_batches(lambda batch: batch.select(rows=pl.len()), streamable=True, schema=height)
    rows.collect(engine="streaming")


def judge(source: Path, way: str, edition: str) -> None:
    """Judges everybody and counts the answers, as `simpul screen` does."""
    out = DATA / f"verdicts{way}"
    try:
        judge_file(source, out, editions.get(edition).rules(), specs(edition), on=ON, keep=["id"])
    finally:
        out.unlink(missing_ok=True)


def once(source: Path, way: str, edition: str) -> None:
    """What one process does: the work, then its figures as JSON."""
    start = perf_counter()
    if way == DECODE:
        decode(source, edition)
    else:
        judge(source, way, edition)
    # Kilobytes on Linux.
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(json.dumps({"seconds": perf_counter() - start, "worked": process_time(), "memory": memory}))


def measure(edition: str, source: Path, count: int, rounds: int, ways: list[str]) -> None:
    """Each way in turn, so that a busy moment hits all of them; the first way is what the others are held against."""
    runs: dict[str, list[dict[str, float]]] = {way: [] for way in ways}
    for _ in range(rounds):
        for way in ways:
            command = [sys.executable, "-m", "benchmarks.file_to_file", "--once", way, "--list", edition]
            done = subprocess.run(
                [*command, "--source", str(source)], check=True, capture_output=True, text=True
            )
            runs[way].append(json.loads(done.stdout))
    floor = {key: median(run[key] for run in runs[ways[0]]) for key in ("seconds", "worked")}
    print(f"{'':32}{'people/s':>12}{'x decode':>10}{'by processor':>14}{'most GB':>9}{'the nation':>12}")
    for way, each in runs.items():
        seconds, worked = (median(run[key] for run in each) for key in ("seconds", "worked"))
        memory, nation = max(run["memory"] for run in each), NATION / count * seconds
        print(
            f"{WAYS[way]:32}{count / seconds:>12,.0f}{seconds / floor['seconds']:>10.2f}"
            f"{worked / floor['worked']:>14.2f}{memory:>9.2f}{nation:>10,.0f} s"
            f"   goals {SECONDS} s: {_met(nation <= SECONDS)}, {MEMORY:.0f} GB: {_met(memory < MEMORY)}"
        )


def _met(reached: bool) -> str:
    return "met" if reached else "MISSED"


def main() -> None:
    """Makes the people if they are missing, then measures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--list", default=editions.default().code)
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS))
    parser.add_argument("--once", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--source", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.once:
        once(chosen.source, chosen.once, chosen.list)
        return
    source = path_of(chosen.list, chosen.people)
    print(
        f"{chosen.people:,} people, {len(editions.get(chosen.list).rules())} types, median of {chosen.rounds}"
    )
    measure(chosen.list, source, chosen.people, chosen.rounds, chosen.ways)


if __name__ == "__main__":
    main()
