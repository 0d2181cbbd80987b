"""Makes invented people with the facts of an edition, as Parquet: `python -m benchmarks.people --people 1000000`.

Five per cent (birth, sex) to a fifth (most) of the facts are not known, as in real registers; dates of rare events
are mostly not known. Nobody in it exists.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from simpul.catalogue import editions, facts
from simpul.engines.rules import FactKind, FactSpec

ON = date(2026, 11, 21)
DATA = Path(__file__).parent / "data"
ROW_GROUP = 122_880
BATCH = 1_000_000
# From here on the same people come again and again: the work is the same, and the file is made in minutes.
DIFFERENT = 10_000_000

_EPOCH = date(1970, 1, 1).toordinal()
_WELL_KNOWN = ("born", "sex")
# Most hardships are rare; these facts are not, and without them too few rules would be in doubt.
_COMMON = {
    "basic_needs_met": 0.8,
    "cared_for": 0.8,
    "has_job": 0.55,
    "has_livelihood": 0.6,
    "poor": 0.3,
    "has_fixed_home": 0.9,
    "main_breadwinner": 0.3,
}


def specs(edition: str, *, gates: bool = False) -> dict[str, FactSpec]:
    """The facts that the rules of an edition look at, in the order of the catalogue.

    With `gates` also the questions that settle others, and the conditions on which each is put, as in an
    interview. Without them the rivals answer the very same question: told facts alone.
    """
    every = facts.specs()
    found: set[str] = set()
    new = {name for node in editions.get(edition).rules().values() for name in node.facts()}
    while new:
        found |= new
        settling = (
            node for name in new for node in (every[name].asked_if, every[name].follows) if gates and node
        )
        new = {name for node in settling for name in node.facts()} - found
    bare = {name: replace(spec, asked_if=None, otherwise=None, follows=None) for name, spec in every.items()}
    return {name: (every if gates else bare)[name] for name in every if name in found}


def _column(spec: FactSpec, count: int, random: np.random.Generator) -> pl.Series:
    missing = random.random(count) < (0.05 if spec.name in _WELL_KNOWN else 0.2)
    match spec.kind:
        case FactKind.BOOL:
            values = pl.Series(random.random(count) < _COMMON.get(spec.name, 0.05))
        case FactKind.CHOICE:
            codes = random.integers(0, len(spec.choices), count).astype(np.uint32)
            names = pl.Series(spec.choices, dtype=pl.Enum(spec.choices))
            values = names.gather(pl.Series(codes))
        case FactKind.NUMBER:
            low, high = spec.minimum or 0, spec.maximum or 10**7
            top = high if high < 1_000 else min(high, 6_000_000)
            steps = 1 if high < 1_000 else 10_000
            values = pl.Series(random.integers(low // steps, top // steps, count, endpoint=True) * steps)
        case FactKind.DATE:
            days = 29_000 if spec.name == "born" else 6_000
            last = ON.toordinal() - _EPOCH
            values = pl.Series((last - random.integers(0, days, count)).astype(np.int32)).cast(pl.Date)
            missing = missing if spec.name == "born" else random.random(count) < 0.7
    return pl.select(pl.when(pl.Series(~missing)).then(values).alias(spec.name)).to_series()


def make(edition: str, count: int, *, seed: int = 1, gates: bool = False) -> pl.DataFrame:
    """So many people with typed columns and an id."""
    random = np.random.default_rng(seed)
    columns = [_column(spec, count, random) for spec in specs(edition, gates=gates).values()]
    return pl.DataFrame([pl.Series("id", np.arange(count) + seed * 10**9), *columns])


def path_of(edition: str, count: int) -> Path:
    """The Parquet file of so many people, made if it is not there yet."""
    path = DATA / f"{edition}-{count}.parquet"
    if path.exists():
        return path
    DATA.mkdir(exist_ok=True)
    if count > DIFFERENT:
        times, rest = divmod(count, DIFFERENT)
        if rest:
            raise ValueError(f"over {DIFFERENT:,} people only in multiples of it")
        repeated = [path_of(edition, DIFFERENT)] * times
        pl.scan_parquet(repeated).sink_parquet(path, row_group_size=ROW_GROUP)
        return path
    pieces = []
    for seed, start in enumerate(range(0, count, BATCH), 1):
        piece = path.with_suffix(f".{seed}.part")
        make(edition, min(BATCH, count - start), seed=seed).write_parquet(piece, row_group_size=ROW_GROUP)
        pieces.append(piece)
    pl.scan_parquet(pieces).sink_parquet(path, row_group_size=ROW_GROUP)
    for piece in pieces:
        piece.unlink()
    return path


def main() -> None:
    """Makes the file and says where it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--list", default=editions.default().code)
    chosen = parser.parse_args()
    path = path_of(chosen.list, chosen.people)
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
