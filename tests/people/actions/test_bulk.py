from datetime import date
from uuid import uuid4

import pytest
from django.utils.translation import override

from simpul.access.models import Event
from simpul.access.reach import Where
from simpul.access.refusal import NotAllowed, Refusal
from simpul.people.actions import bulk
from simpul.people.actions.bulk import (
    Newcomer,
    NewHome,
    Statement,
    Told,
    record_many,
    register_many,
    take_back_many,
)
from simpul.people.actions.record import TooLong
from simpul.people.models import Fact, Household, Person
from tests.access.factories import ORGANISATION, OTHER_ORGANISATION, REGION, user_with
from tests.people.factories import AT, BORN, ON, VILLAGE, consent, person

pytestmark = pytest.mark.django_db
HERE = Where(ORGANISATION, VILLAGE)
TOLD = Told("official", "Bu Rahma, dari daftar “A”", date(2026, 10, 1))


@pytest.fixture(autouse=True)
def small_lots(monkeypatch):
    monkeypatch.setattr(bulk, "PIECE", 2)


@pytest.fixture
def worker():
    return user_with("case_supervisor", organisation=ORGANISATION, region=REGION)


@pytest.fixture
def bringer(worker):
    """Any row within reach may be what brings them."""
    return person(worker, name="Daftar")


def newcomers(count, **changes):
    kept = {"name": "Siti Aminah", "sex": "P", "born": BORN, **changes}
    return [Newcomer(uuid4(), uuid4(), HERE, {**kept, "name": f"Siti {chr(97 + n)}"}) for n in range(count)]


def registered(worker, bringer, people, **details):
    homes = details.pop(
        "homes", [NewHome(one.home, one.where, "Jalan A", "2102010101010001") for one in people]
    )
    return register_many(bringer, by=worker, homes=homes, people=people, told=TOLD, on=ON, at=AT, **details)


class TestRegisterMany:
    def test_writes_everybody_however_many_lots_it_takes(self, worker, bringer):
        people = newcomers(5)
        assert registered(worker, bringer, people) == 5
        assert set(Person.objects.values_list("pk", flat=True)) == {bringer.pk, *(one.key for one in people)}

    def test_carries_nothing_from_one_row_to_the_next(self, worker, bringer):
        full, bare = newcomers(1, nik="2102105203540001", phone="0812")[0], newcomers(1)[0]
        bare = Newcomer(bare.key, bare.home, HERE, {"name": "Budi"})
        registered(worker, bringer, [full, bare])
        held = Person.objects.get(name="Budi")
        assert (held.nik, held.phone, held.sex, held.born) == (None, None, "", None)

    def test_seals_what_is_sealed_by_hand(self, worker, bringer):
        one = newcomers(1, nik="2102105203540001")[0]
        registered(worker, bringer, [one])
        held = Person.objects.select_related("household").get(pk=one.key)
        assert (held.nik, held.household.kk) == ("2102105203540001", "2102010101010001")
        assert b"2102105203540001" not in bytes(held.nik_sealed)

    def test_says_who_told_birth_and_sex(self, worker, bringer):
        one = newcomers(1)[0]
        registered(worker, bringer, [one])
        said = {
            row.name: (row.value, row.noted_by_name, row.valid_from)
            for row in Fact.objects.filter(person=one.key)
        }
        assert said["sex"] == ("P", TOLD.by_name, TOLD.since)
        assert said["born"][0] == BORN.isoformat()

    def test_is_one_event(self, worker, bringer):
        before = Event.objects.count()
        registered(worker, bringer, newcomers(5))
        assert Event.objects.count() == before + 1

    def test_registers_nobody_outside_the_reach(self, worker, bringer):
        one = newcomers(1)[0]
        stranger = Newcomer(one.key, one.home, Where(OTHER_ORGANISATION, VILLAGE), one.changes)
        with pytest.raises(Refusal, match="di luar wilayah kerja"):
            registered(worker, bringer, [stranger])

    def test_is_for_who_may_register(self, bringer):
        with pytest.raises(NotAllowed):
            registered(user_with("head_of_lks", organisation=ORGANISATION), bringer, newcomers(1))

    def test_writes_nobody_where_one_cannot_be_so(self, worker, bringer):
        with pytest.raises(Refusal):
            registered(worker, bringer, [*newcomers(3), *newcomers(1, born=date(2030, 1, 1))])
        assert Person.objects.count() == 1

    def test_refuses_in_the_language_of_who_sends_the_list(self, worker, bringer):
        with override("en"), pytest.raises(TooLong, match="is too long"):
            registered(worker, bringer, newcomers(1, mother="x" * 201))


class TestRecordMany:
    def test_keeps_what_a_list_says(self, worker, bringer):
        said = [Statement(uuid4(), "poor", "known", True, HERE, household=bringer.household_id)]
        assert record_many(bringer, by=worker, statements=said, told=TOLD, at=AT) == 1
        assert Fact.objects.get(household=bringer.household_id).value is True


class TestTakeBackMany:
    def test_leaves_nothing_of_them(self, worker, bringer):
        people = newcomers(3)
        registered(worker, bringer, people)
        keys, homes = [one.key for one in people], [one.home for one in people]
        take_back_many(bringer, by=worker, people=keys, homes=homes, statements=[])
        assert (Person.objects.count(), Household.objects.count()) == (1, 1)

    def test_leaves_a_home_in_which_somebody_lives(self, worker, bringer):
        take_back_many(bringer, by=worker, people=[], homes=[bringer.household_id], statements=[])
        assert Household.objects.filter(pk=bringer.household_id).exists()

    def test_takes_what_was_agreed_along(self, worker, bringer):
        one = newcomers(1)[0]
        registered(worker, bringer, [one])
        consent(Person.objects.get(pk=one.key), worker)
        take_back_many(bringer, by=worker, people=[one.key], homes=[one.home], statements=[])
        assert Person.objects.count() == 1
