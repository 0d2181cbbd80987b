"""What the analysis of items goes by: every number with its reason and its source."""

from __future__ import annotations

from simpul.catalogue import words
from simpul.catalogue.instruments import analysis


class TestNorms:
    def test_are_all_there_and_say_why(self) -> None:
        found = analysis.norms()
        assert set(found) == set(analysis.NAMES)
        for norm in found.values():
            assert norm.source
            assert not list(words.hurtful_in(norm.why.id, "id"))

    def test_never_show_the_answers_of_one_or_two(self) -> None:
        assert analysis.norms()["fewest_people"].value >= 3

    def test_leave_room_between_hard_and_easy(self) -> None:
        assert analysis.norms()["hard_below"].value < analysis.norms()["easy_above"].value
