from dataclasses import replace

import pytest

from simpul.access.reach import Where
from simpul.catalogue import instruments as shipped
from simpul.engines.scoring import score
from simpul.instruments import queries
from tests.access.factories import user_with
from tests.instruments.factories import added, instrument, text

pytestmark = pytest.mark.django_db
SHIPPED = {found.code for found in shipped.all_instruments() if "assessment" in found.purposes}


def codes(viewer, purpose="assessment"):
    return {found.code for found in queries.available(viewer, purpose)}


class TestAvailable:
    def test_holds_the_shipped_and_the_offices_own(self, supervisor, caseworker):
        added(supervisor)
        assert codes(caseworker) == SHIPPED | {"semangat"}

    def test_hides_those_of_other_offices(self, supervisor, stranger):
        added(supervisor)
        assert codes(stranger) == SHIPPED

    def test_gives_the_newest_version_only(self, supervisor):
        added(supervisor)
        added(supervisor, replace(instrument(), title=text("Semangat")))
        assert [found.version for found in queries.available(supervisor) if found.code == "semangat"] == [2]

    def test_holds_what_was_made_for_everybody(self, administrator, stranger):
        added(administrator)
        assert "semangat" in codes(stranger)

    def test_holds_what_the_area_around_has_made(self, officer):
        added(officer)
        assert "semangat" in codes(user_with("field_volunteer", region="21.02.01"))
        assert "semangat" not in codes(user_with("field_volunteer", region="21.71"))

    def test_keeps_to_the_purpose(self, supervisor):
        added(supervisor, instrument(purposes=("satisfaction",)))
        assert "semangat" not in codes(supervisor)
        assert codes(supervisor, "satisfaction") == {"satisfaction", "semangat"}
        assert codes(supervisor, "") == {found.code for found in shipped.all_instruments()} | {"semangat"}


class TestFind:
    def test_finds_shipped_and_stored_also_by_a_written_version(self, supervisor):
        added(supervisor)
        assert queries.find("wg-short-set", "1") == shipped.get("wg-short-set")
        assert queries.find("semangat", 1) == instrument()

    @pytest.mark.parametrize("key", [("semangat", 1), ("wg-short-set", 9)], ids=str)
    def test_knows_no_others(self, key):
        with pytest.raises(KeyError):
            queries.find(*key)


class TestFindAll:
    def test_asks_the_database_once(self, supervisor, django_assert_num_queries):
        added(supervisor)
        with django_assert_num_queries(1):
            found = queries.find_all([("semangat", 1), ("semangat", 7), ("wg-short-set", 1), ("tak-ada", 1)])
        assert set(found) == {("semangat", 1), ("wg-short-set", 1)}


class TestHomeOf:
    def test_is_the_place_of_the_right_to_edit(self, supervisor, officer, caseworker, organisation, region):
        assert queries.home_of(supervisor) == Where(organisation=organisation)
        assert queries.home_of(officer) == Where(region=region)
        assert queries.home_of(caseworker) == Where()


def scores(answers, found=None):
    return score((found or instrument()).scheme(), answers)


class TestScoreLines:
    def test_say_a_score_in_words(self):
        line = queries.score_lines(instrument(), scores({"tidur": 3, "cemas": 2}))[0]
        assert (line.title, line.figure, line.width) == ("Hidup sehari-hari", "2,5", 75)
        assert line.words == "mendekati “Sedang”"
        assert line.span == "1 sampai 3; makin tinggi makin baik"

    def test_say_why_a_score_is_not_known(self):
        line = queries.score_lines(instrument(), scores({"tidur": {"state": "unknown"}}))[0]
        assert (line.is_known, line.figure, line.width) == (False, "belum diketahui", None)
        assert line.words == "Baru 0 dari 2 butir terjawab; nilai perlu 1."

    def test_stand_beside_the_earlier_ones(self):
        now, before = scores({"tidur": 3, "cemas": 1}), scores({"tidur": 1, "cemas": 3})
        line = queries.score_lines(instrument(), now, before)[0]
        assert (line.width, line.width_before, line.figure_before) == (100, 0, "1")

    def test_answer_the_question_of_the_short_set(self):
        found = shipped.get("wg-short-set")
        line = queries.score_lines(found, scores({"seeing": 4}, found))[0]
        assert line.answer_words == "ya"
        assert "sedikitnya satu dari enam" in line.asked


class TestCompare:
    def between(self, **known):
        domain = replace(instrument().domains[0], **known)
        found = replace(instrument(), domains=(domain,))
        before, after = scores({"tidur": 1, "cemas": 3}), scores({"tidur": 3, "cemas": 1})
        return queries.compare(found, before, after)[0]

    @pytest.mark.parametrize(
        ("known", "said"),
        [
            ({}, "keandalan instrumen belum diketahui"),
            ({"reliability": 0.9, "standard_deviation": 1.0}, "Membaik, lebih dari"),
            ({"reliability": 0.1, "standard_deviation": 2.0}, "tidak lebih dari kesalahan"),
            ({"reliability": 0.9, "standard_deviation": 1.0, "direction": "lower_is_better"}, "Memburuk"),
        ],
        ids=str,
    )
    def test_says_whether_a_change_is_real(self, known, said):
        found = self.between(**known)
        assert said in found.words
        assert found.difference == "+2"

    def test_says_nothing_where_other_questions_were_answered(self):
        domain = replace(instrument().domains[0], reliability=0.9, standard_deviation=1.0)
        found = replace(instrument(), domains=(domain,))
        made = queries.compare(found, scores({"tidur": 1}), scores({"cemas": 1}))[0]
        assert "tidak sama pada kedua waktu" in made.words
        assert (made.change.verdict, made.change.change, made.difference) == ("cannot_be_said", None, "")

    def test_compares_the_highest_answer_whatever_was_asked(self):
        domain = replace(instrument().domains[0], method="highest")
        found = replace(instrument(), domains=(domain,))
        before = scores({"tidur": 3}, found)
        made = queries.compare(found, before, scores({"tidur": 3, "cemas": 3}, found))[0]
        assert made.change.change == 0

    def test_says_when_one_side_is_not_known(self):
        found = queries.compare(instrument(), scores({}), scores({"tidur": 1}))[0]
        assert "salah satu nilainya belum diketahui" in found.words
        assert found.difference == ""


class TestLevelWords:
    @pytest.mark.parametrize(
        ("code", "answer", "words"),
        [
            ("tidur", 3, "Baik"),
            ("tidur", {"state": "refused"}, "tidak mau menjawab"),
            ("tidur", None, "belum dijawab"),
            ("anak", 4, "4"),
            ("cerita", "lelah", "lelah"),
        ],
        ids=str,
    )
    def test_say_an_answer(self, code, answer, words):
        assert queries.level_words(instrument().item(code), answer) == words
