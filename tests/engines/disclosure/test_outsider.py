import pytest

from simpul.engines.disclosure.outsider import NotSolved, Outsider, Range, System
from simpul.engines.disclosure.tables import Relation, key

INF = float("inf")
A, B, C, ALL = key(x="A"), key(x="B"), key(x="C"), ()
SUM = Relation.balance([ALL], [A, B, C])


def reader(low, high, *more):
    return Outsider(System([ALL, A, B, C], [SUM, *more]), low, high)


class TestRange:
    def test_counts_its_values(self):
        assert (Range(1, 4).values, Range(3, 3).values, Range(0, None).values) == (4, 1, INF)

    def test_of_a_difference_is_as_wide_as_both(self):
        assert Range(5, 7).minus(Range(1, 4)) == (1, 6)
        assert Range(5, None).minus(Range(1, None)) == (-INF, INF)


class TestOutsider:
    @pytest.mark.parametrize(
        ("low", "high", "expected"),
        [
            ((53, 1, 5, 30), (53, 4, INF, 30), Range(1, 4)),
            ((53, 1, 20, 30), (53, 4, 20, 30), Range(3, 3)),
            ((9, 1, 1, 3), (9, 4, 4, 3), Range(2, 4)),
            ((5, 1, 5, 0), (INF, INF, INF, 0), Range(1, None)),
            ((20, 7, 5, 8), (20, 7, 5, 8), Range(7, 7)),
        ],
        ids=["another hides it", "nothing hides it", "another hides it poorly", "nothing holds it", "shown"],
    )
    def test_computes_the_ends_of_a_cell(self, low, high, expected):
        assert reader(low, high).range_of(A) == expected

    def test_uses_bounds_that_are_no_sums(self):
        within = Relation(((A, 1), (B, -1)), equal=False)
        assert reader((20, 0, 0, 8), (20, INF, INF, 8), within).range_of(A) == Range(0, 6)

    def test_finds_no_range_where_no_table_agrees(self):
        with pytest.raises(NotSolved, match=r"\w"):
            reader((20, 1, 1, 8), (20, 4, 4, 8)).range_of(A)

    def test_names_the_cells_that_are_too_near(self):
        assert reader((9, 1, 1, 3), (9, 4, 4, 3)).narrow([A, B], 4) == {A: Range(2, 4), B: Range(2, 4)}
        assert reader((9, 1, 1, 3), (9, 4, 4, 3)).narrow([A, B, C], 3) == {C: Range(3, 3)}


class TestSystem:
    def test_knows_what_adds_up(self):
        system = System([ALL, A, B, C], [SUM, Relation(((A, 1), (B, -1)), equal=False)])
        assert system.holds([6, 1, 2, 3])
        assert not system.holds([7, 1, 2, 3])
        assert not system.holds([6, 2, 1, 3])
