import pytest

from simpul.programmes.queries.evaluation_groups import TOGETHER, grouped


class TestGrouped:
    def test_shows_each_that_is_large_enough(self):
        assert grouped({"a": 5, "b": 9}, 5) == {"a": "a", "b": "b"}

    def test_puts_small_ones_together(self):
        assert grouped({"a": 3, "b": 2, "c": 6}, 5) == {"a": TOGETHER, "b": TOGETHER, "c": "c"}

    def test_hides_a_single_small_one_behind_the_next(self):
        assert grouped({"a": 2, "b": 6, "c": 7}, 5) == {"a": TOGETHER, "b": TOGETHER, "c": "c"}

    @pytest.mark.parametrize("people", [{}, {"a": 4}, {"a": 2, "b": 2}], ids=["nobody", "one", "two"])
    def test_shows_nothing_of_too_few(self, people):
        assert grouped(people, 5) == {}
