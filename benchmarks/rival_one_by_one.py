"""CEL and zen-engine as rivals: one person at a time, and no "not known"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from benchmarks.rivals import EPOCH, UNKNOWN_DAY, Dialect, Rules, Specs, write
from simpul.engines.rules import FactKind


def _sum_of_ifs(needed: int, parts: Sequence[str]) -> str:
    return "((" + " + ".join(f"({part} ? 1 : 0)" for part in parts) + f") >= {needed})"


CEL = Dialect(
    fact=lambda name: name,
    day=lambda day: str(day.toordinal() - EPOCH),
    choice=lambda _, code: f'"{code}"',
    conjunction=" && ",
    disjunction=" || ",
    negation="!",
    at_least=_sum_of_ifs,
    readings=lambda parts: "(" + " && ".join(parts) + ")",
)

ZEN = replace(
    CEL,
    conjunction=" and ",
    disjunction=" or ",
    negation="not ",
    readings=lambda parts: "(" + " and ".join(parts) + ")",
)


def two_valued(people: pl.DataFrame, specs: Specs) -> list[dict[str, Any]]:
    """People as dictionaries without gaps, dates as days since 1970: what CEL and zen take."""
    filled = []
    for spec in specs.values():
        column = pl.col(spec.name)
        match spec.kind:
            case FactKind.BOOL:
                filled.append(column.fill_null(value=False))
            case FactKind.NUMBER:
                filled.append(column.fill_null(0))
            case FactKind.DATE:
                filled.append(column.fill_null(UNKNOWN_DAY).cast(pl.Int32))
            case FactKind.CHOICE:
                filled.append(column.cast(pl.String).fill_null(""))
    return people.select(filled).to_dicts()


class Cel:
    """Common Expression Language, the Rust engine: compiled programs, one context for each person."""

    def __init__(self, people: pl.DataFrame, rules: Rules, specs: Specs, on: date) -> None:
        import cel

        self.fresh = cel.Context
        self.rows = two_valued(people, specs)
        self.programs = [cel.compile(write(node, CEL, on)) for node in rules.values()]

    def judge(self) -> list[list[Any]]:
        found = []
        for row in self.rows:
            context = self.fresh(row)
            found.append([program.execute(context) for program in self.programs])
        return found


class Zen:
    """zen-engine, compiled expressions."""

    def __init__(self, people: pl.DataFrame, rules: Rules, specs: Specs, on: date) -> None:
        import zen

        self.rows = two_valued(people, specs)
        self.programs = [zen.compile_expression(write(node, ZEN, on)) for node in rules.values()]

    def judge(self) -> list[list[Any]]:
        return [[program.evaluate(row) for program in self.programs] for row in self.rows]
