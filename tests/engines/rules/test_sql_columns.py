"""Tests of what may stand in a column, and how it is read."""

from datetime import date

import pytest

from simpul.engines.rules import FactKind, FactSpec, parse
from simpul.engines.rules.sql import Column, Dialect, Holds, TableReader

from .random_rules import ON, SPECS
from .tables import DATABASES, answer, columns_of, database, types_of


class TestColumns:
    """Columns."""

    @pytest.mark.parametrize("engine", DATABASES)
    @pytest.mark.parametrize(
        ("kind", "holds", "values"),
        [("BIGINT", Holds.INTEGER, (1, 0, None)), ("TEXT", Holds.TEXT, (" Ya", "tidak", ""))],
        ids=["0 and 1", "words"],
    )
    def test_say_yes_and_no_in_numbers_and_words(self, engine, kind, holds, values):
        with database(engine) as given:
            given.fill("p", {"id": "BIGINT", "x y": kind}, list(enumerate(values)))
            rules = {"yes": parse("a", facts=SPECS), "no": parse("NOT a", facts=SPECS)}
            reader = TableReader(rules, SPECS, {"a": Column("x y", holds)}, ON, given.dialect)
            rows = sorted(given.run(reader.select(given.dialect.quoted("p"), "id")))
        assert [tuple(map(answer, row[1:])) for row in rows] == [(True, False), (False, True), (None, None)]


class TestDoubts:
    """Doubts."""

    SPECS = SPECS | {"income": FactSpec("income", FactKind.NUMBER, minimum=0)}

    @pytest.mark.parametrize(
        ("fact", "kind", "holds", "good", "bad"),
        [
            ("a", "BOOLEAN", Holds.BOOLEAN, (1, 0, None), (2, "x", 0.5)),
            ("a", "TEXT", Holds.TEXT, ("YA", "n", "", None), ("mungkin", "2")),
            ("x", "INTEGER", Holds.INTEGER, (0, 3, None), (4, -1, "x", 1.5)),
            ("income", "REAL", Holds.DECIMAL, (5, 10**14), (1.5, -1, "x", 1e300)),
            ("s", "TEXT", Holds.TEXT, ("L", "", None), ("l", " L", "X", b"L")),
            ("moved", "TEXT", Holds.DAY, ("2020-02-29", "", None), ("2021-02-29", "29-02-2020", "x", "0")),
        ],
    )
    def test_fall_on_what_cannot_be_a_value_in_sqlite(self, fact, kind, holds, good, bad):
        self.are_found("sqlite", Column("c", holds), fact, kind, good, bad)

    @pytest.mark.database
    @pytest.mark.parametrize(
        ("fact", "kind", "holds", "good", "bad"),
        [
            ("a", "INTEGER", Holds.INTEGER, (1, 0, None), (2,)),
            ("a", "TEXT", Holds.TEXT, ("YA", "n", "", None), ("mungkin",)),
            ("income", "FLOAT8", Holds.DECIMAL, (5, 10**14), (1.5, -1, float("nan"), float("inf"))),
            ("income", "NUMERIC", Holds.DECIMAL, (5, 10**14), (1.5, "NaN", 10**20)),
            ("moved", "DATE", Holds.DAY, ("2020-02-29",), ("infinity", "0044-03-15 BC")),
            ("moved", "TIMESTAMP", Holds.MOMENT, ("2020-02-29 23:59",), ("-infinity",)),
        ],
    )
    def test_fall_on_what_cannot_be_a_value_in_postgresql(self, fact, kind, holds, good, bad):
        self.are_found("postgres", Column("c", holds), fact, kind, good, bad)

    @pytest.mark.parametrize(
        ("fact", "kind", "holds", "good", "bad"),
        [
            ("income", "DOUBLE", Holds.DECIMAL, (5, 10**14), (1.5, -1, float("nan"), float("inf"))),
            ("moved", "DATE", Holds.DAY, ("2020-02-29",), ("infinity",)),
        ],
    )
    def test_fall_on_what_cannot_be_a_value_in_duckdb(self, fact, kind, holds, good, bad):
        self.are_found("duckdb", Column("c", holds), fact, kind, good, bad)

    def are_found(self, engine, column, fact, kind, good, bad):
        with database(engine) as given:
            given.fill("p", {"id": "BIGINT", "c": kind}, list(enumerate((*good, *bad))))
            reader = TableReader({}, self.SPECS, {fact: column}, ON, given.dialect)
            counts = given.run(reader.doubt_counts(given.dialect.quoted("p"), "id"))
            left = given.run(f"SELECT COUNT(*) FROM p WHERE {reader.is_believed()}")
        assert [tuple(map(int, row)) for row in counts] == [(len(good + bad),) * 2 + (len(bad),) * 2]
        assert left == [(len(good),)]

    @pytest.mark.parametrize("engine", DATABASES)
    def test_fall_on_births_that_nobody_believes_and_ranges_that_run_backwards(self, engine):
        names = ["born", "born_earliest", "born_latest"]
        rows = [
            (1, date(2026, 3, 1), None, None),
            (2, date(2026, 3, 2), None, None),
            (3, date(1890, 1, 1), None, None),
            (4, None, date(2000, 1, 2), date(2000, 1, 1)),
            (5, None, date(2026, 1, 1), date(2026, 12, 1)),
        ]
        with database(engine) as given:
            given.fill("p", {"id": "BIGINT"} | types_of(names, SPECS), rows)
            reader = TableReader({}, SPECS, columns_of(names, SPECS), ON, given.dialect)
            left = given.run(f"SELECT id FROM p WHERE {reader.is_believed()} ORDER BY id")
        assert [row[0] for row in left] == [1, 5]

    def test_are_none_of_columns_that_can_hold_nothing_else(self):
        reader = TableReader({}, SPECS, {"a": Column("a", Holds.BOOLEAN)}, ON, Dialect.POSTGRES)
        assert reader.doubts() == {}
        assert reader.is_believed() == ""
