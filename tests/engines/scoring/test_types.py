"""The type of a body, held against a plain twin that tries every way the open answers could turn out."""

from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simpul.engines.reasons import Answer, Finding
from simpul.engines.scoring import IndicatorScheme, TypeScheme, TypeStep, suggest

STEPS = (TypeStep("A", 90, 50), TypeStep("B", 65), TypeStep("C", 30), TypeStep("D", 0))
SMALL = TypeScheme(
    (
        *(IndicatorScheme(f"i{number}", "legality", "institution") for number in range(3)),
        *(IndicatorScheme(f"s{number}", "service", "service") for number in range(2)),
    ),
    STEPS,
)
TEN = TypeScheme(
    (
        *(IndicatorScheme(f"i{number}", "legality", "institution") for number in range(20)),
        *(IndicatorScheme(f"s{number}", "service", "service") for number in range(20)),
    ),
    STEPS,
)
CODES = [one.code for one in SMALL.indicators]
all_answers = st.fixed_dictionaries(
    {code: st.sampled_from(["yes", "no", "unknown", "not_applicable"]) for code in CODES}
)
money = st.sampled_from(
    [(None, None), (100, None), (None, 40), (0, 0), (100, 49), (100, 50), (100, 0), (7, 9)]
)


def plain(answers, share, steps=STEPS):
    """Plain twin: the type of answers that are all settled. `share` is own income as a part of the budget."""
    for step in steps:
        sides = [[told for code, told in answers.items() if code[0] == side] for side in "is"]
        counted = [[told for told in side if told != "not_applicable"] for side in sides]
        is_met = all(
            not side or Fraction(100 * side.count("yes"), len(side)) >= step.share for side in counted
        )
        if is_met and 100 * share >= step.own_income:
            return step.code
    raise AssertionError("The last type asks for nothing.")


def shares(budget, own_income):
    known = budget and own_income is not None
    return [Fraction(own_income, budget)] if known else [Fraction(0), Fraction(1)]


def possible(answers, budget, own_income):
    """Every type that some completion of the open answers gives."""
    unknown = [code for code, told in answers.items() if told == "unknown"]
    return {
        plain(answers | dict(zip(unknown, told, strict=True)), share)
        for told in product(["yes", "no"], repeat=len(unknown))
        for share in shares(budget, own_income)
    }


def fewest_to_settle(answers, budget, own_income):
    """How few open answers can leave one type only; the money is one of them."""
    unknown = [code for code, told in answers.items() if told == "unknown"]
    purses = [(0, (budget, own_income))]
    if len(shares(budget, own_income)) > 1:
        purses += [(1, (100, 100)), (1, (100, 0))]
    return min(
        count + asked
        for count in range(len(unknown) + 1)
        for codes in combinations(unknown, count)
        for told in product(["yes", "no"], repeat=count)
        for asked, purse in purses
        if len(possible(answers | dict(zip(codes, told, strict=True)), *purse)) == 1
    )


def part_of(finding, kind, about=""):
    return next(part for part in finding.parts if part.kind == kind and part.about == about)


class TestSuggest:
    @given(all_answers, money)
    def test_agrees_with_trying_every_way_it_could_turn_out(self, answers, purse):
        assume(set(answers.values()) != {"not_applicable"})
        found, expected = (
            suggest(SMALL, answers, budget=purse[0], own_income=purse[1]),
            possible(answers, *purse),
        )
        assert (found.values["highest"], found.values["lowest"]) == (min(expected), max(expected))
        assert found.answer == (expected.pop() if len(expected) == 1 else Answer.UNKNOWN)

    @given(all_answers, money, st.sampled_from(CODES))
    def test_never_falls_when_one_more_is_met(self, answers, purse, code):
        told = {"budget": purse[0], "own_income": purse[1]}
        assume(answers[code] != "not_applicable")
        before, after = suggest(SMALL, answers, **told), suggest(SMALL, answers | {code: "yes"}, **told)
        assert after.values["lowest"] <= before.values["lowest"]
        assert after.values["highest"] <= before.values["highest"] or answers[code] == "unknown"

    @given(all_answers, st.integers(0, 200), st.integers(0, 200))
    def test_never_falls_when_own_income_grows(self, answers, less, more):
        less, more = sorted((less, more))
        poorer, richer = (suggest(SMALL, answers, budget=100, own_income=own) for own in (less, more))
        assert richer.values["lowest"] <= poorer.values["lowest"]

    @pytest.mark.parametrize(
        ("institution", "service", "own", "expected"),
        [
            (18, 18, 50, "A"),
            (18, 18, 49, "B"),
            (17, 20, 50, "B"),
            (20, 17, 50, "B"),
            (13, 13, 0, "B"),
            (12, 20, 100, "C"),
            (6, 6, 0, "C"),
            (5, 20, 100, "D"),
            (20, 5, 100, "D"),
            (0, 0, 0, "D"),
        ],
    )
    def test_turns_exactly_on_the_thresholds(self, institution, service, own, expected):
        met = [f"i{n}" for n in range(institution)] + [f"s{n}" for n in range(service)]
        answers = {one.code: "yes" if one.code in met else "no" for one in TEN.indicators}
        assert suggest(TEN, answers, budget=100, own_income=own).answer == expected

    def test_takes_nothing_for_a_no(self):
        found = suggest(SMALL, {})
        assert (found.answer, found.values) == (Answer.UNKNOWN, {"lowest": "D", "highest": "A"})

    def test_leaves_out_what_does_not_apply(self):
        answers = dict.fromkeys(CODES, "yes") | {"i0": "not_applicable", "s1": "not_applicable"}
        found = suggest(SMALL, answers, budget=10, own_income=10)
        assert found.answer == "A"
        assert part_of(found, "side", "institution").values["applicable"] == 2

    def test_judges_by_the_other_side_where_one_does_not_apply_at_all(self):
        answers = dict.fromkeys(CODES, "no") | dict.fromkeys(("s0", "s1"), "not_applicable")
        assert suggest(SMALL, answers | {"i0": "yes"}).answer == "C"

    def test_says_nothing_where_nothing_applies(self):
        assert suggest(SMALL, dict.fromkeys(CODES, "not_applicable")).answer is Answer.UNKNOWN

    @given(all_answers, money)
    def test_survives_being_kept_as_json(self, answers, purse):
        found = suggest(SMALL, answers, budget=purse[0], own_income=purse[1])
        assert Finding.from_json(found.to_json()) == found

    @pytest.mark.parametrize(
        ("answers", "purse", "word"),
        [
            ({"x": "yes"}, {}, "no indicator"),
            ({"i0": "maybe"}, {}, "answered by"),
            ({}, {"own_income": -1}, "below nothing"),
        ],
        ids=["indicator", "answer", "money"],
    )
    def test_refuses_what_does_not_exist(self, answers, purse, word):
        with pytest.raises(ValueError, match=word):
            suggest(SMALL, answers, **purse)


class TestSettle:
    @settings(deadline=None)
    @given(all_answers, money)
    def test_names_the_fewest_answers_that_can_settle_it(self, answers, purse):
        found = suggest(SMALL, answers, budget=purse[0], own_income=purse[1])
        assume(
            found.values["lowest"] != found.values["highest"] and set(answers.values()) != {"not_applicable"}
        )
        assert part_of(found, "settle").values["fewest"] == fewest_to_settle(answers, *purse)

    def test_offers_only_open_indicators(self):
        found = suggest(SMALL, {"i0": "yes", "i1": "no"}, budget=10, own_income=9)
        offered = {code for side in part_of(found, "settle").parts for code in side.values["codes"]}
        assert offered <= {"i2", "s0", "s1"}


class TestLift:
    @given(all_answers, money)
    def test_names_the_fewest_indicators_that_reach_the_next_type(self, answers, purse):
        found = suggest(SMALL, answers, budget=purse[0], own_income=purse[1])
        assume(found.values["lowest"] != "A" and set(answers.values()) != {"not_applicable"})
        lift = next(part for part in found.parts if part.kind == "lift")
        below = {code: "no" if told == "unknown" else told for code, told in answers.items()}
        open_ones = [code for code, told in below.items() if told == "no"]
        fewest = next(
            count
            for count in range(len(open_ones) + 1)
            for codes in combinations(open_ones, count)
            if plain(below | dict.fromkeys(codes, "yes"), 1) <= lift.about
        )
        assert lift.values["number"] == fewest

    def test_tells_how_much_own_income_is_wanting(self):
        found = suggest(SMALL, dict.fromkeys(CODES, "yes"), budget=101, own_income=20)
        wanting = part_of(part_of(found, "lift", "A"), "lift_money").values
        assert (wanting["share"], wanting["needed"], wanting["more"]) == (19, 50, 31)

    def test_has_nothing_to_say_at_the_best_type(self):
        found = suggest(SMALL, dict.fromkeys(CODES, "yes"), budget=100, own_income=50)
        assert not any(part.kind == "lift" for part in found.parts)


class TestTypeScheme:
    @pytest.mark.parametrize(
        "steps",
        [
            (TypeStep("A", 90),),
            (TypeStep("A", 90), TypeStep("B", 10)),
            (TypeStep("A", 30), TypeStep("B", 60), TypeStep("D", 0)),
            (TypeStep("A", 90, 10), TypeStep("B", 60, 20), TypeStep("D", 0)),
        ],
        ids=["one", "last asks", "rises", "money rises"],
    )
    def test_refuses_steps_that_are_no_ladder(self, steps):
        with pytest.raises(ValueError, match=r"\w"):
            TypeScheme((), steps)

    def test_refuses_a_code_twice_or_a_side_that_is_none(self):
        one = IndicatorScheme("a", "g", "service")
        with pytest.raises(ValueError, match="same code"):
            TypeScheme((one, one), STEPS)
        with pytest.raises(ValueError, match="stands on one of"):
            IndicatorScheme("a", "g", "both")
