from datetime import date, timedelta

import pytest

from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.partners.models import Agreement
from simpul.partners.queries import agreements as queries
from simpul.partners.queries.waiting import waits
from tests.partners.making import TODAY, a_mediation, an_agreement, in_force


class TestReach:
    def test_both_sides_and_their_offices_read_it(self, body, other, head, head_of_other, officer):
        row = an_agreement(body, head, partner=other.name)
        readers = (head, head_of_other, officer)
        assert all(is_within_reach(row, one, Permission.PARTNER_VIEW) for one in readers)

    def test_the_other_side_changes_nothing(self, body, other, head, head_of_other):
        row = an_agreement(body, head, partner=other.name)
        assert not is_within_reach(row, head_of_other, Permission.PARTNER_EDIT)

    def test_nobody_elsewhere_reads_it(self, body, other, head, stranger):
        an_agreement(body, head, partner=other.name)
        assert not Agreement.objects.reachable(stranger, Permission.PARTNER_VIEW).exists()


class TestStands:
    @pytest.mark.parametrize(
        ("until", "expected"),
        [(None, True), (TODAY, True), (TODAY - timedelta(days=1), False)],
        ids=["no_end", "last_day", "day_after"],
    )
    def test_stands_to_its_last_day(self, body, head, until, expected):
        assert queries.stands(in_force(body, head, until=until), TODAY) is expected

    def test_a_draft_never_stands(self, body, head):
        assert not queries.stands(an_agreement(body, head), TODAY)

    def test_what_begins_later_does_not_stand_yet(self, body, head):
        assert not queries.stands(in_force(body, head, since=date(2027, 1, 1)), TODAY)


class TestShown:
    def test_says_that_it_ran_out_although_nobody_wrote_it_down(self, body, head):
        row = in_force(body, head, until=TODAY - timedelta(days=1))
        assert queries.shown([row], TODAY)[0].state == "Berakhir"


class TestAgreementsWithinReach:
    def test_looks_in_the_names_of_both_sides(self, body, head):
        an_agreement(body, head, partner="Puskesmas Tebing")
        an_agreement(body, head, partner="SMK Maritim")
        assert [str(row) for row in queries.agreements_within_reach(head, "maritim")] == ["SMK Maritim"]

    def test_bears_a_character_that_no_database_keeps(self, head):
        assert not queries.agreements_within_reach(head, "a\0b")


class TestWaits:
    def told(self, user):
        return [one.words for one in waits(user, TODAY)]

    def test_the_partner_is_asked_whether_it_is_so(self, body, other, head, head_of_other):
        in_force(body, head, partner=other.name)
        assert self.told(head_of_other) == ["1 kerja sama menunggu pembenaran lembaga Anda"]
        assert self.told(head) == []

    def test_who_keeps_it_hears_before_it_ends(self, body, head):
        in_force(body, head, until=TODAY + timedelta(days=30))
        in_force(body, head, until=TODAY + timedelta(days=31))
        assert self.told(head) == ["1 kerja sama segera berakhir"]

    def test_who_was_asked_to_mediate_hears_of_it(self, body, other, head, head_of_other):
        a_mediation(body, head, mediator=other.name)
        assert self.told(head_of_other) == ["1 permintaan mediasi menunggu lembaga Anda"]
