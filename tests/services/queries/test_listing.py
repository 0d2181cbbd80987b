from __future__ import annotations

import pytest

from simpul.services.queries import listing as queries
from tests.access.factories import user_with
from tests.organisations.factories import organisation
from tests.services.factories import TODAY, a_head, a_service, days_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return organisation()


class TestMine:
    def test_begins_with_what_was_confirmed_longest_ago_and_ends_with_what_ended(self, body):
        a_service(body, name="Baru")
        a_service(body, name="Usai", listing="ended", confirmed_on=None)
        a_service(body, name="Lama", confirmed_on=days_ago(50))
        a_service(body, name="Draf", listing="draft", confirmed_on=None)
        a_service(organisation(name="LKS Lain"))
        assert [row.name for row in queries.mine(a_head(body))] == ["Draf", "Lama", "Baru", "Usai"]

    def test_is_the_whole_area_of_an_office(self, body, officer):
        a_service(body)
        a_service(organisation(name="LKS Batam", region="21.71"))
        assert queries.mine(officer).count() == 1


class TestOfBody:
    def test_hides_drafts_from_who_does_not_keep_them(self, body, caseworker):
        for listing in ("open", "paused", "draft", "ended"):
            a_service(body, listing=listing)
        assert {row.listing for row in queries.of_body(body, caseworker)} == {"open", "paused"}
        assert queries.of_body(body, a_head(body)).count() == 4


class TestUnconfirmedWithin:
    def test_names_listings_that_nobody_confirmed_in_time(self, body, officer):
        a_service(body, name="Segar")
        a_service(body, name="Lama", confirmed_on=days_ago(91))
        a_service(body, name="Belum pernah", confirmed_on=None)
        a_service(body, name="Draf", listing="draft", confirmed_on=None)
        found = [row.name for row in queries.unconfirmed_within(officer, TODAY)]
        assert found == ["Belum pernah", "Lama"]


class TestLinesOf:
    def test_asks_the_same_few_questions_for_any_number(self, body, django_assert_num_queries):
        head = a_head(body)
        for _number in range(4):
            a_service(body, place={}, capacity=9, free=3, free_on=TODAY)
        list(head.grants_with(queries.EDIT))
        with django_assert_num_queries(3):
            lines = queries.lines_of(queries.mine(head), TODAY)
        assert {(line.kind, line.free, line.is_kept) for line in lines} == {("Pangan", 3, True)}


class TestKeepsOneBody:
    def test_is_the_body_of_a_head_and_none_for_an_office(self, body, officer):
        assert queries.keeps_one_body(a_head(body)) == body
        assert queries.keeps_one_body(officer) is None
        assert queries.keeps_one_body(user_with("researcher")) is None
