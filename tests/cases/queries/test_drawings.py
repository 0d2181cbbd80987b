import pytest

from simpul.cases.queries.drawings import Box, path, shown, wrapped


class TestBox:
    @pytest.mark.parametrize(("x", "is_overlap"), [(0, True), (9, True), (10, False), (-10, False)])
    def test_overlaps_what_shares_room_not_what_touches(self, x, is_overlap):
        assert Box("a", 0, 0, 10, 10).overlaps(Box("b", x, 5, 10, 10)) is is_overlap


class TestShown:
    @pytest.mark.parametrize(("number", "words"), [(3.0, "3"), (3.25, "3.2"), (1200.5, "1200.5")])
    def test_writes_a_length_as_svg_reads_it(self, number, words):
        assert shown(number) == words


class TestPath:
    def test_joins_points_and_closes(self):
        assert path([(0, 1), (2, 3)], is_closed=True) == "M0 1 L2 3Z"


class TestWrapped:
    @pytest.mark.parametrize(
        ("name", "lines"),
        [
            ("Siti", ("Siti",)),
            ("Siti Aminah Rahmawati", ("Siti Aminah", "Rahmawati")),
            ("Puskesmas Meral Kecamatan Karimun", ("Puskesmas Meral", "Kecamatan Kari…")),
            ("", ("",)),
        ],
        ids=["short", "two lines", "cut", "empty"],
    )
    def test_fits_two_lines(self, name, lines):
        assert wrapped(name) == lines
