import pytest

from simpul.duplicates.queries.beside import fuller, pairs_of, side_by_side
from tests.duplicates.factories import merged, pair, twice
from tests.people.factories import NIK, ON, person

pytestmark = pytest.mark.django_db
NIK_WITH_A_SLIP = NIK[:9] + "1" + NIK[10:]


def lines_of(both):
    return {line.label: line for line in side_by_side(both, ON)}


class TestSideBySide:
    def test_says_what_differs(self, caseworker):
        lines = lines_of(twice(caseworker))
        assert lines["Nama"].differs
        assert not lines["Lahir"].differs

    def test_does_not_call_different_what_is_missing(self, caseworker):
        line = lines_of(twice(caseworker))["NIK"]
        assert sorted([line.left, line.right]) == ["", "210210••••••••01"]
        assert not line.differs

    def test_sees_a_difference_under_the_mask(self, caseworker):
        line = lines_of(pair(person(caseworker, nik=NIK), person(caseworker, nik=NIK_WITH_A_SLIP)))["NIK"]
        assert line.left == line.right
        assert line.differs


class TestFuller:
    def test_is_the_record_with_more_in_it(self, caseworker):
        bare, full = person(caseworker, born=None), person(caseworker, nik=NIK)
        assert fuller(pair(bare, full)) == full


class TestPairsOf:
    def test_puts_the_likeliest_first(self, caseworker):
        faint, strong = twice(caseworker, bits=1.0), twice(caseworker, bits=30.0)
        assert list(pairs_of(caseworker, "")) == [strong, faint]

    def test_leaves_out_who_was_merged(self, supervisor):
        first = twice(supervisor)
        pair(first.right, person(supervisor, name="Siti"))
        merged(first, supervisor, first.left)
        assert list(pairs_of(supervisor, "")) == []
