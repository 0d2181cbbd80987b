"""The door for other programs."""

import json

import pytest

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

    def test_refuses_an_edition_of_names_only(self, program):
        assert judged(program, edition="depsos-2007-22").status_code == 400

    def test_refuses_a_day_that_is_not_written_as_one(self, program):
        assert judged(program, on=0).status_code == 422


class TestRegions:
    def test_refuses_a_single_letter(self, program):
        assert program.get("/api/regions?q=a").status_code == 422
