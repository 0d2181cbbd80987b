"""A case with an assessment of what somebody can do, and a plan that a supervisor approves, until it is closed."""

from __future__ import annotations

import pytest

from simpul.cases.models import Plan, StageMove
from tests.journeys.walking import Walk

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LIFE = {"health": 2, "daily_care": 2, "feelings": 2, "coping": 2, "work": 1, "skills": 3}
HARD = {"seeing": 1, "hearing": 1, "walking": 4, "remembering": 1, "self_care": 3, "communicating": 1}


@pytest.fixture
def walk(monkeypatch, caseworker, supervisor, stranger) -> Walk:
    return Walk(monkeypatch, worker=caseworker, supervisor=supervisor, stranger=stranger)


class TestACaseOfRehabilitation:
    def test_is_walked_from_opening_to_closing(self, walk):
        walk.begin(working_model="rehabilitation", setting="community")
        walk.wants_approval()
        walk.move("assessment")
        walk.assess("bio-psycho-social-spiritual", LIFE)
        # A picture of a whole life is not yet one of what somebody can do.
        assert "Asesmen fungsi" in walk.move("goals", status=422).text
        walk.assess("wg-short-set", HARD)
        walk.judge(3, 2)
        walk.move("goals")
        goal = walk.set_goal("Keluar rumah tanpa digendong", term="long")
        walk.score(goal, -2, "baseline")
        walk.move("planning")
        walk.start_plan()
        chair = walk.add_step("Kursi roda", "disability_aid", goal)
        walk.agree()
        assert walk.plan.state == "waiting"
        assert "disetujui supervisor" in walk.move("linking", status=422).text
        walk.approve()
        walk.move("linking")
        walk.step_to(chair, "running")
        walk.move("monitoring")
        walk.later(90)
        walk.check(chair, "yes")
        walk.step_to(chair, "done")
        walk.assess("wg-short-set", HARD | {"walking": 3, "self_care": 2})
        walk.score(goal, 0, "progress")
        walk.move("evaluation")
        walk.end("goals_reached", {1: 1})
        walk.judge(3, 3, "final")
        walk.move("transition")
        walk.move("termination")
        walk.move("follow_up")
        walk.look_in("continue")
        walk.look_in("continue")
        walk.look_in("close")
        walk.leaves_nothing_open()
        assert all(move.lacking == [] for move in StageMove.objects.filter(case=walk.case))

    def test_has_its_plan_returned_and_approved_later(self, walk):
        walk.begin(working_model="rehabilitation")
        walk.wants_approval()
        walk.start_plan()
        walk.add_step("Kursi roda", "disability_aid")
        walk.agree()
        walk.open("plan-decide", walk.plan.pk, who="supervisor")
        walk.send("approved", who="supervisor", approved="no", reason="Tulis siapa yang mengantar.")
        assert walk.plan.state == "returned"
        walk.add_step("Yang mengantar ke kota", "accompaniment")
        walk.agree()
        walk.approve()
        assert Plan.objects.filter(case=walk.case).count() == 1
