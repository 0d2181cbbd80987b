import pytest

from simpul.ui.drawings import labels, path, shown, wrapped


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
        assert wrapped(name, 15) == lines


class TestLabels:
    def test_stand_under_each_other(self):
        assert [(label.x, label.y, label.text) for label in labels(["Siti", "1990"], 7.5, 20)] == [
            ("7.5", "20", "Siti"),
            ("7.5", "35", "1990"),
        ]
