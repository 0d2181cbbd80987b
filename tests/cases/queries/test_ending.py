from datetime import date

import pytest
from django.template.loader import render_to_string

from simpul.cases.queries.ending import (
    Told,
    default_follow_ups,
    happened_in,
    looks_of,
    outcomes_of,
    panel,
)
from tests.cases.endings import FIRST_LOOK, begun, completed, looked_after, saved, told
from tests.cases.factories import a_case
from tests.cases.goals import WORDS, goal_of
from tests.screening.factories import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(caseworker):
    return a_case(caseworker)


class TestDefaultFollowUps:
    def test_are_after_one_three_and_six_months(self, case):
        assert default_follow_ups(case, TODAY) == (date(2026, 12, 21), date(2027, 2, 21), date(2027, 5, 21))


class TestTold:
    def test_comes_back_as_it_was_kept(self, case, caseworker):
        assert Told.of(saved(begun(case, caseworker), caseworker)) == told()

    def test_tells_in_words_what_differs(self):
        mine, theirs = told(reason="died"), told()
        assert mine.differing(theirs) == ["reason"]
        assert theirs.in_words(["reason"]) == "Alasan berakhir: Tujuan tercapai"


class TestOutcomesOf:
    def test_keep_words_from_the_head(self, case, caseworker, head):
        goal = goal_of(case, caseworker)
        kept = {str(goal.pk): {"level": 1, "words": "Buku catatannya"}}
        ending = saved(begun(case, caseworker), caseworker, outcomes=kept)
        seen, hidden = (outcomes_of(case, ending, who, TODAY)[0] for who in (caseworker, head))
        assert (seen.words, seen.said, seen.because) == (WORDS, "+1", "Buku catatannya")
        assert (hidden.words, hidden.said, hidden.because) == ("", "+1", "")


class TestHappenedIn:
    def test_is_empty_for_a_case_in_which_nothing_was_done(self, case, caseworker):
        happened = happened_in(case, caseworker, TODAY)
        assert (happened.comparisons, happened.given, happened.not_given) == ((), (), ())


class TestLooksOf:
    def test_say_which_is_late(self, caseworker):
        looks = looks_of(looked_after(caseworker)[0].case, date(2027, 1, 5), is_told=True)
        assert [(look.due_on, look.is_late, look.is_waiting) for look in looks] == [
            (FIRST_LOOK, True, True),
            (date(2027, 2, 21), False, True),
        ]


class TestPanel:
    def test_asks_the_database_twice_at_most(self, case, caseworker, django_assert_max_num_queries):
        completed(case, caseworker)
        with django_assert_max_num_queries(2):
            shown = panel(case, caseworker, TODAY)
        assert (shown.reason_name, shown.next.due_on, shown.made, shown.of) == (
            "Tujuan tercapai", FIRST_LOOK, 0, 2,
        )  # fmt: skip

    def test_offers_to_note_a_look_to_who_may(self, case, caseworker, head):
        completed(case, caseworker)
        for user, may_end in ((caseworker, True), (head, False)):
            context = {"ending": panel(case, user, TODAY), "case": case}
            assert ("/bimbingan-lanjut/" in render_to_string("cases/_ending_panel.html", context)) is may_end

    def test_is_quiet_before_the_ending_is_begun(self, case, caseworker):
        shown = panel(case, caseworker, TODAY)
        assert (shown.ending, shown.next) == (None, None)
