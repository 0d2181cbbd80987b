import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.engines.reasons import Answer
from simpul.engines.scoring import (
    STATES,
    AnswerError,
    DomainScheme,
    DomainScore,
    ItemScheme,
    Scheme,
    score,
    state_of,
)

UNKNOWN, REFUSED, NOT_APPLICABLE = ({"state": state} for state in STATES)
LEVELS = (1, 2, 3, 4)


def one(answers, *, levels=LEVELS, reverse=(), **rule):
    """The score of one domain with the items a, b and c."""
    items = tuple(ItemScheme(code, levels, code in reverse) for code in "abc")
    return score(Scheme((DomainScheme("d", items, **rule),)), answers)[0]


class TestScore:
    @pytest.mark.parametrize(
        ("answers", "rule", "expected"),
        [
            ({"a": 1, "b": 2, "c": 4}, {"method": "sum"}, 7),
            ({"a": 1, "b": 2, "c": 3}, {"method": "mean"}, 2),
            ({"a": 1, "b": 2, "c": 4}, {"method": "highest"}, 4),
            ({"a": 1, "b": 2, "c": 4}, {"method": "sum", "reverse": "a"}, 10),
            ({"a": 1, "b": 2}, {"method": "sum"}, None),
            ({"a": 1, "b": 2}, {"method": "sum", "fewest_answered": 2}, 4.5),
            ({"a": 1, "b": 2, "c": UNKNOWN}, {"method": "mean", "fewest_answered": 2}, 1.5),
            ({"a": 1, "b": REFUSED, "c": UNKNOWN}, {"method": "mean", "fewest_answered": 2}, None),
            ({"a": 1, "b": 2, "c": NOT_APPLICABLE}, {"method": "mean"}, None),
            ({"a": 1, "b": 2, "c": NOT_APPLICABLE}, {"method": "mean", "fewest_answered": 2}, 1.5),
            ({"a": 1, "b": 2, "c": None}, {"method": "highest"}, None),
            ({"a": 1, "b": 4}, {"method": "highest"}, 4),
            ({"a": 1, "b": 2, "c": NOT_APPLICABLE}, {"method": "highest"}, 2),
            ({}, {"method": "sum", "fewest_answered": 1}, None),
        ],
        ids=str,
    )
    def test_is_right_for_every_kind_of_gap(self, answers, rule, expected):
        assert one(answers, **rule).score == expected

    def test_never_takes_a_gap_for_a_zero(self):
        found = one({"a": 3}, levels=(0, 1, 2, 3), method="sum", fewest_answered=1)
        assert found.score == 9

    def test_counts_what_applies(self):
        found = one({"a": 1, "b": NOT_APPLICABLE, "c": UNKNOWN}, fewest_answered=1)
        assert (found.answered, found.of) == (1, 2)

    @pytest.mark.parametrize(
        ("answers", "answer"),
        [
            ({"a": 1, "b": 2, "c": 2}, Answer.NO),
            ({"a": 3, "b": 1, "c": 1}, Answer.YES),
            ({"a": 4}, Answer.YES),
            ({"a": 3, "b": REFUSED, "c": UNKNOWN}, Answer.YES),
            ({"a": 2, "b": 2, "c": REFUSED}, Answer.UNKNOWN),
            ({"a": 2, "b": 2, "c": NOT_APPLICABLE}, Answer.NO),
            ({}, Answer.UNKNOWN),
            (dict.fromkeys("abc", NOT_APPLICABLE), Answer.UNKNOWN),
        ],
        ids=str,
    )
    def test_answers_the_question_of_a_domain_by_its_worst_item(self, answers, answer):
        assert one(answers, method="highest", at_least=3).answer is answer

    def test_gives_a_reason_for_each_item(self):
        found = one({"a": 1, "b": REFUSED}, reverse="a")
        told = {reason.about: (reason.answer, dict(reason.values)) for reason in found.reasons}
        assert told == {
            "a": (1, {"counted": 4, "reversed": True}),
            "b": (Answer.UNKNOWN, {"state": "refused"}),
            "c": (Answer.UNKNOWN, {"state": "unanswered"}),
        }

    @pytest.mark.parametrize(
        "answers",
        [{"a": 5}, {"a": "3"}, {"a": True}, {"a": 2.0}, {"z": 1}, {"a": {"state": "maybe"}}, {"a": {}}],
        ids=str,
    )
    def test_refuses_an_answer_that_does_not_exist(self, answers):
        with pytest.raises(AnswerError) as refused:
            one(answers)
        assert refused.value.item in answers

    def test_lets_reasons_and_own_words_stand_beside(self):
        scheme = Scheme((DomainScheme("d", (ItemScheme("a", LEVELS), ItemScheme("words"))),))
        found = score(scheme, {"a": 2, "words": "lelah", "reasons": {"a": "sejak sakit"}})
        assert found[0].score == 2


def twin(levels, reverse, method, fewest, answers):
    """The score once more, as somebody would reckon it on paper."""
    span = [(max(steps) + min(steps) - answer) if turned else answer
            for steps, turned, answer in zip(levels, reverse, answers, strict=True) if answer is not None
            ]  # fmt: skip
    if len(span) < fewest:
        return None
    asked = [steps for steps, answer in zip(levels, answers, strict=True) if answer is not None]
    part = Fraction(sum(span) - sum(map(min, asked)), sum(map(max, asked)) - sum(map(min, asked)))
    low, high = sum(map(min, levels)), sum(map(max, levels))
    total = low + part * (high - low)
    return total if method == "sum" else total / len(levels)


@st.composite
def questionnaires(draw):
    """Levels per item, which are reversed, and an answer or none to each."""
    levels = draw(
        st.lists(
            st.lists(st.integers(-3, 6), min_size=2, max_size=5, unique=True).map(sorted),
            min_size=1,
            max_size=6,
        )
    )
    reverse = [draw(st.booleans()) for _item in levels]
    answers = [draw(st.one_of(st.none(), st.sampled_from(steps))) for steps in levels]
    return levels, reverse, draw(st.sampled_from(["sum", "mean"])), draw(st.integers(1, len(levels))), answers


class TestAgainstAPlainTwin:
    @given(questionnaires())
    def test_agrees_and_stays_within_its_ends(self, made):
        levels, reverse, method, fewest, answers = made
        items = [
            ItemScheme(f"i{number}", tuple(steps), reverse[number]) for number, steps in enumerate(levels)
        ]
        scheme = Scheme((DomainScheme("d", tuple(items), method, fewest),))
        found = score(scheme, {f"i{number}": answer for number, answer in enumerate(answers)})[0]
        expected = twin(levels, reverse, method, fewest, answers)
        assert found.score == (None if expected is None else float(expected))
        assert found.score is None or found.minimum - 1e-9 <= found.score <= found.maximum + 1e-9


class TestDomainScore:
    def test_comes_back_from_json_as_it_went(self):
        found = one({"a": 4, "b": REFUSED}, method="highest", at_least=3)
        assert DomainScore.from_json(json.loads(json.dumps(found.to_json()))) == found

    def test_is_told_as_a_finding(self):
        assert one({}).finding.answer is Answer.UNKNOWN
        assert one({"a": 1, "b": 1, "c": 1}, method="sum").finding.answer == 3

    def test_says_where_it_lies_between_its_ends(self):
        assert one({"a": 1, "b": 1, "c": 1}).share == 0
        assert one({"a": 4, "b": 4, "c": 4}, method="sum").share == 1
        assert one({}).share is None


class TestStateOf:
    @pytest.mark.parametrize(
        ("answer", "state"), [(3, ""), (None, "unanswered"), (REFUSED, "refused"), ("x", "")]
    )
    def test_tells_why_there_is_no_level(self, answer, state):
        assert state_of(answer) == state
