from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection

from simpul.access import secrets
from simpul.access.secrets import unseal
from simpul.catalogue import facts as catalogue_facts
from simpul.engines.rules import DateRange
from simpul.people.models import Consent, Fact, Person
from simpul.people.queries import stored
from tests.people.factories import AT, BORN, NIK, ON, child, consent, fact, person

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


def raw_table(model):
    """Every column of every row, as it lies in the database."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {model._meta.db_table}")
        cells = [cell for row in cursor.fetchall() for cell in row]
    is_binary = (bytes, memoryview)
    return b"\n".join(bytes(cell) if isinstance(cell, is_binary) else str(cell).encode() for cell in cells)


class TestFact:
    SAID = ("offence_process", "sentenced", "court_letter")

    @pytest.mark.parametrize(
        "wrong", [{"person": None}, {"state": "maybe"}, {"said_sealed": None}, {"name_index": None}]
    )
    def test_the_database_refuses_what_cannot_be(self, caseworker, wrong):
        row = fact(person(caseworker), caseworker, "has_id_card", state="unknown")
        with pytest.raises(IntegrityError):
            Fact.objects.filter(pk=row.pk).update(**wrong)

    @pytest.mark.parametrize(("state", "value"), [("known", None), ("unknown", True), ("refused", False)])
    def test_has_a_value_exactly_where_it_is_known(self, state, value):
        with pytest.raises(ValueError, match="known"):
            Fact(state=state).say("has_id_card", value)

    def test_opens_once_however_much_is_read(self, caseworker, monkeypatch):
        key = fact(person(caseworker), caseworker, "has_id_card", True, proof="ktp").pk
        row, opened = Fact.objects.get(pk=key), []
        monkeypatch.setattr(secrets, "unseal", lambda *kept: opened.append(kept) or unseal(*kept))
        assert (row.name, row.value, row.proof) == ("has_id_card", True, "ktp")
        assert len(opened) == 1

    def test_says_nothing_in_its_table(self, caseworker):
        name, value, proof = self.SAID
        row = fact(person(caseworker), caseworker, name, value, proof=proof)
        assert (row.name, row.value, row.proof) == self.SAID
        kept = raw_table(Fact)
        assert str(caseworker).encode() in kept
        assert [said for said in self.SAID if said.encode() in kept] == []

    def test_nobody_shares_the_index_of_a_name(self, caseworker):
        rows = [fact(person(caseworker), caseworker, "has_id_card", True) for _time in range(2)]
        assert bytes(rows[0].name_index) != bytes(rows[1].name_index)
        assert Fact.objects.filter(person=rows[1].person).named("has_id_card").get() == rows[1]

    def test_takes_the_same_room_whatever_is_said(self):
        born = stored(DateRange(date(1950, 1, 1), date(1955, 12, 31)))
        names = catalogue_facts.asked_facts()
        said = [("known", "born", born, "birth_certificate"), ("known", *self.SAID)]
        said += [("unknown", name, None, "") for name in names] + [
            ("known", name, True, "") for name in names
        ]
        rows = [Fact(state=state) for state, *_rest in said]
        for row, (_state, *words) in zip(rows, said, strict=True):
            row.say(*words)
        assert len({len(row.said_sealed) for row in rows}) == 1
