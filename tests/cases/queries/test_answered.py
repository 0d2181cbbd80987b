import pytest

from simpul.cases.models import Assessment
from simpul.cases.queries.answered import instrument_of, previous_of, shown_of
from simpul.instruments.queries import find
from tests.cases.assessing import (
    ALL_GOOD,
    OWN,
    VIEW,
    WG,
    assessed,
    begun,
    filled,
    own_instrument,
    owned,
    reworded,
)
from tests.cases.contacts_factories import opened
from tests.instruments.factories import added, required
from tests.screening.factories import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(caseworker):
    return opened(caseworker)


class TestPreviousOf:
    def test_gives_the_last_level_and_its_reason_with_the_day(self, case, caseworker):
        assessed(case, caseworker, WG, {"seeing": 2, "reasons": {"seeing": "Kacamata pecah"}})
        draft = begun(case, caseworker, days=9)
        answers, day = previous_of(draft, find(WG, 1))
        assert (answers, day) == ({"seeing": 2, "reasons": {"seeing": "Kacamata pecah"}}, TODAY)

    def test_leaves_out_what_reads_otherwise_now(self, case, caseworker, supervisor):
        owned(supervisor)
        assessed(case, caseworker, OWN, ALL_GOOD | {"reasons": {"cemas": "Takut sendirian"}})
        added(supervisor, reworded(own_instrument(), "cemas"))
        draft = begun(case, caseworker, OWN, days=9)
        answers, _day = previous_of(draft, instrument_of(draft))
        assert answers == {"tidur": 3, "lelah": 1, "reasons": {}}

    def test_gives_nothing_the_first_time(self, case, caseworker):
        assert previous_of(begun(case, caseworker), find(WG, 1)) == ({}, None)


class TestShownOf:
    def test_shows_scores_words_and_answers_to_who_may_read_them(self, case, caseworker):
        held = assessed(case, caseworker, client_view=VIEW)
        shown = shown_of(held, is_told=True)
        assert (shown.lines[0].figure, shown.answers["seeing"]) == ("1", 1)
        assert shown.words == (("Pandangan orang itu sendiri", VIEW),)

    def test_shows_scores_and_no_words_to_others(self, case, caseworker):
        held = assessed(case, caseworker, WG, {"seeing": 4}, client_view=VIEW)
        shown = shown_of(held, is_told=False)
        assert (shown.lines[0].figure, shown.lines[0].answer_words) == ("4", "ya")
        assert (shown.words, shown.answers) == ((), {})
        assert [(domain.number, domain.items) for domain in shown.open] == [(5, ())]

    def test_shows_nothing_of_a_draft_to_others(self, case, caseworker):
        draft = filled(begun(case, caseworker), caseworker, answers={"seeing": 4})
        shown = shown_of(draft, is_told=False)
        assert (shown.lines, shown.open, shown.answers) == ((), (), {})

    def test_says_what_a_draft_would_say_now_and_what_it_lacks(self, case, caseworker, supervisor):
        owned(supervisor, required(own_instrument(), "cemas"))
        shown = shown_of(filled(begun(case, caseworker, OWN), caseworker, answers={"tidur": 2}), is_told=True)
        assert (shown.required, shown.number_open) == (("Seberapa cemas?",), 1)
        assert shown.open[0].items == ("Seberapa cemas? (belum dijawab)",)

    def test_says_when_the_text_is_not_the_one_that_was_answered(self, case, caseworker):
        held = assessed(case, caseworker)
        assert not shown_of(held, is_told=True).is_altered
        Assessment.objects.update(digest="0" * 64)
        assert shown_of(Assessment.objects.get(), is_told=True).is_altered
