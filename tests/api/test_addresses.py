"""The door for other programs."""

import json

import pytest
from django.utils.translation import gettext, override

from simpul.catalogue import facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(client, caseworker):
    client.force_login(caseworker, backend="django.contrib.auth.backends.ModelBackend")
    return client


def judged(program, **asked):
    body = {"edition": "permensos-8-2012", "on": "2026-11-21", "facts": {}} | asked
    return program.post("/api/judge", json.dumps(body), content_type="application/json")


class TestEditions:
    def test_names_every_edition_with_its_source(self, program):
        codes = {edition["code"] for edition in program.get("/api/editions").json()}
        assert {"permensos-8-2012", "seed004-28", "depsos-2007-22"} <= codes

    def test_shows_one_edition_with_its_types(self, program):
        types = program.get("/api/editions/permensos-8-2012").json()["types"]
        assert len(types) == 26

    def test_says_where_the_names_are_when_there_is_no_such_edition(self, program):
        answer = program.get("/api/editions/nothing")
        assert answer.status_code == 404
        assert "/api/editions" in answer.json()["detail"]


class TestJudge:
    def test_judges_facts_with_reasons_and_stores_nothing(self, program):
        found = judged(
            program, facts={"born": "1954-03-01", "basic_needs_met": False, "left_alone": True}
        ).json()
        assert found["findings"]["LUT"]["answer"] == "yes"
        assert found["findings"]["ABT"]["answer"] == "no"

    def test_takes_an_estimated_birth_as_a_range(self, program):
        found = judged(program, facts={"born": {"earliest": "1964-01-01", "latest": "1970-01-01"}}).json()
        assert found["findings"]["LUT"]["answer"] == "unknown"

    def test_names_the_next_question(self, program):
        assert judged(program).json()["next_question"]

    def test_names_no_question_that_was_asked_in_vain(self, program):
        first = judged(program).json()["next_question"]
        assert judged(program, skip=[first]).json()["next_question"] not in {first, None}

    def test_never_puts_forward_what_is_not_for_this_person(self, program):
        skip, asked = [], facts.asked_facts()
        born = {"born": "2018-03-01"}
        while name := judged(program, facts=born, skip=skip).json()["next_question"]:
            skip.append(name)
        assert not any(asked[name].volunteered_only for name in skip)
        assert "sexual_services_offered" not in skip

    def test_asks_what_hurts_late(self, program):
        name = judged(program, facts={"born": "1980-03-01", "sex": "L"}).json()["next_question"]
        assert facts.get(name).pain < 3

    @pytest.mark.parametrize(
        "given",
        [
            {"no_such_fact": True},
            {"born": "yesterday"},
            {"born": 0},
            {"basic_needs_met": "maybe"},
            {"sex": "X"},
        ],
    )
    def test_says_what_is_wrong_with_facts_that_cannot_be(self, program, given):
        answer = judged(program, facts=given)
        assert answer.status_code == 400
        assert next(iter(given)) in answer.json()["detail"]

    @pytest.mark.parametrize(
        "given",
        [{"street_hours": True}, {"street_hours": "4"}, {"street_hours": 99}, {"poor": 1}, {"sex": 1}],
    )
    def test_takes_no_value_of_another_kind(self, program, given):
        assert judged(program, facts=given).status_code == 400

    def test_refuses_an_edition_of_names_only(self, program):
        assert judged(program, edition="depsos-2007-22").status_code == 400

    def test_refuses_a_day_that_is_not_written_as_one(self, program):
        assert judged(program, on=0).status_code == 422


class TestRegions:
    @pytest.fixture
    def asked(self, program, monkeypatch):
        """Ask for regions; what the search itself was given."""
        given = {}
        monkeypatch.setattr("simpul.api.addresses.places.find", lambda text, **how: given.update(how) or [])

        def ask(**query):
            return program.get("/api/regions", query).status_code, given

        return ask

    def test_refuses_a_single_letter(self, program):
        assert program.get("/api/regions?q=a").status_code == 422

    def test_looks_first_in_the_area_named(self, asked):
        status, given = asked(q="meral", near="21.02")
        assert (status, given["near"]) == (200, "21.02")

    def test_looks_everywhere_when_no_area_is_named(self, asked):
        status, given = asked(q="meral")
        assert (status, given["near"]) == (200, "")

    @pytest.mark.parametrize("near", ["2", "21.", "karimun", "21.02.01.20"])
    def test_refuses_an_area_that_is_no_code(self, asked, near):
        assert asked(q="meral", near=near)[0] == 422


class TestLanguage:
    def test_is_indonesian_when_none_is_asked_for(self, program):
        answer = program.get("/api/editions/nothing")
        assert answer.headers["Content-Language"] == "id"
        assert answer.json()["detail"].startswith("Tidak ada daftar")

    @pytest.mark.parametrize(
        ("asked", "given"), [("en", "en"), ("en-GB,id;q=0.5", "en"), ("id,en;q=0.9", "id"), ("nl", "id")]
    )
    def test_is_the_one_that_the_program_asks_for(self, program, asked, given):
        answer = program.get("/api/editions/nothing", headers={"accept-language": asked})
        assert answer.headers["Content-Language"] == given
        with override(given):
            sentence = gettext("Tidak ada daftar “%(code)s”. GET /api/editions menyebut semua daftar.")
        assert answer.json()["detail"] == sentence % {"code": "nothing"}

    def test_is_that_of_the_findings_too(self, program):
        body = json.dumps({"edition": "permensos-8-2012", "on": "2026-11-21"})
        header = {"accept-language": "en"}
        found = program.post("/api/judge", body, content_type="application/json", headers=header).json()
        assert found["sentences"]["LUT"].endswith(": not known yet")

    def test_says_what_cannot_be_read_and_keeps_it_for_programs(self, program):
        answer = judged(program, on="kemarin")
        assert answer.status_code == 422
        assert "on" in answer.json()["detail"]
        assert answer.json()["errors"]

    def test_asks_who_is_signed_out_to_sign_in(self, client):
        answer = client.get("/api/editions")
        assert answer.status_code == 401
        assert "Masuk dulu" in answer.json()["detail"]
