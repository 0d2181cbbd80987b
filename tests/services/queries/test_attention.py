from __future__ import annotations

import pytest

from simpul.services.queries.attention import attention_of
from tests.organisations.factories import organisation
from tests.services.factories import TODAY, a_service, days_ago, hours_row

pytestmark = pytest.mark.django_db


def needed(service):
    return attention_of([service], TODAY)[service.pk]


def parts(service):
    return {one.part for one in needed(service)}


class TestAttentionOf:
    def test_is_nothing_where_all_is_well(self):
        service = a_service(place={}, capacity=10, free=2, free_on=TODAY)
        hours_row(service).save()
        assert needed(service) == ()

    def test_names_first_what_is_late(self):
        service = a_service(place={}, confirmed_on=days_ago(91))
        first = needed(service)[0]
        assert (first.part, first.is_late) == ("confirm", True)
        assert "91 hari" in first.words

    @pytest.mark.parametrize(("days", "is_told"), [(75, False), (76, True), (90, True)])
    def test_reminds_within_the_last_fortnight(self, days, is_told):
        service = a_service(place={}, confirmed_on=days_ago(days))
        assert ("confirm" in parts(service)) is is_told

    def test_asks_for_room_that_was_told_long_ago(self):
        assert "confirm" in parts(a_service(place={}, capacity=10, free=2, free_on=days_ago(15)))
        assert "confirm" not in parts(a_service(place={}, capacity=None))

    def test_names_what_keeps_a_draft_closed(self):
        service = a_service(listing="draft", situations=[], phone="", confirmed_on=None)
        blocking = {one.part for one in needed(service) if one.is_blocking}
        assert blocking == {"found", "places", "contact"}
        assert "confirm" not in parts(service)

    def test_asks_a_body_that_became_secret_for_a_contact_point(self):
        house = organisation(name="Rumah Teduh", is_address_secret=True)
        assert "places" in parts(a_service(house, place={}))

    def test_finds_a_rule_that_is_not_read_any_more(self):
        assert "rule" in parts(a_service(place={}, rule="not_a_fact"))

    def test_asks_nothing_of_what_has_ended(self):
        assert needed(a_service(listing="ended", situations=[])) == ()

    def test_asks_two_questions_for_any_number(self, django_assert_num_queries):
        body = organisation()
        services = [a_service(body, place={}) for _number in range(3)]
        with django_assert_num_queries(2):
            attention_of(services, TODAY)

    def test_tells_the_owner_which_words_are_held_back(self):
        body = organisation(address="Kenanga 7")
        service = a_service(body, name="Rumah Kenanga", papers=["KTP"], place={"kind": "virtual"})
        hours_row(service, words="Di Kenanga").save()
        body.is_address_secret = True
        body.save()
        held = [one for one in needed(service) if "tidak ditampilkan" in one.words]
        assert [(one.part, one.is_late) for one in held] == [("what", True), ("hours", True)]

    @pytest.mark.parametrize(("days", "is_loud"), [(86, False), (87, True), (90, True)])
    def test_speaks_louder_in_the_last_days(self, days, is_loud):
        service = a_service(place={}, confirmed_on=days_ago(days))
        assert any("sekarang: tinggal" in one.words for one in needed(service)) is is_loud
