"""What stands in a column, read as the value of a fact; and which contents cannot be believed.

A row with any value that cannot be believed is left out whole, as from a file: to guess would judge somebody by a
mistake. An empty text is not known, and is fine. `doubt_of` must have found nothing, or be kept out by a WHERE, before
`value_of` is right: it reads what it is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from simpul.engines.rules.ages import latest_start
from simpul.engines.rules.columns import NO, NOT_KNOWN, OLDEST_PERSON, YES
from simpul.engines.rules.facts import FactKind, FactSpec
from simpul.engines.rules.population import EARLIEST, LATEST
from simpul.engines.rules.sql_dialects import Column, Dialect, Holds

READABLE: Mapping[FactKind, tuple[Holds, ...]] = {
    FactKind.BOOL: (Holds.BOOLEAN, Holds.INTEGER, Holds.TEXT),
    FactKind.NUMBER: (Holds.INTEGER, Holds.DECIMAL),
    FactKind.CHOICE: (Holds.TEXT, Holds.LABEL),
    FactKind.DATE: (Holds.DAY, Holds.MOMENT),
}
# A number of more digits is nobody's income; NaN and infinity are greater than all, or not equal to themselves.
_LARGEST = 10**15


def spec_of(name: str, facts: Mapping[str, FactSpec]) -> FactSpec:
    """The fact that a name of a column is about: `born` for `born_earliest`. KeyError for none."""
    return facts.get(name) or facts[name.removesuffix(EARLIEST).removesuffix(LATEST)]


def value_of(column: Column, spec: FactSpec, dialect: Dialect) -> str:
    """The column as a value of the fact's kind; null where it says nothing."""
    name = dialect.quoted(column.name)
    match spec.kind, column.holds:
        case FactKind.BOOL, Holds.INTEGER:
            # SQLite has no other booleans than 0 and 1.
            return name if dialect is Dialect.SQLITE else f"({name} = 1)"
        case FactKind.BOOL, Holds.TEXT:
            word = f"LOWER(TRIM({name}))"
            return (
                f"CASE WHEN {word} IN {_listed(YES, dialect)} THEN TRUE "
                f"WHEN {word} IN {_listed(NO, dialect)} THEN FALSE END"
            )
        case FactKind.CHOICE, Holds.TEXT:
            return f"NULLIF({name}, '')"
        case FactKind.CHOICE, Holds.LABEL:
            return f"NULLIF(CAST({name} AS TEXT), '')"
        case FactKind.DATE, Holds.DAY if dialect is Dialect.SQLITE:
            return f"NULLIF({name}, '')"
        case FactKind.DATE, Holds.MOMENT:
            return f"CAST({name} AS DATE)"
    return name


def doubt_of(column: Column, fact: str, spec: FactSpec, born_by: date | None, dialect: Dialect) -> str:
    """A condition that is true where the contents of the column cannot be believed; empty where all can be.

    born_by is given for dates of birth only: nobody is born later, or longer ago than people live. fact is the name
    by which the column is known, with the end of an estimated date in it.
    """
    name = dialect.quoted(column.name)
    tests: list[str] = []
    match spec.kind:
        case FactKind.BOOL:
            tests = _not_yes_or_no(name, column.holds, dialect)
        case FactKind.CHOICE:
            value = value_of(column, spec, dialect)
            tests = [f"{value} NOT IN {_listed(spec.choices, dialect)}"]
        case FactKind.NUMBER:
            tests = _not_a_number(name, column.holds, spec, dialect)
        case FactKind.DATE:
            tests = _not_a_day(value_of(column, spec, dialect), dialect)
            if born_by is not None:
                tests += _not_alive(value_of(column, spec, dialect), fact, born_by, dialect)
    return " OR ".join(tests)


def reversed_of(earliest: Column, latest: Column, spec: FactSpec, dialect: Dialect) -> str:
    """A condition that is true where an estimated date ends before it begins."""
    return f"{value_of(earliest, spec, dialect)} > {value_of(latest, spec, dialect)}"


def _not_yes_or_no(name: str, holds: Holds, dialect: Dialect) -> list[str]:
    if holds is Holds.TEXT:
        words = (*YES, *NO, *NOT_KNOWN)
        return [f"LOWER(TRIM({name})) NOT IN {_listed(words, dialect)}"]
    if holds is Holds.INTEGER or dialect is Dialect.SQLITE:
        return [*_not_of_type(name, "integer", dialect), f"{name} NOT IN (0, 1)"]
    return []


def _not_a_number(name: str, holds: Holds, spec: FactSpec, dialect: Dialect) -> list[str]:
    tests = _not_of_type(name, "integer", dialect)
    if holds is Holds.DECIMAL:
        # First the bounds: what lies beyond them may be too large for ROUND.
        tests = [f"NOT ({name} BETWEEN {-_LARGEST} AND {_LARGEST})", f"{name} <> ROUND({name})"]
    if spec.minimum is not None:
        tests.append(f"{name} < {spec.minimum}")
    if spec.maximum is not None:
        tests.append(f"{name} > {spec.maximum}")
    return tests


def _not_a_day(value: str, dialect: Dialect) -> list[str]:
    """PostgreSQL and DuckDB hold days before the calendar and "infinity"; SQLite holds any text."""
    if dialect is Dialect.SQLITE:
        # Whoever adds no days to the 31st of February comes to March, which differs from what was written.
        return [*_not_of_type(value, "text", dialect), f"DATE({value}, '+0 days') IS NOT {value}"]
    return [f"NOT ({value} BETWEEN {dialect.day(date.min)} AND {dialect.day(date.max)})"]


def _not_alive(value: str, fact: str, born_by: date, dialect: Dialect) -> list[str]:
    too_old = f"{value} <= {dialect.day(latest_start(OLDEST_PERSON + 1, born_by))}"
    # The later end of an estimated birth may reach beyond the day; its earlier end may not.
    return [too_old] if fact.endswith(LATEST) else [f"{value} > {dialect.day(born_by)}", too_old]


def _not_of_type(name: str, kind: str, dialect: Dialect) -> list[str]:
    """In SQLite each value has a type of its own, whatever the column was declared to hold."""
    return [f"TYPEOF({name}) NOT IN ('{kind}', 'null')"] if dialect is Dialect.SQLITE else []


def _listed(values: tuple[str, ...], dialect: Dialect) -> str:
    return f"({', '.join(map(dialect.text, values))})"
