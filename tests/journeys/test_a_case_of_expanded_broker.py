"""A case in which services are found and linked: from its opening until it is closed after the follow-ups."""

from __future__ import annotations

import pytest

from simpul.access import chain
from simpul.cases.models import StageMove, Task
from tests.journeys.walking import Walk

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HOME = {
    "building": 2,
    "room": 2,
    "light_air": 2,
    "access": 3,
    "water": 2,
    "toilet": 2,
    "food": 1,
    "livelihood": 1,
}
BETTER = HOME | {"building": 4, "light_air": 4, "food": 4, "livelihood": 3}


@pytest.fixture
def walk(monkeypatch, caseworker, supervisor, stranger) -> Walk:
    return Walk(monkeypatch, worker=caseworker, supervisor=supervisor, stranger=stranger)


class TestACaseOfExpandedBroker:
    def test_is_walked_from_opening_to_closing(self, walk):
        walk.begin(working_model="expanded_broker", setting="community")
        walk.move("assessment")
        walk.assess("living-conditions", HOME, observed="Atap bocor.")
        walk.judge(2)
        walk.move("goals")
        goal = walk.set_goal("Berjualan kue lagi")
        walk.score(goal, -2, "baseline")
        walk.move("planning")
        walk.start_plan()
        oven = walk.add_step("Gerobak yang rusak", "livelihood", goal)
        roof = walk.add_step("Atap yang bocor", "shelter")
        walk.agree()
        walk.move("linking")
        walk.step_to(oven, "arranged")
        walk.step_to(roof, "no_service", reason="Belum ada bantuan seng tahun ini.")
        walk.move("monitoring")
        walk.later(10)
        walk.note("Ibu Siti menunggu gerobaknya.")
        walk.check(oven, "no")
        assert Task.objects.waiting().filter(case=walk.case, kind="advocate").count() == 1
        walk.later(7)
        walk.check(oven, "yes")
        assert not Task.objects.waiting().filter(case=walk.case, kind="advocate").exists()
        walk.step_to(oven, "done")
        walk.later(70)
        walk.assess("living-conditions", BETTER)
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
        # Every gate was met: no step of the way needed a reason.
        assert all(move.lacking == [] for move in StageMove.objects.filter(case=walk.case))
        assert list(chain.breaks()) == []

    def test_does_not_pass_a_gate_that_is_not_met(self, walk):
        walk.begin(working_model="expanded_broker")
        walk.move("assessment")
        page = walk.move("goals", status=422)
        assert "Asesmen awal sudah selesai" in page.text
        assert walk.case.stage == "assessment"

    def test_may_rest_and_go_on_where_it_stood(self, walk):
        walk.begin(working_model="expanded_broker")
        walk.move("assessment")
        walk.aside("suspended", "Ibu Siti di rumah anaknya sampai selesai panen.")
        walk.later(20)
        walk.move("assessment")
        assert walk.case.is_open
