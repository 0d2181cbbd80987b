"""Many invented people: by published margins, belonging to nobody."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from simpul.access.gate import THE_MACHINE
from simpul.access.reach import Where
from simpul.commands.demo.crowd import Margins, _chunk
from simpul.commands.stop import Stop
from simpul.engines.matching.nik import read
from simpul.people.actions import settle
from simpul.people.models import Household, Person
from simpul.people.queries import likely_same
from tests.access.factories import user_with

ON = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 3, tzinfo=UTC)
KARIMUN = "21.02"


def chunk(size=300, area=KARIMUN, seed=1):
    margins = Margins.of(area)
    return _chunk(seed, size, margins, {code: [f"{code}.01.2001"] for code in margins.regencies}, ON, AT)


def column(made, name, place=0):
    names = ("id", "household", "region", "regency", "province", "name")
    return [row[names.index(name)] for row in made.people]


class TestMargins:
    def test_know_the_whole_country(self):
        margins = Margins.of("")
        assert (len(margins.regencies), margins.totals[-1]) == (514, 284_973_643)

    def test_say_that_an_area_is_not_there(self):
        with pytest.raises(Stop, match=r"77 tidak ada.*21\.02"):
            Margins.of("77")

    def test_have_the_ages_of_the_census(self):
        shares = {age: share for share, age in Margins.of("21").ages}
        assert (round(shares[10], 1), round(shares[60], 1), round(shares[90])) == (233.3, 940.5, 1000)


class TestPeople:
    def test_live_where_people_live(self):
        made = Counter(column(chunk(3000, area="31"), "regency"))
        assert made["31.75"] > 20 * made["31.01"]

    def test_are_the_same_when_made_again_but_for_their_seals(self):
        assert column(chunk(), "name") == column(chunk(), "name")
        assert column(chunk(seed=2), "name") != column(chunk(), "name")

    def test_have_numbers_that_were_never_given_to_anybody(self, db):
        settle(Where(), by=THE_MACHINE, chunks=[chunk()])
        niks = [read(person.nik) for person in Person.objects.exclude(nik_sealed=None)]
        assert niks
        assert {nik.region for nik in niks} == {"21.02.99"}

    def test_have_numbers_that_agree_with_birth_and_sex(self, db):
        settle(Where(), by=THE_MACHINE, chunks=[chunk()])
        for person in Person.objects.exclude(nik_sealed=None).exclude(born_earliest=None):
            nik = read(person.nik)
            assert nik.sex == person.sex
            assert nik.fits(person.born_earliest, person.born_latest)

    def test_are_born_by_the_day_and_never_after_it(self):
        born = [row[14] for row in chunk(2000).people]
        assert all(day is None or day <= ON for day in born)
        assert 0 < sum(day is None for day in born) < 100


@pytest.mark.django_db
class TestSettle:
    def test_writes_everybody_with_a_home(self):
        assert settle(Where(), by=THE_MACHINE, chunks=[chunk(200, seed=1), chunk(100, seed=2)]) == 300
        assert Person.objects.filter(household=None).count() == 0
        assert Household.objects.filter(region__startswith=KARIMUN).exists()

    def test_leaves_people_that_can_be_found_again(self):
        settle(Where(), by=THE_MACHINE, chunks=[chunk()])
        someone = Person.objects.exclude(born_earliest=None).first()
        found = likely_same(
            user_with("caseworker", region="21"), name=someone.name, born=someone.born, region=someone.region
        )
        assert someone in [one.person for one in found]

    def test_writes_nobody_when_it_breaks_off(self):
        def broken():
            yield chunk(50)
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            settle(Where(), by=THE_MACHINE, chunks=broken())
        assert Person.objects.count() == 0
