from datetime import timedelta

import pytest

from simpul.cases.models import PlanStep
from simpul.cases.queries.plans import (
    changes,
    check_due_on,
    checks_of,
    panel,
    steps_of,
    total_cost,
    unmet_needs,
)
from simpul.cases.queries.plans import (
    plan_of as plan_shown,
)
from tests.cases.factories import a_case
from tests.cases.plans import NEED, agreed, approval_wanted, checked, edited, now_at, plan_of, step_of
from tests.screening.factories import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(caseworker):
    case = a_case(caseworker)
    approval_wanted(case, wanted=False)
    return case


@pytest.fixture
def plan(case, caseworker):
    return plan_of(case, caseworker)


class TestPanel:
    def test_asks_the_database_twice(self, case, plan, caseworker, django_assert_num_queries):
        checked(now_at(step_of(plan, caseworker), caseworker, "running"), caseworker, "yes")
        panel(case, caseworker, TODAY)
        with django_assert_num_queries(2):
            panel(case, caseworker, TODAY)

    def test_shows_what_is_to_be_done_and_counts_the_rest(self, case, plan, caseworker):
        step_of(plan, caseworker)
        now_at(step_of(plan, caseworker), caseworker, "done")
        now_at(step_of(plan, caseworker), caseworker, "no_service", reason="Tidak ada di sini")
        found = panel(case, caseworker, TODAY)
        assert ([row.need for row in found.rows], found.done, found.unmet) == ([NEED], 1, 1)

    def test_tells_the_head_no_words(self, case, plan, caseworker, head):
        step_of(plan, caseworker)
        row = panel(case, head, TODAY).rows[0]
        assert (row.need, row.action, row.provider, row.alternatives) == ("", "", "", ())
        assert row.state == "planned"

    def test_keeps_to_the_version_in_force_beside_a_draft(self, case, plan, caseworker):
        step_of(plan, caseworker)
        agreed(plan, caseworker)
        plan_of(case, caseworker)
        assert panel(case, caseworker, TODAY).plan == plan == plan_shown(case)

    def test_is_empty_before_the_first(self, case, caseworker):
        assert panel(case, caseworker, TODAY).plan is None


class TestStepsOf:
    def test_says_what_is_late_and_what_is_lacking(self, plan, caseworker):
        step_of(plan, caseworker, provider="", due_on=TODAY - timedelta(days=1))
        row = steps_of(plan, TODAY, is_told=True)[0]
        assert (row.is_late, row.lacks) == (True, ("penyedia", "penanggung jawab"))

    def test_shows_the_newest_check_whichever_version_it_was_made_under(self, case, plan, caseworker):
        step = now_at(step_of(plan, caseworker), caseworker, "running")
        agreed(plan, caseworker)
        checked(step, caseworker, "partly")
        newer = agreed(plan_of(case, caseworker), caseworker)
        row = steps_of(newer, TODAY, is_told=True)[0]
        assert (row.last_checked_on, row.last_delivered) == (TODAY, "partly")
        assert len(checks_of(PlanStep.objects.get(plan=newer))) == 1

    def test_adds_up_what_is_not_given_up(self, plan, caseworker):
        for cost in (100_000, None, 50_000):
            step_of(plan, caseworker, cost=cost)
        now_at(step_of(plan, caseworker, cost=900_000), caseworker, "dropped", reason="Tidak perlu")
        assert total_cost(steps_of(plan, TODAY, is_told=True)) == 150_000


class TestCheckDueOn:
    def test_counts_from_the_beginning_until_the_first_check(self, plan, caseworker):
        step = now_at(step_of(plan, caseworker), caseworker, "running")
        assert check_due_on(step, 30) == TODAY + timedelta(days=30)


class TestChanges:
    def test_shows_both_versions_of_what_differs(self, case, plan, caseworker):
        step_of(plan, caseworker)
        step_of(plan, caseworker, need="Beras")
        older = agreed(plan, caseworker)
        newer = plan_of(case, caseworker)
        edited(PlanStep.objects.filter(plan=newer).order_by("order").first(), caseworker, cost=2_000_000)
        step_of(newer, caseworker, need="Antar ke dokter")
        found = changes(older, newer)
        assert [change.kind for change in found] == ["changed", "same", "new"]
        difference = found[0].differences[0]
        assert (difference.before, difference.after) == ("Rp1.250.000", "Rp2.000.000")


class TestUnmetNeeds:
    def unmet(self, by, **changed):
        plan = plan_of(a_case(by), by)
        return now_at(step_of(plan, by, **changed), by, "no_service", reason="Tidak ada di sini")

    def test_counts_by_area_and_kind(self, caseworker, officer):
        for kind in ("livelihood", "livelihood", "therapy"):
            self.unmet(caseworker, service_kind=kind)
        rows = unmet_needs(officer, "", TODAY)
        assert [(row.region, row.service_kind, row.steps, row.persons) for row in rows] == [
            ("21.02", "livelihood", 2, 2),
            ("21.02", "therapy", 1, 1),
        ]

    @pytest.mark.parametrize(
        ("asked", "area"),
        [("21", "21.02"), ("21.02", "21.02.01"), ("21.02.01", "21.02.01.1001"), ("21.0", None)],
    )
    def test_counts_one_level_below_the_area_asked_about(self, caseworker, asked, area):
        self.unmet(caseworker)
        assert [row.region for row in unmet_needs(caseworker, asked, TODAY)] == ([area] if area else [])

    def test_counts_a_line_once_in_however_many_versions(self, case, plan, caseworker):
        now_at(step_of(plan, caseworker), caseworker, "no_service", reason="Tidak ada di sini")
        agreed(plan, caseworker)
        plan_of(case, caseworker)
        assert [row.steps for row in unmet_needs(caseworker, "", TODAY)] == [1]

    def test_counts_two_needs_of_one_person_as_one_person(self, plan, caseworker):
        for _ in range(2):
            now_at(step_of(plan, caseworker), caseworker, "no_service", reason="Tidak ada di sini")
        assert [(row.steps, row.persons) for row in unmet_needs(caseworker, "", TODAY)] == [(2, 1)]

    def test_is_only_what_a_person_reaches_and_only_until_that_day(self, caseworker, stranger):
        self.unmet(caseworker)
        assert unmet_needs(stranger, "", TODAY) == ()
        assert unmet_needs(caseworker, "", TODAY - timedelta(days=1)) == ()
