"""A family with a lasting need, a team of professions around it, evaluated by its process, until it is closed."""

from __future__ import annotations

import pytest

from simpul.cases.models import CaseMember, StageMove
from tests.journeys.walking import Walk

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LIFE = {"health": 1, "daily_care": 2, "feelings": 2, "family": 4, "needs_met": 1, "income": 1, "helpers": 2}


@pytest.fixture
def walk(monkeypatch, caseworker, supervisor, stranger) -> Walk:
    return Walk(monkeypatch, worker=caseworker, supervisor=supervisor, stranger=stranger)


class TestACaseOfFullSupport:
    def test_is_walked_from_opening_to_closing(self, walk):
        walk.begin(working_model="full_support", kind="family", setting="community")
        walk.wants_approval()
        walk.move("assessment")
        walk.assess("bio-psycho-social-spiritual", LIFE)
        walk.judge(1, 2)
        walk.move("goals")
        goal = walk.set_goal("Makan teratur dan obat tidak putus", term="long", days=150)
        walk.move("planning")
        walk.start_plan()
        nurse = walk.add_step("Perawatan di rumah", "care_at_home", goal)
        walk.agree()
        walk.approve()
        # One profession is no team of professions.
        assert "lebih dari satu profesi" in walk.move("linking", status=422).text
        walk.join("dr. Meutia", "doctor")
        walk.join("Ns. Fitri", "nurse")
        walk.move("linking")
        walk.step_to(nurse, "running")
        walk.move("monitoring")
        walk.later(30)
        walk.check(nurse, "yes")
        walk.later(60)
        walk.assess("bio-psycho-social-spiritual", LIFE | {"daily_care": 3, "needs_met": 2})
        walk.move("evaluation")
        walk.end("lasting_need_handed_over", {}, is_lasting_need="on", handed_to="Puskesmas Tebing")
        walk.judge(2, 4, "final")
        walk.move("transition")
        walk.move("termination")
        walk.move("follow_up")
        walk.look_in("continue")
        walk.look_in("continue", condition="same")
        walk.look_in("close", condition="same")
        walk.leaves_nothing_open()
        assert all(move.lacking == [] for move in StageMove.objects.filter(case=walk.case))
        assert CaseMember.objects.filter(case=walk.case, ended_on=None).count() == 3
