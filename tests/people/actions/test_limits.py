from uuid import uuid4

import pytest

from simpul.access.models import Event
from simpul.access.refusal import NotAllowed
from simpul.people import actions
from simpul.people.actions.limits import ReasonMissing
from simpul.people.models import Person
from simpul.people.queries import Limited
from tests.people.factories import AT, ON, child, consent, fact, limited, person
from tests.people.queries.test_facts import plain_fact

pytestmark = pytest.mark.django_db
NEXT = "21.02.10.2004"


def attempts(someone, by):
    home = someone.household
    changes = {"version": someone.version, "changes": {"called": "Mbah"}, "on": ON, "at": AT}
    yield "edit", lambda: actions.edit(someone, by=by, **changes)
    yield "fact", lambda: fact(someone, by, plain_fact(), True)
    yield "consent", lambda: consent(someone, by)
    yield "home", lambda: actions.edit_household(home, by=by, version=home.version, address="RT 1")
    yield "village", lambda: actions.move_household(home, by=by, region=NEXT)
    yield (
        "move",
        lambda: actions.change_household(
            someone, by=by, version=someone.version, household=None, key=uuid4(), at=AT
        ),
    )


class TestLimit:
    @pytest.mark.parametrize("number", range(6))
    def test_closes_every_way_of_changing_the_record(self, caseworker, number):
        someone = limited(person(caseworker), caseworker)
        _name, attempt = list(attempts(someone, caseworker))[number]
        with pytest.raises(Limited):
            attempt()
        kept = Person.objects.get(pk=someone.pk)
        assert (kept.version, kept.region, kept.facts_said.count()) == (someone.version, someone.region, 2)

    def test_leaves_what_concerns_others_open(self, caseworker):
        someone = limited(person(caseworker), caseworker)
        rizki = child(caseworker, household=someone.household)
        assert fact(rizki, caseworker, "has_id_card", True).person == rizki

    def test_consent_can_still_be_taken_back(self, caseworker):
        someone = person(caseworker)
        given = consent(someone, caseworker)
        limited(someone, caseworker)
        assert not actions.withdraw_consent(given, by=caseworker, on=ON, at=AT).stands

    def test_seals_the_reason_and_tells_the_record_nothing(self, caseworker):
        someone = limited(person(caseworker), caseworker)
        event = Event.objects.get(permission="person.limit")
        assert someone.limited_because == "Sengketa isi berkas"
        assert b"Sengketa" not in bytes(someone.limited_because_sealed)
        assert (event.details, event.because) == ({}, None)

    def test_again_is_the_same(self, caseworker):
        someone = limited(person(caseworker), caseworker)
        again = actions.limit(someone, by=caseworker, reason="Lagi", at=AT.replace(year=2027))
        assert (again.limited_since, again.limited_because) == (AT, "Sengketa isi berkas")

    def test_needs_a_reason_and_the_right(self, caseworker, volunteer, stranger):
        someone = person(caseworker)
        with pytest.raises(ReasonMissing):
            actions.limit(someone, by=caseworker, reason=" ", at=AT)
        for other in (volunteer, stranger):
            with pytest.raises(NotAllowed):
                actions.limit(someone, by=other, reason="Boleh", at=AT)


class TestLiftLimit:
    def test_opens_the_record_and_keeps_why_where_it_can_be_erased(self, caseworker):
        someone = limited(person(caseworker), caseworker)
        actions.lift_limit(someone, by=caseworker, because="Sudah diperbaiki")
        someone.refresh_from_db()
        assert (someone.is_limited, someone.limited_because) == (False, "Sudah diperbaiki")
        assert fact(someone, caseworker, plain_fact(), True)
        assert Event.objects.filter(permission="person.limit").last().because is None

    def test_needs_a_reason(self, caseworker):
        with pytest.raises(ReasonMissing):
            actions.lift_limit(limited(person(caseworker), caseworker), by=caseworker, because="")


class TestHold:
    def test_is_for_who_may_erase(self, caseworker, supervisor):
        someone = person(caseworker)
        with pytest.raises(NotAllowed):
            actions.hold(someone, by=caseworker, reason="Sidang", at=AT)
        held = actions.hold(someone, by=supervisor, reason="Sidang", at=AT)
        assert (held.held_since, held.held_because) == (AT, "Sidang")

    def test_is_lifted_with_a_reason(self, caseworker, supervisor):
        someone = actions.hold(person(caseworker), by=supervisor, reason="Sidang", at=AT)
        assert actions.lift_hold(someone, by=supervisor, because="Putusan tetap").held_since is None
