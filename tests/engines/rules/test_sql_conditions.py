"""Tests of nodes as conditions of SQL: the three answers, dates and counts, in real databases."""

from dataclasses import replace
from datetime import date

import pytest

from simpul.engines.rules import Readings, parse
from simpul.engines.rules.sql import TableReader

from .random_rules import ON, SPECS
from .tables import DATABASES, answer, columns_of, database, types_of


def judged(engine, text, rows, *, specs=SPECS, on=ON, readings=None):
    """The answers of one rule about rows of facts, as True, False and None."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    node = readings or parse(text, facts=SPECS)
    with database(engine) as given:
        types = {"id": "BIGINT"} | types_of(names, specs)
        given.fill("p", types, [(at, *map(row.get, names)) for at, row in enumerate(rows)])
        reader = TableReader({"rule": node}, specs, columns_of(names, specs), on, given.dialect)
        return [answer(row[1]) for row in sorted(given.run(reader.select(given.dialect.quoted("p"), "id")))]


@pytest.mark.parametrize("engine", DATABASES)
class TestConditions:
    """A condition."""

    def test_leaves_open_what_is_not_known(self, engine):
        rows = [{"a": True, "b": True}, {"a": True, "b": None}, {"a": False, "b": None}]
        assert judged(engine, "a AND b", rows) == [True, None, False]

    def test_takes_a_missing_column_for_not_known(self, engine):
        text = "a AND (x > 1 OR s = 'L' OR AGE(born) > 5 OR x < y OR AT_LEAST(1, b, c))"
        assert judged(engine, text, [{"a": True}, {"a": False}]) == [None, False]

    def test_counts_with_two_guarded_sums(self, engine):
        rows = [
            dict(zip("abc", values, strict=True))
            for values in ((True, True, None), (True, None, None), (False, None, False), (False, False, None))
        ]
        assert judged(engine, "AT_LEAST(2, a, b, c)", rows) == [True, None, False, False]

    def test_is_not_known_where_two_readings_disagree(self, engine):
        two = Readings((("1", parse("a", facts=SPECS)), ("2", parse("b", facts=SPECS))))
        rows = [{"a": True, "b": True}, {"a": True, "b": False}, {"a": False, "b": False}, {"b": False}]
        assert judged(engine, "", rows, readings=two) == [True, None, False, None]

    def test_counts_years_from_the_first_of_march_for_the_twenty_ninth_of_february(self, engine):
        rows = [{"born": date(2008, 2, 29)}]
        ages = [
            judged(engine, "AGE(born) >= 18", rows, on=day) for day in (date(2026, 2, 28), date(2026, 3, 1))
        ]
        assert ages == [[False], [True]]

    def test_is_certain_of_an_estimated_date_only_if_all_its_days_agree(self, engine):
        rows = [
            {"born": date(2000, 1, 1), "born_earliest": None, "born_latest": None},
            {"born_earliest": date(2007, 1, 1), "born_latest": date(2009, 1, 1)},
            {"born_earliest": date(2009, 1, 1), "born_latest": date(2010, 1, 1)},
            {"born_earliest": date(2000, 1, 1), "born_latest": date(2001, 1, 1)},
        ]
        assert judged(engine, "AGE(born) >= 18", rows) == [True, None, False, True]
        assert judged(engine, "AGE(born) <> 18", rows) == [True, None, True, True]

    def test_takes_half_an_estimate_for_what_it_is_worth(self, engine):
        rows = [{"born_earliest": date(2010, 1, 1)}, {"born_earliest": date(2000, 1, 1)}]
        assert judged(engine, "AGE(born) < 18", rows) == [True, None]

    def test_compares_with_the_very_ends_of_the_calendar(self, engine):
        rows = [{"moved": date.max}, {"moved": date.min}]
        assert judged(engine, "moved > DATE '9999-12-31'", rows) == [False, False]
        assert judged(engine, "moved < DATE '0001-01-01'", rows) == [False, False]
        assert judged(engine, "moved <= DATE '9999-12-31'", rows) == [True, True]

    def test_settles_what_was_not_told_by_other_answers(self, engine):
        specs = SPECS | {"b": replace(SPECS["b"], asked_if=parse("a", facts=SPECS), otherwise=False)}
        rows = [{"a": False, "b": None}, {"a": True, "b": None}, {"a": False, "b": True}]
        assert judged(engine, "b", rows, specs=specs) == [False, None, True]

    def test_takes_an_empty_text_for_not_known(self, engine):
        assert judged(engine, "s IN ('L', 'P')", [{"s": "L"}, {"s": ""}, {"s": "K"}]) == [True, None, False]
