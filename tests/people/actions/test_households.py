from uuid import uuid4

import pytest

from simpul.access.models import Event
from simpul.access.reach import Where
from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.access.rows import KeyTaken
from simpul.engines.rules import FactKind
from simpul.people import actions, queries
from simpul.people.actions.record import OutOfReach
from simpul.people.models import Fact, Household, Person
from tests.access.factories import ORGANISATION, OTHER_ORGANISATION
from tests.people.actions.test_facts import asked
from tests.people.factories import AT, NIK, ON, VILLAGE, child, consent, fact, person

pytestmark = pytest.mark.django_db


class TestRegisterHousehold:
    def make(self, by, organisation=ORGANISATION, **details):
        kept = {"key": uuid4(), "at": AT, **details}
        return actions.register_household(Where(organisation, VILLAGE), by=by, **kept)

    def test_keeps_a_home_before_its_people(self, caseworker):
        home = self.make(caseworker, address="RT 3 dekat surau", kk=NIK)
        assert (home.region, home.province, home.address, home.kk) == (VILLAGE, "21", "RT 3 dekat surau", NIK)
        assert person(caseworker, household=home).household == home

    def test_a_double_click_makes_one(self, caseworker):
        key = uuid4()
        assert self.make(caseworker, key=key) == self.make(caseworker, key=key)

    def test_refuses_a_key_of_a_home_out_of_reach(self, caseworker, stranger):
        key = self.make(caseworker).pk
        with pytest.raises(KeyTaken):
            self.make(stranger, organisation=OTHER_ORGANISATION, key=key)


class TestEditHousehold:
    def test_keeps_address_and_card_sealed(self, caseworker):
        home = person(caseworker).household
        changed = actions.edit_household(home, by=caseworker, version=1, address="RT 3 dekat surau", kk=NIK)
        assert (changed.address, changed.kk, changed.version) == ("RT 3 dekat surau", NIK, 2)
        assert b"surau" not in bytes(changed.address_sealed)

    def test_refuses_an_old_version(self, caseworker):
        home = person(caseworker, address="Lama").household
        with pytest.raises(Refusal, match="Lama"):
            actions.edit_household(home, by=caseworker, version=9, address="Baru")

    def test_stands_in_the_trail_of_everybody_at_home(self, caseworker):
        first = person(caseworker)
        second = child(caseworker, household=first.household)
        actions.edit_household(first.household, by=caseworker, version=1, address="RT 4")
        for member in (first, second):
            assert Event.objects.about_person(member.pk).filter(permission="person.edit").count() == 1


class TestChangeHousehold:
    def change(self, someone, by, household, **details):
        kept = {"version": someone.version, "key": uuid4(), "at": AT, **details}
        return actions.change_household(someone, by=by, household=household, **kept)

    def test_moves_in_with_others_and_to_their_village(self, caseworker):
        there = person(caseworker, name="Halimah", region="21.02.10.2004")
        someone = person(caseworker)
        agreed = consent(someone, caseworker)
        moved = self.change(someone, caseworker, there.household, relation_to_head="parent")
        agreed.refresh_from_db()
        assert (moved.household, moved.region, moved.relation_to_head) == (
            there.household,
            "21.02.10.2004",
            "parent",
        )
        assert agreed.region == "21.02.10.2004"

    def test_gives_a_home_of_their_own_once(self, caseworker):
        first, key = person(caseworker), uuid4()
        second = child(caseworker, household=first.household)
        self.change(second, caseworker, None, key=key)
        assert self.change(second, caseworker, None, key=key).household_id == key
        assert Household.objects.count() == 2

    def test_leaves_what_was_said_of_the_old_home_there(self, caseworker):
        first, shared = person(caseworker), asked(FactKind.BOOL, of="household").name
        second = child(caseworker, household=first.household)
        fact(first, caseworker, shared, True)
        moved = self.change(second, caseworker, None)
        assert shared not in queries.facts_on(moved, ON)
        assert Fact.objects.named(shared).get().household == first.household

    def test_refuses_a_home_out_of_reach(self, caseworker, stranger):
        theirs = person(stranger, organisation=OTHER_ORGANISATION).household
        with pytest.raises(OutOfReach):
            self.change(person(caseworker), caseworker, theirs)

    def test_shows_both_homes_when_a_colleague_was_faster(self, caseworker):
        someone, there = person(caseworker), person(caseworker, name="Halimah")
        with pytest.raises(Clash, match=r"Siti Aminah”.*“Halimah"):
            self.change(someone, caseworker, there.household, version=9)
        assert Person.objects.get(pk=someone.pk).household == someone.household

    def test_refuses_who_may_not(self, caseworker, volunteer):
        with pytest.raises(NotAllowed):
            self.change(person(caseworker), volunteer, None)
