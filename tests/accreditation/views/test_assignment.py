import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from simpul.accreditation.models import Accreditation, Assignment
from tests.access.factories import give
from tests.accreditation.factories import accepted, assigned, fresh, handed_over, named, today, visiting

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"accreditation:{name}", args=args)


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def day(name, on):
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


@pytest.fixture
def told(client):
    told = accepted()
    client.force_login(told.secretary)
    return told


class TestName:
    def test_offers_who_may_and_says_of_others_why_not(self, client, told):
        give(told.second, "caseworker", organisation=told.organisation.pk)
        words = text(client.get(at("name", told.run.pk, "assessor")))
        assert str(told.first.pk) in words
        assert str(told.second.pk) not in words
        assert "bekerja untuk lembaga yang dinilai" in words

    def test_names_somebody(self, client, told):
        typed = {"once": str(uuid.uuid4()), "user": str(told.first.pk), **day("since", today())}
        response = client.post(at("name", told.run.pk, "assessor"), typed)
        assert response.url == at("assignments", told.run.pk)
        assert "Asesor Satu" in text(client.get(response.url))

    def test_has_no_page_for_a_part_that_is_not_there(self, client, told):
        assert client.get(at("name", told.run.pk, "boss")).status_code == 404


class TestAssignments:
    def test_offers_to_prolong_and_end_only_what_still_goes_on(self, client):
        told = handed_over()
        client.force_login(told.secretary)
        validator = named(told, told.validator, "validator")
        shown = text(client.get(at("assignments", told.run.pk)))
        assert at("prolong", validator.pk) in shown
        assert at("end-assignment", Assignment.objects.filter(part="assessor").first().pk) not in shown


class TestEnd:
    def test_ends_with_a_reason(self, client, told):
        row = named(told, told.first)
        assert "Asesor Satu" in text(client.get(at("end-assignment", row.pk)))
        client.post(at("end-assignment", row.pk), {"version": "1", "because": "berhalangan"})
        assert Assignment.objects.get().withdrawn_because == "berhalangan"


class TestProlong:
    def test_moves_the_last_day(self, client, told):
        row = named(told, told.first)
        until = today() + timedelta(days=60)
        assert at("prolong", row.pk) in text(client.get(at("assignments", told.run.pk)))
        assert "Asesor Satu" in text(client.get(at("prolong", row.pk)))
        client.post(at("prolong", row.pk), day("until", until))
        assert Assignment.objects.get().until == until


class TestBeginVisit:
    def test_begins_when_all_have_declared(self, client):
        told = assigned()
        client.force_login(told.secretary)
        assert "Mulai visitasi" in text(client.get(at("assignments", told.run.pk)))
        client.post(at("begin-visit", told.run.pk), {"version": str(told.run.version)})
        assert fresh(told).stage == "visit"

    def test_says_what_is_missing(self, client, told):
        response = client.post(
            at("begin-visit", told.run.pk), {"version": str(told.run.version)}, follow=True
        )
        assert "Perlu 2 asesor" in text(response)


class TestNameAnew:
    def test_goes_back(self, client):
        told = visiting()
        client.force_login(told.secretary)
        text(client.get(at("name-anew", told.run.pk)))
        client.post(at("name-anew", told.run.pk), {"version": str(told.run.version), "because": "konflik"})
        assert fresh(told).stage == "assignment"


class TestMine:
    def test_asks_for_the_declaration_first(self, client, told):
        row = named(told, told.first)
        client.force_login(told.first)
        words = text(client.get(at("mine")))
        assert at("declare", row.pk) in words
        assert at("visit", told.run.pk) not in words

    def test_leads_to_the_visit_afterwards(self, client):
        told = visiting()
        client.force_login(told.first)
        assert at("visit", told.run.pk) in text(client.get(at("mine")))

    @pytest.mark.parametrize("stage", ["accredited", "not_accredited", "withdrawn"])
    def test_is_empty_once_the_run_has_ended(self, client, stage):
        told = visiting()
        Accreditation.objects.filter(pk=told.run.pk).update(stage=stage)
        client.force_login(told.first)
        assert "Tidak ada tugas" in text(client.get(at("mine")))

    def test_of_a_validator_waits_for_the_scores(self, client):
        told = visiting()
        row = named(told, told.validator, "validator")
        client.force_login(told.validator)
        assert at("declare-validator", row.pk) in text(client.get(at("mine")))
        typed = {"answer": "no", "words": ""}
        client.post(at("declare-validator", row.pk), typed)
        assert "Belum waktunya" in text(client.get(at("mine")))

    def test_is_empty_for_who_is_not_named(self, client, told):
        client.force_login(told.head)
        assert "Tidak ada tugas" in text(client.get(at("mine")))


class TestDeclare:
    def test_ends_the_assignment_of_who_has_a_conflict(self, client, told):
        row = named(told, told.first)
        client.force_login(told.first)
        assert "LKS Tunas Bahari" in text(client.get(at("declare", row.pk)))
        assert client.post(at("declare", row.pk), {"answer": "yes"}).status_code == 422
        client.post(at("declare", row.pk), {"answer": "yes", "words": "saudara"})
        assert client.get(at("declare", row.pk)).status_code == 404
        client.force_login(told.secretary)
        assert "saudara" in text(client.get(at("assignments", told.run.pk)))

    def test_of_somebody_else_does_not_exist(self, client, told):
        row = named(told, told.first)
        named(told, told.second)
        client.force_login(told.second)
        assert client.get(at("declare", row.pk)).status_code == 404
