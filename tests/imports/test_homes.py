"""Lists that name no person, only households by their family card."""

import pytest

from simpul.imports import actions
from simpul.imports.actions.running import Moved
from simpul.imports.models import Made
from simpul.imports.queries.fields import field_of
from simpul.people import queries as people_queries
from simpul.people.models import Fact, Household, Person
from tests.imports.factories import AMINAH, AT, HEADINGS, ON, csv, loaded, plan, tried
from tests.people import factories as people

pytestmark = pytest.mark.django_db
KK, OTHER = "2102100101200001", "2102100101200002"
HOME_HEADINGS = ("No KK", "Alamat", "Desa", "Status rumah")


def counts(batch):
    return {fate: count for fate, count in batch.counts.items() if count}


def brought(by, *rows, headings=HOME_HEADINGS):
    return loaded(by, csv(*rows, headings=headings), kind="households")


class TestLists:
    def test_register_homes_without_anybody(self, boss):
        batch = brought(boss, (KK, "Jl. Melati 2", "Pangke", "Sewa"), (OTHER, "Jl. Melati 3", "Pangke", ""))
        home = Household.objects.get(pk=Made.objects.get(number=2).key)
        assert (counts(batch), Person.objects.count()) == ({"new": 2}, 0)
        assert (home.address, home.region, Fact.objects.get().value) == (
            "Jl. Melati 2",
            "21.02.10.2003",
            "rent",
        )

    def test_lead_whoever_comes_later_into_that_home(self, boss):
        brought(boss, (KK, "Jl. Melati 2", "Pangke", "Sewa"))
        loaded(boss, csv((*AMINAH, KK), headings=(*HEADINGS, "No KK")))
        someone = Person.objects.get()
        assert someone.household == Household.objects.get()
        assert people_queries.facts_on(someone, ON)["house_tenure"].value == "rent"

    def test_add_to_homes_that_are_known_only_what_is_news(self, boss):
        loaded(boss, csv((*AMINAH, KK), headings=(*HEADINGS, "No KK")))
        assert counts(brought(boss, (KK, "", "Pangke", "Sewa"))) == {"added": 1}
        again = brought(boss, (KK, "x", "Pangke", "Sewa"))
        assert (counts(again), Household.objects.count()) == ({"known": 1}, 1)

    def test_refuse_a_card_that_stands_twice_or_is_missing(self, boss):
        batch = brought(boss, (KK, "a", "Pangke", ""), (KK, "b", "Pangke", ""), ("0", "c", "Pangke", ""))
        assert counts(batch) == {"new": 1, "refused": 2}
        assert "baris 2" in batch.refused[0][1]

    def test_add_nothing_where_somebody_is_limited(self, boss):
        loaded(boss, csv((*AMINAH, KK), headings=(*HEADINGS, "No KK")))
        people.limited(Person.objects.get(), boss)
        batch = brought(boss, (KK, "", "Pangke", "Sewa"))
        assert (counts(batch), "dibatasi" in batch.refused[0][1]) == ({"refused": 1}, True)

    def test_are_taken_back_as_long_as_nobody_moved_in(self, boss):
        batch = brought(boss, (KK, "Jl. Melati 2", "Pangke", "Sewa"))
        actions.undo(batch, by=boss, at=AT)
        assert not Household.objects.exists()
        batch = brought(boss, (KK, "Jl. Melati 3", "Pangke", "Sewa"))
        loaded(boss, csv((*AMINAH, KK), headings=(*HEADINGS, "No KK")))
        with pytest.raises(actions.StillUsed, match="orang lain"):
            actions.undo(batch, by=boss, at=AT)

    def test_are_looked_through_again_where_a_home_came_meanwhile(self, boss):
        batch = tried(boss, csv((KK, "a", "Pangke", ""), headings=HOME_HEADINGS), kind="households")
        seen = plan(batch, boss)
        loaded(boss, csv((*AMINAH, KK), headings=(*HEADINGS, "No KK")))
        with pytest.raises(Moved):
            actions.run(batch, by=boss, plan=seen, version=batch.version, on=ON, at=AT)

    def test_may_answer_only_what_homes_are_asked(self):
        assert field_of("households", "fact:house_tenure")
        assert not field_of("households", "fact:has_id_card")
        assert field_of("people", "fact:has_id_card")


class TestHeads:
    def test_are_whoever_stands_under_head_of_household(self, boss):
        loaded(boss, csv((KK, "Siti Aminah", "Pangke"), headings=("No KK", "Nama Kepala Keluarga", "Desa")))
        assert Person.objects.get().relation_to_head == "head"
