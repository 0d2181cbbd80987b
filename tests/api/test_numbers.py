"""Numbers for other programs: those of the page, and exactly the cases behind each."""

from datetime import timedelta

import pytest

from simpul.access.models import Mention
from simpul.cases.queries.numbers import Period, Scope, parts_of, period_of
from tests.api.programs import asked
from tests.cases.contacts_factories import opened, tasked
from tests.screening.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


class TestNumbers:
    def test_are_those_of_the_page_with_their_definitions(self, caseworker):
        tasked(opened(caseworker), caseworker, days=-2)
        told = asked(caseworker, "numbers").json()
        scope = Scope(caseworker, TODAY, *period_of(Period.THIS_YEAR, TODAY))
        shown = {part.code: part.definition for part in parts_of(scope)}
        assert {part["code"]: part["definition"] for part in told["parts"]} == shown
        assert (told["since"], told["until"]) == ("2026-01-01", str(TODAY))

    def test_count_only_what_is_within_reach(self, caseworker, stranger):
        opened(caseworker)
        (stages,) = [part for part in asked(stranger, "numbers").json()["parts"] if part["code"] == "stage"]
        assert all(figure["cases"] == 0 for line in stages["lines"] for figure in line["figures"])

    @pytest.mark.parametrize(
        "days",
        [{"since": TODAY, "until": TODAY - timedelta(days=1)}, {"until": TODAY + timedelta(days=1)}],
        ids=["end-before-start", "not-yet"],
    )
    def test_refuse_days_that_cannot_be(self, caseworker, days):
        answer = asked(caseworker, "numbers", **days)
        assert answer.status_code == 422
        assert "Tanggal akhir" in answer.json()["detail"]

    @pytest.mark.parametrize(
        "query",
        [{"region": "karimun"}, {"since": "kemarin"}, {"organisation": "kami"}, {"instrument": "a\x00"}],
        ids=lambda query: next(iter(query)),
    )
    def test_say_what_cannot_be_read(self, caseworker, query):
        answer = asked(caseworker, "numbers", **query)
        assert answer.status_code == 422
        assert next(iter(query)) in answer.json()["detail"]

    def test_are_not_for_who_reads_no_cases(self, volunteer):
        assert asked(volunteer, "numbers").status_code == 403


class TestCasesBehind:
    def test_names_as_many_cases_as_were_counted(self, caseworker):
        late = opened(caseworker, days=9)
        tasked(late, caseworker, days=-2)
        opened(caseworker, name="Rosmah")
        for part in asked(caseworker, "numbers").json()["parts"]:
            for figure in (figure for line in part["lines"] for figure in line["figures"]):
                if part["has_list"]:
                    found = asked(caseworker, f"numbers/{part['code']}/cases", group=figure["group"]).json()
                    assert found["count"] == figure["cases"], part["code"]
        assert [row["id"] for row in asked(caseworker, "numbers/overdue/cases").json()["rows"]] == [
            str(late.pk)
        ]

    def test_records_whom_it_showed(self, caseworker, supervisor):
        case = opened(caseworker)
        asked(supervisor, "numbers/stage/cases")
        assert Mention.objects.filter(person=case.person_id, event__actor=supervisor.pk).count() == 1

    def test_keeps_the_words_from_the_head_of_the_organisation(self, caseworker, head):
        opened(caseworker)
        (row,) = asked(head, "numbers/stage/cases").json()["rows"]
        assert row["summary"] == ""

    def test_names_none_to_a_stranger(self, caseworker, stranger):
        opened(caseworker)
        assert asked(stranger, "numbers/stage/cases").json()["rows"] == []

    def test_asks_the_database_for_no_sign_that_it_refuses(self, caseworker):
        assert asked(caseworker, "numbers/change:%00/cases").status_code == 422
        assert asked(caseworker, "numbers/stage/cases", group="\x00").status_code == 422

    @pytest.mark.parametrize("address", ["fortune/cases", "worker/cases?group=rina"])
    def test_is_not_there_for_a_number_that_there_is_not(self, caseworker, address):
        assert asked(caseworker, f"numbers/{address}").status_code == 404
