from datetime import date
from uuid import uuid4

import pytest

from simpul.access.models import Event
from simpul.access.refusal import NotAllowed
from simpul.access.rows import KeyTaken
from simpul.engines.rules import DateRange
from simpul.people import actions
from simpul.people.actions.households import MoveUnclear
from simpul.people.actions.record import (
    ChoiceUnknown,
    NameMissing,
    NikContradicts,
    OutOfReach,
    TooLong,
)
from simpul.people.models import Fact, Household, Person
from tests.access.factories import ORGANISATION, OTHER_ORGANISATION
from tests.people.factories import AT, NIK, ON, VILLAGE, consent, person

pytestmark = pytest.mark.django_db


class TestRegister:
    def test_keeps_the_name_as_it_is_written(self, caseworker):
        someone = person(caseworker, name="  Hj.  Siti  Nur’Aini binti La'Ode ")
        assert someone.name == "Hj. Siti Nur’Aini binti La'Ode"

    def test_records_who_did_it_without_facts_about_the_person(self, caseworker):
        someone = person(caseworker, nik=NIK)
        event = Event.objects.get(permission="person.register")
        assert (event.actor, event.person) == (caseworker.pk, someone.pk)
        assert "Aminah" not in str(event.details)

    def test_somebody_without_nik_birth_date_or_home_fits(self, caseworker):
        someone = person(
            caseworker, name="Si Mbah", sex="", born=None, region="", nik_absent_because="none_yet"
        )
        assert (someone.born, someone.region, someone.nik, someone.household.region) == (None, "", None, "")

    def test_a_nik_of_15_digits_is_kept_as_it_was_told(self, caseworker):
        assert person(caseworker, nik="2102 1052 0354 000").nik == "210210520354000"

    def test_the_same_form_twice_makes_one_person(self, caseworker):
        key = uuid4()
        assert person(caseworker, key=key) == person(caseworker, key=key)
        assert (Person.objects.count(), Household.objects.count()) == (1, 1)

    def test_refuses_a_key_that_is_somebody_elses(self, caseworker, stranger):
        key = person(caseworker).pk
        with pytest.raises(KeyTaken):
            person(stranger, key=key, organisation=OTHER_ORGANISATION)

    def test_joins_a_household(self, caseworker):
        first = person(caseworker)
        second = person(caseworker, name="Rizki", household=first.household, relation_to_head="grandchild")
        assert second.household == first.household

    def test_refuses_a_household_out_of_reach(self, caseworker, stranger):
        theirs = person(stranger, organisation=OTHER_ORGANISATION).household
        with pytest.raises(OutOfReach):
            person(caseworker, household=theirs)

    def test_notes_who_said_birth_and_sex(self, caseworker):
        someone = person(caseworker, source="document")
        rows = Fact.objects.filter(person=someone)
        said = {(row.name, row.source, row.noted_by_name) for row in rows}
        assert said == {("born", "document", str(caseworker)), ("sex", "document", str(caseworker))}

    @pytest.mark.parametrize(
        ("wrong", "refusal"),
        [
            ({"name": "   "}, NameMissing),
            ({"name": "123 -"}, NameMissing),
            ({"name": "x" * 201}, TooLong),
            ({"born": date(2026, 11, 22)}, actions.BirthImpossible),
            ({"born": date(1876, 1, 1)}, actions.BirthImpossible),
            ({"born": DateRange(date(1990, 1, 1), date(2030, 1, 1))}, actions.BirthImpossible),
            ({"sex": "X"}, ChoiceUnknown),
            ({"relation_to_head": "king"}, ChoiceUnknown),
            ({"region": "2102"}, ChoiceUnknown),
            ({"nik": NIK, "nik_absent_because": "unknown"}, NikContradicts),
            ({"nik": "1" * 33}, TooLong),
            ({"kk": "1" * 33}, TooLong),
            ({"source": "rumour"}, ChoiceUnknown),
        ],
        ids=str,
    )
    def test_refuses_what_cannot_be_and_writes_nothing(self, caseworker, wrong, refusal):
        with pytest.raises(refusal):
            person(caseworker, **wrong)
        assert not Person.objects.exists()
        assert not Household.objects.exists()
        assert not Event.objects.exists()

    def test_takes_script_and_null_bytes_for_text(self, caseworker):
        assert (
            person(caseworker, name="<script>alert('x')</script>\x00").name == "<script>alert('x')</script>"
        )

    @pytest.mark.parametrize("name", ["Nur'aini", "N", "张伟", "ﬁtri", "Ñ" * 200, "A. B. C.", "Dr. H. Ir."])
    def test_any_name_that_people_have_fits(self, caseworker, name):
        assert Person.objects.get(pk=person(caseworker, name=name).pk).name == name

    def test_refuses_another_organisation(self, caseworker):
        with pytest.raises(NotAllowed):
            person(caseworker, organisation=OTHER_ORGANISATION)


class TestEdit:
    def edit(self, someone, by, version=1, **changes):
        return actions.edit(someone, by=by, version=version, changes=changes, on=ON, at=AT)

    def test_changes_only_what_is_named(self, caseworker):
        changed = self.edit(person(caseworker, nik=NIK), caseworker, called="Nek Minah")
        assert (changed.called, changed.name, changed.nik, changed.version) == (
            "Nek Minah",
            "Siti Aminah",
            NIK,
            2,
        )

    def test_finds_the_person_under_the_new_name(self, caseworker):
        changed = self.edit(person(caseworker), caseworker, name="Djumilah")
        assert (changed.name_key, changed.name_first) == ("iumilah", "iml")

    def test_notes_a_new_birth_date_as_something_said(self, caseworker):
        someone = person(caseworker)
        self.edit(someone, caseworker, born=date(1955, 1, 1))
        assert Fact.objects.filter(person=someone).named("born").count() == 2

    def test_a_second_worker_is_shown_both_values_and_overwrites_nothing(self, caseworker, supervisor):
        someone = person(caseworker)
        self.edit(someone, supervisor, name="Siti Aminah binti Ali")
        with pytest.raises(actions.EditClash) as clash:
            self.edit(someone, caseworker, name="Siti Halimah")
        assert [(d.theirs, d.mine) for d in clash.value.differences] == [
            ("Siti Aminah binti Ali", "Siti Halimah")
        ]
        assert Person.objects.get(pk=someone.pk).name == "Siti Aminah binti Ali"

    def test_a_clash_does_not_show_numbers(self, caseworker):
        someone = person(caseworker, nik=NIK)
        with pytest.raises(actions.EditClash) as clash:
            self.edit(someone, caseworker, version=7, nik="2102105203540009")
        assert NIK not in str(clash.value)

    def test_everything_said_stays_within_the_new_reach(self, caseworker):
        someone = person(caseworker)
        agreed = consent(someone, caseworker)
        self.edit(someone, caseworker, region="21.02.10.2004")
        agreed.refresh_from_db()
        assert agreed.region == "21.02.10.2004"
        assert set(Fact.objects.values_list("region", flat=True)) == {"21.02.10.2004"}

    def test_refuses_to_move_somebody_out_of_reach(self, officer):
        someone = person(officer, organisation=None)
        with pytest.raises(OutOfReach):
            self.edit(someone, officer, region="21.71.01.1001")
        assert Person.objects.get(pk=someone.pk).region == VILLAGE

    def test_refuses_who_may_not(self, caseworker, volunteer):
        with pytest.raises(NotAllowed):
            self.edit(person(caseworker), volunteer, name="X")

    def test_refuses_an_emptied_name(self, caseworker):
        with pytest.raises(NameMissing):
            self.edit(person(caseworker), caseworker, name=" ")

    @pytest.mark.parametrize("what", ["phone", "nik", "mother"])
    def test_removes_what_is_emptied(self, caseworker, what):
        someone = person(caseworker, nik=NIK, phone="0812-555-0101", mother="Halimah")
        changed = Person.objects.get(pk=self.edit(someone, caseworker, **{what: ""}).pk)
        left = {"phone": changed.phone, "nik": changed.nik, "mother": changed.mother_name_key}
        assert [name for name, value in left.items() if not value] == [what]


class TestEditOfAVillage:
    THERE = "21.02.10.2004"

    def move(self, someone, by, who="", region=THERE):
        changes = {"region": region}
        return actions.edit(
            someone, by=by, version=someone.version, changes=changes, on=ON, at=AT, who_moves=who
        )

    @pytest.fixture
    def together(self, caseworker):
        first = person(caseworker)
        return first, person(caseworker, name="Rizki", household=first.household)

    def test_takes_the_home_of_somebody_alone_along(self, caseworker):
        moved = self.move(person(caseworker), caseworker)
        assert Household.objects.get(pk=moved.household_id).region == self.THERE

    def test_of_one_among_others_asks_who_moves(self, caseworker, together):
        with pytest.raises(MoveUnclear):
            self.move(together[0], caseworker)
        assert Person.objects.get(pk=together[0].pk).region == VILLAGE

    def test_takes_everybody_along(self, caseworker, together):
        agreed = consent(together[1], caseworker)
        self.move(together[0], caseworker, "everybody")
        agreed.refresh_from_db()
        regions = {*Person.objects.values_list("region", flat=True), agreed.region}
        assert {*regions, *Household.objects.values_list("region", flat=True)} == {self.THERE}
        assert set(Fact.objects.values_list("region", flat=True)) == {self.THERE}

    def test_stands_in_the_trail_of_everybody_who_was_taken_along(self, caseworker, together):
        self.move(together[0], caseworker, "everybody")
        assert Event.objects.about_person(together[1].pk).filter(permission="person.edit").count() == 1

    def test_gives_one_who_leaves_alone_a_home_there(self, caseworker, together):
        moved = self.move(together[1], caseworker, "alone")
        assert (moved.household.region, moved.household_id == together[0].household_id) == (self.THERE, False)
        assert Person.objects.get(pk=together[0].pk).household.region == VILLAGE

    def test_refuses_to_take_along_who_is_kept_by_others(self, officer, caseworker):
        first = person(officer, organisation=None)
        with_us = person(caseworker, name="Rizki")
        Person.objects.filter(pk=with_us.pk).update(household=first.household)
        Person.objects.filter(pk=first.pk).update(organisation=ORGANISATION)
        with pytest.raises(OutOfReach):
            self.move(Person.objects.get(pk=first.pk), officer, "everybody", region="21.71.01.1001")

    def test_that_was_not_known_before_only_fills_it_in(self, caseworker, together):
        Person.objects.filter(pk=together[1].pk).update(region="")
        self.move(Person.objects.get(pk=together[1].pk), caseworker)
        assert Household.objects.get().region == VILLAGE
