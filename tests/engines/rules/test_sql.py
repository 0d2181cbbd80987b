"""Tests of the rules as SQL: what is refused, what a change touches, and what Spark is given."""

from dataclasses import replace

import pytest
import sqlglot

from simpul.catalogue import editions, facts
from simpul.engines.rules import parse
from simpul.engines.rules.sql import Column, Dialect, Holds, TableReader, UnreadableColumn, touched

from .random_rules import ON, SPECS
from .tables import HOLDS


class TestReader:
    """The reader of a table."""

    @pytest.mark.parametrize("fact", ["a", "x", "s", "born"])
    def test_refuses_a_column_of_another_kind_than_the_fact(self, fact):
        other = Holds.DAY if fact != "born" else Holds.TEXT
        with pytest.raises(UnreadableColumn, match=fact):
            TableReader({}, SPECS, {fact: Column("c", other)}, ON, Dialect.SQLITE)


class TestTouched:
    """What a changed fact touches."""

    RULES = {
        "old": parse("AGE(born) >= 18", facts=SPECS),
        "both": parse("a AND b", facts=SPECS),
        "none": parse("x > 1", facts=SPECS),
    }

    def test_is_what_looks_at_it(self):
        assert touched(self.RULES, SPECS, ["a"]) == ("both",)
        assert touched(self.RULES, SPECS, ["born_latest", "x"]) == ("old", "none")

    def test_is_also_what_it_settles(self):
        gated = SPECS | {"b": replace(SPECS["b"], asked_if=parse("c", facts=SPECS), otherwise=False)}
        assert touched(self.RULES, gated, ["c"]) == ("both",)
        assert touched(self.RULES, SPECS, ["c"]) == ()


class TestSpark:
    """Spark."""

    def test_reads_what_is_written_for_it(self):
        edition, specs = editions.default(), facts.specs()
        names = sorted(frozenset().union(*(node.facts() for node in edition.rules().values())))
        columns = {name: Column(name, HOLDS[specs[name].kind]) for name in names}
        reader = TableReader(edition.rules(), specs, columns, ON, Dialect.SPARK)
        tree = sqlglot.parse_one(reader.select(Dialect.SPARK.quoted("warga"), "id"), dialect="spark")
        assert [item.alias_or_name for item in tree.selects] == ["id", *edition.rules()]
        assert not list(tree.find_all(sqlglot.exp.Anonymous))
