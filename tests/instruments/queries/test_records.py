from dataclasses import replace
from uuid import UUID

import pytest

from simpul.catalogue import instruments as shipped
from simpul.catalogue.text import Text
from simpul.engines.statistics.items import analyse_items
from simpul.instruments import queries
from simpul.instruments.models import AnswerSheet
from tests.instruments.factories import SESSION, added, begun, instrument, locked, text

pytestmark = pytest.mark.django_db


class TestRecords:
    def test_hold_codes_and_numbers_and_no_words(self, caseworker):
        answers = SESSION | {"fits": {"state": "unknown"}, "to_improve": "Kata Pak Jamal"}
        sheet = locked(caseworker, answers, about=UUID(int=9), wave="pre")
        [found] = queries.records(AnswerSheet.objects.all())
        assert (found.person, found.wave, found.organisation) == (
            sheet.code, "pre", queries.organisation_code(UUID(int=9)),
        )  # fmt: skip
        assert found.answers["fits"] is None
        assert found.states == {"fits": "unknown"}
        assert "Jamal" not in repr(found)
        assert str(sheet.participant) not in repr(found)

    def test_leave_drafts_out(self, caseworker):
        begun(caseworker)
        assert queries.records(AnswerSheet.objects.all()) == []


class TestStudyScores:
    def test_give_one_score_for_each_aspect_under_one_code_in_both_waves(self, caseworker):
        for wave in ("pre", "post"):
            locked(caseworker, wave=wave, about=UUID(int=9))
        found = queries.study_scores(
            AnswerSheet.objects.all(), organisations={UUID(int=9): "LKS Tunas Bahari"}
        )
        assert {(one.aspect, one.wave) for one in found} == {("session", "pre"), ("session", "post")}
        assert len({one.person for one in found}) == 1
        assert {one.organisation for one in found} == {"LKS Tunas Bahari"}

    def test_keep_to_the_aspects_that_may_be_compared(self, caseworker):
        locked(caseworker)
        assert queries.study_scores(AnswerSheet.objects.all(), only=()) == []


class TestAspectScores:
    def test_name_the_band_that_a_score_reaches(self, caseworker):
        sheet = locked(caseworker)
        [found] = queries.aspect_scores(sheet, shipped.get("session-evaluation"))
        assert (found.score.score, found.band, found.band_title) == (3.0, "fair", "Cukup")


class TestAspectsOf:
    def test_carry_ends_and_bands(self):
        board = next(
            one for one in queries.aspects_of(shipped.get("organisation-capacity")) if one.code == "board"
        )
        assert (board.lowest, board.highest) == (3, 9)
        assert [band.at_least for band in board.bands] == [3, 5, 7]


class TestComparableAspects:
    def test_leave_out_what_was_reworded(self):
        old = instrument(version=1)
        domain = old.domains[0]
        items = (replace(domain.items[0], question=text("Nyenyakkah tidurnya?")), *domain.items[1:])
        new = replace(old, version=2, domains=(replace(domain, items=items),))
        assert queries.comparable_aspects([old, replace(old, version=2, title=Text("a", "b"))]) == {"hidup"}
        assert queries.comparable_aspects([old, new]) == frozenset()
        assert queries.comparable_aspects([]) == frozenset()


class TestItemAnswers:
    def test_turn_reversed_items_and_keep_gaps(self, supervisor):
        added(supervisor)
        locked(supervisor, {"tidur": 3, "cemas": 3}, code="semangat")
        locked(supervisor, {"tidur": 1}, code="semangat", participant=UUID(int=5))
        [table] = queries.item_answers(AnswerSheet.objects.all(), queries.find("semangat", 1))
        assert table.codes == ("tidur", "cemas")
        assert sorted(table.rows, key=str) == [[1.0, None], [3.0, 1.0]]
        assert analyse_items(table).complete == 1
