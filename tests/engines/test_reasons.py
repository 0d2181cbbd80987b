"""Tests of the shape of a reason."""

import json
from datetime import date

import pytest

from simpul.engines.reasons import Answer, Finding

NESTED = Finding(
    Answer.UNKNOWN,
    "at_least",
    values={"needed": 2, "met": 1, "open": 1, "choices": ("L", "P")},
    parts=(
        Finding(
            Answer.YES, "age", "born", {"value": 72, "date": date(1954, 2, 28), "operator": ">=", "bound": 60}
        ),
        Finding(Answer.UNKNOWN, "fact", "cared_for"),
    ),
)


class TestAnswer:
    """An answer."""

    @pytest.mark.parametrize(("truth", "answer"), [(True, "yes"), (False, "no"), (None, "unknown")])
    def test_is_made_from_true_false_and_none_and_says_so(self, truth, answer):
        assert str(Answer.of(truth)) == answer

    def test_is_ordered_so_that_not_known_lies_between(self):
        assert Answer.NO < Answer.UNKNOWN < Answer.YES


class TestFinding:
    """A finding."""

    def test_survives_being_written_as_json(self):
        assert Finding.from_json(json.loads(json.dumps(NESTED.to_json()))) == NESTED

    def test_keeps_answers_of_other_engines_as_they_are(self):
        graded = Finding("B", "grade", values={"points": 74.5})
        assert Finding.from_json(graded.to_json()) == graded

    def test_writes_dates_as_iso_text(self):
        assert NESTED.to_json()["parts"][0]["values"]["date"] == "1954-02-28"

    def test_lists_its_reasons_deeper_and_deeper(self):
        lines = list(NESTED.lines())
        assert lines[0].startswith("unknown: at_least needed=2")
        assert lines[2] == "  unknown: fact cared_for"

    def test_cannot_be_changed(self):
        with pytest.raises(AttributeError):
            NESTED.answer = Answer.YES
