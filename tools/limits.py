"""Hold our numbers to their limits: a ratchet that only turns one way.

    python tools/limits.py             fails when a number is over its limit, or worse than its best
    python tools/limits.py --tighten   writes better numbers down as the new best

The numbers come from style_numbers.py. The limits and the best values are in limits.toml.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from pathlib import Path

from style_numbers import Survey, numbers, survey

ROOT = Path(__file__).resolve().parent.parent
LIMITS = Path(__file__).with_name("limits.toml")
TYPED_FOLDERS = ("engines/", "catalogue/", "access/")
TYPED_FILES = re.compile(r"(^|/)(actions|queries)(/|\.py)")
# Only what belongs to the product and its tests is measured.
MEASURED = ("simpul", "tests")


def measured() -> dict[str, float]:
    """Every limited number as a plain figure; a share becomes its percentage."""
    sys.setrecursionlimit(20_000)
    product, whole = survey(ROOT / "simpul", 1), survey(ROOT, 1)
    found = {name: figure(value) for name, value in numbers(product).items()}
    in_tests = numbers(whole)
    found["test length: 95th"] = figure(in_tests["test length: 95th"])
    found["untyped functions in typed folders"] = untyped(product)
    return found


def figure(value: object) -> float:
    if isinstance(value, int | float):
        return float(value)
    text = str(value).rstrip("%")
    return float(text) if re.fullmatch(r"[\d.]+", text) else 0.0


def untyped(product: Survey) -> int:
    functions = (f for f in product.functions if is_in_typed_place(f.where))
    return sum(not function.is_typed for function in functions)


def is_in_typed_place(where: str) -> bool:
    return where.startswith(TYPED_FOLDERS) or bool(TYPED_FILES.search(where.split(":")[0]))


def complaints(limits: dict[str, dict[str, float]], found: dict[str, float]) -> list[str]:
    told = []
    for name, held in limits.items():
        value, limit, best = found[name], held["limit"], held.get("best")
        if value > limit:
            told.append(f"{name} is {value:g}; the limit is {limit:g}.")
        elif best is not None and value > best:
            told.append(f"{name} is {value:g}; it was {best:g} already, and may not get worse.")
    return told


def tighten(limits: dict[str, dict[str, float]], found: dict[str, float]) -> None:
    head = [line for line in LIMITS.read_text().splitlines() if line.startswith("#")]
    lines = [*head, ""]
    for name, held in limits.items():
        best = min(found[name], held.get("best", held["limit"]))
        lines += [f'["{name}"]', f"limit = {held['limit']:g}", f"best = {best:g}"]
    LIMITS.write_text("\n".join(lines) + "\n")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tighten", action="store_true")
    arguments = parser.parse_args()
    limits, found = tomllib.loads(LIMITS.read_text()), measured()
    told = complaints(limits, found)
    print(*told or ["All numbers are within their limits."], sep="\n")
    if arguments.tighten and not told:
        tighten(limits, found)
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
