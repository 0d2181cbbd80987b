from uuid import uuid4

import pytest

from simpul.organisations import queries
from simpul.organisations.queries.bodies import like, told_region
from tests.access.factories import give, user_with
from tests.organisations.factories import organisation

pytestmark = pytest.mark.django_db


class TestNamed:
    def test_gives_short_names_for_keys(self, django_assert_num_queries):
        one, other = organisation(short_name="Tunas"), organisation(name="LKS Muara")
        with django_assert_num_queries(1):
            assert queries.named([one.pk, other.pk, uuid4(), None]) == {
                one.pk: "Tunas",
                other.pk: "LKS Muara",
            }

    def test_asks_nothing_for_nothing(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert queries.named([None]) == {}


class TestNameOf:
    def test_is_empty_for_an_unknown_key(self):
        assert queries.name_of(uuid4()) == queries.name_of(None) == ""


class TestMaySeeAddress:
    def test_keeps_a_secret_address_from_others(self):
        house = organisation(is_address_secret=True)
        assert not queries.may_see_address(house, user_with("caseworker", organisation=uuid4()))
        assert queries.may_see_address(house, user_with("caseworker", organisation=house.pk))

    @pytest.mark.parametrize("kind", ["person", "family"])
    def test_keeps_the_home_of_people_from_others(self, kind):
        home = organisation(kind=kind, region="21.02.10.2003")
        assert not queries.may_see_address(home, user_with("caseworker", region="21.02"))
        assert queries.may_see_address(home, user_with("dinas_officer", region="21.02"))

    def test_is_not_for_who_manages_the_machine(self):
        assert not queries.may_see_address(organisation(is_address_secret=True), user_with("administrator"))


class TestToldRegion:
    def test_is_cut_at_the_regency_for_a_secret_place(self):
        assert told_region(organisation(region="21.02.10.2003", is_address_secret=True)) == "21.02"
        assert told_region(organisation(region="21.02.10.2003")) == "21.02.10.2003"


class TestLike:
    def test_looks_for_no_character_that_a_database_cannot_hold(self):
        made = organisation()
        assert like("\0") == []
        assert like("tu\0nas") == [made]


class TestWorkplaces:
    def test_are_those_of_the_grants_that_stand_each_once(self):
        first, second = organisation(name="LKS Satu"), organisation(name="LKS Dua")
        user = user_with("caseworker", organisation=first.pk)
        for role, where in (("case_supervisor", first), ("caseworker", second)):
            give(user, role, organisation=where.pk)
        assert queries.workplaces(user) == [first, second]

    def test_are_none_for_who_works_in_an_area(self):
        assert queries.workplaces(user_with("dinas_officer", region="21.02")) == []
