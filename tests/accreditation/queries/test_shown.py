import pytest
from django.template.loader import render_to_string

from simpul.accreditation.queries.shown import grade_label, grade_shown
from simpul.catalogue import accreditation as catalogue
from simpul.engines.scoring.grading import grade

SCHEME = catalogue.scheme("permensos-17-2012")


def shown(value, **changes):
    values = {item.code: value for item in SCHEME.items} | changes
    return grade_shown(grade(SCHEME.for_grading, values), SCHEME)


class TestGradeShown:
    def test_reads_the_grade_to_the_last_item(self):
        found = shown(3)
        assert (found.label, found.total, found.is_known) == ("B", "75", True)
        assert sum(len(standard.items) for standard in found.standards) == len(SCHEME.items)

    def test_says_why_not_the_next_grade(self):
        found = shown(3)
        assert found.next.code == "A"
        assert found.next.failing == ("Nilai akhir: 75, paling sedikit 86",)

    def test_has_no_next_above_the_best(self):
        assert shown(4).next is None

    def test_names_the_item_that_a_grade_insists_on(self):
        found = shown(4, **{"3.1": 0})
        assert any("Legalitas lembaga: nilai 0, paling sedikit 2" in words for words in found.next.failing)

    def test_says_between_what_it_lies_while_items_are_open(self):
        open_ones = {item.code: None for item in SCHEME.items[:11]}
        found = shown(4, **open_ones)
        assert not found.is_known
        assert found.label.startswith("Belum pasti: antara")
        assert found.open == 11

    @pytest.mark.parametrize("value", [0, 2, 3, 4])
    def test_can_be_drawn_and_says_that_the_cut_offs_are_an_example(self, value):
        page = render_to_string("accreditation/_grade.html", {"shown": shown(value)})
        assert "contoh, bukan ketentuan" in page


class TestGradeLabel:
    def test_has_words_for_none(self):
        assert grade_label("", SCHEME) == "Tidak terakreditasi"
