import pytest

from simpul.cases.models import Case
from simpul.cases.queries.support import may_still_be_judged, moment_now, support_of
from simpul.cases.stages import Stage
from tests.cases.endings import completed
from tests.cases.factories import a_case, moved
from tests.cases.support import TETANGGA, judged

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(caseworker):
    return a_case(caseworker)


def changes(case):
    return {side.code: side.change for side in support_of(case, is_told=False).sides}


class TestSupportOf:
    def test_tells_both_sides_before_anybody_judged(self, case):
        sides = support_of(case, is_told=True).sides
        assert [(side.code, side.first, side.now, side.change) for side in sides] == [
            ("network", None, None, ""),
            ("providers", None, None, ""),
        ]

    @pytest.mark.parametrize(
        ("first", "now", "words"),
        [
            (1, 3, "Naik 2 tingkat"),
            (4, 3, "Turun 1 tingkat"),
            (2, 2, "Tetap"),
            (None, 2, "salah satunya belum diketahui"),
            (2, None, "salah satunya belum diketahui"),
        ],
    )
    def test_says_the_change(self, case, caseworker, first, now, words):
        judged(case, caseworker, first, 2)
        judged(case, caseworker, now, 2, moment="final", minutes=150)
        assert words in changes(case)["network"]
        assert changes(case)["providers"] == "Tetap"

    def test_owns_up_that_nobody_judged_the_start(self, case, caseworker):
        judged(case, caseworker, moment="final")
        assert "keadaan awalnya tidak dinilai" in changes(case)["network"]

    def test_takes_the_newest_start_and_the_evaluation_before_what_was_on_the_way(self, case, caseworker):
        judged(case, caseworker, 1)
        judged(case, caseworker, 2, minutes=141)
        judged(case, caseworker, 4, moment="final", minutes=142)
        judged(case, caseworker, 3, moment="progress", minutes=143)
        network = support_of(case, is_told=False).sides[0]
        assert support_of(case, is_told=False).is_evaluated
        assert (network.first.level, network.now.level, network.change) == (2, 4, "Naik 2 tingkat")

    def test_keeps_words_from_who_may_not_read_them(self, case, caseworker):
        judged(case, caseworker, None, 2, network_words=TETANGGA)
        told, kept = support_of(case, is_told=True), support_of(case, is_told=False)
        assert told.sides[0].first.words == told.reviews[0].sides[0][1].words == TETANGGA
        assert (kept.sides[0].first.words, kept.sides[0].first.name) == ("", "belum diketahui")

    def test_asks_the_database_once(self, case, caseworker, django_assert_num_queries):
        judged(case, caseworker)
        with django_assert_num_queries(1):
            support_of(case, is_told=True)


class TestMomentNow:
    def test_goes_from_the_start_to_the_evaluation(self, case, caseworker):
        assert moment_now(case) == "baseline"
        judged(case, caseworker)
        assert moment_now(case) == "progress"
        Case.objects.filter(pk=case.pk).update(stage=Stage.EVALUATION)
        assert moment_now(Case.objects.get(pk=case.pk)) == "final"

    def test_is_the_evaluation_after_an_end_beside_the_way(self, case, caseworker):
        assert moment_now(moved(case, caseworker, "left")) == "final"


class TestMayStillBeJudged:
    def test_until_the_evaluation_of_an_ended_case_is_complete(self, case, caseworker):
        ended = moved(case, caseworker, "left")
        assert may_still_be_judged(ended)
        completed(ended, caseworker, reason="own_wish")
        assert not may_still_be_judged(ended)
