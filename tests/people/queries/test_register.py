from datetime import date
from uuid import uuid4

import pytest

from simpul.access.reach import Where
from simpul.people import actions, queries
from tests.access.factories import ORGANISATION, OTHER_ORGANISATION
from tests.people.factories import AT, BORN, NIK, ON, VILLAGE, child, consent, person
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db


class TestPlaceToRegister:
    def test_is_the_workers_organisation(self, caseworker):
        assert queries.place_to_register(caseworker, VILLAGE) == Where(ORGANISATION, VILLAGE)

    def test_is_the_workers_area_for_somebody_without_a_home(self, officer):
        assert queries.place_to_register(officer, "") == Where(None, "21.02")

    def test_is_nowhere_outside_the_area(self, officer):
        assert queries.place_to_register(officer, "21.71.01.1001") is None

    def test_is_nowhere_for_who_may_not(self, head):
        assert queries.place_to_register(head, VILLAGE) is None


class TestHouseholdWithKk:
    def test_finds_it_however_it_is_written(self, caseworker):
        home = person(caseworker, kk="2102 1001 0120 0003").household
        assert queries.household_with_kk(caseworker, "2102100101200003") == home

    def test_finds_nothing_out_of_reach(self, caseworker, stranger):
        person(stranger, organisation=OTHER_ORGANISATION, kk="2102100101200003")
        assert queries.household_with_kk(caseworker, "2102100101200003") is None


class TestHouseholdsToJoin:
    def test_names_who_lives_there(self, caseworker):
        first = person(caseworker)
        child(caseworker, household=first.household)
        (choice,) = queries.households_to_join(caseworker, text="aminah")
        assert choice.names == "Siti Aminah, Rizki"

    @pytest.mark.parametrize("chosen", ["new", "x", "", "0b5c5a00-0000-4000-8000-000000000000"])
    def test_is_empty_for_what_does_not_exist(self, caseworker, chosen):
        assert queries.households_to_join(caseworker, chosen=chosen) == []

    def test_offers_a_home_without_people_where_it_was_chosen(self, caseworker):
        kept = {"key": uuid4(), "at": AT, "kk": NIK}
        home = actions.register_household(Where(ORGANISATION, VILLAGE), by=caseworker, **kept)
        for asked in ({"chosen": str(home.pk)}, {"with_kk": home}):
            (choice,) = queries.households_to_join(caseworker, **asked)
            assert (choice.key, choice.members) == (home.pk, [])


class TestConsentFor:
    def test_of_a_parent_ends_when_the_child_is_grown_up(self, caseworker):
        youth = child(caseworker)
        given = consent(youth, caseworker, capacity="parent", given_by="Sulastri")
        assert queries.consent_for(youth, "screening", date(2036, 5, 4)) == given
        assert queries.consent_for(youth, "screening", date(2036, 5, 5)) is None

    def test_counts_from_its_own_day(self, caseworker):
        someone = person(caseworker)
        given = consent(someone, caseworker)
        assert queries.consent_for(someone, "screening", ON) == given
        assert queries.consent_for(someone, "screening", ON.replace(day=20)) is None


class TestNikWarnings:
    def test_says_nothing_where_all_agrees(self, db):
        few_regions()
        assert queries.nik_warnings(NIK, born=BORN, sex="P") == []

    @pytest.mark.parametrize(
        ("nik", "part"),
        [
            ("210210520354000", "15 angka"),
            ("2102101203540001", "laki-laki"),
            ("2102105203550001", "berakhir 55"),
            ("9999995203540001", "kode kecamatan"),
            ("2102109903540001", "tidak ada di kalender"),
            ("2102105203540000", "0000"),
            ("2,10210E+15", "lembar sebar"),
            ("21021052O3540001", "huruf"),
        ],
    )
    def test_says_in_words_what_is_odd(self, db, nik, part):
        few_regions()
        assert part in " ".join(words for _oddity, words in queries.nik_warnings(nik, born=BORN, sex="P"))
