"""Goals and plan for other programs."""

import pytest

from simpul.cases.queries.goals import attainment
from tests.api.programs import asked
from tests.cases.contacts_factories import opened
from tests.cases.goals import WORDS, goal_of, scored
from tests.cases.plans import NEED, plan_of, step_of
from tests.screening.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


class TestGoals:
    def test_tells_where_each_stands_and_what_all_say_together(self, caseworker):
        case = opened(caseworker)
        goal = goal_of(case, caseworker)
        scored(goal, caseworker, -2, moment="baseline")
        scored(goal, caseworker, 1, minutes=120)
        told = asked(caseworker, f"cases/{case.pk}/goals").json()
        (row,) = told["rows"]
        assert (row["words"], row["baseline"], row["now"], row["direction"]) == (WORDS, "−2", "+1", "up")
        assert told["attainment"]["now_t"] == attainment(case, TODAY).now_t

    def test_knows_no_number_before_anything_is_scored(self, caseworker):
        case = opened(caseworker)
        goal_of(case, caseworker)
        together = asked(caseworker, f"cases/{case.pk}/goals").json()["attainment"]
        assert (together["now_t"], together["of"], together["unscored"]) == (None, 1, 1)

    def test_keeps_the_words_from_the_head_of_the_organisation(self, caseworker, head):
        case = opened(caseworker)
        goal_of(case, caseworker)
        told = asked(head, f"cases/{case.pk}/goals").json()
        assert (told["is_told"], told["rows"][0]["words"], told["rows"][0]["remarks"]) == (False, "", [])

    def test_are_not_there_for_a_stranger(self, caseworker, stranger):
        assert asked(stranger, f"cases/{opened(caseworker).pk}/goals").status_code == 404


class TestPlan:
    def test_tells_the_version_that_is_written_with_its_steps(self, caseworker):
        case = opened(caseworker)
        plan = plan_of(case, caseworker)
        step = step_of(plan, caseworker)
        told = asked(caseworker, f"cases/{case.pk}/plan").json()
        assert (told["plan"]["number"], told["plan"]["state"]) == (1, "draft")
        assert [(row["id"], row["need"]) for row in told["steps"]] == [(str(step.pk), NEED)]
        assert [version["id"] for version in told["versions"]] == [str(plan.pk)]

    def test_is_empty_before_anything_is_written(self, caseworker):
        told = asked(caseworker, f"cases/{opened(caseworker).pk}/plan").json()
        assert (told["plan"], told["steps"], told["versions"]) == (None, [], [])

    def test_knows_no_version_that_there_is_not(self, caseworker):
        case = opened(caseworker)
        plan_of(case, caseworker)
        assert asked(caseworker, f"cases/{case.pk}/plan", number=1).status_code == 200
        assert asked(caseworker, f"cases/{case.pk}/plan", number=7).status_code == 404

    def test_keeps_the_words_from_the_head_of_the_organisation(self, caseworker, head):
        case = opened(caseworker)
        step_of(plan_of(case, caseworker), caseworker)
        told = asked(head, f"cases/{case.pk}/plan").json()
        (step,) = told["steps"]
        assert {step[name] for name in ("need", "action", "provider", "outcome")} == {""}
        assert (told["plan"]["crisis"], step["alternatives"], step["lacks"]) == ("", [], [])

    def test_is_not_there_for_a_stranger(self, caseworker, stranger):
        assert asked(stranger, f"cases/{opened(caseworker).pk}/plan").status_code == 404
