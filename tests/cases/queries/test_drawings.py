import pytest

from simpul.cases.queries.drawings import Box


class TestBox:
    @pytest.mark.parametrize(("x", "is_overlap"), [(0, True), (9, True), (10, False), (-10, False)])
    def test_overlaps_what_shares_room_not_what_touches(self, x, is_overlap):
        assert Box("a", 0, 0, 10, 10).overlaps(Box("b", x, 5, 10, 10)) is is_overlap
