from __future__ import annotations

from datetime import timedelta

import pytest

from simpul.access.gate import THE_MACHINE
from simpul.access.reach import Where
from simpul.cases.models import Case
from simpul.people.actions import withdraw_consent
from simpul.people.models import Consent
from simpul.population import reactions
from simpul.population.facts import codes_in
from simpul.population.queries import register_on
from simpul.screening import actions
from simpul.screening.actions import Verdict
from simpul.screening.queries import confirmed_types, newest_decisions
from tests.screening.factories import NOW, TODAY, as_suggested, consented, decided, finished, when

pytestmark = pytest.mark.django_db
NEEDS_HELP = {"basic_needs_met": False, "left_alone": True}


def words(person, on=TODAY) -> dict[str, tuple[str, ...]]:
    reactions.screen(Where(), by=THE_MACHINE, on=on, at=NOW + timedelta(hours=10))
    made = register_on(on)
    row = made.people.filter(made.people["person"] == str(person.pk)).row(0, named=True)
    return {word: codes_in(row[word], made.types) for word in ("confirmed", "refused", "rule_yes")}


class TestDecided:
    def test_are_what_the_worker_decided(self, caseworker):
        screening = decided(caseworker, **NEEDS_HELP)
        found = words(screening.person)
        assert set(found["confirmed"]) == set(confirmed_types(screening)) >= {"LUT"}
        refused = {code for code, row in newest_decisions(screening).items() if row.decided == "no"}
        assert set(found["refused"]) == refused

    def test_are_a_no_where_the_worker_overruled_the_rule(self, caseworker):
        screening = finished(caseworker, **NEEDS_HELP)
        verdicts = as_suggested(screening) | {"LUT": Verdict("no", "Tinggal bersama anaknya")}
        actions.decide(
            screening,
            by=caseworker,
            verdicts=verdicts,
            urgency="normal",
            version=screening.version,
            **when(40),
        )
        found = words(screening.person)
        assert "LUT" in found["refused"]
        assert "LUT" in found["rule_yes"]

    def test_do_not_count_any_more_when_the_facts_were_judged_again(self, caseworker):
        screening = decided(caseworker, **NEEDS_HELP)
        assert words(screening.person)["confirmed"]
        actions.judge_again(screening, by=caseworker, **when(60))
        assert words(screening.person)["confirmed"] == ()

    def test_are_not_known_before_they_were_made(self, caseworker):
        screening = decided(caseworker, **NEEDS_HELP)
        person = screening.person
        type(person).objects.update(registered_at=NOW - timedelta(days=3))
        assert words(person, on=TODAY - timedelta(days=1))["confirmed"] == ()

    def test_are_carried_over_from_another_list(self, caseworker):
        person = consented(caseworker)
        screening = actions.start(person, by=caseworker, key=person.pk, edition="seed004-28", **when())
        for name, value in NEEDS_HELP.items():
            actions.answer(screening, by=caseworker, name=name, state="known", value=value, **when(2))
        screening = actions.finish(screening, by=caseworker, **when(30))
        verdicts = as_suggested(screening) | {"LUT": Verdict("yes", "Memang begitu keadaannya")}
        actions.decide(
            screening,
            by=caseworker,
            verdicts=verdicts,
            urgency="normal",
            version=screening.version,
            **when(40),
        )
        assert "LUT" in words(person)["confirmed"]


class TestLeftAlone:
    def test_is_who_took_the_consent_back(self, caseworker):
        person = decided(caseworker, **NEEDS_HELP).person
        for consent in Consent.objects.filter(person=person):
            withdraw_consent(consent, by=caseworker, **when(50))
        found = words(person)
        assert found["rule_yes"] == ()
        # What was decided before stays true.
        assert "LUT" in found["confirmed"]

    def test_is_not_who_was_never_asked(self, caseworker):
        person = consented(caseworker)
        Consent.objects.all().delete()
        assert register_words(person)["judged"]

    def test_is_who_died(self, caseworker):
        screening = decided(caseworker, **NEEDS_HELP)
        open_case_ended_by_death(screening)
        told = register_words(screening.person)
        assert (told["gone"], told["judged"]) == ("died", False)


def register_words(person) -> dict[str, object]:
    words(person)
    people = register_on(TODAY).people
    return people.filter(people["person"] == str(person.pk)).row(0, named=True)


def open_case_ended_by_death(screening) -> Case:
    return Case.objects.create(
        person=screening.person,
        household=screening.person.household,
        screening=screening,
        number="26-0001",
        stage="died",
        closed_on=TODAY,
        opened_at=NOW,
        opened_on=TODAY,
        worker=screening.started_by,
        worker_name="Rina",
        stage_since=TODAY,
    )
