import pytest

from simpul.programmes.queries.evaluation_pictures import Interval, Line, intervals, paired_lines

ENDS = {"lowest": 3.0, "highest": 9.0, "language": "id"}
LINES = (Line("LKS A", 3, 6), Line("LKS B", 4, 9), Line("Semua", 3.5, 7.5, is_thick=True))


def level(path):
    """The heights at which a straight line begins and ends."""
    first, last = path.removeprefix("M").split(" L")
    return float(first.split()[1]), float(last.split()[1])


class TestPairedLines:
    def test_rise_where_scores_rise(self):
        picture = paired_lines("Legalitas", LINES, **ENDS)
        [thick] = [mark for mark in picture.marks if mark.is_thick]
        before, after = level(thick.path)
        assert before > after

    def test_stand_on_the_scale_of_the_instrument(self):
        picture = paired_lines("Legalitas", (Line("A", 3, 9),), **ENDS)
        ends = level(picture.marks[0].path)
        assert sorted(level(picture.marks[2].path)) == sorted(ends)

    def test_are_told_in_words(self):
        picture = paired_lines("Legalitas", LINES, **ENDS)
        assert "LKS B dari 4 menjadi 9" in picture.about
        assert {"3,50", "7,50"} <= {word.text for word in picture.words}

    def test_can_be_drawn_where_nothing_differs(self):
        same = {"lowest": None, "highest": None, "language": "id"}
        assert paired_lines("Legalitas", (Line("A", 5, 5),), **same) is not None

    def test_are_not_drawn_without_any(self):
        assert paired_lines("Legalitas", (), **ENDS) is None


class TestIntervals:
    def rows(self):
        return (Interval("Legalitas", 0.2, 0.5, 0.8), Interval("Manajemen", 1.0, 1.4, 1.8))

    def test_stand_right_of_nought_where_all_grew(self):
        picture = intervals("d_z", self.rows(), "id")
        [nought] = [mark for mark in picture.marks if mark.is_dashed]
        left = [float(mark.path[1:].split()[0]) for mark in picture.marks if mark.is_thick]
        assert all(place > float(nought.path[1:].split()[0]) for place in left)

    def test_are_told_in_words(self):
        assert "Legalitas 0,50, dari 0,20 sampai 0,80" in intervals("d_z", self.rows(), "id").about

    @pytest.mark.parametrize("language", ["id", "en"])
    def test_never_put_words_of_the_language_into_lengths(self, language):
        picture = intervals("d_z", self.rows(), language)
        assert not any("," in mark.path for mark in picture.marks)

    def test_are_not_drawn_without_any(self):
        assert intervals("d_z", (), "id") is None
