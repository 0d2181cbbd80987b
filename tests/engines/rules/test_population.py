"""Tests of the judge of whole populations."""

from datetime import date
from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.engines.rules import Answer, Readings, parse
from simpul.engines.rules.columns import schema_of
from simpul.engines.rules.population import verdicts

from .random_rules import ON, SPECS, as_columns, random_facts, random_rule

TRUTH = {Answer.YES: True, Answer.NO: False, Answer.UNKNOWN: None}


def frame_of(people):
    columns = as_columns(people)
    return pl.DataFrame(columns, schema=schema_of(columns, SPECS))


def judged(text, columns, *, schema=None):
    """The verdicts of one rule, as True, False and None."""
    rules = {"rule": parse(text, facts=SPECS)}
    return verdicts(pl.DataFrame(columns, schema=schema), rules, SPECS, ON)["rule"].to_list()


class TestVerdicts:
    """The verdicts."""

    def test_leave_open_what_is_not_known(self):
        assert judged("a AND b", {"a": [True, True, False], "b": [True, None, None]}) == [True, None, False]

    def test_take_a_missing_column_for_not_known(self):
        assert judged("a OR b", {"a": [True, False]}) == [True, None]
        assert judged("a AND (x > 1 OR s = 'L' OR AGE(born) > 5 OR x < y)", {"a": [True, False]}) == [
            None,
            False,
        ]

    def test_count_with_two_guarded_sums(self):
        columns = {
            "a": [True, True, False, False],
            "b": [True, None, None, False],
            "c": [None, None, False, None],
        }
        assert judged("AT_LEAST(2, a, b, c)", columns) == [True, None, False, False]

    @pytest.mark.parametrize(
        "kind", [pl.String, pl.Categorical, pl.Enum(("L", "P", "K")), pl.Enum(("L", "P"))]
    )
    def test_read_choices_from_texts_and_codes_alike(self, kind):
        columns = {"s": ["L", "P", None]}
        assert judged("s IN ('L', 'K')", columns, schema={"s": kind}) == [True, False, None]
        assert judged("s = 'K'", columns, schema={"s": kind}) == [False, False, None]

    def test_read_an_estimated_date_from_two_columns(self):
        columns = {
            "born": [date(2000, 1, 1), None, None, None],
            "born_earliest": [None, date(2007, 1, 1), date(2009, 1, 1), date(2000, 1, 1)],
            "born_latest": [None, date(2009, 1, 1), date(2010, 1, 1), date(2001, 1, 1)],
        }
        assert judged("AGE(born) >= 18", columns) == [True, None, False, True]

    def test_take_half_an_estimate_for_what_it_is_worth(self):
        assert judged("AGE(born) < 18", {"born_earliest": [date(2010, 1, 1), date(2000, 1, 1)]}) == [
            True,
            None,
        ]

    def test_are_not_known_where_two_readings_disagree(self):
        two = {"rule": Readings((("1", parse("a", facts=SPECS)), ("2", parse("b", facts=SPECS))))}
        frame = pl.DataFrame({"a": [True, True, False, None], "b": [True, False, False, False]})
        assert verdicts(frame, two, SPECS, ON)["rule"].to_list() == [True, None, False, None]

    def test_stay_lazy_and_keep_what_is_asked(self):
        frame = pl.DataFrame({"id": [7], "a": [True]}).lazy()
        lazy = verdicts(frame, {"rule": parse("a", facts=SPECS)}, SPECS, ON, keep=["id"])
        assert isinstance(lazy, pl.LazyFrame)
        assert lazy.collect().to_dicts() == [{"id": 7, "rule": True}]

    @pytest.mark.slow
    @settings(max_examples=40, deadline=None)
    @given(seed=st.integers(0, 10**9))
    def test_are_the_judges(self, seed):
        rng = Random(seed)
        rules = {str(number): random_rule(rng) for number in range(5)}
        people = [random_facts(rng, frozenset(SPECS), known=0.6) for _ in range(40)]
        found = verdicts(frame_of(people), rules, SPECS, ON)
        for code, rule in rules.items():
            assert found[code].to_list() == [TRUTH[rule.verdict(person, ON)] for person in people]
