"""The same rules as other engines take them, written from our own nodes.

Here those that know three answers: SQL (DuckDB, and Polars' own SQL), and pandas with its nullable types. The others
are in `rival_openfisca.py` and `rival_one_by_one.py`; they know no "not known" and get the rules in two values, a missing
fact standing for no, 0 or 1900, as their users would do; where readings disagree they say no.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb
import pandas as pd
import polars as pl

from simpul.engines.rules import (
    AgeBetween,
    AgeCompare,
    All,
    Among,
    AtLeast,
    Between,
    Compare,
    CompareFacts,
    FactSpec,
    IsTrue,
    Named,
    Node,
    Not,
    Readings,
)
from simpul.engines.rules import Any as AnyOf
from simpul.engines.rules.spans import Span, span_of

EPOCH = date(1970, 1, 1).toordinal()
UNKNOWN_DAY = date(1900, 1, 1)

Rules = Mapping[str, Node]
Specs = Mapping[str, FactSpec]


@dataclass(frozen=True)
class Dialect:
    """How one engine writes what our nodes say."""

    fact: Callable[[str], str]
    day: Callable[[date], str]
    choice: Callable[[str, str], str]
    conjunction: str
    disjunction: str
    negation: str
    at_least: Callable[[int, Sequence[str]], str]
    readings: Callable[[Sequence[str]], str]
    equal: str = "=="
    different: str = "!="


def write(node: Node, dialect: Dialect, on: date) -> str:
    """The node as text of that dialect."""

    def inner(part: Node) -> str:
        return write(part, dialect, on)

    match node:
        case IsTrue(fact=fact):
            return dialect.fact(fact)
        case Among(fact=fact, choices=choices):
            tests = (
                f"({dialect.fact(fact)} {dialect.equal} {dialect.choice(fact, choice)})" for choice in choices
            )
            return f"({dialect.disjunction.join(tests)})"
        case Compare() | Between() | AgeCompare() | AgeBetween():
            return _span(span_of(node, on), dialect)
        case CompareFacts(left=left, operator=operator, right=right):
            sign = {"=": dialect.equal, "<>": dialect.different}.get(operator, str(operator))
            return f"({dialect.fact(left)} {sign} {dialect.fact(right)})"
        case Named(node=named):
            return inner(named)
        case Not(part=part):
            return f"({dialect.negation}{inner(part)})"
        case All(parts=parts):
            return f"({dialect.conjunction.join(map(inner, parts))})"
        case AnyOf(parts=parts):
            return f"({dialect.disjunction.join(map(inner, parts))})"
        case AtLeast(needed=needed, parts=parts):
            return dialect.at_least(needed, [inner(part) for part in parts])
        case Readings():
            return dialect.readings([inner(part) for part in node.children()])
        case _:
            raise TypeError(type(node).__name__)


def _span(span: Span, dialect: Dialect) -> str:
    def bound(value: int) -> str:
        return dialect.day(date.fromordinal(value)) if span.is_date else str(value)

    tests = [] if span.low is None else [f"({dialect.fact(span.fact)} >= {bound(span.low)})"]
    tests += [] if span.high is None else [f"({dialect.fact(span.fact)} <= {bound(span.high)})"]
    text = f"({dialect.conjunction.join(tests)})"
    return f"({dialect.negation}{text})" if span.inverse else text


def _sql_at_least(needed: int, parts: Sequence[str]) -> str:
    sure = " + ".join(f"CASE WHEN {part} THEN 1 ELSE 0 END" for part in parts)
    possible = " + ".join(f"CASE WHEN NOT {part} THEN 0 ELSE 1 END" for part in parts)
    return f"(CASE WHEN {sure} >= {needed} THEN TRUE WHEN {possible} < {needed} THEN FALSE END)"


def _sql_readings(parts: Sequence[str]) -> str:
    yes, possible = " AND ".join(parts), " OR ".join(parts)
    return f"(CASE WHEN {yes} THEN TRUE WHEN NOT ({possible}) THEN FALSE END)"


SQL = Dialect(
    fact=lambda name: f'"{name}"',
    day=lambda day: f"DATE '{day}'",
    choice=lambda _, code: "'" + code.replace("'", "''") + "'",
    conjunction=" AND ",
    disjunction=" OR ",
    negation="NOT ",
    at_least=_sql_at_least,
    readings=_sql_readings,
    equal="=",
    different="<>",
)

PANDAS = Dialect(
    fact=lambda name: f"c['{name}']",
    day=lambda day: str(day.toordinal() - EPOCH),
    choice=lambda name, code: f"E['{name}']['{code}']",
    conjunction=" & ",
    disjunction=" | ",
    negation="~",
    at_least=lambda needed, parts: f"at_least({needed}, [{', '.join(parts)}])",
    readings=lambda parts: f"readings([{', '.join(parts)}])",
)


def sql_select(rules: Rules, on: date) -> str:
    """The list of columns of a SELECT that answers all rules."""
    return ", ".join(f'{write(node, SQL, on)} AS "{code}"' for code, node in rules.items())


class DuckDB:
    """SQL over a table in memory, choices as its own ENUM."""

    def __init__(self, people: pl.DataFrame, rules: Rules, on: date) -> None:
        self.connection = duckdb.connect()
        self.connection.execute("SET threads = 2")
        table = people.to_arrow()
        self.connection.register("arrow", table)
        self.connection.execute("CREATE TABLE people AS SELECT * FROM arrow")
        self.query = f"CREATE OR REPLACE TABLE verdicts AS SELECT id, {sql_select(rules, on)} FROM people"

    def judge(self) -> None:
        self.connection.execute(self.query)

    def counts(self, codes: Sequence[str]) -> dict[str, tuple[int, int]]:
        """For each rule how many yes and how many not known, to hold against ours."""
        parts = ", ".join(f'count(*) FILTER ("{code}"), count(*) FILTER ("{code}" IS NULL)' for code in codes)
        row = self.connection.execute(f"SELECT {parts} FROM verdicts").fetchone()
        return {code: (row[2 * place], row[2 * place + 1]) for place, code in enumerate(codes)}


class PolarsSQL:
    """The same SQL by Polars' own reader of it, rule by rule: what is gained by how we put the rules together."""

    def __init__(self, people: pl.DataFrame, rules: Rules, on: date) -> None:
        self.people = people
        self.columns = [pl.sql_expr(write(node, SQL, on)).alias(code) for code, node in rules.items()]

    def judge(self) -> pl.DataFrame:
        return self.people.select("id", *self.columns)


class Pandas:
    """Columns of pandas' nullable types: yes, no and nothing; choices as small numbers, dates as days since 1970."""

    def __init__(self, people: pl.DataFrame, rules: Rules, specs: Specs, on: date) -> None:
        self.rules = {code: compile(write(node, PANDAS, on), code, "eval") for code, node in rules.items()}
        self.ids = people.get_column("id").to_pandas()
        self.columns = {spec.name: self._column(people.get_column(spec.name)) for spec in specs.values()}
        codes = {spec.name: spec.choices for spec in specs.values() if spec.choices}
        self.codes = {name: {code: place for place, code in enumerate(held)} for name, held in codes.items()}

    def _column(self, column: pl.Series) -> pd.Series:
        kind, missing = "boolean", False
        if column.dtype != pl.Boolean:
            is_choice = isinstance(column.dtype, pl.Enum)
            column = column.to_physical().cast(pl.Int16 if is_choice else pl.Int64)
            kind, missing = ("Int16" if is_choice else "Int64"), 0
        values = column.fill_null(missing).to_numpy().copy()
        array = pd.arrays.BooleanArray if kind == "boolean" else pd.arrays.IntegerArray
        return pd.Series(array(values, column.is_null().to_numpy().copy()))

    def judge(self) -> pd.DataFrame:
        known = {
            "c": self.columns,
            "E": self.codes,
            "at_least": _pandas_at_least,
            "readings": _pandas_readings,
        }
        found = {code: eval(text, known) for code, text in self.rules.items()}
        return pd.DataFrame({"id": self.ids, **found})


def _pandas_at_least(needed: int, parts: Sequence[pd.Series]) -> pd.Series:
    sure = sum(part.fillna(value=False).to_numpy(dtype="int8") for part in parts)
    possible = sum(part.fillna(value=True).to_numpy(dtype="int8") for part in parts)
    yes = sure >= needed
    return pd.Series(pd.arrays.BooleanArray(yes, ~yes & (possible >= needed)))


def _pandas_readings(parts: Sequence[pd.Series]) -> pd.Series:
    yes, possible = parts[0], parts[0]
    for part in parts[1:]:
        yes, possible = yes & part, possible | part
    is_yes, is_no = yes.fillna(value=False), (~possible).fillna(value=False)
    return pd.Series(
        pd.arrays.BooleanArray(is_yes.to_numpy(dtype=bool), (~(is_yes | is_no)).to_numpy(dtype=bool))
    )
