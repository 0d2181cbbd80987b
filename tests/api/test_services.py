"""Services for other programs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.referrals.actions.finding import keep
from tests.access.factories import user_with
from tests.api.programs import asked, program_of
from tests.organisations.factories import organisation
from tests.organisations.office import accredited
from tests.places.factories import few_regions
from tests.referrals.loop import a_line
from tests.referrals.loop import a_service as offered
from tests.screening.factories import TODAY, when
from tests.services.factories import VILLAGE, a_service, hours_row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def regions():
    few_regions()


@pytest.fixture
def reader(db):
    return user_with("researcher")


class TestServices:
    def test_names_what_anybody_may_find_and_nothing_else(self, reader, client):
        body = organisation()
        for listing in ("open", "paused", "draft", "ended"):
            a_service(body, name=listing, listing=listing)
        found = asked(reader, "services").json()
        assert {row["name"] for row in found["rows"]} == {"open", "paused"}
        assert client.get("/api/services").status_code == 401

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ({"kind": "food"}, {"Dapur"}),
            ({"situation": "sick"}, {"Klinik"}),
            ({"need_type": "LUT"}, {"Dapur"}),
            ({"region": "21.02.10"}, {"Klinik"}),
            ({"q": "klinik bahari"}, {"Klinik"}),
            ({"q": "Klínik"}, {"Klinik"}),
        ],
        ids=["kind", "situation", "need type", "region", "words", "marks"],
    )
    def test_narrows(self, reader, query, names):
        body = organisation()
        a_service(body, name="Dapur", need_types=["LUT"])
        a_service(body, name="Klinik", kind="health", situations=["sick"], place={})
        assert {row["name"] for row in asked(reader, "services", **query).json()["rows"]} == names

    @pytest.mark.parametrize(
        "query", [{"need_type": 'LUT"'}, {"kind": "a\0"}, {"region": "21.0"}], ids=["quote", "zero", "half"]
    )
    def test_refuses_what_is_no_code(self, reader, query):
        assert asked(reader, "services", **query).status_code == 422

    def test_lets_the_unconfirmed_sink(self, reader):
        a_service(name="A", confirmed_on=None)
        a_service(name="Z", confirmed_on="2999-01-01")
        rows = asked(reader, "services").json()["rows"]
        assert [(row["name"], row["is_unconfirmed"]) for row in rows] == [("Z", False), ("A", True)]

    def test_finds_no_secret_place_below_its_regency(self, reader):
        house = organisation(name="Rumah Teduh")
        a_service(house, place={})
        house.is_address_secret = True
        house.save()
        assert asked(reader, "services", region=VILLAGE).json()["count"] == 0
        (row,) = asked(reader, "services", region="21.02").json()["rows"]
        assert row["region"] == "21.02"

    def test_asks_the_same_questions_for_any_number(self, reader, django_assert_num_queries):
        program = program_of(reader)
        a_service(organisation(), place={}, areas=(VILLAGE,))
        program.get("/api/services")
        with CaptureQueriesContext(connection) as few:
            program.get("/api/services")
        for _number in range(8):
            a_service(organisation(), place={}, areas=(VILLAGE,))
        with django_assert_num_queries(len(few)):
            assert program.get("/api/services").json()["count"] == 9


class TestService:
    def test_tells_places_hours_regions_and_what_the_body_carries(self, reader):
        service = a_service(place={}, areas=(VILLAGE,), rule="is_elderly", rule_words="Lanjut usia")
        accredited(service.organisation, grade="A")
        hours_row(service).save()
        found = asked(reader, f"services/{service.pk}").json()
        assert found["places"][0]["address"] == "Jalan Nelayan 3"
        assert found["hours"] == ["Senin–Jumat dengan janji lebih dahulu"]
        assert (found["areas"], found["accreditation"], found["rule"]) == ([VILLAGE], "A", "is_elderly")

    def test_is_not_there_as_a_draft(self, reader):
        draft = a_service(listing="draft")
        assert asked(reader, f"services/{draft.pk}").status_code == 404


class TestServicesForANeed:
    @pytest.fixture
    def line(self, caseworker, monkeypatch):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
        return a_line(caseworker)

    def test_stand_in_their_order_with_reasons(self, caseworker, line):
        offered(name="Untuk lansia", age_from=60, free=2, free_on=TODAY)
        offered(name="Untuk anak", age_to=17)
        offered(name="Dengan syarat", rule="poor")
        found = asked(caseworker, f"plan-steps/{line.pk}/services").json()
        told = [(row["place"], row["name"], row["answer"], row["missing"]) for row in found["rows"]]
        assert told == [
            (1, "Untuk lansia", "yes", []),
            (2, "Dengan syarat", "unknown", ["poor"]),
            (3, "Untuk anak", "no", []),
        ]
        assert (found["count"], found["fitting"]) == (3, 2)
        assert found["rows"][0]["reasons"][0]["criterion"] == "eligibility"
        assert "Siti" not in str(found)

    def test_are_narrowed_and_carry_what_was_noted(self, caseworker, line):
        full, kept = offered(name="Penuh", free=0, free_on=TODAY), offered(name="Kosong")
        keep(line, by=caseworker, service=kept, is_wished=True, **when(140))
        address = f"plan-steps/{line.pk}/services"
        rows = asked(caseworker, address, has_room=True).json()["rows"]
        assert [(row["name"], row["is_wished"], row["can_be_proposed"]) for row in rows] == [
            ("Kosong", True, True)
        ]
        assert full.name in str(asked(caseworker, address).json())

    @pytest.mark.parametrize(("role", "status"), [("stranger", 404), ("head", 403), ("volunteer", 403)])
    def test_are_for_who_may_send(self, line, request, role, status):
        user = request.getfixturevalue(role)
        assert asked(user, f"plan-steps/{line.pk}/services").status_code == status
