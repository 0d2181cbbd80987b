"""The parts that other subjects show on their pages."""

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from simpul.catalogue import instruments as shipped
from simpul.engines.scoring import score
from simpul.instruments import queries
from simpul.instruments.templatetags.instruments import answered, why
from tests.instruments.factories import instrument


def drawn(answers, before=None, found=None):
    found = found or instrument()
    earlier = () if before is None else score(found.scheme(), before)
    lines = queries.score_lines(found, score(found.scheme(), answers), earlier)
    return render_to_string("instruments/_scores.html", {"lines": lines})


class TestScoresPart:
    def test_says_in_words_what_the_bar_shows(self):
        html = drawn({"tidur": 3, "cemas": 2})
        assert 'aria-label="Hidup sehari-hari: 2,5 (1 sampai 3; makin tinggi makin baik)"' in html
        assert 'width="75"' in html
        assert "mendekati “Sedang”" in html

    def test_draws_no_bar_for_what_is_not_known(self):
        html = drawn({})
        assert "<svg" not in html
        assert "belum diketahui" in html

    def test_marks_where_it_was_before(self):
        html = drawn({"tidur": 3, "cemas": 1}, before={"tidur": 2, "cemas": 2})
        assert 'd="M51 0v10"' in html
        assert "sebelumnya 2" in html

    @pytest.mark.parametrize(
        ("level", "tag"), [(1, "tag no"), (4, "tag yes"), ({"state": "unknown"}, "tag open")], ids=str
    )
    def test_answers_the_question_of_the_short_set(self, level, tag):
        found = shipped.get("wg-short-set")
        assert tag in drawn({item.code: level for item in found.items}, found=found)

    def test_writes_english_figures_for_english_pages(self):
        with override("en"):
            assert "2.5" in drawn({"tidur": 3, "cemas": 2})


class TestAnswered:
    def test_gives_answer_and_reason_for_reading(self):
        answers = {"tidur": 3, "reasons": {"tidur": "sudah berobat"}}
        items = instrument().items
        assert (answered(answers, items[0]), why(answers, items[0])) == ("Baik", "sudah berobat")
        assert (answered(answers, items[1]), why(answers, items[1])) == ("", "")
