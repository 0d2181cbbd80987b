"""Judges everybody in a table of a database where the table stands: the rules as one SELECT.

The fourth reader of the nodes. It only writes statements, in PostgreSQL's, SQLite's, DuckDB's or Spark's words; who
runs them is another's matter. One column for each rule is true, false or null (not known), exactly as `judge` answers
once `completed` has added what other answers settle. A fact without a column is not known. `sql_columns` says what may
stand in a column, `sql_verdicts` where the answers are kept.
"""

# Names in these statements stand in quotes (`Dialect.quoted`); conditions are written from our own nodes.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from simpul.engines.rules.facts import FactKind, FactSpec
from simpul.engines.rules.language import Node
from simpul.engines.rules.population import EARLIEST, LATEST
from simpul.engines.rules.sql_columns import READABLE, doubt_of, reversed_of, spec_of
from simpul.engines.rules.sql_conditions import Conditions
from simpul.engines.rules.sql_dialects import Column, Columns, Dialect, Holds

__all__ = ["Column", "Columns", "Dialect", "Holds", "TableReader", "UnreadableColumn", "touched"]


class UnreadableColumn(ValueError):
    """A column that holds something else than its fact."""

    def __init__(self, fact: str, kind: FactKind, column: Column) -> None:
        super().__init__(f"{fact!r} ({kind}) cannot be read from {column.name!r}, which holds {column.holds}")
        self.fact, self.kind, self.column = fact, kind, column


@dataclass(frozen=True)
class TableReader:
    """The rules as SQL over a table with these columns, by fact (`<fact>_earliest`, `<fact>_latest` too).

    births are the dates that may be neither later than `on` nor longer ago than people live. Raises UnreadableColumn,
    and KeyError for a column of a fact that nobody described.
    """

    rules: Mapping[str, Node]
    facts: Mapping[str, FactSpec]
    columns: Columns
    on: date
    dialect: Dialect
    births: Collection[str] = ("born",)

    def __post_init__(self) -> None:
        for name, column in self.columns.items():
            spec = spec_of(name, self.facts)
            if column.holds not in READABLE[spec.kind]:
                raise UnreadableColumn(name, spec.kind, column)

    def answers(self) -> dict[str, str]:
        """For each rule the condition that is true, false or null."""
        conditions = Conditions(self.facts, self.columns, self.on, self.dialect)
        return {code: conditions.write(node) for code, node in self.rules.items()}

    def select(self, table: str, key: str, where: str = "") -> str:
        """The key and one column of three values for each rule. `table` is a name in quotes, `where` a condition."""
        name = self.dialect.quoted
        answers = [f"{answer} AS {name(code)}" for code, answer in self.answers().items()]
        end = f" WHERE {where}" if where else ""
        return f"SELECT {', '.join([name(key), *answers])} FROM {table}{end}"

    def only(self, codes: Collection[str]) -> TableReader:
        """The same for these rules alone, in the order in which they stand here."""
        rules = {code: node for code, node in self.rules.items() if code in codes}
        return TableReader(rules, self.facts, self.columns, self.on, self.dialect, self.births)

    def doubts(self) -> dict[str, str]:
        """By fact the condition that is true where the column cannot be believed; facts that always can are left out."""
        found = {}
        for name, column in self.columns.items():
            spec = spec_of(name, self.facts)
            born_by = self.on if spec.name in self.births else None
            tests = [doubt_of(column, name, spec, born_by, self.dialect)]
            latest = self.columns.get(spec.name + LATEST)
            if name == spec.name + EARLIEST and latest:
                tests.append(reversed_of(column, latest, spec, self.dialect))
            if test := " OR ".join(filter(None, tests)):
                found[name] = test
        return found

    def is_believed(self) -> str:
        """The condition that holds for rows in which everything can be believed; empty where all can be."""
        doubts = " OR ".join(self.doubts().values())
        return f"NOT COALESCE({doubts}, FALSE)" if doubts else ""

    def doubt_counts(self, table: str, key: str, where: str = "") -> str:
        """One row: how many rows there are, how many have a key, how many are doubtful, and for each of `doubts` so many."""
        tests = [f"NOT {self.is_believed()}" if self.doubts() else "FALSE", *self.doubts().values()]
        # Over no rows a sum is null.
        counts = [f"COALESCE(SUM(CASE WHEN {test} THEN 1 ELSE 0 END), 0)" for test in tests]
        columns = ", ".join(["COUNT(*)", f"COUNT({self.dialect.quoted(key)})", *counts])
        return f"SELECT {columns} FROM {table}{f' WHERE {where}' if where else ''}"


def touched(
    rules: Mapping[str, Node], facts: Mapping[str, FactSpec], changed: Collection[str]
) -> tuple[str, ...]:
    """The rules whose answer may be another when these facts change, also by what they settle."""
    names = {spec_of(name, facts).name for name in changed}

    def looks_at(node: Node) -> frozenset[str]:
        settling = (inner.facts() for fact in node.facts() for inner in facts[fact].conditions())
        return node.facts().union(*settling)

    return tuple(code for code, node in rules.items() if looks_at(node) & names)
