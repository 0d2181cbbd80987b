"""How time and memory grow with the people: every way of judging many, from ten thousand to ten million.

    python -m benchmarks.growth --people 10000 100000 1000000 10000000

Each way and each size in a process of its own, which holds nothing else, so that its memory can be told. Prints for each
size the seconds of one judging (the median of some), the ratio to Simpul in the same run, nanoseconds of the processor a
person, and the most memory the process ever held; Simpul from file to file, too, which need not hold everybody.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import polars as pl

from benchmarks.machine import peak_mb, watched
from benchmarks.people import ON, path_of, specs
from benchmarks.ways import WAYS, here
from simpul.catalogue import editions
from simpul.engines.rules.stream import judge_file

SIZES = (10_000, 100_000, 1_000_000)
FILE = "file"
FILE_WORDS = "Simpul, Parquet to Parquet"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--list", default=editions.default().code)
    parser.add_argument("--once", choices=[*WAYS, FILE], help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.once:
        once(chosen.once, chosen.people[0], chosen.rounds, chosen.list)
        return
    ways = [name for name, way in here().items() if not way.most]
    for count in chosen.people:
        path_of(chosen.list, count)
        with watched():
            report(count, [*ways, FILE], chosen.rounds, chosen.list)


def once(name: str, count: int, rounds: int, edition: str) -> None:
    """What one process does: its figures as JSON."""
    rules, facts, path = editions.get(edition).rules(), specs(edition), path_of(edition, count)
    with TemporaryDirectory(prefix="simpul-bench-") as folder:
        if name == FILE:
            out = Path(folder) / "verdicts.parquet"

            def judge() -> object:
                return judge_file(path, out, rules, facts, on=ON, keep=["id"])
        else:
            judge = WAYS[name].make(pl.read_parquet(path).rechunk(), rules, facts, ON)
        seconds, worked = [], []
        for _ in range(rounds + 1):
            began, spent = perf_counter(), process_time()
            judge()
            seconds.append(perf_counter() - began)
            worked.append(process_time() - spent)
    # The first round only warms.
    print(json.dumps({"seconds": median(seconds[1:]), "worked": median(worked[1:]), "mb": peak_mb()}))


def report(count: int, ways: list[str], rounds: int, edition: str) -> None:
    """One line for each way; ours first."""
    print(
        f"\n{count:,} people{'':34}{'s':>9}{'x Simpul':>13}{'by processor':>14}{'ns a person':>13}{'most MB':>9}"
    )
    ours: dict[str, float] = {}
    for name in ways:
        command = [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "benchmarks.growth",
            "--once",
            name,
            "--list",
            edition,
        ]
        done = subprocess.run(
            [*command, "--people", str(count), "--rounds", str(rounds)], capture_output=True, text=True
        )
        words = FILE_WORDS if name == FILE else WAYS[name].words
        if done.returncode:
            print(f"{words:50} broke off: {done.stderr.strip().splitlines()[-1:] or done.returncode}")
            continue
        found = json.loads(done.stdout)
        ours = ours or found
        print(
            f"{words:50}{found['seconds']:>9.3f}{found['seconds'] / ours['seconds']:>13.2f}"
            f"{found['worked'] / ours['worked']:>14.2f}{found['worked'] / count * 1e9:>13,.0f}{found['mb']:>9,.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
