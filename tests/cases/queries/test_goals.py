import math
from datetime import timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.cases.actions.goals import end_goal
from simpul.cases.models import Note
from simpul.cases.queries.goals import (
    Attainment,
    _attained,
    attainment,
    attainments,
    goals_of,
    may_be_scored,
    notes_on,
    panel,
    picture_of,
    remarks,
    scores_of,
)
from tests.cases.factories import a_case
from tests.cases.goals import LEVELS, WORDS, goal_of, scored
from tests.cases.plans import now_at, plan_of, step_of
from tests.screening.factories import TODAY, when

LONGEST = {"short": 90, "long": 365}
GOALS = st.lists(
    st.builds(
        SimpleNamespace,
        weight=st.integers(1, 10),
        state=st.sampled_from(["active", "reached", "dropped"]),
        baseline_level=st.none() | st.integers(-2, 2),
        now_level=st.none() | st.integers(-2, 2),
        now_moment=st.sampled_from(["baseline", "progress", "final"]),
        # Where there is a baseline there is a newest score: the baseline itself at least.
    ).filter(lambda goal: goal.baseline_level is None or goal.now_level is not None),
    max_size=8,
)


@pytest.fixture
def case(caseworker):
    return a_case(caseworker)


def plain_t(pairs):
    """The formula as Kiresuk and Sherman print it, without any care for speed or size."""
    above = 10 * sum(weight * level for weight, level in pairs)
    squares = sum(weight**2 for weight, _level in pairs)
    return 50 + above / math.sqrt(0.7 * squares + 0.3 * sum(weight for weight, _level in pairs) ** 2)


def counts(goal):
    """A goal given up counts no more, unless it was judged at the end."""
    return goal.state != "dropped" or goal.now_moment == "final"


class TestAttained:
    @given(GOALS)
    def test_agrees_with_the_formula_as_printed(self, goals):
        pairs = [(goal.weight, goal.now_level) for goal in goals if counts(goal)]
        known = [pair for pair in pairs if pair[1] is not None]
        found = _attained(goals)
        assert (found.scored, found.of) == (len(known), len(pairs))
        assert found.now_t == (pytest.approx(plain_t(known)) if known else None)

    @given(GOALS)
    def test_compares_only_what_was_scored_twice(self, goals):
        twice = [
            goal
            for goal in goals
            if counts(goal) and goal.baseline_level is not None and goal.now_moment != "baseline"
        ]
        found = _attained(goals)
        assert found.compared == len(twice)
        if twice:
            before = plain_t([(goal.weight, goal.baseline_level) for goal in twice])
            after = plain_t([(goal.weight, goal.now_level) for goal in twice])
            assert found.change == pytest.approx(after - before, abs=1e-9)


@pytest.mark.django_db
class TestAttainment:
    def test_is_fifty_when_all_is_as_expected(self, case, caseworker):
        for _ in range(3):
            scored(goal_of(case, caseworker), caseworker, 0)
        assert attainment(case, TODAY).now_t == 50

    def test_never_counts_an_unscored_goal_or_one_given_up(self, case, caseworker):
        scored(goal_of(case, caseworker), caseworker, 2)
        goal_of(case, caseworker)
        dropped = goal_of(case, caseworker)
        scored(dropped, caseworker, -2)
        end_goal(dropped, by=caseworker, to="dropped", version=1, reason="Tidak mau lagi", **when(120))
        found = attainment(case, TODAY)
        assert (found.now_t, found.scored, found.of, found.dropped) == (70, 1, 2, 1)

    def test_tells_the_change_since_the_baseline(self, case, caseworker):
        goal = goal_of(case, caseworker)
        scored(goal, caseworker, -2, moment="baseline", minutes=110)
        assert attainment(case, TODAY).change is None
        scored(goal, caseworker, 1, minutes=111)
        found = attainment(case, TODAY)
        assert (found.baseline_t, found.now_t, found.change, found.compared) == (30, 60, 30, 1)

    def test_knows_nothing_of_a_later_day(self, case, caseworker):
        scored(goal_of(case, caseworker), caseworker, 0)
        assert attainment(case, TODAY - timedelta(days=1)).scored == 0

    def test_is_empty_without_goals(self, case):
        assert attainment(case, TODAY) == Attainment()

    def test_asks_once_for_many_cases(self, case, caseworker, django_assert_num_queries):
        other = a_case(caseworker)
        for one in (case, other):
            scored(goal_of(one, caseworker), caseworker, 1)
        with django_assert_num_queries(1):
            found = attainments([case.pk, other.pk], TODAY)
        assert {key: row.now_t for key, row in found.items()} == {case.pk: 60, other.pk: 60}


@pytest.mark.django_db
class TestPanel:
    def test_asks_the_database_twice(self, case, caseworker, django_assert_num_queries):
        goal = goal_of(case, caseworker)
        step_of(plan_of(case, caseworker), caseworker, goal=goal.pk)
        panel(case, caseworker, TODAY)
        with django_assert_num_queries(2):
            panel(case, caseworker, TODAY)

    @pytest.mark.parametrize(("level", "direction"), [(1, "up"), (-1, "same"), (-2, "down")])
    def test_shows_start_now_direction_and_next_step(self, case, caseworker, level, direction):
        goal = goal_of(case, caseworker)
        scored(goal, caseworker, -1, moment="baseline", minutes=110)
        scored(goal, caseworker, level, minutes=111)
        step_of(plan_of(case, caseworker), caseworker, goal=goal.pk)
        row = panel(case, caseworker, TODAY).rows[0]
        assert (row.words, row.baseline, row.direction) == (WORDS, "−1", direction)
        assert row.next_step == "Ajukan modal usaha"

    def test_names_what_is_still_to_be_begun_before_what_runs(self, case, caseworker):
        goal = goal_of(case, caseworker)
        plan = plan_of(case, caseworker)
        running = step_of(plan, caseworker, goal=goal.pk, action="Makan siang diantar", due_on=TODAY)
        now_at(running, caseworker, "running")
        row = panel(case, caseworker, TODAY).rows[0]
        assert (row.next_step, row.next_on, row.next_runs) == ("Makan siang diantar", None, True)
        step_of(plan, caseworker, goal=goal.pk)
        row = panel(case, caseworker, TODAY).rows[0]
        assert (row.next_step, row.next_on, row.next_runs) == (
            "Ajukan modal usaha",
            TODAY + timedelta(days=20),
            False,
        )

    def test_tells_the_head_no_words(self, case, caseworker, head):
        goal = goal_of(case, caseworker)
        step_of(plan_of(case, caseworker), caseworker, goal=goal.pk)
        found = panel(case, head, TODAY)
        row = found.rows[0]
        assert not found.is_told
        assert (row.words, row.next_step, row.remarks) == ("", "", ())

    def test_leaves_out_what_has_ended(self, case, caseworker):
        goal = goal_of(case, caseworker)
        end_goal(goal, by=caseworker, to="reached", version=1, reason="Sudah berjualan", **when(120))
        assert not panel(case, caseworker, TODAY).rows
        assert goals_of(case, caseworker, TODAY).rows[0].state == "reached"


@pytest.mark.django_db
class TestGoalsOf:
    def test_stands_each_goal_under_the_one_it_leads_to(self, case, caseworker):
        top = goal_of(case, caseworker, term="long", priority=2)
        other = goal_of(case, caseworker, priority=1)
        under = goal_of(case, caseworker, parent=top.pk, priority=1)
        rows = goals_of(case, caseworker, TODAY).rows
        assert [row.key for row in rows] == [other.pk, top.pk, under.pk]


@pytest.mark.django_db
class TestRemarks:
    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"criterion": ""}, "dari apa terlihat"),
            ({"levels": {"0": "tiga hari"}}, "Tingkat pencapaian belum lengkap"),
            ({"target_on": None}, "Belum ada tanggal"),
            ({"target_on": TODAY - timedelta(days=1)}, "sudah lewat"),
            ({"target_on": TODAY + timedelta(days=91)}, "jauh untuk tujuan jangka pendek"),
            ({"target_on": TODAY + timedelta(days=366), "term": "long"}, "sangat jauh"),
        ],
        ids=lambda value: value if isinstance(value, str) else None,
    )
    def test_points_out_and_refuses_nothing(self, case, caseworker, changed, said):
        told = remarks(goal_of(case, caseworker, **changed), TODAY, longest=LONGEST)
        assert len(told) == 1
        assert said in told[0]

    @pytest.mark.parametrize(("term", "days"), [("short", 90), ("long", 365)])
    def test_says_nothing_of_a_likely_goal(self, case, caseworker, term, days):
        goal = goal_of(case, caseworker, term=term, target_on=TODAY + timedelta(days=days))
        assert remarks(goal, TODAY, longest=LONGEST) == ()

    def test_takes_the_norms_of_the_office(self, case, caseworker):
        goal = goal_of(case, caseworker, target_on=TODAY + timedelta(days=3_000))
        assert "jauh untuk tujuan jangka pendek" in " ".join(remarks(goal, TODAY))


@pytest.mark.parametrize(
    ("levels", "may"),
    [(LEVELS, True), ({"-1": "a", "0": "b", "2": "c"}, True), ({"0": "b", "1": "c"}, False), (None, False)],
    ids=["all", "three", "nothing below", "none"],
)
def test_may_be_scored_with_the_expected_level_and_one_on_each_side(levels, may):
    assert may_be_scored(levels) is may


@pytest.mark.django_db
class TestPictureOf:
    def test_draws_scores_from_left_to_right_and_better_ones_higher(self, case, caseworker):
        goal = goal_of(case, caseworker)
        for minutes, level in enumerate((-2, 0, 2), start=110):
            scored(goal, caseworker, level, minutes=minutes)
        scores = scores_of(goal)
        for days, score in enumerate(reversed(scores)):
            score.on = TODAY + timedelta(days=days)
        marks = picture_of(goal, scores).marks
        assert [int(mark.x) for mark in marks] == sorted(int(mark.x) for mark in marks)
        assert [int(mark.y) for mark in marks] == sorted((int(mark.y) for mark in marks), reverse=True)

    def test_is_none_before_the_first_score(self, case, caseworker):
        assert picture_of(goal_of(case, caseworker), ()) is None


@pytest.mark.django_db
class TestNotesOn:
    def test_finds_the_notes_that_hang_on_the_goal_as_they_stand_now(self, case, caseworker):
        goal = goal_of(case, caseworker)
        about = {"case": case, "on": TODAY, "kind": "visit", "by_name": "Rina Wulandari"}
        Note.objects.create(at=when(1)["at"], goals=[], **about)
        wrong = Note.objects.create(at=when(2)["at"], goals=[str(goal.pk)], **about)
        hanging = Note.objects.create(at=when(3)["at"], goals=[str(goal.pk)], corrects=wrong, **about)
        assert notes_on(goal) == (hanging,)
