import numpy as np

from simpul.engines.disclosure.moves import cheapest, room
from simpul.engines.disclosure.outsider import System
from simpul.engines.disclosure.tables import merged, plain, relations, tabulate


def a_table(counts):
    table = tabulate("t", [plain("x", "XYZ")], {(code,): n for code, n in zip("XYZ", counts, strict=True)})
    system = System(table.counts, relations(table.counts, merged([table])))
    return system, np.array([table.counts[one] for one in system.keys])


def around(counts, signed, usual=False):
    """Counts below 5 are hidden, and may go from 1 to 4; others from 5 on."""
    small = (counts > 0) & (counts < 5)
    low = np.where(small, 1, np.minimum(counts, 5))
    return room(counts, low, np.where(small & signed, 4.0, np.inf), small, small & signed, usual=usual)


class TestCheapest:
    def test_moves_the_least_count_that_keeps_the_sums(self):
        system, counts = a_table([3, 20, 30])
        found = cheapest(system, counts, around(counts, True), 1, 1)
        assert found.change.tolist() == [0, 1, -1, 0]
        assert system.holds(counts + found.change)

    def test_goes_beyond_a_sign_rather_than_nowhere(self):
        system, counts = a_table([2, 2, 0])
        found = cheapest(system, counts, around(counts, counts == 2), 1, 2)
        assert (found.change.tolist(), found.beyond.tolist()) == ([2, 2, 0, 0], [False] * 4)
        found = cheapest(system, counts, around(counts, np.array([False, True, True, False])), 0, 6)
        assert found.change[1:3].sum() == 6
        assert found.beyond.sum() == 1

    def test_takes_what_was_hidden_before_sooner(self):
        system, counts = a_table([3, 20, 30])
        usual = np.array([False, False, False, True])
        found = cheapest(system, counts, around(counts, True, usual), 1, 1)
        assert found.change.tolist() == [0, 1, 0, -1]

    def test_leaves_a_zero_alone(self):
        system, counts = a_table([3, 0, 30])
        assert cheapest(system, counts, around(counts, True), 1, -1).change.tolist() == [0, -1, 0, 1]

    def test_is_none_where_a_cell_cannot_go_so_far(self):
        system, counts = a_table([2, 2, 1])
        room_around = around(counts, True)
        assert cheapest(system, counts, room_around, 1, -1).change.min() == -1
        assert cheapest(system, counts, room_around, 1, -2) is None
        assert cheapest(system, counts, room_around, 1, 3) is None
