from __future__ import annotations

import pytest

from simpul.services.queries.derived import derive, plain, searched_words
from tests.organisations.factories import organisation
from tests.services.factories import VILLAGE, a_place, a_service, at_place

pytestmark = pytest.mark.django_db


class TestDerive:
    def test_sets_the_region_of_its_places_and_saves_nothing(self):
        service = a_service()
        at_place(service)
        derive(service)
        assert (service.region, service.province) == (VILLAGE, "21")
        service.refresh_from_db()
        assert service.region == "21.02"

    def test_takes_places_that_are_known_already(self, django_assert_num_queries):
        service = a_service()
        place = a_place(service.organisation, region="21.71")
        with django_assert_num_queries(0):
            derive(service, [place])
        assert service.region == "21.71"


class TestSearchedWords:
    def test_holds_each_word_of_service_body_kind_and_situation_once(self):
        words = searched_words(
            a_service(organisation(name="LKS Café Bahari"), alternate_name="Dapur LANSIA")
        ).split()
        assert {"antar", "dapur", "lansia", "cafe", "bahari", "pangan", "sendirian"} <= set(words)
        assert len(words) == len(set(words))


class TestPlain:
    def test_leaves_letters_and_digits(self):
        assert plain("  Jum'at, Café 24/7 ") == "jum at cafe 24 7"
