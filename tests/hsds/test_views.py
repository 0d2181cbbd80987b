"""Every address of the standard, its parameters, its envelope, and what is never told."""

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from simpul.access import limits
from simpul.hsds import door
from simpul.hsds.schemas import faults
from simpul.hsds.taxonomies import HELP, NEEDS, term_of
from simpul.organisations.models import ServedArea
from simpul.services.models import AtPlace, Hours, Outside
from tests.hsds.listings import ADDRESS, VILLAGE, hidden, meals
from tests.organisations.factories import organisation
from tests.services.factories import AT, a_service

pytestmark = pytest.mark.django_db

LISTS = {
    "services": "service",
    "services?full=true": "service",
    "services?minimal=true": "service",
    "service_at_locations": "service_at_location",
    "service_at_locations?full=true": "service_at_location",
    "organizations": "organization",
    "organizations?full=true": "organization",
    "organizations?full_service=true": "organization",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}


@pytest.fixture(autouse=True)
def nobody_asked_before():
    limits.forget_all()


def ask(client, address, **headers):
    return client.get(f"/hsds/{address}", headers=headers)


def contents(client, address):
    response = ask(client, address)
    assert response.status_code == 200, response.content
    return response.json()["contents"]


class TestAbout:
    def test_names_the_version_the_profile_and_the_description(self, client):
        told = ask(client, "").json()
        assert told == {
            "version": "3.0",
            "profile": "http://testserver/hsds/profile",
            "openapi_url": "http://testserver/hsds/openapi.json",
        }

    def test_describes_itself_with_its_own_address_and_without_a_reference_outside(self, client):
        response = ask(client, "openapi.json")
        assert response.json()["servers"] == [{"url": "http://testserver/hsds"}]
        assert "raw.githubusercontent" not in response.content.decode()

    def test_tells_what_it_adds_on_a_page(self, client):
        assert "simpul_rule" in ask(client, "profile").content.decode()

    def test_answers_an_unknown_address_in_json(self, client):
        response = ask(client, "persons")
        assert response.status_code == 404
        assert response.json()["detail"]


class TestEveryPage:
    @pytest.mark.parametrize("address", LISTS)
    def test_validates_against_the_schemas_page_by_page(self, client, address):
        for number in range(3):
            meals(name=f"Layanan {number}")
        hidden()
        page, checked = 1, 0
        while True:
            told = ask(client, f"{address}{'&' if '?' in address else '?'}page={page}&per_page=2").json()
            kind = LISTS[address]
            wrong = [
                fault for row in told["contents"] for fault in faults(kind, row, is_listed="=" not in address)
            ]
            checked += told["size"]
            assert wrong == []
            if told["last_page"]:
                break
            page += 1
        assert checked == told["total_items"] > 0

    @pytest.mark.parametrize("address", [one for one in LISTS if one != "services?minimal=true"])
    def test_streams_all_rows_as_lines(self, client, address):
        meals()
        a_service(organisation(name="Panti Bahagia"))
        whole = contents(client, f"{address}{'&' if '?' in address else '?'}per_page=500")
        response = ask(client, f"{address}{'&' if '?' in address else '?'}format=ndjson")
        lines = [json.loads(line) for line in response.getvalue().splitlines()]
        assert response.headers["Content-Type"] == "application/x-ndjson"
        assert lines == whole

    def test_beyond_the_last_is_empty(self, client):
        a_service()
        told = ask(client, "services?page=9").json()
        assert told["empty"]
        assert told["last_page"]
        assert told["total_items"] == 1

    @pytest.mark.parametrize(
        "address", ["services?full=true", "service_at_locations?full=true", "organizations?full=true"]
    )
    def test_asks_the_database_no_more_for_more_rows(self, client, address, django_assert_max_num_queries):
        meals()
        with django_assert_max_num_queries(100) as few:
            ask(client, address)
        for number in range(5):
            meals(body=organisation(name=f"LKS {number}"), name=f"Layanan {number}")
        with django_assert_max_num_queries(100) as many:
            ask(client, address)
        assert len(many) == len(few)


class TestOneRow:
    def test_of_each_kind_validates_and_is_whole(self, client):
        service = meals()
        at_place = AtPlace.objects.get()
        term = term_of(HELP, "food")
        for kind, address in {
            "service": f"services/{service.pk}",
            "service_at_location": f"service_at_locations/{at_place.pk}",
            "organization": f"organizations/{service.organisation_id}?full_service=true",
            "taxonomy": f"taxonomies/{term.taxonomy.id}",
            "taxonomy_term": f"taxonomy_terms/{term.id}",
        }.items():
            response = ask(client, address)
            assert response.status_code == 200, address
            assert faults(kind, response.json()) == []

    def test_tells_rule_and_words_hours_area_papers_and_place(self, client):
        told = ask(client, f"services/{meals().pk}").json()
        assert told["simpul_rule"] == "is_elderly"
        assert told["eligibility_description"] == "Lansia yang tinggal sendiri"
        assert told["schedules"][0]["byday"] == "MO,TU"
        assert told["service_areas"][0]["simpul_region_code"] == "21.02"
        assert told["required_documents"][0]["document"].startswith("KTP")
        assert told["service_at_locations"][0]["location"]["addresses"][0]["address_1"] == ADDRESS

    @pytest.mark.parametrize(
        "kind", ["services", "service_at_locations", "organizations", "taxonomies", "taxonomy_terms"]
    )
    @pytest.mark.parametrize("key", ["no-key", "6f1c5a0e-8d0b-5e0c-9f56-3a1d0b6b7c31"])
    def test_that_is_not_there_is_404_in_json(self, client, kind, key):
        response = ask(client, f"{kind}/{key}")
        assert response.status_code == 404
        assert response.json()["detail"]


class TestNarrowing:
    def test_by_words(self, client):
        meals(name="Antar nasi")
        a_service(name="Asrama", kind="shelter", about="Tidur")
        assert [row["name"] for row in contents(client, "services?search=NASI")] == ["Antar nasi"]
        assert contents(client, "services?search=!!!") == []

    def test_by_term_and_by_list(self, client):
        meals(name="Antar nasi")
        a_service(name="Asrama", kind="shelter")
        food, need = term_of(HELP, "food"), term_of(NEEDS, "LUT", "permensos-8-2012")
        assert [row["name"] for row in contents(client, f"services?taxonomy_term_id={food.id}")] == [
            "Antar nasi"
        ]
        assert [row["name"] for row in contents(client, f"services?taxonomy_term_id={need.id}")] == [
            "Antar nasi"
        ]
        assert [row["name"] for row in contents(client, f"services?taxonomy_id={need.taxonomy.id}")] == [
            "Antar nasi"
        ]
        assert contents(client, f"services?taxonomy_term_id={uuid4()}") == []

    def test_by_body(self, client):
        one = meals()
        a_service(organisation(name="Lain"))
        found = contents(client, f"services?organization_id={one.organisation_id}")
        assert [row["id"] for row in found] == [str(one.pk)]

    def test_by_the_moment_of_change(self, client):
        a_service(name="Lama", modified_at=AT - timedelta(days=9))
        a_service(name="Baru", modified_at=AT)
        found = contents(client, f"services?modified_after={AT:%Y-%m-%dT%H:%M:%SZ}")
        assert [row["name"] for row in found] == ["Baru"]

    def test_minimal_gives_all_at_once_with_key_and_moment(self, client):
        for number in range(3):
            a_service(name=f"Layanan {number}")
        told = ask(client, "services?minimal=true&per_page=1").json()
        assert told["size"] == told["total_items"] == 3
        assert set(told["contents"][0]) == {"id", "name", "status", "last_modified", "modified_date"}

    def test_by_postcode_and_distance(self, client):
        meals(name="Dekat")
        meals(
            name="Jauh",
            place={"latitude": 1.5, "longitude": 104.0, "postal_code": "29999", "address": "Jalan Jauh 1"},
        )
        near = contents(client, "service_at_locations?postcode=29661&proximity=5000")
        assert [row["service"]["name"] for row in near] == ["Dekat"]
        assert contents(client, "service_at_locations?postcode=00000&proximity=5000") == []
        # Without a middle nothing is near.
        assert contents(client, "service_at_locations?proximity=5000") == []

    def test_by_the_area_that_a_postcode_lies_in(self, client):
        meals(name="Untuk Karimun")
        meals(name="Untuk Jakarta", areas=("31.71",))
        served = organisation(name="LKS Kepri")
        ServedArea.objects.create(organisation=served, code="21")
        a_service(served, name="Menurut lembaga", place={"region": "21.71.01.1001"})
        found = contents(client, "service_at_locations?postcode=29661")
        assert {row["service"]["name"] for row in found} == {"Untuk Karimun", "Menurut lembaga"}

    def test_terms_by_list_top_and_parent(self, client):
        key = term_of(HELP, "food").taxonomy.id
        whole = contents(client, f"taxonomy_terms?taxonomy_id={key}&per_page=500")
        assert whole == contents(client, f"taxonomy_terms?taxonomy_id={key}&top_only=true&per_page=500")
        assert {row["taxonomy_id"] for row in whole} == {key}
        assert contents(client, f"taxonomy_terms?parent_id={key}") == []

    def test_terms_of_another_register_stand_beside(self, client):
        record = {"id": str(uuid4()), "name": "Anak", "description": "Anak", "parent_id": str(uuid4())}
        Outside.objects.create(kind="taxonomy_term", source="x", words={"record": record}, modified_at=AT)
        assert contents(client, f"taxonomy_terms?parent_id={record['parent_id']}") == [record]


class TestWhatCannotBeRead:
    @pytest.mark.parametrize(
        "query",
        [
            "page=0", "page=-1", "page=x", "page=1.5", "page=99999999999", "page=1&page=2", "per_page=0", "per_page=501",
            "format=xml", "taxonomy_id=x", "taxonomy_term_id=1", "organization_id=x", "modified_after=kemarin",
            "modified_after=2026-13-01", "modified_after=0001-01-01", "minimal=1", "full=yes", "full=", "search=%00",
        ],
    )  # fmt: skip
    def test_is_named_with_400(self, client, query):
        response = ask(client, f"services?{query}")
        assert response.status_code == 400
        assert response.json()["parameter"] == query.partition("=")[0]
        assert response.json()["detail"]

    @pytest.mark.parametrize(
        "query", ["postcode=1&proximity=x", "postcode=1&proximity=-5", "postcode=12345678901"]
    )
    def test_a_distance_is_in_metres_and_a_postcode_short(self, client, query):
        assert ask(client, f"service_at_locations?{query}").status_code == 400

    def test_writing_is_refused(self, client):
        response = client.post("/hsds/services", {})
        assert response.status_code == 405
        assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


class TestHeaders:
    def test_the_same_answer_is_not_sent_twice(self, client):
        service = meals()
        first = ask(client, f"services/{service.pk}")
        again = ask(client, f"services/{service.pk}", if_none_match=first.headers["ETag"])
        assert (again.status_code, again.content) == (304, b"")
        assert first.headers["Last-Modified"] == "Sun, 22 Nov 2026 03:00:00 GMT"

    def test_a_change_is_sent(self, client):
        service = meals()
        held = ask(client, "services").headers["ETag"]
        service.name, service.modified_at = "Nama lain", datetime(2026, 11, 23, tzinfo=UTC)
        service.save()
        assert ask(client, "services", if_none_match=held).status_code == 200

    def test_any_page_of_the_web_may_read(self, client):
        assert ask(client, "services").headers["Access-Control-Allow-Origin"] == "*"
        asked = client.options("/hsds/services")
        assert (asked.status_code, asked.headers["Access-Control-Allow-Origin"]) == (204, "*")

    def test_nobody_is_remembered(self, client):
        assert not ask(client, "services").cookies

    def test_too_much_is_told_to_wait(self, client, monkeypatch):
        monkeypatch.setattr(door, "ASKING", limits.Limit("hsds-test", 1))
        assert ask(client, "taxonomies").status_code == 200
        response = ask(client, "taxonomies")
        assert response.status_code == 429
        assert response.headers["Retry-After"] == "3600"


TELLING = {"name": "Rumah Kenanga", "cost_words": "Ojek ke Kenanga", "papers": ["KTP ke Kenanga"]}


class TestWhatIsNeverTold:
    EVERYWHERE = (
        "services", "services?full=true", "services?minimal=true", "service_at_locations", "service_at_locations?full=true", "organizations",
        "organizations?full=true", "organizations?full_service=true", "services?format=ndjson&full=true",
    )  # fmt: skip

    @pytest.mark.parametrize("address", EVERYWHERE)
    def test_where_a_shelter_stands(self, client, address):
        service = hidden(contact_name="Bu Rahasia", **TELLING)
        Hours.objects.create(service=service, by_day="WE", words="Di Kenanga")
        told = ask(client, address).getvalue().decode()
        assert str(service.pk if "minimal" in address else service.organisation_id) in told
        for secret in ("Kenanga", "29661", "103.35", "21.02.10", "0777-999888", "rumahaman", "Rahasia"):
            assert secret not in told, secret

    @pytest.mark.parametrize("query", ["search=kenanga", "postcode=29661", "postcode=29661&proximity=50"])
    def test_by_asking_around_it(self, client, query):
        hidden(**TELLING)
        assert contents(client, f"service_at_locations?{query}") == []

    @pytest.mark.parametrize("postcode", ["29661", "29662"], ids=["its village", "another village"])
    def test_by_asking_postcode_by_postcode(self, client, postcode):
        service = hidden()
        for village, code in ((VILLAGE, "29661"), ("21.02.01.1001", "29662")):
            a_service(name=code, place={"region": village, "postal_code": code}, areas=["93"])
        found = contents(client, f"service_at_locations?postcode={postcode}")
        assert [row["service"]["id"] for row in found] == [str(service.pk)]

    def test_drafts_ended_listings_and_those_of_closed_bodies(self, client):
        for listing in ("draft", "ended"):
            a_service(name=listing, listing=listing)
        a_service(organisation(name="Tutup", is_closed=True))
        assert contents(client, "services") == []
        assert contents(client, "service_at_locations") == []

    def test_people_and_families_who_help(self, client):
        body = organisation(name="Pak Hasan", kind="person")
        service = a_service(body)
        assert contents(client, "services") == contents(client, "organizations") == []
        assert ask(client, f"services/{service.pk}").status_code == 404
        assert ask(client, f"organizations/{body.pk}").status_code == 404

    def test_who_answers_there(self, client):
        service = meals(contact_name="Bu Salmah")
        assert "Salmah" not in ask(client, f"services/{service.pk}").content.decode()


class TestLengthOfAPage:
    @pytest.mark.parametrize(
        ("query", "length"),
        [("", 25), ("full=true", 10), ("full=false", 25), ("full=true&per_page=12", 12)],
        ids=["plain", "whole", "not whole", "as asked"],
    )
    def test_is_shorter_for_whole_rows_unless_it_is_asked(self, client, query, length):
        body = organisation(name="LKS Harapan Laut")
        for number in range(26):
            a_service(body, name=f"Layanan {number}")
        told = ask(client, f"services?{query}").json()
        assert (told["size"], told["total_items"], told["total_pages"]) == (length, 26, -(-26 // length))
