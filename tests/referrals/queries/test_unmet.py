import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.cases.models import Case, PlanStep
from simpul.cases.queries.plans import unmet_needs
from simpul.cases.stages import Confidentiality
from simpul.people.models import Person
from simpul.referrals.actions.finding import record_unmet
from simpul.referrals.models import NeedUnmet
from simpul.referrals.queries.unmet import OPEN, RECORDED, UNTOLD, Scope, cases_behind, table_of
from tests.access import factories
from tests.cases.plans import now_at
from tests.referrals.loop import a_line
from tests.screening.factories import TODAY, when

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

KIND = "livelihood"


@pytest.fixture
def registrar(region):
    """Sees numbers of the area and no person."""
    return factories.user_with("registrar", region=region)


def unmet(by, *, region="", reason="full"):
    line = a_line(by)
    record_unmet(line, by=by, key=uuid.uuid4(), version=line.version, reason=reason, **when(140))
    if region:
        Person.objects.filter(pk=line.case.person_id).update(region=region)
    return line


def scope(viewer, **changed):
    kept = {"on": TODAY, "since": date(2026, 11, 1), "until": TODAY, **changed}
    return Scope(viewer, **kept)


def told(viewer, **changed):
    """Area, reason, recorded, open of every row."""
    table = table_of(scope(viewer, **changed))
    return [(row.area, row.reason, row.recorded, row.open) for row in table.rows]


class TestTable:
    def test_counts_by_area_and_reason(self, caseworker):
        for _ in range(2):
            unmet(caseworker)
        unmet(caseworker, reason="too_far")
        assert told(caseworker) == [("21.02", "full", 2, 2), ("21.02", "too_far", 1, 1)]

    def test_counts_a_changed_reason_once_by_the_last(self, caseworker):
        line = unmet(caseworker)
        version = PlanStep.objects.get(pk=line.pk).version
        record_unmet(line, by=caseworker, key=uuid.uuid4(), version=version, reason="too_dear", **when(150))
        assert told(caseworker) == [("21.02", "too_dear", 1, 1)]

    def test_keeps_what_was_found_since_as_recorded_only(self, caseworker):
        now_at(unmet(caseworker), caseworker, "arranged")
        assert told(caseworker) == [("21.02", "full", 1, 0)]

    def test_names_what_has_no_reason(self, caseworker):
        now_at(a_line(caseworker), caseworker, "no_service", reason="Tidak ada")
        assert told(caseworker) == [("21.02", UNTOLD, 1, 1)]

    def test_keeps_to_the_period_but_tells_what_is_still_open(self, caseworker):
        unmet(caseworker)
        NeedUnmet.objects.update(on=TODAY - timedelta(days=60))
        assert told(caseworker) == [("21.02", "full", 0, 1)]

    def test_counts_no_open_need_of_a_case_that_ended(self, caseworker):
        line = unmet(caseworker)
        Case.objects.filter(pk=line.case_id).update(closed_on=TODAY)
        assert told(caseworker) == [("21.02", "full", 1, 0)]

    def test_goes_down_from_area_to_area(self, caseworker):
        unmet(caseworker)
        unmet(caseworker, region="21.02.02.2001")
        assert [row[0] for row in told(caseworker)] == ["21.02"]
        assert [row[0] for row in told(caseworker, region="21.02")] == ["21.02.01", "21.02.02"]
        assert [row[0] for row in told(caseworker, region="21.02.02")] == ["21.02.02.2001"]

    def test_is_narrowed_by_kind_and_reason(self, caseworker):
        unmet(caseworker)
        unmet(caseworker, reason="too_far")
        assert told(caseworker, reason="too_far") == [("21.02", "too_far", 1, 1)]
        assert told(caseworker, kind="food") == []

    def test_counts_what_is_open_as_the_page_of_cases_does(self, caseworker):
        unmet(caseworker)
        now_at(a_line(caseworker), caseworker, "no_service", reason="Tidak ada")
        now_at(unmet(caseworker), caseworker, "running")
        theirs = unmet_needs(caseworker, "", TODAY)
        assert table_of(scope(caseworker)).open == sum(row.steps for row in theirs) == 2

    def test_counts_nothing_for_a_stranger(self, caseworker, stranger):
        unmet(caseworker)
        assert told(stranger) == []

    def test_asks_as_often_for_many_as_for_few(self, caseworker):
        def asked():
            with CaptureQueriesContext(connection) as queries:
                table_of(scope(caseworker))
            return len(queries)

        unmet(caseworker)
        few = asked()
        for number in range(4):
            unmet(caseworker, region=f"21.0{number}.01.2001")
        assert asked() == few


class TestSmallNumbers:
    def test_are_not_told_to_who_does_not_see_the_cases(self, caseworker, registrar):
        for _ in range(4):
            unmet(caseworker)
        assert told(registrar) == [("21.02", "full", None, None)]
        assert table_of(scope(registrar)).is_cut

    def test_are_told_from_five_on(self, caseworker, registrar):
        for _ in range(5):
            unmet(caseworker)
        assert told(registrar) == [("21.02", "full", 5, 5)]

    def test_cannot_be_reckoned_from_the_wider_area(self, caseworker, registrar):
        # Seven in the kabupaten, six in one kecamatan: the one left out would be plain.
        for _ in range(6):
            unmet(caseworker)
        unmet(caseworker, region="21.02.02.2001")
        assert told(registrar) == [("21.02", "full", 7, 7)]
        assert [row[2] for row in told(registrar, region="21.02")] == [None, None]

    def test_are_told_to_who_sees_the_cases(self, caseworker, officer):
        unmet(caseworker)
        assert told(officer) == [("21.02", "full", 1, 1)]


class TestCasesBehind:
    def test_are_exactly_those_of_the_column(self, caseworker):
        first, second = unmet(caseworker), unmet(caseworker)
        now_at(second, caseworker, "arranged")
        cell = ("21.02", KIND, "full")
        recorded = cases_behind(scope(caseworker), *cell, RECORDED)
        assert set(recorded) == {first.case_id, second.case_id}
        assert cases_behind(scope(caseworker), *cell, OPEN) == (first.case_id,)

    def test_are_nothing_to_who_sees_no_cases(self, caseworker, registrar):
        unmet(caseworker)
        assert cases_behind(scope(registrar), "21.02", KIND, "full", RECORDED) == ()

    def test_leave_out_a_case_of_its_team_alone(self, caseworker, officer):
        line = unmet(caseworker)
        Case.objects.filter(pk=line.case_id).update(confidentiality=Confidentiality.TEAM_ONLY)
        assert cases_behind(scope(officer), "21.02", KIND, "full", RECORDED) == ()
        assert told(officer) == []
