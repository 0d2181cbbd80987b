"""Every way of judging many people that is measured, ours first: what it needs, and whether its package is here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib import import_module
from typing import Any

import polars as pl

from benchmarks import rivals
from benchmarks.rivals import Rules, Specs
from simpul.engines.rules.population import verdicts

Judge = Callable[[], object]


@dataclass(frozen=True)
class Way:
    """One way: `make(people, rules, specs, on)` lays the data out as it likes them, and gives back what judges them.

    `package` must be installed; `goal`: how many times faster ours should be; `most`: of so many people it takes
    only a part, because it judges one after the other and its rate does not change.
    """

    words: str
    make: Callable[[pl.DataFrame, Rules, Specs, date], Judge]
    package: str = "polars"
    goal: float | None = None
    most: int | None = None

    @property
    def is_here(self) -> bool:
        try:
            import_module(self.package)
        except ModuleNotFoundError:
            return False
        return True


def _simpul(people: pl.DataFrame, rules: Rules, specs: Specs, on: date) -> Judge:
    return lambda: verdicts(people, rules, specs, on, keep=["id"])


def _scan(people: pl.DataFrame, _rules: Rules, specs: Specs, _on: date) -> Judge:
    """One number of each column: nothing that looks at all of them can be quicker."""
    # Of a yes or no how many; of all others the largest, which looks at each value too.
    parts = [pl.col(name).to_physical() for name in specs]
    numbers = [
        part.sum() if people.schema[name] == pl.Boolean else part.max()
        for name, part in zip(specs, parts, strict=True)
    ]
    return lambda: people.select(numbers)


def _duckdb(people: pl.DataFrame, rules: Rules, _specs: Specs, on: date) -> Judge:
    return rivals.DuckDB(people, rules, on).judge


def _polars(people: pl.DataFrame, rules: Rules, _specs: Specs, on: date) -> Judge:
    return rivals.PolarsSQL(people, rules, on).judge


def _pandas(people: pl.DataFrame, rules: Rules, specs: Specs, on: date) -> Judge:
    return rivals.Pandas(people, rules, specs, on).judge


def _elsewhere(
    people: pl.DataFrame, rules: Rules, specs: Specs, on: date, *, module: str, name: str
) -> Judge:
    """A rival whose package may be absent: its module is imported only when it is asked for."""
    kind: Any = getattr(import_module(module), name)
    judge: Judge = kind(people, rules, specs, on).judge
    return judge


_FISCA = partial(_elsewhere, module="benchmarks.rival_openfisca", name="OpenFisca")
_CEL = partial(_elsewhere, module="benchmarks.rival_one_by_one", name="Cel")
_ZEN = partial(_elsewhere, module="benchmarks.rival_one_by_one", name="Zen")
_SOME = 2_000

WAYS: Mapping[str, Way] = {
    "simpul": Way("Simpul (yes, no, not known)", _simpul),
    "scan": Way("bare scan of the same columns", _scan),
    "polars": Way("Polars, the rules as its SQL (yes, no, not known)", _polars),
    "pandas": Way("pandas, nullable types (yes, no, not known)", _pandas, "pandas"),
    "duckdb": Way("DuckDB SQL (yes, no, not known)", _duckdb, "duckdb", 20),
    "openfisca": Way("OpenFisca-core, inputs set (no not known)", _FISCA, "openfisca_core", 2.5),
    "cel": Way("CEL, Rust (no not known)", _CEL, "cel", 1_000, _SOME),
    "zen": Way("zen-engine, compiled (no not known)", _ZEN, "zen", 5_000, _SOME),
}


def here() -> dict[str, Way]:
    """The ways that can be measured on this machine; says which cannot."""
    found = {name: way for name, way in WAYS.items() if way.is_here}
    for name, way in WAYS.items():
        if name not in found:
            print(f"not installed, so not measured: {way.words} (group bench)")
    return found
