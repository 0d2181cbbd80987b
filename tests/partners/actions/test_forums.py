import uuid
from datetime import date

import pytest

from simpul.access.refusal import NotAllowed, Refusal
from simpul.access.rows import KeyTaken
from simpul.partners.actions import forums
from simpul.partners.models import Decision, Forum, ForumMember
from simpul.partners.queries.told import Decided
from tests.partners.making import AT, FOUNDED, TODAY, a_forum, a_meeting, a_member, minutes


class TestFoundForum:
    def test_founds_one_of_a_form_that_was_sent_twice(self, officer):
        key = uuid.uuid4()
        assert a_forum(officer, key=key) == a_forum(officer, key=key)

    def test_is_not_for_an_area_of_others(self, stranger):
        with pytest.raises(NotAllowed):
            a_forum(stranger)
        assert not Forum.objects.exists()

    def test_asks_for_an_area_that_is_known(self, officer):
        with pytest.raises(Refusal, match="Wilayah forum"):
            a_forum(officer, region="21.02.99")


class TestEndForum:
    def test_meets_no_more_until_it_is_resumed(self, officer):
        forum = forums.end_forum(a_forum(officer), by=officer, on=TODAY)
        with pytest.raises(Refusal, match="sudah berakhir"):
            a_meeting(forum, officer)
        with pytest.raises(Refusal, match="sudah berakhir"):
            a_member(forum, officer)
        assert a_meeting(forums.resume_forum(forum, by=officer), officer).forum == forum

    def test_keeps_its_day_when_pressed_twice(self, officer):
        forum = forums.end_forum(a_forum(officer), by=officer, on=FOUNDED)
        forum = forums.end_forum(forum, by=officer, on=TODAY)
        assert (forum.ended_on, forum.version) == (FOUNDED, 2)


class TestJoin:
    def test_takes_no_other_name_of_the_same_form_for_saved(self, officer):
        forum, key = a_forum(officer), uuid.uuid4()
        said = {"by": officer, "key": key, "on": TODAY, "at": AT}
        joined = forums.join(forum, called="PKK Tebing", **said)
        assert forums.join(forum, called="PKK Tebing", **said) == joined
        with pytest.raises(KeyTaken):
            forums.join(forum, called="Karang Taruna", **said)

    def test_takes_the_name_of_the_register(self, officer, body):
        member = a_member(a_forum(officer), officer, "lks tunas bahari")
        assert (member.organisation, member.name) == (body, "LKS Tunas Bahari")

    def test_refuses_who_belongs_already(self, officer):
        forum = a_forum(officer)
        a_member(forum, officer, "Karang Taruna Meral")
        with pytest.raises(Refusal, match="sudah menjadi anggota"):
            a_member(forum, officer, "karang taruna meral")

    def test_lets_somebody_who_left_come_back(self, officer):
        forum = a_forum(officer)
        forums.leave(a_member(forum, officer, "Karang Taruna Meral"), by=officer, on=TODAY)
        a_member(forum, officer, "Karang Taruna Meral", on=TODAY)
        assert ForumMember.objects.count() == 2


class TestMeet:
    def test_keeps_who_came_and_what_was_decided(self, officer):
        forum = a_forum(officer)
        member = a_member(forum, officer)
        decided = (Decided("Data lansia dikumpulkan", "Bu Salmah", date(2026, 12, 1)),)
        held = a_meeting(forum, officer, came=(member.pk,), decided=decided)
        assert held.came == [str(member.pk)]
        assert [one.words for one in held.decisions.all()] == ["Data lansia dikumpulkan"]

    @pytest.mark.parametrize(
        "other",
        [{"minutes": "Hadir semua"}, {"decided": (Decided("Satu"), Decided("Dua"))}],
        ids=["minutes", "decisions"],
    )
    def test_takes_no_other_words_of_the_same_form_for_saved(self, officer, other):
        forum, key = a_forum(officer), uuid.uuid4()
        held = a_meeting(forum, officer, key=key, decided=(Decided("Satu"),))
        assert a_meeting(forum, officer, key=key, decided=(Decided("Satu"),)) == held
        with pytest.raises(KeyTaken):
            a_meeting(forum, officer, key=key, **{"decided": (Decided("Satu"),), **other})

    def test_takes_no_member_of_another_forum(self, officer):
        elsewhere = a_member(a_forum(officer, called="Forum lain"), officer)
        with pytest.raises(Refusal, match="dipilih dari anggota"):
            a_meeting(a_forum(officer), officer, came=(elsewhere.pk,))

    def test_says_that_nobody_came_to_what_is_yet_to_be(self, officer):
        with pytest.raises(Refusal, match="belum berlangsung"):
            a_meeting(a_forum(officer), officer, on=date(2026, 12, 24), minutes="Selesai")


class TestChangeMeeting:
    def test_adds_decisions_after_those_that_stand(self, officer):
        held = a_meeting(a_forum(officer), officer, decided=(Decided("Satu"),))
        told = minutes(decided=(Decided("Dua"),))
        forums.change_meeting(held, by=officer, version=1, on=TODAY, at=AT, minutes=told)
        assert [(one.order, one.words) for one in held.decisions.order_by("order")] == [
            (1, "Satu"),
            (2, "Dua"),
        ]


class TestFollowUp:
    def test_says_what_became_of_it(self, officer):
        a_meeting(a_forum(officer), officer, decided=(Decided("Satu"),))
        row = Decision.objects.get()
        done = forums.follow_up(
            row, by=officer, version=1, on=TODAY, became="done", result="Terkumpul 40 nama"
        )
        assert (done.state, done.state_on, done.result) == ("done", TODAY, "Terkumpul 40 nama")

    def test_asks_for_words_where_something_ended(self, officer):
        a_meeting(a_forum(officer), officer, decided=(Decided("Satu"),))
        with pytest.raises(Refusal, match="Hasil belum diisi"):
            forums.follow_up(
                Decision.objects.get(), by=officer, version=1, on=TODAY, became="dropped", result=""
            )
