"""Everybody in a table judged where the table stands: PostgreSQL and SQLite beside what they cannot go below.

`python -m benchmarks.in_place --people 1000000 --rounds 5`; small by default. PostgreSQL is the one of DATABASE_URL, in a
schema of its own that is dropped at the end; without it only SQLite is measured. Prints rival, Simpul and ratio, and
what it costs to follow changes of one person and of ten thousand.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import randrange
from statistics import median
from time import perf_counter
from typing import Any

import polars as pl
import psycopg

from benchmarks.people import ON, make, specs
from benchmarks.population import Job, alternate
from simpul.catalogue import editions
from simpul.engines.rules import FactKind
from simpul.engines.rules.sql import Column, Dialect, Holds, TableReader, touched
from simpul.engines.rules.sql_verdicts import Kept, kept

PEOPLE, INTO = ("people",), ("verdicts",)
PIECE = 100_000
# The key that `make` gives to the first.
FIRST_KEY = 10**9
# One fact of many types, and one of one: most facts touch one or two.
CHANGED = "neglected"
_HOLDS = {
    FactKind.BOOL: (Holds.BOOLEAN, "boolean"),
    FactKind.NUMBER: (Holds.INTEGER, "bigint"),
    FactKind.CHOICE: (Holds.TEXT, "text"),
    FactKind.DATE: (Holds.DAY, "date"),
}


def answers(edition: str, dialect: Dialect) -> Kept:
    """The rules of an edition, with the gates of its questions, over columns that are named as the facts."""
    every = specs(edition, gates=True)
    columns = {name: Column(name, _HOLDS[spec.kind][0]) for name, spec in every.items()}
    reader = TableReader(editions.get(edition).rules(), every, columns, ON, dialect)
    return kept(reader, PEOPLE, "id", INTO)


def table_of(edition: str, dialect: Dialect) -> str:
    columns = [
        f"{dialect.quoted(name)} {_HOLDS[spec.kind][1]}" for name, spec in specs(edition, gates=True).items()
    ]
    return f"CREATE TABLE people (id bigint PRIMARY KEY, {', '.join(columns)})"


def pieces(edition: str, count: int) -> Iterator[pl.DataFrame]:
    people = make(edition, count, gates=True)
    yield from people.iter_slices(PIECE)


# --- PostgreSQL ---


@contextmanager
def postgresql(edition: str, count: int) -> Iterator[psycopg.Connection[Any]]:
    """A connection whose schema holds the people."""
    schema = f"in_place_{os.getpid()}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        run = connection.execute
        run(f"CREATE SCHEMA {schema}".encode())
        try:
            run(f"SET search_path = {schema}".encode())
            run("SET jit = off")  # these two as the command does
            run("SET random_page_cost = 1.1")
            run(table_of(edition, Dialect.POSTGRES).encode())
            for piece in pieces(edition, count):
                with connection.cursor().copy("COPY people FROM STDIN (FORMAT csv)") as copy:
                    copy.write(piece.write_csv(include_header=False))
            run("VACUUM ANALYZE people")
            yield connection
        finally:
            run(f"DROP SCHEMA {schema} CASCADE".encode())


def in_postgresql(edition: str, count: int, rounds: int) -> None:
    ours = answers(edition, Dialect.POSTGRES)
    last = list(ours.reader.columns)[-1]
    names = ", ".join(f'"{name}"' for name in ("id", *ours.reader.columns))
    with postgresql(edition, count) as connection:

        def anew(table: str, statement: str) -> None:
            connection.execute(f"DROP TABLE IF EXISTS {table}".encode())
            connection.execute(statement.encode())

        def copied_out() -> None:
            statement = f"COPY (SELECT {names} FROM people) TO STDOUT (FORMAT binary)"
            with connection.cursor().copy(statement.encode()) as copy:
                for _piece in copy:
                    pass

        floor = f'CREATE TABLE floor AS SELECT id, "{last}" FROM people'
        jobs = [
            Job("Simpul, in place", count, lambda: anew("verdicts", ours.create(doubtful=False)[0])),
            Job("create table as id, last column", count, lambda: anew("floor", floor)),
            Job("copying the columns out", count, copied_out),
        ]
        alternate(jobs, rounds)
        print(
            f"PostgreSQL, {count:,} people x {len(ours.reader.rules)} types, {len(ours.reader.columns)} columns"
        )
        show(jobs[1], jobs[0], 2.5)
        show(jobs[2], jobs[0], 0.5)
        looked = timed(lambda: connection.execute(ours.reader.doubt_counts("people", "id").encode()), 3)
        print(f"  looking for what cannot be believed, once before: {looked * 1000:,.0f} ms")
        following(connection, ours, count, rounds)


def following(connection: psycopg.Connection[Any], ours: Kept, count: int, rounds: int) -> None:
    """The cost of keeping up with changes: the three statements in one transaction."""
    run = connection.execute
    run(b"DROP TABLE verdicts")
    for statement in ours.create(doubtful=False):
        run(statement.encode())
    run(b"VACUUM ANALYZE verdicts")
    run(b"CREATE TEMP TABLE changed (id bigint)")
    codes = touched(ours.reader.rules, ours.reader.facts, [CHANGED])
    some = "SELECT id FROM changed"
    for people, goal in ((1, 2.0), (10_000, 150.0)):
        people = min(people, count)
        for statement in (*renewed(people, count), "ANALYZE changed"):
            run(statement.encode())
        for words, chosen in ((f"{len(codes)} types touched", codes), ("all types", None)):
            looked = ours.reader.doubt_counts("people", "id", f"id IN ({some})")
            for extra, statements in (
                ("", ours.update(some, chosen, doubtful=False)),
                (", after a look for doubts", [looked, *ours.update(some, chosen, doubtful=False)]),
            ):
                spent = median(followed(connection, statements, people, count, rounds)) * 1000
                met = "met" if spent <= goal else "MISSED"
                print(f"  {people:,} changed, {words}{extra}: {spent:,.1f} ms   goal {goal:,.0f} ms: {met}")


def followed(
    connection: psycopg.Connection[Any], statements: list[str], people: int, count: int, rounds: int
) -> list[float]:
    """Seconds of each round; the first six only prepare, since PostgreSQL keeps a plan after the fifth."""
    taken = []
    for _round in range(rounds + 6):
        for statement in renewed(people, count):
            connection.execute(statement.encode())
        start = perf_counter()
        with connection.transaction():
            for statement in statements:
                connection.execute(statement.encode(), prepare=True)
        taken.append(perf_counter() - start)
    return taken[6:]


def renewed(people: int, count: int) -> list[str]:
    """Other people, of whom one fact has changed. Neither TRUNCATE nor ANALYZE, which would undo kept plans."""
    step = count // people
    first = randrange(step)
    keys = f"SELECT id FROM people WHERE id = {FIRST_KEY + first}"
    if people > 1:
        keys = f"SELECT id FROM people WHERE id % {step} = {first} LIMIT {people}"
    change = f'UPDATE people SET "{CHANGED}" = CASE WHEN "{CHANGED}" THEN FALSE ELSE TRUE END'
    return [
        "DELETE FROM changed",
        f"INSERT INTO changed {keys}",
        f"{change} WHERE id IN (SELECT id FROM changed)",
    ]


# --- SQLite ---


def in_sqlite(edition: str, count: int, rounds: int) -> None:
    ours = answers(edition, Dialect.SQLITE)
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(sqlite3.connect(Path(folder) / "people.sqlite", isolation_level=None)) as connection,
    ):
        run = connection.execute
        run(table_of(edition, Dialect.SQLITE))
        signs = ", ".join("?" * (len(ours.reader.columns) + 1))
        for piece in pieces(edition, count):
            plain = piece.with_columns(
                pl.col(pl.Boolean).cast(pl.Int8), pl.col(pl.Date, pl.Enum).cast(pl.String)
            )
            run("BEGIN")
            connection.executemany(f"INSERT INTO people VALUES ({signs})", plain.iter_rows())
            run("COMMIT")

        def anew(table: str, statement: str) -> None:
            run(f"DROP TABLE IF EXISTS {table}")
            run(statement)

        last = list(ours.reader.columns)[-1]
        jobs = [
            Job("Simpul, in place", count, lambda: anew("verdicts", ours.create(doubtful=False)[0])),
            Job(
                "create table as id, last column",
                count,
                lambda: anew("floor", f'CREATE TABLE floor AS SELECT id, "{last}" FROM people'),
            ),
        ]
        alternate(jobs, rounds)
        print(f"SQLite {sqlite3.sqlite_version}, {count:,} people x {len(ours.reader.rules)} types")
        show(jobs[1], jobs[0], None)
        # It works in this very process, so that its own time can be told on a busy machine too.
        print(f"  by processor: {median(jobs[0].worked) / count * 1e6:,.1f} µs a person")
        run(ours.create()[1])
        run("CREATE TEMP TABLE changed (id INTEGER PRIMARY KEY)")
        codes = touched(ours.reader.rules, ours.reader.facts, [CHANGED])
        statements = ours.update("SELECT id FROM changed", codes, doubtful=False)
        for people in (1, min(count, 10_000)):
            taken = []
            for _round in range(rounds + 2):
                for statement in renewed(people, count):
                    run(statement)
                taken.append(timed(lambda: [run(statement) for statement in statements], 1))
            print(f"  {people:,} changed, {len(codes)} types touched: {median(taken[2:]) * 1000:,.1f} ms")


# --- Telling ---


def timed(work: Callable[[], object], rounds: int) -> float:
    """Seconds, the median."""
    taken = []
    for _round in range(rounds):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return median(taken)


def show(rival: Job, ours: Job, goal: float | None) -> None:
    rival_takes, ours_take = median(rival.seconds), median(ours.seconds)
    ratio = ours_take / rival_takes
    line = f"  {rival.name:36}{rival_takes:8.2f} s   {ours.name} {ours_take:8.2f} s   ratio {ratio:5.2f}"
    if goal:
        line += f"   goal {goal}: {'met' if ratio <= goal else 'MISSED'}"
    print(line, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--list", default=editions.default().code)
    parser.add_argument(
        "--databases", nargs="+", choices=("postgresql", "sqlite"), default=("postgresql", "sqlite")
    )
    chosen = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f}")
    if "postgresql" in chosen.databases:
        if os.environ.get("DATABASE_URL", "").startswith("postgres"):
            in_postgresql(chosen.list, chosen.people, chosen.rounds)
        else:
            print("PostgreSQL is left out: DATABASE_URL names none.")
    if "sqlite" in chosen.databases:
        in_sqlite(chosen.list, chosen.people, chosen.rounds)
    print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
