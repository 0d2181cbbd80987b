import pytest

from simpul.access.refusal import Clash
from simpul.imports import actions
from simpul.imports.actions.doubts import ERASER, PersonNotOffered
from simpul.imports.models import Doubt, Made
from simpul.people import queries as people_queries
from simpul.people.models import Person
from tests.imports.factories import AMINAH, AT, HEADINGS, ON, csv, loaded
from tests.people import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(boss):
    return people.person(boss, name="Siti Aminah")


@pytest.fixture
def doubt(boss, known):
    loaded(boss, csv(("", *AMINAH[1:], "ya"), headings=(*HEADINGS, "Punya KTP")))
    return Doubt.objects.get()


def decided(doubt, by, choice, **details):
    return actions.decide(doubt, by=by, version=1, decided=choice, on=ON, at=AT, **details)


class TestDecide:
    def test_adds_what_the_row_says_to_the_same_person(self, boss, known, doubt):
        held = decided(doubt, boss, "same", person=known.pk)
        assert (held.person, held.row, Person.objects.count()) == (known.pk, None, 1)
        assert people_queries.facts_on(known, ON)["has_id_card"].value is True

    def test_registers_somebody_new(self, boss, known, doubt):
        held = decided(doubt, boss, "new")
        fresh = Person.objects.exclude(pk=known.pk).get()
        assert (held.person, fresh.born, Made.objects.filter(pk=fresh.pk).exists()) == (
            fresh.pk,
            known.born,
            True,
        )
        assert people_queries.facts_on(fresh, ON)["has_id_card"].value is True

    def test_leaves_the_row_out(self, boss, doubt):
        assert decided(doubt, boss, "skipped").person is None
        assert Person.objects.count() == 1

    def test_said_twice_is_once(self, boss, doubt):
        assert decided(decided(doubt, boss, "new"), boss, "new").decided == "new"
        assert Person.objects.count() == 2

    def test_does_not_overwrite_what_somebody_else_decided(self, boss, doubt):
        decided(doubt, boss, "skipped")
        with pytest.raises(Clash, match="dilewati"):
            decided(doubt, boss, "new")

    def test_takes_nobody_who_was_not_shown(self, boss, doubt):
        other = people.person(boss, name="Bambang")
        with pytest.raises(PersonNotOffered):
            decided(doubt, boss, "same", person=other.pk)

    def test_is_taken_back_with_the_import(self, boss, known, doubt):
        decided(doubt, boss, "new")
        actions.undo(doubt.batch, by=boss, at=AT)
        assert Person.objects.get() == known


class TestEraser:
    def test_forgets_what_a_list_said_of_somebody(self, boss, known, doubt):
        decided(doubt, boss, "same", person=known.pk)
        assert ERASER(known) == {"list_rows": 1}

    def test_forgets_what_a_list_said_of_a_record_merged_into_theirs(self, boss, known, doubt):
        decided(doubt, boss, "new")
        fresh = Person.objects.exclude(pk=known.pk).get()
        Person.objects.filter(pk=fresh.pk).update(merged_into=known)
        # The row that was decided, and that the record came with it.
        assert ERASER(known) == {"list_rows": 2}

    def test_takes_a_record_merged_into_theirs_out_of_rows_that_wait(self, boss, known, doubt):
        survivor = people.person(boss, name="Aminah")
        Person.objects.filter(pk=known.pk).update(merged_into=survivor)
        ERASER(survivor)
        assert Doubt.objects.get().likes == []

    def test_takes_somebody_out_of_rows_that_wait(self, known, doubt):
        ERASER(known)
        assert Doubt.objects.get().likes == []
