"""A case that grows from what somebody can and has: strengths are written down before goals, until it is closed."""

from __future__ import annotations

import pytest

from simpul.cases.models import Case, FollowUp, StageMove
from tests.journeys.walking import Walk

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LIFE = {"feelings": 1, "coping": 2, "family": 3, "community": 1, "work": 1, "skills": 3, "helpers": 2}
BETTER = LIFE | {"feelings": 3, "community": 4, "work": 3, "skills": 4}
CODE = "bio-psycho-social-spiritual"


@pytest.fixture
def walk(monkeypatch, caseworker, supervisor, stranger) -> Walk:
    return Walk(monkeypatch, worker=caseworker, supervisor=supervisor, stranger=stranger)


def brought_to_follow_up(walk: Walk) -> None:
    """From the opening to the looks afterwards, every gate met."""
    walk.begin(working_model="personal_strengths", setting="community")
    walk.move("assessment")
    walk.assess("family-support", {"listened_to": 3, "comforted": 2, "praised": 2, "together": 3})
    assert "Kekuatan dan sumber klien" in walk.move("goals", status=422).text
    walk.assess(CODE, LIFE, strengths="Dua puluh tahun membuat kerupuk; hafal resepnya.")
    walk.judge(1, 1)
    walk.move("goals")
    goal = walk.set_goal("Berjualan kerupuk tiga hari seminggu")
    friends = walk.set_goal("Duduk lagi dengan teman-teman", days=40)
    walk.score(goal, -2, "baseline")
    walk.score(friends, -1, "baseline")
    walk.move("planning")
    walk.start_plan()
    pan = walk.add_step("Modal bahan pertama", "livelihood", goal)
    walk.agree()
    walk.move("linking")
    walk.step_to(pan, "running")
    walk.move("monitoring")
    walk.later(80)
    walk.note("Rumah wangi ikan dan bawang.")
    walk.assess(CODE, BETTER, strengths="Melatih dua tetangga muda.")
    walk.step_to(pan, "done")
    walk.move("evaluation")
    walk.end("goals_reached", {1: 1, 2: 2})
    walk.judge(4, 3, "final")
    walk.move("transition")
    walk.move("termination")
    walk.move("follow_up")


class TestACaseOfPersonalStrengths:
    def test_is_walked_from_opening_to_closing(self, walk):
        brought_to_follow_up(walk)
        assert FollowUp.objects.filter(case=walk.case).count() == 3
        walk.look_in("continue")
        walk.look_in("continue")
        walk.look_in("close")
        walk.leaves_nothing_open()
        assert all(move.lacking == [] for move in StageMove.objects.filter(case=walk.case))

    def test_begins_anew_when_a_look_finds_it_worse(self, walk):
        brought_to_follow_up(walk)
        first = walk.case
        walk.look_in("continue")
        look = FollowUp.objects.filter(case=first, done_on=None).order_by("due_on").first()
        walk.later((look.due_on - walk.today).days)
        walk.open("follow-up", look.pk)
        walk.send("condition", condition="worse", words="Kembali berdiam di rumah.", decision="reopen")
        again = Case.objects.get(earlier=first)
        first.refresh_from_db()
        assert (again.episode, again.stage, first.stage) == (2, "intake", "closed")
        walk.open("case", again.pk)
