import uuid
from datetime import date, timedelta

import pytest

from simpul.programmes.actions import mentoring
from simpul.programmes.queries import mentoring as queries
from tests.access.factories import user_with
from tests.access.test_pictures import jpeg
from tests.organisations.factories import organisation
from tests.programmes.making import TODAY, a_member, later
from tests.programmes.mentored import a_mentor, a_visit, named, seen

TOMORROW = TODAY + timedelta(days=1)
EARLIER = date(2026, 10, 1)


@pytest.fixture
def mentor(programme, member):
    return a_mentor(programme, member)


def mended(visit, by, **details):
    key, at = uuid.uuid4(), later()
    return mentoring.mend_visit(visit, by=by, key=key, on=TODAY, at=at, seen=seen(**details))


class TestOfBody:
    def test_shows_the_newest_first_and_what_a_mended_one_said(self, member, mentor):
        old = a_visit(member, mentor, visited_on=EARLIER, file=("a.jpg", jpeg()))
        mended(old, mentor, visited_on=EARLIER, found="Buku kas ada")
        a_visit(member, mentor, found="Papan nama terpasang")
        found = queries.of_body(member, mentor, TODAY).visits
        assert [one.row.found for one in found] == ["Papan nama terpasang", "Buku kas ada"]
        assert (found[1].earlier, len(found[1].proofs)) == ((old,), 1)

    def test_tells_the_lines_in_words_and_which_are_open(self, member, mentor, plan):
        a_visit(member, mentor, lines=(plan.items.get().line,))
        page = queries.of_body(member, mentor, TODAY)
        assert page.visits[0].lines == ("Mengurus akta notaris",)
        assert [line.item.words for line in page.open_lines] == ["Mengurus akta notaris"]

    def test_a_body_reads_and_does_not_write(self, member, head, mentor):
        a_visit(member, mentor)
        page = queries.of_body(member, head, TODAY)
        assert (len(page.visits), page.hand) == (1, None)


class TestMyBodies:
    def test_are_those_that_somebody_is_named_for(self, programme, member, mentor):
        a_member(programme, organisation(name="LKS Lain"))
        assert [one.member for one in queries.my_bodies(mentor, TODAY)] == [member]

    def test_are_none_for_who_is_named_in_another_part(self, programme, member):
        user = user_with("mentor", region="21.02", name="Bu Peneliti")
        worker = named(programme, user, member)
        type(worker).objects.filter(pk=worker.pk).update(part="researcher")
        assert queries.my_bodies(user, TODAY) == ()

    def test_who_was_never_visited_comes_first_and_then_who_waits_longest(self, programme, member):
        mentor = a_mentor(programme)
        second, third = (a_member(programme, organisation(name=name)) for name in ("LKS B", "LKS C"))
        a_visit(member, mentor, next_on=TODAY + timedelta(days=9))
        a_visit(second, mentor, visited_on=EARLIER, next_on=date(2026, 11, 1))
        found = queries.my_bodies(mentor, TODAY)
        assert [one.member for one in found] == [third, second, member]
        assert [one.is_late for one in found] == [False, True, False]

    def test_are_none_without_the_naming(self, member):
        assert queries.my_bodies(user_with("mentor", region="21.02"), TODAY) == ()


class TestPanel:
    def test_counts_visits_without_those_that_were_mended(self, programme, member, mentor, officer):
        mended(a_visit(member, mentor), mentor)
        assert queries.panel(programme, officer, TODAY).bodies[0].visits == 1

    def test_shows_a_body_itself_alone(self, programme, member, head, mentor):
        a_member(programme, organisation(name="LKS Lain"))
        assert [one.member for one in queries.panel(programme, head, TODAY).bodies] == [member]

    def test_is_none_for_a_stranger(self, programme, member, stranger):
        assert queries.panel(programme, stranger, TODAY) is None


class TestWaits:
    @pytest.mark.parametrize(
        ("next_on", "told"),
        [(TODAY, [(1, False)]), (date(2026, 11, 2), [(1, True)]), (TOMORROW, [])],
        ids=["today", "late", "tomorrow"],
    )
    def test_says_which_visits_are_due(self, member, mentor, next_on, told):
        a_visit(member, mentor, visited_on=EARLIER, next_on=next_on)
        assert [(one.number, one.is_late) for one in queries.waits(mentor, TODAY)] == told

    def test_a_newer_visit_settles_what_an_older_one_promised(self, member, mentor):
        a_visit(member, mentor, visited_on=EARLIER, next_on=date(2026, 11, 2))
        a_visit(member, mentor)
        assert queries.waits(mentor, TODAY) == ()

    def test_the_office_hears_only_of_those_that_were_missed(self, member, mentor, officer):
        a_visit(member, mentor, visited_on=EARLIER, next_on=TODAY)
        assert queries.waits(officer, TODAY) == ()
        assert queries.waits(officer, TOMORROW)[0].is_late

    def test_says_nothing_of_bodies_of_others(self, programme, member, mentor):
        other = a_member(programme, organisation(name="LKS Lain"))
        a_visit(member, mentor, visited_on=EARLIER, next_on=TODAY)
        colleague = a_mentor(programme, other, name="Bu Halimah")
        assert queries.waits(colleague, TODAY) == ()
        named(programme, colleague, member)
        assert queries.waits(colleague, TODAY)[0].number == 1
