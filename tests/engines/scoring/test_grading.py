import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.engines.reasons import Answer, Finding
from simpul.engines.scoring.grading import (
    Cut,
    GradedItem,
    GradedStandard,
    GradeScheme,
    ScoreError,
    grade,
    plain_grade,
)

TWO = GradeScheme(
    standards=(
        GradedStandard("one", 60, (GradedItem("a", 4), GradedItem("b", 4))),
        GradedStandard("two", 40, (GradedItem("c", 4),)),
    ),
    grades=(Cut("A", 86, 50), Cut("B", 71), Cut("C", 56)),
)


def of_one(score_most=100, **details):
    """One standard with one item of a hundred points: a score is its percentage."""
    item = GradedItem("x", score_most, **details)
    return GradeScheme((GradedStandard("s", 100, (item,)),), TWO.grades)


@st.composite
def schemes(draw):
    codes = iter(range(100))
    grades = draw(st.lists(st.integers(0, 100), min_size=1, max_size=4, unique=True))
    cuts = tuple(
        Cut(f"g{number}", bound, draw(st.integers(0, 60)))
        for number, bound in enumerate(sorted(grades, reverse=True))
    )
    named = tuple(cut.code for cut in cuts)
    standards = []
    for number in range(draw(st.integers(1, 3))):
        items = []
        for _item in range(draw(st.integers(1, 3))):
            most = draw(st.integers(1, 5))
            required = tuple(draw(st.sets(st.sampled_from(named), max_size=2)))
            code, weight = f"i{next(codes)}", draw(st.integers(1, 4))
            items.append(GradedItem(code, most, weight, required, draw(st.integers(1, most))))
        standards.append(GradedStandard(f"s{number}", draw(st.integers(1, 50)), tuple(items)))
    return GradeScheme(tuple(standards), cuts)


def drawn_values(draw, scheme, *, with_unknown):
    return {
        item.code: draw(st.none() | st.integers(0, item.most) if with_unknown else st.integers(0, item.most))
        for item in scheme.items
    }


def rank(scheme, code):
    """0 for no grade, higher for better ones."""
    codes = ["", *(cut.code for cut in reversed(scheme.grades))]
    return codes.index(code)


class TestGrade:
    @pytest.mark.parametrize(
        ("score", "expected"),
        [
            (100, "A"),
            (86, "A"),
            (85, "B"),
            (71, "B"),
            (70, "C"),
            (56, "C"),
            (55, ""),
            (0, ""),
        ],
    )
    def test_gives_the_grade_whose_cut_off_is_reached(self, score, expected):
        assert grade(of_one(), {"x": score}).answer == expected

    def test_weighs_standards_and_items_as_the_formula_says(self):
        found = grade(TWO, {"a": 4, "b": 2, "c": 3})
        # 60 x (1 + 0.5) / 2 + 40 x 0.75
        assert found.values["low"] == found.values["high"] == 75.0
        assert found.answer == "B"

    def test_tells_what_each_item_contributes_and_that_it_adds_up(self):
        found = grade(TWO, {"a": 4, "b": 2, "c": 3})
        points = [item.values["points_low"] for standard in found.parts[:2] for item in standard.parts]
        assert points == [30.0, 15.0, 30.0]

    def test_says_which_minimum_keeps_it_from_the_next_grade(self):
        found = grade(TWO, {"a": 4, "b": 4, "c": 1})
        best = next(part for part in found.parts if part.about == "A")
        unmet = {(part.kind, part.about) for part in best.parts if part.answer is Answer.NO}
        assert unmet == {("min_score", ""), ("min_per_standard", "two")}

    def test_asks_for_an_item_that_a_grade_insists_on(self):
        scheme = of_one(4, required_for=("A",), required_at=4)
        most = GradeScheme(scheme.standards, (Cut("A", 50), Cut("B", 40)))
        assert grade(most, {"x": 3}).answer == "B"
        assert grade(most, {"x": 4}).answer == "A"

    def test_is_not_known_while_an_open_item_can_still_decide(self):
        found = grade(TWO, {"a": 4, "b": None, "c": 4})
        assert found.answer is Answer.UNKNOWN
        assert (found.values["lowest_grade"], found.values["highest_grade"]) == ("C", "A")
        assert (found.values["low"], found.values["high"], found.values["open"]) == (70.0, 100.0, 1)

    def test_answers_in_spite_of_an_open_item_that_changes_nothing(self):
        assert grade(TWO, {"a": 0, "b": 0}).answer == ""

    def test_never_shows_a_score_as_reaching_a_bound_that_it_misses(self):
        scheme = GradeScheme((GradedStandard("s", 1, (GradedItem("x", 10_000),)),), (Cut("A", 86),))
        found = grade(scheme, {"x": 8_599})
        assert found.answer == ""
        assert found.values["low"] == 85.99

    @pytest.mark.parametrize("values", [{"z": 1}, {"a": 5}, {"a": -1}, {"a": True}, {"a": 2.0}])
    def test_refuses_what_the_scheme_does_not_know(self, values):
        with pytest.raises(ScoreError):
            grade(TWO, values)

    def test_can_be_kept_and_read_back(self):
        found = grade(TWO, {"a": 4, "b": None, "c": 3})
        assert Finding.from_json(found.to_json()) == found

    @given(st.data())
    def test_is_monotone_in_every_score(self, data):
        scheme = data.draw(schemes())
        values = drawn_values(data.draw, scheme, with_unknown=False)
        item = data.draw(st.sampled_from(scheme.items))
        more = {**values, item.code: data.draw(st.integers(values[item.code], item.most))}
        assert rank(scheme, grade(scheme, more).answer) >= rank(scheme, grade(scheme, values).answer)

    @given(st.data())
    def test_agrees_with_its_plain_twin(self, data):
        scheme = data.draw(schemes())
        values = drawn_values(data.draw, scheme, with_unknown=False)
        assert grade(scheme, values).answer == plain_grade(scheme, values)

    @given(st.data())
    def test_holds_for_every_way_in_which_the_open_items_may_turn_out(self, data):
        scheme = data.draw(schemes())
        values = drawn_values(data.draw, scheme, with_unknown=True)
        found = grade(scheme, values)
        filled = {
            item.code: data.draw(st.integers(0, item.most))
            if values[item.code] is None
            else values[item.code]
            for item in scheme.items
        }
        turned_out = rank(scheme, plain_grade(scheme, filled))
        low, high = found.values["lowest_grade"], found.values["highest_grade"]
        assert rank(scheme, low) <= turned_out <= rank(scheme, high)
        assert found.answer is Answer.UNKNOWN or found.answer == low == high
