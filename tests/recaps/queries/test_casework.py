"""Recaps of casework, against plain counts of the cases behind them, for three roles."""

from datetime import date, timedelta

import pytest

from simpul.access.permissions import Permission
from simpul.cases.models import Case
from simpul.cases.queries.numbers import Scope, parts_of
from simpul.recaps.facts import Asked
from simpul.recaps.queries.beneficiaries import Spell, behind_beneficiaries, beneficiaries, flow_of
from simpul.recaps.queries.casework import management, share
from tests.cases.factories import a_case
from tests.cases.queries.random_cases import Chance
from tests.screening.factories import TODAY

pytestmark = pytest.mark.django_db

ASKED = Asked(since=TODAY - timedelta(days=200), until=TODAY - timedelta(days=20))
ROLES = ["supervisor", "head", "officer"]


@pytest.fixture
def cases(caseworker, supervisor):
    Chance(3, [caseworker, supervisor]).cases(25)


def table(recap, key):
    return next(one for one in recap.tables if one.key == key)


def total(found, column):
    return found.total.cells[[one.key for one in found.columns].index(column)]


def plain(viewer, **asked):
    return Case.objects.reachable(viewer, Permission.RECAP_VIEW).filter(**asked).count()


class TestManagement:
    @pytest.mark.parametrize("role", ROLES)
    def test_ties_the_cases_at_the_end_to_a_count_of_their_own(self, cases, request, role):
        viewer = request.getfixturevalue(role)
        bodies = table(management(viewer, ASKED), "bodies")
        opened = Case.objects.reachable(viewer, Permission.RECAP_VIEW).filter(opened_on__lte=ASKED.until)
        standing = opened.exclude(closed_on__lte=ASKED.until).count()
        assert total(bodies, "end") == standing
        assert total(bodies, "start") + total(bodies, "new") - total(bodies, "ended") == standing

    @pytest.mark.parametrize("role", ROLES)
    def test_has_totals_that_are_the_sums_of_their_lines(self, cases, request, role):
        for found in management(request.getfixturevalue(role), ASKED).tables:
            if not found.lines:
                continue
            places = [place for place, one in enumerate(found.columns) if one.key != "share"]
            for place in places:
                assert found.total.cells[place] == sum(line.cells[place] for line in found.lines)

    @pytest.mark.parametrize("role", ROLES)
    def test_counts_new_and_ended_as_the_rows_behind(self, cases, request, role):
        viewer = request.getfixturevalue(role)
        recap = management(viewer, ASKED)
        days = (ASKED.since, ASKED.until)
        assert total(table(recap, "bodies"), "new") == plain(viewer, opened_on__range=days)
        assert total(table(recap, "reasons"), "all") == plain(viewer, closed_on__range=days)

    def test_says_of_stages_what_the_numbers_of_cases_say(self, cases, supervisor):
        scope = Scope(supervisor, ASKED.until, ASKED.since, ASKED.until)
        (part,) = parts_of(scope, only="stage")
        told = {line.title: line.figures[0].cases for line in part.lines[1:]}
        lines = table(management(supervisor, ASKED), "stages").lines
        assert {line.words: line.cells[0] for line in lines} == told

    def test_compares_no_workers_before_who_supervises_none(self, cases, officer):
        assert table(management(officer, ASKED), "workers").lines == ()

    def test_keeps_to_the_area(self, cases, supervisor):
        elsewhere = Asked(since=ASKED.since, until=ASKED.until, area="14.01")
        assert table(management(supervisor, elsewhere), "bodies").lines == ()


class TestShare:
    def test_is_nothing_of_nothing(self):
        assert share(0, 0) is None

    def test_has_one_decimal(self):
        assert share(1, 3) == 33.3


class TestBeneficiaries:
    @pytest.mark.parametrize("role", ROLES)
    def test_ties_for_every_sex_and_reason(self, cases, request, role):
        bodies = table(beneficiaries(request.getfixturevalue(role), ASKED), "bodies")
        for line in (*bodies.lines, bodies.total):
            told = dict(zip((one.key for one in bodies.columns), line.cells, strict=True))
            for sex in ("L", "P", "?", "all"):
                assert told[f"start:{sex}"] + told[f"new:{sex}"] - told[f"left:{sex}"] == told[f"end:{sex}"]
            assert sum(number for key, number in told.items() if key.startswith("why:")) == told["left:all"]

    @pytest.mark.parametrize("role", ROLES)
    def test_counts_at_the_end_who_has_a_running_case_there(self, cases, request, role):
        viewer = request.getfixturevalue(role)
        standing = Case.objects.reachable(viewer, Permission.RECAP_VIEW).filter(opened_on__lte=ASKED.until)
        standing = standing.exclude(closed_on__lte=ASKED.until).values("person", "organisation").distinct()
        bodies = table(beneficiaries(viewer, ASKED), "bodies")
        assert total(bodies, "end:all") == standing.count() > 0

    def test_finds_the_people_behind_every_number(self, cases, supervisor):
        bodies = table(beneficiaries(supervisor, ASKED), "bodies")
        for line in bodies.lines:
            for column, number in zip(bodies.columns, line.cells, strict=True):
                rows = behind_beneficiaries(supervisor, ASKED, "bodies", line.key, column.key)
                assert rows.sum == number, column

    def test_counts_two_cases_of_one_person_once(self, caseworker, supervisor):
        case = a_case(caseworker)
        twin = Case.objects.get(pk=case.pk)
        twin.pk, twin.number, twin.screening = None, "2026-999", None
        twin.save(force_insert=True)
        asked = Asked(since=TODAY, until=TODAY)
        assert total(table(beneficiaries(supervisor, asked), "bodies"), "new:all") == 1


class TestFlowOf:
    def spell(self, since, until=date.max, reason=""):
        return Spell(None, "-", "P", since, until, reason)

    def test_counts_who_came_and_left_within_the_period_on_both_sides(self):
        one = self.spell(date(2026, 2, 3), date(2026, 2, 9), "died")
        flow = flow_of([one], date(2026, 2, 1), date(2026, 2, 28))
        assert (flow.start, flow.new, flow.leaving, flow.end) == (0, 1, {"died": 1}, 0)

    def test_counts_who_was_there_before_as_the_start(self):
        flow = flow_of([self.spell(date(2026, 1, 3))], date(2026, 2, 1), date(2026, 2, 28))
        assert (flow.start, flow.new, flow.end) == (1, 0, 1)
