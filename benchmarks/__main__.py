"""All benchmarks, small: `make bench`. The full sizes are in README.md.

Each runs in a process of its own, so that one's memory and warm caches do not help another.
"""

from __future__ import annotations

import subprocess
import sys

SMALL = (
    ("interview_step",),
    ("single_judge",),
    ("population", "--people", "100000", "--rounds", "3"),
    ("growth", "--people", "10000", "100000"),
    ("recap", "--people", "20000"),
    ("crowd", "--people", "20000"),
    ("file_to_file", "--people", "100000", "--rounds", "3"),
    ("in_place", "--people", "50000", "--rounds", "3"),
    ("pages", "--people", "5000", "--rounds", "5"),
    ("cases", "--cases", "1000", "--seconds", "5"),
    ("placing", "--rounds", "3"),
    ("finding", "--people", "40", "--rounds", "3"),
    ("hsds", "--services", "200"),
    ("disclosure", "--rounds", "1"),
    ("nightly", "--people", "2000"),
    ("importing", "--people", "2000"),
    ("search", "--people", "5000", "--rounds", "5"),
)


def main() -> int:
    failed = 0
    for name, *options in SMALL:
        print(f"\n=== {name} {' '.join(options)}", flush=True)
        failed |= subprocess.run(
            [sys.executable, "-W", "ignore", "-m", f"benchmarks.{name}", *options]
        ).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
