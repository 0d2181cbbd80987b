from datetime import timedelta
from uuid import uuid4

import pytest

from simpul.people import actions, queries
from simpul.people.actions.consents import ConsentIncomplete, ConsentNotTheirs, NotWithdrawable
from simpul.people.models import Consent
from tests.people.factories import AT, ON, child, consent, person

pytestmark = pytest.mark.django_db


class TestRecordConsent:
    def test_keeps_who_how_and_which_text(self, caseworker):
        given = consent(person(caseworker), caseworker, witness="Pak RT")
        assert (given.capacity, given.mode, given.text_version, given.witness) == (
            "self",
            "spoken",
            "1",
            "Pak RT",
        )
        assert given.organisation is not None

    @pytest.mark.parametrize("capacity", ["self", "companion"])
    def test_a_child_does_not_consent_alone(self, caseworker, capacity):
        with pytest.raises(ConsentNotTheirs):
            consent(child(caseworker), caseworker, capacity=capacity, given_by="Rina")

    @pytest.mark.parametrize("capacity", ["parent", "guardian"])
    def test_a_parent_or_guardian_consents_for_a_child(self, caseworker, capacity):
        given = consent(child(caseworker), caseworker, capacity=capacity, given_by="Sulastri")
        assert given.given_by == "Sulastri"
        assert b"Sulastri" not in bytes(given.given_by_sealed)

    def test_another_basis_with_its_reason_serves_a_child_without_parents(self, caseworker):
        given = consent(
            child(caseworker), caseworker, basis="vital_interest", basis_because="Ditinggal sendirian"
        )
        assert (given.capacity, given.mode, given.basis_because) == ("", "", "Ditinggal sendirian")

    @pytest.mark.parametrize(
        "missing",
        [
            {"basis": "legal_duty"},
            {"basis": "legal_duty", "basis_because": "  "},
            {"capacity": ""},
            {"mode": ""},
            {"capacity": "companion"},
            {"purpose": "marketing"},
            {"basis": "legitimate"},
        ],
        ids=str,
    )
    def test_refuses_what_is_not_whole_and_writes_nothing(self, caseworker, missing):
        with pytest.raises(ConsentIncomplete):
            consent(person(caseworker), caseworker, **missing)
        assert not Consent.objects.exists()

    def test_a_double_click_makes_one(self, caseworker):
        someone, key = person(caseworker), uuid4()
        assert consent(someone, caseworker, key=key) == consent(someone, caseworker, key=key)


class TestWithdrawConsent:
    def withdraw(self, given, by, **details):
        return actions.withdraw_consent(given, by=by, on=ON, at=AT + timedelta(hours=1), **details)

    def test_ends_every_consent_for_the_purpose_at_once(self, caseworker):
        someone = person(caseworker)
        consent(someone, caseworker)
        newer = consent(someone, caseworker, at=AT + timedelta(minutes=5))
        self.withdraw(newer, caseworker)
        assert queries.consent_for(someone, "screening", ON) is None

    def test_leaves_other_purposes_alone(self, caseworker):
        someone = person(caseworker)
        kept = consent(someone, caseworker, purpose="referral")
        self.withdraw(consent(someone, caseworker), caseworker)
        assert queries.consent_for(someone, "referral", ON) == kept

    def test_needs_no_reason_but_keeps_one(self, caseworker):
        someone = person(caseworker)
        assert (
            self.withdraw(consent(someone, caseworker), caseworker, because="Pindah").withdrawn_because
            == "Pindah"
        )

    def test_refuses_a_second_time(self, caseworker):
        given = consent(person(caseworker), caseworker)
        self.withdraw(given, caseworker)
        with pytest.raises(NotWithdrawable):
            self.withdraw(given, caseworker)

    def test_a_volunteer_can_take_it_back_too(self, caseworker, volunteer):
        given = consent(person(caseworker), caseworker)
        assert not self.withdraw(given, volunteer).stands
