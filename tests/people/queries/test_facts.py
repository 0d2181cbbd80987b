from datetime import date, timedelta

import pytest

from simpul.catalogue import facts as catalogue_facts
from simpul.engines.days import months_later
from simpul.people import queries
from tests.people.factories import AT, BORN, ON, fact, person

pytestmark = pytest.mark.django_db


def plain_fact():
    return next(
        f.name
        for f in catalogue_facts.asked_facts().values()
        if f.kind == "bool" and f.of == "person" and f.sensitivity == "normal"
    )


def hidden_fact():
    return next(
        f.name
        for f in catalogue_facts.asked_facts().values()
        if f.kind == "bool" and f.of == "person" and f.sensitivity == "highly_restricted"
    )


def fading_fact():
    """A fact that the catalogue takes for true for some months only, and for how many."""
    asked = catalogue_facts.asked_facts().values()
    return next((f.name, f.holds_for) for f in asked if f.kind == "bool" and f.of == "person" and f.holds_for)


class TestFactsOn:
    def test_takes_birth_and_sex_from_the_register(self, caseworker):
        held = queries.facts_on(person(caseworker), ON)
        assert (held["born"].value, held["sex"].value) == (BORN, "P")

    def test_holds_only_from_its_day(self, caseworker):
        someone = person(caseworker)
        fact(someone, caseworker, plain_fact(), True)
        assert plain_fact() not in queries.facts_on(someone, ON - timedelta(days=1))

    def test_holds_until_its_last_day(self, caseworker):
        someone = person(caseworker)
        fact(someone, caseworker, plain_fact(), True, valid_until=ON + timedelta(days=30))
        assert plain_fact() in queries.facts_on(someone, ON + timedelta(days=30))
        assert plain_fact() not in queries.facts_on(someone, ON + timedelta(days=31))

    def test_what_was_said_last_counts(self, caseworker):
        someone = person(caseworker)
        fact(someone, caseworker, plain_fact(), True)
        fact(someone, caseworker, plain_fact(), state="refused", at=AT + timedelta(seconds=1))
        assert queries.facts_on(someone, ON)[plain_fact()].state == "refused"

    def test_what_was_said_too_long_ago_fades_and_stays_visible(self, caseworker):
        someone, (name, months) = person(caseworker), fading_fact()
        fact(someone, caseworker, name, True)
        last = months_later(ON, months)
        assert not queries.facts_on(someone, last - timedelta(days=1))[name].is_faded
        faded = queries.facts_on(someone, last)[name]
        assert (faded.value, faded.faded_on) == (True, last)
        assert name not in queries.known_values(someone, last)

    def test_asks_one_question(self, caseworker, django_assert_num_queries):
        someone = person(caseworker)
        with django_assert_num_queries(1):
            queries.facts_on(someone, date(2030, 1, 1))


class TestNameOfFact:
    def test_names_what_is_said_of_this_person_only(self, caseworker):
        someone = person(caseworker)
        row = fact(someone, caseworker, plain_fact(), True)
        assert queries.name_of_fact(someone, row.pk) == plain_fact()
        assert queries.name_of_fact(person(caseworker), row.pk) == ""


class TestVisible:
    def test_keeps_very_sensitive_facts_from_who_may_not_see_them(self, caseworker, head):
        someone = person(caseworker)
        fact(someone, caseworker, hidden_fact(), True)
        held = list(queries.facts_on(someone, ON).values())
        assert hidden_fact() in {one.name for one in queries.visible(held, someone, caseworker)}
        assert {one.name for one in queries.visible(held, someone, head)} == {"born", "sex"}
