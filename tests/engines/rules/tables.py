"""Tables of invented people in real databases, for the reader that writes SQL."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import polars as pl
import pytest

from simpul.engines.rules import FactKind, FactSpec
from simpul.engines.rules.sql import Column, Dialect, Holds
from simpul.engines.rules.sql_columns import spec_of

# Shown to PostgreSQL where the tests that need a database are: see .ci/run.
POSTGRES = pytest.param("postgres", marks=pytest.mark.database)
DATABASES = (POSTGRES, "sqlite", "duckdb")
ENGINES = (*DATABASES, "spark")
HOLDS = {
    FactKind.BOOL: Holds.BOOLEAN,
    FactKind.NUMBER: Holds.INTEGER,
    FactKind.CHOICE: Holds.TEXT,
    FactKind.DATE: Holds.DAY,
}
_TYPES = {
    FactKind.BOOL: "BOOLEAN",
    FactKind.NUMBER: "BIGINT",
    FactKind.CHOICE: "TEXT",
    FactKind.DATE: "DATE",
}


@dataclass
class Database:
    """A connection, and the dialect that it understands."""

    dialect: Dialect
    connection: Any

    def run(self, statement: str) -> list[tuple[Any, ...]]:
        """The rows, with True, False and None as every database but SQLite gives them."""
        if self.dialect is Dialect.SPARK:
            return [tuple(row) for row in self.connection.sql(statement).collect()]
        cursor = self.connection.execute(statement)
        return [tuple(row) for row in cursor.fetchall()] if cursor.description else []

    def fill(self, table: str, types: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> None:
        """A new table with these rows, in place of one of that name."""
        described = ", ".join(f"{self.dialect.quoted(name)} {kind}" for name, kind in types.items())
        if self.dialect is Dialect.SPARK:
            # Spark takes a schema without quotes; names are those of the random facts.
            schema = ", ".join(f"{name} {kind.replace('TEXT', 'STRING')}" for name, kind in types.items())
            self.connection.createDataFrame(rows, schema).createOrReplaceTempView(table)
            return
        name = self.dialect.quoted(table)
        self.run(f"DROP TABLE IF EXISTS {name}")
        self.run(f"CREATE TABLE {name} ({described})")
        if self.dialect is Dialect.DUCKDB and rows:
            # Row by row it would take ten times as long as all the judging.
            arrived = pl.DataFrame(list(map(list, rows)), list(types), orient="row", infer_schema_length=None)
            self.connection.register("arrived", arrived.to_arrow())
            self.run(f"INSERT INTO {name} SELECT * FROM arrived")
            return
        sign = "%s" if self.dialect is Dialect.POSTGRES else "?"
        signs = ", ".join([sign] * len(types))
        if rows:
            cursor = self.connection.cursor()
            cursor.executemany(f"INSERT INTO {name} VALUES ({signs})", [self._row(row) for row in rows])

    def _row(self, row: Sequence[Any]) -> tuple[Any, ...]:
        if self.dialect is not Dialect.SQLITE:
            return tuple(row)
        return tuple(value.isoformat() if isinstance(value, date) else value for value in row)


@contextmanager
def database(engine: str) -> Iterator[Database]:
    """The database of that name, empty; skips visibly where it is not installed or not given."""
    dialect = Dialect(engine)
    if dialect is Dialect.SQLITE:
        connection: Any = sqlite3.connect(":memory:", isolation_level=None)
    elif dialect is Dialect.DUCKDB:
        connection = pytest.importorskip("duckdb").connect()
    elif dialect is Dialect.POSTGRES:
        connection = _postgresql()
    else:
        connection = _spark()
    try:
        yield Database(dialect, connection)
    finally:
        connection.stop() if dialect is Dialect.SPARK else connection.close()


def postgresql_address() -> str:
    """The server of DATABASE_URL, in the database that every server has; skips where there is none."""
    address = os.environ.get("DATABASE_URL", "")
    if urlsplit(address).scheme not in ("postgres", "postgresql"):
        pytest.skip("DATABASE_URL names no PostgreSQL")
    pytest.importorskip("psycopg")
    return urlsplit(address)._replace(path="/postgres").geturl()


def _postgresql() -> Any:
    address = postgresql_address()
    connection = pytest.importorskip("psycopg").connect(address, autocommit=True)
    # Seen by this connection alone, and gone with it: nothing to tidy up, nobody to disturb.
    connection.execute("SET search_path = pg_temp")
    return connection


def _spark() -> Any:
    sql = pytest.importorskip("pyspark.sql")
    return sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()


def types_of(names: Sequence[str], facts: Mapping[str, FactSpec]) -> dict[str, str]:
    """The types of columns of these facts."""
    return {name: _TYPES[spec_of(name, facts).kind] for name in names}


def columns_of(names: Sequence[str], facts: Mapping[str, FactSpec]) -> dict[str, Column]:
    """Columns that are named as their facts."""
    return {name: Column(name, HOLDS[spec_of(name, facts).kind]) for name in names}


def answer(value: Any) -> bool | None:
    """SQLite knows 1 and 0 only."""
    return None if value is None else bool(value)
