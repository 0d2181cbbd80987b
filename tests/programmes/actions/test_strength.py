import uuid
from datetime import date

import pytest

from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.organisations.models import Organisation
from simpul.programmes.actions import strength
from simpul.programmes.models import StrengthCheck
from simpul.programmes.queries.strength import mark_of
from tests.access.factories import user_with
from tests.programmes.making import AT, TODAY
from tests.programmes.mentored import a_check, a_mentor

ANSWERS = {"identity_vision": 2}


@pytest.fixture
def mentor(programme, member):
    return a_mentor(programme, member)


def answered(check, by, answers, mark=None):
    return strength.answer(check, by=by, mark=mark or mark_of(check.answers), answers=answers)


class TestBegin:
    def test_keeps_what_simpul_knew_that_day(self, member, body, mentor):
        Organisation.objects.filter(pk=body.pk).update(deed_number="12")
        member.refresh_from_db()
        check = a_check(member, mentor)
        Organisation.objects.filter(pk=body.pk).update(deed_number="")
        assert StrengthCheck.objects.get(pk=check.pk).known["deed"] == {"answer": "yes"}

    def test_makes_one_of_a_form_that_was_sent_twice(self, member, mentor):
        key = uuid.uuid4()
        assert a_check(member, mentor, key=key) == a_check(member, mentor, key=key)

    def test_has_one_draft_of_an_occasion_at_a_time(self, member, mentor):
        a_check(member, mentor)
        a_check(member, mentor, "after")
        with pytest.raises(Refusal, match="sudah dimulai"):
            a_check(member, mentor)

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [({"occasion": "never"}, "Pilih kapan"), ({"seen_on": date(2026, 11, 23)}, "belum tiba")],
        ids=["occasion", "tomorrow"],
    )
    def test_refuses_what_cannot_be(self, member, mentor, wrong, words):
        with pytest.raises(Refusal, match=words):
            a_check(member, mentor, **wrong)

    def test_is_not_for_the_body_itself_nor_a_mentor_of_others(self, member, head):
        for user in (head, user_with("mentor", region="21.02")):
            with pytest.raises(NotAllowed):
                a_check(member, user)


class TestAnswer:
    def test_two_who_answer_at_once_see_both_values(self, member, mentor):
        check = a_check(member, mentor)
        stale = mark_of(check.answers)
        answered(check, mentor, ANSWERS)
        with pytest.raises(Clash, match="Sebagian") as clash:
            answered(check, mentor, {"identity_vision": 1}, stale)
        assert "Sudah" in str(clash.value)

    def test_the_same_sent_twice_changes_nothing(self, member, mentor):
        check = a_check(member, mentor)
        stale = mark_of(check.answers)
        answered(check, mentor, ANSWERS)
        assert answered(check, mentor, ANSWERS, stale).answers == ANSWERS

    def test_knows_only_the_levels_of_the_instrument(self, member, mentor):
        with pytest.raises(Refusal, match="tidak dikenal"):
            answered(a_check(member, mentor), mentor, {"identity_vision": 7})


class TestFinish:
    def test_is_never_changed_again(self, member, mentor):
        check = a_check(member, mentor, answers=ANSWERS)
        assert check.finding["kind"] == "strength"
        with pytest.raises(Refusal, match="sudah selesai"):
            answered(check, mentor, {})

    def test_pressed_twice_is_once(self, member, mentor):
        check = a_check(member, mentor, answers=ANSWERS)
        again = strength.finish(check, by=mentor, at=AT, mark="")
        assert again.done_at == check.done_at

    def test_is_not_for_what_nobody_answered_or_read(self, member, mentor):
        check = a_check(member, mentor)
        with pytest.raises(Refusal, match="Belum ada satu pun"):
            strength.finish(check, by=mentor, at=AT, mark=mark_of({}))
        answered(check, mentor, ANSWERS)
        with pytest.raises(Refusal, match="sudah berubah"):
            strength.finish(check, by=mentor, at=AT, mark=mark_of({}))

    def test_the_office_does_it_for_a_mentor(self, member, officer):
        details = {"key": uuid.uuid4(), "on": TODAY, "at": AT, "occasion": "before", "seen_on": TODAY}
        check = strength.begin_for_mentor(member, by=officer, **details)
        check = strength.answer_for_mentor(check, by=officer, mark=mark_of({}), answers=ANSWERS)
        assert strength.finish_for_mentor(check, by=officer, at=AT, mark=mark_of(ANSWERS)).done_at == AT
