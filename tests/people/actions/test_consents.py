from datetime import date, timedelta
from uuid import uuid4

import pytest

from simpul.access.models import Event
from simpul.engines.rules import DateRange
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
            {"capacity": "guardian", "given_by": "Sulastri"},
            {"basis": "legitimate"},
        ],
        ids=str,
    )
    def test_refuses_what_is_not_whole_and_writes_nothing(self, caseworker, missing):
        with pytest.raises(ConsentIncomplete):
            consent(person(caseworker), caseworker, **missing)
        assert not Consent.objects.exists()

    def test_nobody_consents_for_a_grown_up(self, caseworker):
        with pytest.raises(ConsentNotTheirs):
            consent(person(caseworker), caseworker, capacity="parent", given_by="Halimah")

    @pytest.mark.parametrize("capacity", ["self", "parent"])
    @pytest.mark.parametrize("born", [None, DateRange(date(2005, 1, 1), date(2012, 1, 1))], ids=str)
    def test_where_the_age_is_not_certain_a_reason_is_needed(self, caseworker, born, capacity):
        someone = person(caseworker, born=born)
        told = {"capacity": capacity, "given_by": "Halimah"}
        with pytest.raises(ConsentIncomplete, match="Umur orang ini belum pasti"):
            consent(someone, caseworker, **told)
        given = consent(someone, caseworker, basis_because="Sudah menikah", **told)
        assert given.basis_because == "Sudah menikah"

    def test_seals_reason_and_witness(self, caseworker):
        reason = {"basis": "vital_interest", "basis_because": "Dipukul suaminya", "witness": "Pak RT"}
        given = Consent.objects.get(pk=consent(person(caseworker), caseworker, **reason).pk)
        assert (given.basis_because, given.witness) == ("Dipukul suaminya", "Pak RT")
        assert b"Dipukul" not in bytes(given.basis_because_sealed)
        assert b"Pak RT" not in bytes(given.witness_sealed)

    def test_tells_the_record_the_purpose_but_not_why(self, caseworker):
        consent(person(caseworker), caseworker, basis="vital_interest", basis_because="Dipukul")
        assert Event.objects.get(permission="consent.record").details == {"purpose": "screening"}

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
        self.withdraw(newer, caseworker, because="Takut suaminya")
        assert queries.consent_for(someone, "screening", ON) is None
        assert {row.withdrawn_because for row in queries.consents_of(someone)} == {"Takut suaminya"}
        assert not any(b"Takut" in bytes(row.withdrawn_because_sealed) for row in Consent.objects.all())

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
