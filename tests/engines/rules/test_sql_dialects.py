"""Tests of names and texts in quotes: nothing that stands in them is ever run."""

import pytest
import sqlglot

from simpul.engines.rules import Among, FactKind, FactSpec, parse
from simpul.engines.rules.sql import Column, Dialect, Holds, TableReader

from .random_rules import ON, SPECS
from .tables import DATABASES, answer, database


class TestNames:
    """Names."""

    @pytest.mark.parametrize("engine", DATABASES)
    @pytest.mark.parametrize("name", ['a"; DROP TABLE p; --', "a' OR 1", "a`b", "SELECT", "ä %s {0}", "told"])
    def test_may_be_called_anything(self, engine, name):
        with database(engine) as given:
            given.fill("p", {"id": "BIGINT", name: "BOOLEAN"}, [(1, True), (2, False)])
            column = {"a": Column(name, Holds.BOOLEAN)}
            reader = TableReader({name: parse("a", facts=SPECS)}, SPECS, column, ON, given.dialect)
            rows = sorted(given.run(reader.select(given.dialect.quoted("p"), "id")))
            assert [answer(row[1]) for row in rows] == [True, False]
            assert given.run(f"SELECT COUNT(*) FROM {given.dialect.quoted('p')}") == [(2,)]

    @pytest.mark.parametrize("dialect", list(Dialect))
    def test_and_texts_close_their_quotes_in_every_dialect(self, dialect):
        for sign in ("'", '"', "`", "\\", "''", "\\'", "--"):
            choice = FactSpec("s", FactKind.CHOICE, choices=(sign,))
            rule = {sign: Among("s", (sign,))}
            reader = TableReader(rule, {"s": choice}, {"s": Column(sign, Holds.TEXT)}, ON, dialect)
            tree = sqlglot.parse_one(reader.select(dialect.quoted("p"), "id"), dialect=dialect.value)
            assert {column.name for column in tree.find_all(sqlglot.exp.Column)} == {"id", sign}
            assert sign in {text.name for text in tree.find_all(sqlglot.exp.Literal)}

    @pytest.mark.parametrize("name", ["", "a\0b"])
    def test_cannot_be_called_nothing(self, name):
        with pytest.raises(ValueError):
            Dialect.POSTGRES.quoted(name)
