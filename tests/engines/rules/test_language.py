"""Tests of the nodes: every operator with three answers."""

import itertools
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.engines.reasons import Answer
from simpul.engines.rules import (
    AgeBetween,
    AgeCompare,
    All,
    Among,
    Any,
    AtLeast,
    Between,
    Compare,
    CompareFacts,
    DateRange,
    FactError,
    IsTrue,
    Named,
    Not,
    Operator,
    Readings,
)

from .random_rules import ON, completion_count, completions, random_facts, random_rule, read_once

Y, U, N = Answer.YES, Answer.UNKNOWN, Answer.NO
SEEDS = st.integers(0, 10**9)


def given_as(*answers):
    """Facts a, b, c … that have these answers."""
    return {name: answer is Y for name, answer in zip("abcd", answers, strict=False) if answer is not U}


def judged(node, facts=None, on=ON):
    """The answer, after proving that the short way says the same."""
    answer = node.judge(facts or {}, on).answer
    assert node.verdict(facts or {}, on) is answer
    return answer


A, B, C, D = (IsTrue(name) for name in "abcd")


class TestIsTrue:
    """A yes-or-no fact."""

    @pytest.mark.parametrize(
        ("facts", "answer"), [({"a": True}, Y), ({"a": False}, N), ({}, U), ({"a": None}, U)]
    )
    def test_is_not_known_unless_given(self, facts, answer):
        assert judged(A, facts) is answer

    @pytest.mark.parametrize("value", [1, "secret", date(2020, 1, 1)])
    def test_refuses_another_type_and_names_the_fact_not_the_value(self, value):
        with pytest.raises(FactError, match="'a'") as error:
            A.judge({"a": value}, ON)
        assert str(value) not in str(error.value)

    def test_refuses_a_number_that_equals_a_yes_already_judged(self):
        A.judge({"a": True}, ON)
        with pytest.raises(FactError, match="yes or no"):
            A.judge({"a": 1}, ON)

    @pytest.mark.parametrize("facts", [{"a": True}, {}])
    def test_keeps_its_finding_from_being_changed_for_the_next_person(self, facts):
        with pytest.raises(TypeError):
            A.judge(facts, ON).values["value"] = False


class TestNot:
    """NOT."""

    @pytest.mark.parametrize(("part", "answer"), [(Y, N), (U, U), (N, Y)])
    def test_turns_yes_and_no_and_leaves_not_known(self, part, answer):
        assert judged(Not(A), given_as(part)) is answer


class TestAll:
    """AND."""

    @pytest.mark.parametrize(
        ("a", "b", "answer"),
        [(Y, Y, Y), (Y, U, U), (Y, N, N), (U, Y, U), (U, U, U), (U, N, N), (N, Y, N), (N, U, N), (N, N, N)],
    )
    def test_follows_its_truth_table(self, a, b, answer):
        assert judged(All((A, B)), given_as(a, b)) is answer

    def test_needs_a_part(self):
        with pytest.raises(ValueError, match="at least one"):
            All(())


class TestAny:
    """OR."""

    @pytest.mark.parametrize(
        ("a", "b", "answer"),
        [(Y, Y, Y), (Y, U, Y), (Y, N, Y), (U, Y, Y), (U, U, U), (U, N, U), (N, Y, Y), (N, U, U), (N, N, N)],
    )
    def test_follows_its_truth_table(self, a, b, answer):
        assert judged(Any((A, B)), given_as(a, b)) is answer


class TestAtLeast:
    """AT_LEAST."""

    @pytest.mark.parametrize("answers", list(itertools.product((Y, U, N), repeat=4)))
    @pytest.mark.parametrize("needed", [1, 2, 3, 4])
    def test_is_decided_as_soon_as_enough_hold_or_too_few_can(self, answers, needed):
        met, possible = answers.count(Y), 4 - answers.count(N)
        expected = Y if met >= needed else N if possible < needed else U
        assert judged(AtLeast(needed, (A, B, C, D)), given_as(*answers)) is expected

    def test_counts_what_is_met_and_open_for_the_sentence(self):
        finding = AtLeast(2, (A, B, C, D)).judge({"a": True, "b": False}, ON)
        assert finding.values == {"needed": 2, "of": 4, "met": 1, "open": 2}

    @pytest.mark.parametrize("needed", [0, 3])
    def test_refuses_a_count_that_is_never_in_doubt(self, needed):
        with pytest.raises(ValueError, match="never be in doubt"):
            AtLeast(needed, (A, B))


class TestReadings:
    """Two readings of one text."""

    @pytest.mark.parametrize(
        ("a", "b", "answer"),
        [(Y, Y, Y), (Y, U, U), (Y, N, U), (U, Y, U), (U, U, U), (U, N, U), (N, Y, U), (N, U, U), (N, N, N)],
    )
    def test_answer_only_where_they_agree(self, a, b, answer):
        assert judged(Readings((("one", A), ("other", B))), given_as(a, b)) is answer

    def test_are_both_shown(self):
        finding = Readings((("one", A), ("other", B))).judge({"a": True, "b": False}, ON)
        assert finding.values == {"codes": ("one", "other")}
        assert [part.answer for part in finding.parts] == [Y, N]


class TestNamed:
    """A named condition."""

    def test_answers_as_what_it_names_and_says_its_code(self):
        finding = Named("derived", "is_poor", A).judge({"a": True}, ON)
        assert (finding.answer, finding.kind, finding.about) == (Y, "derived", "is_poor")
        assert finding.parts[0].about == "a"


class TestCompare:
    """A comparison with a bound."""

    @pytest.mark.parametrize(
        ("operator", "answers"),
        [
            ("<", (Y, N, N)),
            ("<=", (Y, Y, N)),
            (">", (N, N, Y)),
            (">=", (N, Y, Y)),
            ("=", (N, Y, N)),
            ("<>", (Y, N, Y)),
        ],
    )
    def test_is_right_below_at_and_above_the_bound(self, operator, answers):
        node = Compare("x", Operator(operator), 5)
        assert tuple(judged(node, {"x": value}) for value in (4, 5, 6)) == answers
        assert judged(node) is U

    @pytest.mark.parametrize(
        ("earliest", "latest", "answer"),
        [("2019-01-01", "2019-12-31", Y), ("2019-01-01", "2020-01-01", U), ("2020-01-01", "2021-01-01", N)],
    )
    def test_is_certain_of_an_estimated_date_only_if_all_its_days_agree(self, earliest, latest, answer):
        node = Compare("moved", Operator.LESS, date(2020, 1, 1))
        days = DateRange(date.fromisoformat(earliest), date.fromisoformat(latest))
        assert judged(node, {"moved": days}) is answer

    @pytest.mark.parametrize("value", [True, 3.0, "3", date(2020, 1, 1)])
    def test_refuses_what_is_no_whole_number(self, value):
        with pytest.raises(FactError, match="whole number"):
            judged(Compare("x", Operator.LESS, 5), {"x": value})

    def test_carries_what_its_sentence_needs(self):
        finding = Compare("x", Operator.LESS, 5).judge({"x": 3}, ON)
        assert (finding.about, finding.values) == ("x", {"value": 3, "operator": "<", "bound": 5})


class TestBetween:
    """BETWEEN."""

    def test_counts_both_bounds(self):
        node = Between("x", 2, 4)
        assert [judged(node, {"x": value}) for value in (1, 2, 4, 5)] == [N, Y, Y, N]
        assert judged(node) is U


class TestCompareFacts:
    """A comparison of two facts."""

    def test_needs_both(self):
        node = CompareFacts("income", Operator.LESS, "expenses")
        assert judged(node, {"income": 1, "expenses": 2}) is Y
        assert judged(node, {"income": 2, "expenses": 2}) is N
        assert judged(node, {"income": 2}) is U

    def test_refuses_a_wrong_type_even_if_the_other_is_missing(self):
        with pytest.raises(FactError, match="'expenses'"):
            judged(CompareFacts("income", Operator.LESS, "expenses"), {"expenses": "2"})


class TestAmong:
    """IN."""

    def test_is_a_yes_for_each_listed_choice(self):
        node = Among("floor", ("soil", "sand"))
        assert [judged(node, {"floor": floor}) for floor in ("soil", "sand", "tiles")] == [Y, Y, N]
        assert judged(node) is U


class TestAgeCompare:
    """An age compared."""

    @pytest.mark.parametrize(("on", "answer"), [("2026-02-28", N), ("2026-03-01", Y)])
    def test_lets_somebody_born_on_29_february_complete_the_year_on_1_march(self, on, answer):
        node = AgeCompare("born", Operator.AT_LEAST, 18)
        assert judged(node, {"born": date(2008, 2, 29)}, date.fromisoformat(on)) is answer

    def test_takes_somebody_born_later_for_very_young(self):
        later = {"born": date(2030, 1, 1)}
        assert judged(AgeCompare("born", Operator.LESS, 5), later) is Y
        assert judged(AgeBetween("born", 0, 5), later) is Y

    def test_is_not_known_where_an_estimated_birth_straddles_the_bound(self):
        node = AgeCompare("born", Operator.AT_LEAST, 60)
        straddling = DateRange(date(1965, 1, 1), date(1967, 12, 31))
        assert judged(node, {"born": straddling}) is U
        assert node.judge({"born": straddling}, ON).values["most"] == 61

    def test_refuses_years_that_nobody_lives(self):
        with pytest.raises(ValueError, match="0 to 150"):
            AgeCompare("born", Operator.AT_LEAST, 151)

    @pytest.mark.parametrize(("since", "answer"), [(0, Y), (-1, N), (1, Y)])
    def test_until_yesterday_counts_the_anniversary_as_not_yet_over(self, since, answer):
        node = AgeCompare("born", Operator.LESS, 1, until_yesterday=True)
        event = ON.replace(year=ON.year - 1) + timedelta(days=since)
        assert judged(node, {"born": event}) is answer
        assert node.judge({"born": event}, ON).values["value"] == (0 if answer is Y else 1)


class TestDateRange:
    """An estimated date."""

    def test_refuses_to_end_before_it_begins(self):
        with pytest.raises(ValueError, match="before it begins"):
            DateRange(date(2020, 1, 2), date(2020, 1, 1))


class TestJudge:
    """Judging."""

    @pytest.mark.slow
    @settings(max_examples=300, deadline=None)
    @given(seed=SEEDS)
    def test_never_says_yes_or_no_against_any_completion(self, seed):
        rng = Random(seed)
        rule = random_rule(rng)
        facts = random_facts(rng, rule.facts(), known=0.7)
        answer = judged(rule, facts)
        if answer is not U and completion_count(facts, rule.facts()) < 3_000:
            assert {rule.verdict(whole, ON) for whole in completions(facts, rule.facts())} == {answer}

    @settings(max_examples=200, deadline=None)
    @given(seed=SEEDS)
    def test_is_exact_where_no_fact_is_used_twice(self, seed):
        rng = Random(seed)
        rule = read_once(rng, rng.sample(["a", "b", "c", "x", "s", "born"], rng.randint(1, 5)))
        facts = random_facts(rng, rule.facts(), known=0.6)
        found = {rule.verdict(whole, ON) for whole in completions(facts, rule.facts())}
        assert judged(rule, facts) is (found.pop() if len(found) == 1 else U)

    @pytest.mark.slow
    @settings(max_examples=300, deadline=None)
    @given(seed=SEEDS)
    def test_never_turns_an_answer_when_more_becomes_known(self, seed):
        rng = Random(seed)
        rule = random_rule(rng)
        more = random_facts(rng, rule.facts(), known=0.8)
        less = {name: value for name, value in more.items() if rng.random() < 0.6}
        assert judged(rule, less) in (U, judged(rule, more))
