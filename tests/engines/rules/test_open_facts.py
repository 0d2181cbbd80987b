"""Tests of the open facts: none that matters is dropped, and the next question is a good one."""

from dataclasses import replace
from datetime import date
from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.engines.reasons import Answer
from simpul.engines.rules import DateRange, FactError, FactKind, FactSpec, Readings, completed, parse
from simpul.engines.rules.columns import schema_of
from simpul.engines.rules.open_facts import OpenFacts
from simpul.engines.rules.population import verdicts

from .random_rules import (
    ON,
    SPECS,
    completion_count,
    completions,
    domain,
    random_facts,
    random_rule,
    read_once,
)

SEEDS = st.integers(0, 10**9)


def opened(text, facts=None, specs=SPECS):
    """The answer and the open facts of one rule."""
    return OpenFacts({"rule": parse(text, facts=specs)}, specs, ON).step(facts or {})["rule"]


def facts_that_matter(rule, facts):
    """The missing facts whose answer changes the verdict in some completion of the others."""
    found = set()
    for whole in completions(facts, rule.facts()):
        verdict = rule.verdict(whole, ON)
        for name in rule.facts() - facts.keys() - found:
            if any(rule.verdict({**whole, name: value}, ON) is not verdict for value in domain(name)):
                found.add(name)
    return found


class TestStep:
    """A step."""

    @pytest.mark.parametrize(
        ("text", "facts", "answer", "names"),
        [
            ("a AND b", {}, "unknown", "ab"),
            ("a AND b", {"a": True}, "unknown", "b"),
            ("a AND b", {"a": False}, "no", ""),
            ("a OR b", {"a": True}, "yes", ""),
            ("a OR NOT b", {"a": False}, "unknown", "b"),
            ("a AND (b OR c)", {"b": True}, "unknown", "a"),
            ("AT_LEAST(2, a, b, c)", {"a": True}, "unknown", "bc"),
            ("AT_LEAST(2, a, b, c)", {"a": True, "c": True}, "yes", ""),
            ("AT_LEAST(2, a, b, c)", {"a": False, "c": False}, "no", ""),
            ("x < y", {"x": 1}, "unknown", "y"),
            ("x < y", {"x": 1, "y": 2}, "yes", ""),
            ("s IN ('L', 'P') AND t = 'K'", {"s": "L"}, "unknown", "t"),
        ],
    )
    def test_says_what_is_open(self, text, facts, answer, names):
        assert opened(text, facts) == (Answer[answer.upper()], frozenset(names))

    def test_drops_what_cannot_matter_though_a_fact_is_used_twice(self):
        # Without `a` the whole is a no, and with it the rest is a yes: `b` never matters.
        assert opened("a AND (a OR b)") == (Answer.UNKNOWN, frozenset("a"))

    def test_keeps_an_estimated_birth_open_where_it_straddles_the_bound(self):
        days = DateRange(date(2007, 1, 1), date(2009, 1, 1))
        assert opened("AGE(born) >= 18", {"born": days}) == (Answer.UNKNOWN, frozenset({"born"}))
        assert opened("AGE(born) >= 5", {"born": days}) == (Answer.YES, frozenset())

    def test_asks_nothing_more_where_two_readings_disagree(self):
        one, other = (parse(text, facts=SPECS) for text in ("a AND b", "a OR c"))
        step = OpenFacts({"rule": Readings((("1", one), ("2", other)))}, SPECS, ON).step
        assert step({"a": True, "b": False})["rule"] == (Answer.UNKNOWN, frozenset())
        assert step({"a": True})["rule"] == (Answer.UNKNOWN, frozenset("b"))

    def test_refuses_a_value_of_the_wrong_type(self):
        with pytest.raises(FactError, match="'a'"):
            opened("a AND b", {"a": "yes"})

    def test_needs_every_fact_described(self):
        with pytest.raises(ValueError, match="nobody described: a"):
            OpenFacts({"rule": parse("a", facts=SPECS)}, {}, ON)

    def test_quotes_whatever_a_choice_is_called(self):
        odd = {"s": FactSpec("s", FactKind.CHOICE, choices=("it's", '"""\n', "L"))}
        rule = OpenFacts({"rule": parse("s = 'it''s' OR s = '\"\"\"\n'", facts=odd)}, odd, ON)
        assert rule.step({"s": "it's"})["rule"][0] is Answer.YES
        assert rule.step({"s": "L"})["rule"][0] is Answer.NO

    @pytest.mark.slow
    @settings(max_examples=100, deadline=None)
    @given(seed=SEEDS)
    def test_answers_as_the_judge_does(self, seed):
        rng = Random(seed)
        rules = {str(number): random_rule(rng) for number in range(4)}
        step = OpenFacts(rules, SPECS, ON).step
        facts = random_facts(rng, frozenset(SPECS))
        assert {code: answer for code, (answer, _) in step(facts).items()} == {
            code: rule.judge(facts, ON).answer for code, rule in rules.items()
        }

    @pytest.mark.slow
    @settings(max_examples=200, deadline=None)
    @given(seed=SEEDS)
    def test_never_drops_a_fact_that_matters(self, seed):
        rng = Random(seed)
        rule = random_rule(rng, 2, rng.sample(["a", "b", "c", "x", "y", "s", "born"], 4))
        facts = random_facts(rng, rule.facts())
        if completion_count(facts, rule.facts()) < 1_500:
            _, names = OpenFacts({"rule": rule}, SPECS, ON).step(facts)["rule"]
            assert facts_that_matter(rule, facts) <= names

    @settings(max_examples=150, deadline=None)
    @given(seed=SEEDS)
    def test_asks_exactly_what_matters_where_no_fact_is_used_twice(self, seed):
        rng = Random(seed)
        rule = read_once(rng, rng.sample(["a", "b", "c", "x", "s"], 4))
        facts = random_facts(rng, rule.facts(), known=0.4)
        _, names = OpenFacts({"rule": rule}, SPECS, ON).step(facts)["rule"]
        assert names == facts_that_matter(rule, facts)


class TestNextQuestion:
    """The next question."""

    RULES = {
        "one": parse("a AND b", facts=SPECS),
        "two": parse("a AND c", facts=SPECS),
        "three": parse("d", facts=SPECS),
    }

    def asked(self, facts=None, **how):
        return OpenFacts(self.RULES, SPECS, ON).next_question(facts or {}, **how)

    def test_is_the_one_that_settles_most(self):
        # A no to `a` settles two rules, so one on average, as `d` does; `a` matters to more rules.
        assert self.asked() == "a"

    def test_is_another_where_the_best_is_dear(self):
        assert self.asked(cost={"a": 3.0}) == "d"

    def test_is_never_one_that_was_asked_in_vain(self):
        assert self.asked(skip=["a", "d"]) in ("b", "c")

    def test_is_none_when_nothing_can_change_any_more(self):
        assert self.asked({"a": False, "d": True}) is None
        assert self.asked({"a": True, "b": True, "c": False}, skip=["d"]) is None

    def test_is_asked_even_if_no_single_answer_settles_anything(self):
        rule = parse("AT_LEAST(2, a, b, c, d)", facts=SPECS)
        assert OpenFacts({"rule": rule}, SPECS, ON).next_question({}) == "a"

    def test_does_not_ask_an_estimated_date_again(self):
        rule = OpenFacts({"rule": parse("AGE(born) >= 18 AND a", facts=SPECS)}, SPECS, ON)
        assert rule.next_question({"born": DateRange(date(2007, 1, 1), date(2009, 1, 1))}) == "a"

    def test_tries_numbers_on_both_sides_of_every_bound(self):
        # Only x = 2 leaves `a` open: three of four answers settle the rule, while `a` never does.
        rules = {"rule": parse("x = 2 AND (a OR b)", facts=SPECS)}
        assert OpenFacts(rules, SPECS, ON).next_question({}) == "x"

    @settings(max_examples=60, deadline=None)
    @given(seed=SEEDS)
    def test_leads_to_an_end_with_every_rule_settled(self, seed):
        rng = Random(seed)
        rules = {str(number): random_rule(rng) for number in range(3)}
        engine, facts = OpenFacts(rules, SPECS, ON), {}
        while (name := engine.next_question(facts)) is not None:
            assert name not in facts
            facts[name] = rng.choice(domain(name))
        assert not any(names for _, names in engine.step(facts).values())


class TestNextQuestionWithConditions:
    """A question with a condition."""

    RULE = parse("b OR c", facts=SPECS)

    def asked(self, facts=None, asked_if="a", **how):
        conditions = {name: parse(asked_if, facts=SPECS) for name in "bc"}
        return OpenFacts({"rule": self.RULE}, SPECS, ON, conditions).next_question(facts or {}, **how)

    def test_waits_for_its_condition(self):
        assert self.asked() == "a"
        assert self.asked({"a": True}) == "b"

    def test_is_never_put_where_the_condition_is_a_no(self):
        assert self.asked({"a": False}) is None

    def test_is_never_put_where_the_condition_was_asked_in_vain(self):
        assert self.asked(skip=["a"]) is None

    def test_waits_for_conditions_of_conditions(self):
        conditions = {
            "b": parse("a", facts=SPECS),
            "c": parse("a", facts=SPECS),
            "a": parse("d", facts=SPECS),
        }
        engine = OpenFacts({"rule": self.RULE}, SPECS, ON, conditions)
        assert engine.next_question({}) == "d"
        assert engine.next_question({"d": False}) is None

    def test_does_not_turn_in_circles(self):
        conditions = {"b": parse("c", facts=SPECS), "c": parse("b", facts=SPECS)}
        assert OpenFacts({"rule": self.RULE}, SPECS, ON, conditions).next_question({}) is None

    def test_is_not_put_while_an_estimated_age_leaves_the_condition_open(self):
        days = DateRange(date(2007, 1, 1), date(2009, 1, 1))
        assert self.asked({"born": days}, "AGE(born) >= 18") is None

    def test_changes_no_verdict(self):
        plain = OpenFacts({"rule": self.RULE}, SPECS, ON)
        gated = OpenFacts({"rule": self.RULE}, SPECS, ON, {"b": parse("a", facts=SPECS)})
        for facts in ({}, {"b": True}, {"a": False, "b": False}, {"a": False, "c": False}):
            assert plain.step(facts) == gated.step(facts)

    def test_is_left_out_where_the_fact_is_volunteered_only(self):
        specs = {**SPECS, "b": replace(SPECS["b"], volunteered=True)}
        engine = OpenFacts({"rule": parse("b", facts=specs)}, specs, ON)
        assert engine.next_question({}) is None
        assert engine.step({"b": True})["rule"][0] is Answer.YES

    def test_comes_first_where_it_opens_the_talk(self):
        rules = {"one": parse("a AND b", facts=SPECS), "two": parse("c AND d", facts=SPECS)}
        specs = {**SPECS, "d": replace(SPECS["d"], early=True)}
        assert OpenFacts(rules, SPECS, ON).next_question({}) == "a"
        assert OpenFacts(rules, specs, ON).next_question({}) == "d"


class TestSettledFacts:
    """A fact that another answer settles."""

    SPECS = {
        **SPECS,
        "b": replace(SPECS["b"], asked_if=parse("a", facts=SPECS), otherwise=False),
        "t": replace(SPECS["t"], asked_if=parse("a", facts=SPECS), otherwise=SPECS["t"].choices[0]),
        "c": replace(SPECS["c"], follows=parse("x < y", facts=SPECS)),
    }

    def step(self, text, facts):
        rule = parse(text, facts=self.SPECS)
        return OpenFacts({"rule": rule}, self.SPECS, ON).step(facts)["rule"]

    def test_is_open_until_the_condition_is_told(self):
        assert self.step("b", {}) == (Answer.UNKNOWN, frozenset("b"))
        assert self.step("b", {"a": True}) == (Answer.UNKNOWN, frozenset("b"))

    def test_is_settled_by_its_no(self):
        assert self.step("b OR t <> 'K'", {"a": False})[0] is not Answer.UNKNOWN
        assert self.step("b", {"a": False}) == (Answer.NO, frozenset())

    def test_stays_as_it_was_told(self):
        assert self.step("b", {"a": False, "b": True})[0] is Answer.YES

    @pytest.mark.parametrize(("x", "y", "answer"), [(1, 2, Answer.YES), (2, 1, Answer.NO)])
    def test_follows_from_others_both_ways(self, x, y, answer):
        assert self.step("c", {"x": x, "y": y}) == (answer, frozenset())

    def test_asks_what_it_follows_from_only_where_it_was_asked_in_vain(self):
        engine = OpenFacts({"rule": parse("c", facts=self.SPECS)}, self.SPECS, ON)
        assert engine.next_question({}) == "c"
        assert engine.next_question({}, skip=["c"]) in ("x", "y")
        assert engine.next_question({"x": 1}, skip=["c"]) == "y"

    @settings(max_examples=100, deadline=None)
    @given(seed=SEEDS)
    def test_is_judged_alike_by_all_readers(self, seed):
        rng = Random(seed)
        rule = random_rule(rng)
        facts = random_facts(rng, frozenset(SPECS))
        truth = rule.judge(completed(facts, list(self.SPECS.values()), ON), ON).answer
        assert OpenFacts({"rule": rule}, self.SPECS, ON).step(facts)["rule"][0] is truth
        columns = {name: [facts.get(name)] for name in SPECS if not isinstance(facts.get(name), DateRange)}
        for name, value in facts.items():
            if isinstance(value, DateRange):
                columns |= {f"{name}_earliest": [value.earliest], f"{name}_latest": [value.latest]}
        frame = pl.DataFrame(columns, schema=schema_of(columns, self.SPECS))
        found = verdicts(frame, {"rule": rule}, self.SPECS, ON).item()
        assert found is {Answer.YES: True, Answer.NO: False, Answer.UNKNOWN: None}[truth]
