from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from simpul.engines.rules import DateRange
from simpul.people.models import Consent, Fact, Person
from tests.people.factories import AT, BORN, NIK, ON, child, consent, person

pytestmark = pytest.mark.django_db


class TestPerson:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"name": ""},
            {"sex": "X"},
            {"born_earliest": date(2000, 1, 2), "born_latest": date(2000, 1, 1)},
            {"born_earliest": date(2000, 1, 2), "born_latest": None},
            {"nik_sealed": b"x", "nik_index": None},
            {"nik_sealed": b"x", "nik_index": b"x", "nik_absent_because": "unknown"},
        ],
        ids=str,
    )
    def test_the_database_refuses_what_cannot_be(self, caseworker, wrong):
        someone = person(caseworker)
        with pytest.raises(IntegrityError):
            Person.objects.filter(pk=someone.pk).update(**wrong)

    def test_masks_the_nik(self, caseworker):
        assert person(caseworker, nik=NIK).nik_masked == "210210••••••••01"

    def test_keeps_the_nik_sealed(self, caseworker):
        someone = person(caseworker, nik=NIK)
        assert NIK.encode() not in bytes(someone.nik_sealed)
        assert Person.objects.get(pk=someone.pk).nik == NIK

    @pytest.mark.parametrize(
        ("born", "words"),
        [
            (BORN, "72 tahun"),
            (DateRange(date(1950, 1, 1), date(1960, 12, 31)), "kira-kira 65–76 tahun"),
            (None, "umur belum diketahui"),
        ],
    )
    def test_tells_the_age_in_words(self, caseworker, born, words):
        assert person(caseworker, born=born).age_on(ON) == words

    def test_knows_whether_somebody_is_a_child(self, caseworker):
        estimate = DateRange(date(2005, 1, 1), date(2012, 1, 1))
        assert child(caseworker).is_child_on(ON) is True
        assert person(caseworker).is_child_on(ON) is False
        assert person(caseworker, born=None).is_child_on(ON) is None
        assert person(caseworker, born=estimate).is_child_on(ON) is None

    def test_stops_being_a_child_on_the_birthday(self, caseworker):
        youth = person(caseworker, born=date(2008, 11, 21))
        assert youth.is_child_on(date(2026, 11, 20)) is True
        assert youth.is_child_on(date(2026, 11, 21)) is False


class TestConsent:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"basis": "consent"},
            {"basis": "vital_interest"},
            {"basis": "vital_interest", "basis_because_sealed": b"x", "withdrawn_on": ON},
        ],
    )
    def test_the_database_refuses_what_cannot_be(self, caseworker, wrong):
        someone = person(caseworker)
        with pytest.raises(IntegrityError):
            Consent.objects.create(
                person=someone,
                purpose="screening",
                given_at=AT,
                given_on=ON,
                recorded_by=caseworker.pk,
                **wrong,
            )


class TestHasLapsedOn:
    GROWN_UP = date(2036, 5, 5)

    @pytest.mark.parametrize("capacity", ["parent", "guardian"])
    def test_ends_on_the_day_the_child_is_grown_up(self, caseworker, capacity):
        given = consent(child(caseworker), caseworker, capacity=capacity, given_by="Sulastri")
        assert not given.has_lapsed_on(self.GROWN_UP - timedelta(days=1))
        assert given.has_lapsed_on(self.GROWN_UP)

    def test_what_somebody_agreed_to_alone_does_not_end(self, caseworker):
        assert not consent(person(caseworker), caseworker).has_lapsed_on(self.GROWN_UP)

    def test_another_basis_does_not_end(self, caseworker):
        given = consent(child(caseworker), caseworker, basis="legal_duty", basis_because="Putusan hakim")
        assert not given.has_lapsed_on(self.GROWN_UP)

    def test_a_guardian_whom_a_court_named_for_a_grown_up_stays(self, caseworker):
        named = {"capacity": "guardian", "given_by": "Sulastri", "basis_because": "Penetapan pengadilan"}
        assert not consent(person(caseworker), caseworker, **named).has_lapsed_on(self.GROWN_UP)


class TestAboutPeople:
    def test_a_home_and_what_is_said_of_it_are_about_everybody_there(self, caseworker):
        first = person(caseworker)
        second = child(caseworker, household=first.household)
        said = Fact(household=first.household)
        assert {first.pk, second.pk} == set(first.household.about_people) == set(said.about_people)


class TestFact:
    @pytest.mark.parametrize(
        "wrong", [{"person": None}, {"state": "known"}, {"state": "unknown", "value_sealed": b"x"}]
    )
    def test_the_database_refuses_what_cannot_be(self, caseworker, wrong):
        kept = {"person": person(caseworker), "state": "unknown", **wrong}
        with pytest.raises(IntegrityError):
            Fact.objects.create(
                name="poor", noted_at=AT, noted_by=caseworker.pk, valid_from=ON, source="self", **kept
            )
