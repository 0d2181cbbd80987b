import re
import uuid

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from simpul.cases.models import Goal, GoalScore
from simpul.cases.queries.goals import panel
from tests.cases.factories import a_case
from tests.cases.goals import LEVELS, WORDS, goal_of, scored
from tests.cases.plans import plan_of, step_of
from tests.screening.factories import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


@pytest.fixture
def case(caseworker):
    return a_case(caseworker)


def page(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(f"cases:{name}", args=args))


def send(client, user, name, *args, **typed):
    client.force_login(user)
    return client.post(reverse(f"cases:{name}", args=args), typed)


def typed_goal(**changed):
    levels = {f"level_{int(level) + 2}": words for level, words in LEVELS.items()}
    day = {"target_on_day": "20", "target_on_month": "1", "target_on_year": "2027"}
    plain = {"words": WORDS, "term": "short", "priority": "2", "weight": "1", "parent": ""}
    return {"once": uuid.uuid4(), **plain, **day, **levels, **changed}


def typed_score(**changed):
    day = {"seen_on_day": "21", "seen_on_month": "11", "seen_on_year": "2026"}
    return {
        "once": uuid.uuid4(),
        "moment": "baseline",
        "level": "-1",
        "seen": "Gerobak rusak",
        **day,
        **changed,
    }


class TestGoals:
    def test_shows_goals_with_what_they_say_together(self, client, case, caseworker):
        scored(goal_of(case, caseworker), caseworker, 1)
        goal_of(case, caseworker)
        shown = page(client, caseworker, "goals", case.pk).content.decode()
        assert WORDS in shown
        assert "60,0" in shown
        assert "1 dari 2 tujuan" in shown
        assert "Kiresuk" in shown

    def test_points_out_what_is_missing(self, client, case, caseworker):
        goal_of(case, caseworker, criterion="")
        assert "dari apa terlihat" in page(client, caseworker, "goals", case.pk).content.decode()

    def test_says_where_to_begin(self, client, case, caseworker):
        assert "Belum ada tujuan" in page(client, caseworker, "goals", case.pk).content.decode()

    @pytest.mark.parametrize(
        ("role", "status"), [("supervisor", 200), ("head", 200), ("volunteer", 403), ("stranger", 404)]
    )
    def test_opens_for_those_who_may(self, client, case, request, role, status):
        assert page(client, request.getfixturevalue(role), "goals", case.pk).status_code == status


class TestGoal:
    def test_draws_and_tells_the_scores(self, client, case, caseworker):
        goal = goal_of(case, caseworker)
        scored(goal, caseworker, -1, moment="baseline", seen="Gerobak rusak")
        shown = page(client, caseworker, "goal", goal.pk).content.decode()
        assert re.search(r"<svg[^>]*aria-labelledby.*<title.*<desc", shown, re.DOTALL)
        assert "Gerobak rusak" in shown
        assert "style=" not in shown.split("<svg", 1)[1]

    def test_keeps_every_word_from_the_head(self, client, case, caseworker, head):
        goal = goal_of(case, caseworker)
        scored(goal, caseworker, -1, seen="Gerobak rusak")
        for name, key in (("goal", goal.pk), ("goals", case.pk)):
            shown = page(client, head, name, key).content.decode()
            assert not any(words in shown for words in (WORDS, "Gerobak", "Buku catatan", *LEVELS.values()))

    def test_does_not_exist_for_a_stranger(self, client, case, caseworker, stranger):
        goal = goal_of(case, caseworker)
        assert page(client, stranger, "goal", goal.pk).status_code == 404
        for name in ("goal-edit", "goal-score", "goal-end"):
            assert send(client, stranger, name, goal.pk).status_code == 404

    @pytest.mark.parametrize("name", ["goal-edit", "goal-score", "goal-end"])
    def test_is_only_read_by_the_head(self, client, case, caseworker, head, name):
        goal = goal_of(case, caseworker)
        assert page(client, head, name, goal.pk).status_code == 403
        assert (
            reverse(f"cases:{name}", args=[goal.pk])
            not in page(client, head, "goal", goal.pk).content.decode()
        )


class TestSetGoal:
    def test_keeps_the_goal_and_shows_it(self, client, case, caseworker):
        answer = send(client, caseworker, "goal-new", case.pk, **typed_goal())
        goal = Goal.objects.get()
        assert answer.url == reverse("cases:goal", args=[goal.pk])
        assert (goal.words, goal.levels) == (WORDS, LEVELS)

    def test_sent_twice_is_one(self, client, case, caseworker):
        typed = typed_goal()
        for _ in range(2):
            send(client, caseworker, "goal-new", case.pk, **typed)
        assert Goal.objects.count() == 1

    def test_shows_again_what_was_typed(self, client, case, caseworker):
        typed = typed_goal(weight="99", criterion="Buku catatan")
        answer = send(client, caseworker, "goal-new", case.pk, **typed)
        shown = answer.content.decode()
        assert answer.status_code == 422
        assert all(words in shown for words in (WORDS, "Buku catatan", str(typed["once"])))

    def test_explains_every_level(self, client, case, caseworker):
        shown = page(client, caseworker, "goal-new", case.pk).content.decode()
        assert all(f'name="level_{number}"' in shown for number in range(5))
        assert "Seperti yang diharapkan" in shown


class TestEditGoal:
    def test_fills_the_form_with_what_is_held(self, client, case, caseworker):
        goal = goal_of(case, caseworker)
        shown = page(client, caseworker, "goal-edit", goal.pk).content.decode()
        assert all(words in shown for words in (WORDS, *LEVELS.values()))

    def test_shows_a_clash_and_lets_who_has_read_it_go_on(self, client, case, caseworker, supervisor):
        goal = goal_of(case, caseworker)
        send(client, caseworker, "goal-edit", goal.pk, **typed_goal(version=1, priority="1"))
        answer = send(client, supervisor, "goal-edit", goal.pk, **typed_goal(version=1, priority="3"))
        assert answer.status_code == 422
        assert "Prioritas: 1" in answer.content.decode()
        assert 'name="version" value="2"' in answer.content.decode()
        assert Goal.objects.get().priority == 1


class TestScoreGoal:
    def test_adds_a_score_once(self, client, case, caseworker):
        goal, typed = goal_of(case, caseworker), typed_score()
        for _ in range(2):
            answer = send(client, caseworker, "goal-score", goal.pk, **typed)
        assert answer.url == reverse("cases:goal", args=[goal.pk])
        assert GoalScore.objects.get().level == -1

    def test_shows_the_score_before_with_a_minus_sign(self, client, case, caseworker):
        goal = goal_of(case, caseworker)
        scored(goal, caseworker, -2, moment="baseline")
        assert "tingkat −2" in page(client, caseworker, "goal-score", goal.pk).content.decode()

    def test_says_what_to_describe_before(self, client, case, caseworker):
        goal = goal_of(case, caseworker, levels={})
        answer = send(client, caseworker, "goal-score", goal.pk, **typed_score())
        assert answer.status_code == 422
        assert "Uraikan dahulu" in answer.content.decode()
        assert "Gerobak rusak" in answer.content.decode()


class TestEndGoal:
    def test_ends_it(self, client, case, caseworker):
        goal = goal_of(case, caseworker)
        send(client, caseworker, "goal-end", goal.pk, to="reached", reason="Sudah berjualan", version=1)
        assert Goal.objects.get().state == "reached"

    def test_shows_again_what_was_typed(self, client, case, caseworker):
        goal = goal_of(case, caseworker)
        answer = send(client, caseworker, "goal-end", goal.pk, to="dropped", reason="ya", version=1)
        assert answer.status_code == 422
        assert Goal.objects.get().state == "active"


class TestPanel:
    def shown(self, case, viewer):
        goals = panel(case, viewer, TODAY)
        return render_to_string("cases/_goals_panel.html", {"goals": goals, "case": case})

    def test_shows_start_now_direction_and_next_step(self, case, caseworker):
        goal = goal_of(case, caseworker)
        scored(goal, caseworker, -2, moment="baseline", minutes=110)
        scored(goal, caseworker, 0, minutes=111)
        step_of(plan_of(case, caseworker), caseworker, goal=goal.pk)
        shown = self.shown(case, caseworker)
        assert all(words in shown for words in (WORDS, "−2", "naik", "Ajukan modal usaha"))

    def test_tells_the_head_no_words(self, case, caseworker, head):
        goal_of(case, caseworker)
        assert WORDS not in self.shown(case, head)

    def test_says_that_there_is_none(self, case, caseworker):
        assert "Belum ada tujuan" in self.shown(case, caseworker)
