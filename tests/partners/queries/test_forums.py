from datetime import date

from simpul.access.permissions import Permission
from simpul.partners.actions import forums
from simpul.partners.models import Forum, Meeting
from simpul.partners.queries import forums as queries
from simpul.partners.queries.told import Decided
from simpul.partners.queries.waiting import waits
from tests.partners.making import TODAY, a_forum, a_meeting, a_member


class TestReach:
    def test_a_member_reads_it_and_changes_nothing(self, officer, body, head):
        a_member(a_forum(officer), officer, body.name)
        assert Forum.objects.reachable(head, Permission.PARTNER_VIEW).exists()
        assert not Forum.objects.reachable(head, Permission.PARTNER_EDIT).exists()

    def test_who_left_reads_it_no_longer(self, officer, body, head):
        forums.leave(a_member(a_forum(officer), officer, body.name), by=officer, on=TODAY)
        assert not Forum.objects.reachable(head, Permission.PARTNER_VIEW).exists()

    def test_a_meeting_is_read_as_its_forum_is(self, officer, stranger):
        a_meeting(a_forum(officer), officer)
        assert Meeting.objects.reachable(officer, Permission.PARTNER_VIEW).exists()
        assert not Meeting.objects.reachable(stranger, Permission.PARTNER_VIEW).exists()


class TestWhole:
    def test_counts_who_were_members_on_the_day_of_the_meeting(self, officer):
        forum = a_forum(officer)
        early = a_member(forum, officer, "Karang Taruna Meral")
        a_member(forum, officer, "PKK Tebing", on=date(2026, 11, 20))
        a_meeting(forum, officer, on=date(2026, 11, 2), came=(early.pk,))
        (held,) = queries.whole(forum, officer).meetings
        assert (held.came, held.members) == (1, 1)


class TestWaits:
    def test_a_decision_past_its_day_waits_for_who_keeps_the_forum(self, officer, stranger):
        a_meeting(a_forum(officer), officer, decided=(Decided("Satu", due_on=TODAY),))
        assert [(one.number, one.is_late) for one in waits(officer, TODAY)] == [(1, True)]
        assert waits(stranger, TODAY) == ()

    def test_a_decision_with_time_left_does_not_wait(self, officer):
        a_meeting(a_forum(officer), officer, decided=(Decided("Satu", due_on=date(2026, 12, 1)),))
        assert waits(officer, TODAY) == ()

    def test_a_forum_that_ended_asks_for_nothing_any_more(self, officer):
        forum = a_forum(officer)
        a_meeting(forum, officer, decided=(Decided("Satu", due_on=TODAY),))
        forums.end_forum(forum, by=officer, on=TODAY)
        assert waits(officer, TODAY) == ()
