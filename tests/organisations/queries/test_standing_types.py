from datetime import timedelta
from uuid import uuid4

import pytest

from simpul.engines.reasons import Answer
from simpul.organisations.models import Classification, Paper
from simpul.organisations.queries.standing_types import (
    OWN_WORD,
    answers_of,
    confirmed_of,
    said_by_hand,
    type_of,
)
from tests.organisations.factories import organisation
from tests.organisations.standing import ALL, DAY, MOMENT, answered

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return organisation()


def counted(body, code="deed", on=DAY):
    found = answers_of(body, on)[code]
    return found.answer, found.seen


class TestAnswersOf:
    def test_counts_nothing_where_nobody_said_anything(self, body):
        assert {one.answer for one in answers_of(body, DAY).values()} == {"unknown"}

    def test_counts_the_newest_of_one_hand(self, body):
        answered(body, {"deed": "no"})
        answered(body, {"deed": "yes"}, after=1)
        assert counted(body) == ("yes", OWN_WORD)

    def test_puts_the_record_before_the_bodys_own_word(self, body):
        body.deed_number = "12"
        answered(body, {"deed": "no"})
        assert counted(body) == ("yes", "record")

    def test_puts_what_an_officer_saw_before_both_and_says_what_waits(self, body):
        answered(body, {"deed": "no"}, seen="visit")
        answered(body, {"deed": "yes"}, after=1)
        assert counted(body) == ("no", "visit")
        assert answers_of(body, DAY)["deed"].otherwise == "yes"

    def test_does_not_wait_for_an_older_word(self, body):
        answered(body, {"deed": "yes"})
        answered(body, {"deed": "no"}, seen="visit", after=1)
        assert answers_of(body, DAY)["deed"].otherwise == ""

    def test_returns_to_the_body_where_the_officer_takes_it_back(self, body):
        answered(body, {"deed": "yes"})
        answered(body, {"deed": "no"}, seen="visit", after=1)
        answered(body, {"deed": "unknown"}, seen="visit", after=2)
        assert counted(body) == ("yes", OWN_WORD)

    def test_takes_a_letter_that_ran_out_for_missing_whoever_saw_it(self, body):
        answered(body, {"domicile": "yes"}, seen="paper")
        Paper.objects.create(organisation=body, kind="domicile", valid_to=DAY, at=MOMENT)
        assert counted(body, "domicile") == ("yes", "paper")
        assert counted(body, "domicile", DAY + timedelta(days=1)) == ("no", "record")

    def test_does_not_know_what_was_answered_later(self, body):
        answered(body, {"deed": "yes"}, on=DAY)
        assert counted(body, on=DAY - timedelta(days=1)) == ("unknown", "")


class TestTypeOf:
    def test_is_open_from_d_to_a_for_an_empty_record(self, body):
        finding = type_of(body, DAY).finding
        assert (finding.answer, finding.values) == (Answer.UNKNOWN, {"lowest": "D", "highest": "A"})

    @pytest.mark.parametrize(("answer", "expected"), [("yes", "A"), ("no", "D")])
    def test_judges_all_answers(self, body, answer, expected):
        body.yearly_budget, body.yearly_own_income = 100, 50
        answered(body, dict.fromkeys(ALL, answer))
        assert type_of(body, DAY).finding.answer == expected

    def test_marks_what_it_was_made_from(self, body):
        before = type_of(body, DAY).mark(body)
        body.yearly_budget = 10
        with_money = type_of(body, DAY).mark(body)
        answered(body, {"deed": "yes"})
        assert len({before, with_money, type_of(body, DAY).mark(body)}) == 3

    def test_asks_few_questions(self, body, django_assert_num_queries):
        answered(body, dict.fromkeys(ALL, "yes"))
        with django_assert_num_queries(9):
            type_of(body, DAY)


class TestSaidByHand:
    def test_keeps_the_two_hands_apart(self, body):
        answered(body, {"deed": "yes", "npwp": "no"})
        answered(body, {"deed": "no"}, seen="paper", after=1)
        assert said_by_hand(body, OWN_WORD) == {"deed": "yes", "npwp": "no"}
        assert said_by_hand(body, "visit") == {"deed": "no"}


class TestConfirmedOf:
    def confirmed(self, body, **details):
        suggested = type_of(body, DAY)
        kept = {"edition": "simpul-2026-11", "answers": suggested.answers, "confirmed": "D", **details}
        finding = suggested.finding.to_json()
        return Classification.objects.create(
            id=uuid4(), organisation=body, on=DAY, finding=finding, at=MOMENT, **kept
        )

    def test_is_none_before_anybody_confirmed(self, body):
        assert confirmed_of(body, DAY, type_of(body, DAY)) is None

    def test_stays_current_while_the_answers_stand(self, body):
        self.confirmed(body)
        assert confirmed_of(body, DAY, type_of(body, DAY)).is_current

    def test_names_what_changed_since(self, body):
        self.confirmed(body)
        answered(body, {"deed": "yes"})
        found = confirmed_of(body, DAY, type_of(body, DAY))
        assert (found.is_current, found.changed) == (False, ("deed",))

    def test_says_when_it_was_of_another_edition(self, body):
        self.confirmed(body, edition="depsos-2008")
        assert confirmed_of(body, DAY, type_of(body, DAY)).is_other_edition
