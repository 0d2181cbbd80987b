"""The door for other programs."""

import json

import pytest

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
        found = judged(program, facts={"born": "1954-03-01", "basic_needs_met": False}).json()
        assert found["findings"]["LUT"]["answer"] == "yes"
        assert found["findings"]["ABT"]["answer"] == "no"

    def test_takes_an_estimated_birth_as_a_range(self, program):
        found = judged(program, facts={"born": {"earliest": "1964-01-01", "latest": "1970-01-01"}}).json()
        assert found["findings"]["LUT"]["answer"] == "unknown"

    def test_names_the_next_question(self, program):
        assert judged(program).json()["next_question"]

    @pytest.mark.parametrize(
        "facts",
        [
            {"no_such_fact": True},
            {"born": "yesterday"},
            {"born": 0},
            {"basic_needs_met": "maybe"},
            {"sex": "X"},
        ],
    )
    def test_says_what_is_wrong_with_facts_that_cannot_be(self, program, facts):
        answer = judged(program, facts=facts)
        assert answer.status_code == 400
        assert next(iter(facts)) in answer.json()["detail"]

    def test_refuses_an_edition_of_names_only(self, program):
        assert judged(program, edition="depsos-2007-22").status_code == 400

    def test_refuses_a_day_that_is_not_written_as_one(self, program):
        assert judged(program, on=0).status_code == 422


class TestRegions:
    def test_refuses_a_single_letter(self, program):
        assert program.get("/api/regions?q=a").status_code == 422
