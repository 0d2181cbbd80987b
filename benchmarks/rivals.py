"""The same rules as other engines take them, written from our own nodes.

DuckDB gets SQL with the same three answers. The others know no "not known": they get the rules in two values, a
missing fact standing for no, 0 or 1900, as their users would do; where readings disagree they say no.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import cel
import duckdb
import numpy as np
import polars as pl
import zen
from openfisca_core import periods
from openfisca_core.entities import Entity
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from simpul.engines.rules import (
    AgeBetween,
    AgeCompare,
    All,
    Among,
    AtLeast,
    Between,
    Compare,
    CompareFacts,
    FactKind,
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
UNKNOWN_CHOICE = "unknown_"

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

NUMPY = Dialect(
    fact=lambda name: f"c['{name}']",
    day=lambda day: f"np.datetime64('{day}')",
    choice=lambda name, code: f"E['{name}']['{code}']",
    conjunction=" & ",
    disjunction=" | ",
    negation="~",
    at_least=lambda needed, parts: (
        "((" + " + ".join(f"{p}.astype('int8')" for p in parts) + f") >= {needed})"
    ),
    readings=lambda parts: "(" + " & ".join(parts) + ")",
)


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

ZEN = Dialect(
    fact=lambda name: name,
    day=lambda day: str(day.toordinal() - EPOCH),
    choice=lambda _, code: f'"{code}"',
    conjunction=" and ",
    disjunction=" or ",
    negation="not ",
    at_least=_sum_of_ifs,
    readings=lambda parts: "(" + " and ".join(parts) + ")",
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


class OpenFisca:
    """OpenFisca-core with one variable for each fact and a formula for each rule; inputs are set in every run."""

    def __init__(self, people: pl.DataFrame, rules: Rules, specs: Specs, on: date) -> None:
        self.count, self.codes = people.height, list(rules)
        person = Entity("person", "persons", "", "")
        self.system = TaxBenefitSystem([person])
        self.enums: dict[str, Any] = {}
        for spec in specs.values():
            self.system.add_variable(self._input(spec, person))
        for code, node in rules.items():
            self.system.add_variable(self._formula(code, node, person, on))
        self.arrays = {spec.name: self._array(people, spec) for spec in specs.values()}

    def _input(self, spec: FactSpec, person: Entity) -> type:
        common = {"entity": person, "definition_period": periods.DateUnit.ETERNITY, "label": spec.name}
        match spec.kind:
            case FactKind.BOOL:
                special: dict[str, Any] = {"value_type": bool}
            case FactKind.NUMBER:
                special = {"value_type": int}
            case FactKind.DATE:
                special = {"value_type": date, "default_value": UNKNOWN_DAY}
            case FactKind.CHOICE:
                members = {code: code for code in (*spec.choices, UNKNOWN_CHOICE)}
                enum = self.enums[spec.name] = Enum(f"E_{spec.name}", members)
                special = {"value_type": Enum, "possible_values": enum, "default_value": enum[UNKNOWN_CHOICE]}
        return type(spec.name, (Variable,), {**common, **special})

    def _formula(self, code: str, node: Node, person: Entity, on: date) -> type:
        text = compile(write(node, NUMPY, on), code, "eval")
        needed, enums = sorted(node.facts()), self.enums

        def formula(persons: Any, period: Any) -> Any:
            columns = {name: persons(name, period) for name in needed}
            return eval(text, {"c": columns, "np": np, "E": enums})

        fields = {
            "entity": person,
            "definition_period": periods.DateUnit.MONTH,
            "value_type": bool,
            "label": code,
        }
        return type(_variable(code), (Variable,), {**fields, "formula": formula})

    def _array(self, people: pl.DataFrame, spec: FactSpec) -> Any:
        column = people.get_column(spec.name)
        match spec.kind:
            case FactKind.BOOL:
                return column.fill_null(value=False).to_numpy()
            case FactKind.NUMBER:
                return column.fill_null(0).to_numpy().astype(np.int32)
            case FactKind.DATE:
                return column.fill_null(UNKNOWN_DAY).to_numpy().astype("datetime64[D]")
            case FactKind.CHOICE:
                codes = column.to_physical().cast(pl.Int16).fill_null(len(spec.choices)).to_numpy()
                return EnumArray(codes, self.enums[spec.name])

    def judge(self) -> dict[str, Any]:
        simulation = SimulationBuilder().build_default_simulation(self.system, self.count)
        for name, values in self.arrays.items():
            simulation.get_holder(name).set_input(periods.DateUnit.ETERNITY, values)
        return {code: simulation.calculate(_variable(code), "2026-11") for code in self.codes}


def _variable(code: str) -> str:
    return "rule_" + "".join(sign if sign.isalnum() else "_" for sign in code)


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
        self.rows = two_valued(people, specs)
        self.programs = [cel.compile(write(node, CEL, on)) for node in rules.values()]

    def judge(self) -> list[list[Any]]:
        found = []
        for row in self.rows:
            context = cel.Context(row)
            found.append([program.execute(context) for program in self.programs])
        return found


class Zen:
    """zen-engine, compiled expressions."""

    def __init__(self, people: pl.DataFrame, rules: Rules, specs: Specs, on: date) -> None:
        self.rows = two_valued(people, specs)
        self.programs = [zen.compile_expression(write(node, ZEN, on)) for node in rules.values()]

    def judge(self) -> list[list[Any]]:
        return [[program.evaluate(row) for program in self.programs] for row in self.rows]
