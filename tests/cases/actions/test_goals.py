import uuid
from datetime import date, timedelta

import pytest

from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.cases.actions import move
from simpul.cases.actions.goals import edit_goal, end_goal, score_goal, set_goal
from simpul.cases.models import Goal, GoalScore, Task
from simpul.screening.queries import ConsentNeeded
from tests.cases.factories import a_case
from tests.cases.goals import LEVELS, WORDS, goal_details, goal_of, scored
from tests.screening.factories import TODAY, when, without_consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(caseworker):
    return a_case(caseworker)


def edited(goal, by, *, version=None, minutes=120, **changed):
    version = goal.version if version is None else version
    return edit_goal(goal, by=by, version=version, **when(minutes), **goal_details(**changed))


def ended(goal, by, to="reached", *, version=None, because="Bu Siti berjualan lagi"):
    version = goal.version if version is None else version
    return end_goal(goal, by=by, to=to, version=version, reason=because, **when(130))


class TestSetGoal:
    def test_keeps_the_clients_words_sealed(self, case, caseworker):
        goal = goal_of(case, caseworker)
        assert Goal.objects.get(pk=goal.pk).words == WORDS
        assert b"kue" not in bytes(goal.words_sealed)

    def test_numbers_goals_of_a_case_in_turn(self, case, caseworker):
        assert [goal_of(case, caseworker).number for _ in range(3)] == [1, 2, 3]

    def test_pressed_twice_sets_one(self, case, caseworker):
        key = uuid.uuid4()
        assert goal_of(case, caseworker, key=key) == goal_of(case, caseworker, key=key)
        assert Goal.objects.count() == 1

    def test_refuses_a_key_of_another_case(self, case, caseworker):
        key, other = uuid.uuid4(), a_case(caseworker)
        goal_of(case, caseworker, key=key)
        with pytest.raises(Refusal, match="dengan isian lain"):
            goal_of(other, caseworker, key=key)

    def test_reminds_on_the_target_date(self, case, caseworker):
        goal = goal_of(case, caseworker)
        task = Task.objects.get(kind="goal", about=goal.pk)
        assert (task.due_on, task.worker) == (goal.target_on, caseworker.pk)

    def test_wants_only_words_and_a_term(self, case, caseworker):
        goal = set_goal(case, by=caseworker, key=uuid.uuid4(), words=WORDS, term="long", **when(100))
        assert (goal.criterion, goal.levels, goal.target_on) == (None, None, None)
        assert not Task.objects.filter(kind="goal").exists()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"words": "  "},
            {"words": "a" * 301},
            {"criterion": "a" * 501},
            {"target_on": date.max},
            {"term": "soon"},
            {"priority": 4},
            {"weight": 0},
            {"weight": 11},
            {"levels": {"3": "terlalu jauh"}},
            {"levels": {"0": "a" * 301}},
            {"parent": uuid.UUID(int=1)},
        ],
        ids=str,
    )
    def test_refuses_what_cannot_be_and_writes_nothing(self, case, caseworker, wrong):
        with pytest.raises(Refusal):
            goal_of(case, caseworker, **wrong)
        assert not Goal.objects.exists()

    def test_refuses_without_a_legal_basis(self, case, caseworker):
        without_consent(case, caseworker)
        with pytest.raises(ConsentNeeded):
            goal_of(case, caseworker)

    def test_refuses_on_an_ended_case(self, case, caseworker):
        move(case, by=caseworker, to="left", version=case.version, because="Pindah kota", **when(90))
        with pytest.raises(Refusal, match="sudah berakhir"):
            goal_of(case, caseworker)

    def test_refuses_a_third_storey(self, case, caseworker):
        top = goal_of(case, caseworker, term="long")
        under = goal_of(case, caseworker, parent=top.pk)
        with pytest.raises(Refusal, match="dua tingkat"):
            goal_of(case, caseworker, parent=under.pk)

    @pytest.mark.parametrize("role", ["stranger", "volunteer", "head", "verifier"])
    def test_refuses_who_may_not(self, case, request, role):
        with pytest.raises(NotAllowed):
            goal_of(case, request.getfixturevalue(role))


class TestEditGoal:
    def test_changes_and_counts_the_version(self, case, caseworker):
        goal = edited(goal_of(case, caseworker), caseworker, words="Berjualan di pasar")
        assert (goal.words, goal.version) == ("Berjualan di pasar", 2)

    def test_shows_both_values_to_who_was_slower_and_writes_nothing(self, case, caseworker, supervisor):
        goal = goal_of(case, caseworker)
        edited(goal, caseworker, version=1, words="Berjualan di pasar")
        with pytest.raises(Clash, match=r"Berjualan di pasar.*Berjualan di rumah"):
            edited(goal, supervisor, version=1, words="Berjualan di rumah")
        current = Goal.objects.get(pk=goal.pk)
        assert (current.words, current.version) == ("Berjualan di pasar", 2)

    def test_names_only_the_fields_that_differ(self, case, caseworker, supervisor):
        goal = goal_of(case, caseworker)
        edited(goal, caseworker, version=1, priority=1)
        with pytest.raises(Clash) as caught:
            edited(goal, supervisor, version=1, priority=3)
        assert (caught.value.theirs, caught.value.mine) == ("Prioritas: 1", "Prioritas: 3")

    def test_sent_twice_changes_once(self, case, caseworker):
        goal = goal_of(case, caseworker)
        for _ in range(2):
            latest = edited(goal, caseworker, version=1, weight=4)
        assert (latest.weight, latest.version) == (4, 2)

    def test_moves_the_reminder_with_the_date(self, case, caseworker):
        goal = goal_of(case, caseworker)
        edited(goal, caseworker, target_on=TODAY + timedelta(days=7))
        task = Task.objects.get(about=goal.pk)
        assert (task.due_on, task.first_due_on) == (TODAY + timedelta(days=7), goal.target_on)

    def test_keeps_levels_that_were_scored_by(self, case, caseworker):
        goal = goal_of(case, caseworker)
        scored(goal, caseworker, -1)
        with pytest.raises(Refusal, match="sudah dinilai"):
            edited(goal, caseworker, levels=LEVELS | {"0": "Berjualan sehari"})
        assert edited(goal, caseworker, weight=3).levels == LEVELS

    def test_refuses_itself_as_parent(self, case, caseworker):
        goal = goal_of(case, caseworker)
        with pytest.raises(Refusal, match="dua tingkat"):
            edited(goal, caseworker, parent=goal.pk)

    def test_refuses_once_it_has_ended(self, case, caseworker):
        goal = ended(goal_of(case, caseworker), caseworker)
        with pytest.raises(Refusal, match="Tercapai"):
            edited(goal, caseworker, words="Lain")


class TestEndGoal:
    @pytest.mark.parametrize(("to", "left"), [("reached", "done"), ("dropped", "dropped")])
    def test_ends_the_goal_and_its_reminder(self, case, caseworker, to, left):
        goal = ended(goal_of(case, caseworker), caseworker, to)
        assert (goal.state, goal.ended_on, goal.ended_because) == (to, TODAY, "Bu Siti berjualan lagi")
        assert Task.objects.get(about=goal.pk).state == left

    @pytest.mark.parametrize(
        ("to", "because"), [("active", "Sudah cukup"), ("reached", "ya"), ("", "Cukup ini")]
    )
    def test_wants_a_state_and_a_reason(self, case, caseworker, to, because):
        with pytest.raises(Refusal):
            ended(goal_of(case, caseworker), caseworker, to, because=because)
        assert Goal.objects.get().state == "active"

    def test_sent_twice_ends_once(self, case, caseworker):
        goal = goal_of(case, caseworker)
        for _ in range(2):
            latest = ended(goal, caseworker, version=1)
        assert latest.version == 2

    def test_tells_who_was_slower(self, case, caseworker, supervisor):
        goal = goal_of(case, caseworker)
        ended(goal, caseworker, version=1)
        with pytest.raises(Clash, match=r"Tercapai.*Tidak dilanjutkan"):
            ended(goal, supervisor, "dropped", version=1)


class TestScoreGoal:
    def test_adds_a_score_with_its_reason_sealed(self, case, caseworker):
        score = scored(goal_of(case, caseworker), caseworker, -1, moment="baseline", seen="Gerobak rusak")
        assert (score.level, score.on, score.because) == (-1, TODAY, "Gerobak rusak")
        assert b"Gerobak" not in bytes(score.because_sealed)

    def test_pressed_twice_adds_one(self, case, caseworker):
        goal, key = goal_of(case, caseworker), uuid.uuid4()
        for minutes in (110, 111):
            score_goal(goal, by=caseworker, key=key, level=0, **when(minutes))
        assert GoalScore.objects.count() == 1

    @pytest.mark.parametrize(
        "levels",
        [{}, {"0": "tiga hari"}, {"0": "tiga hari", "1": "lima hari"}, {"-1": "sehari", "1": "lima hari"}],
        ids=str,
    )
    def test_wants_the_expected_level_and_one_on_each_side(self, case, caseworker, levels):
        goal = goal_of(case, caseworker, levels=levels)
        with pytest.raises(Refusal, match="Uraikan dahulu"):
            scored(goal, caseworker, 0)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"level": 3},
            {"level": 0, "moment": "later"},
            {"level": 0, "seen_on": TODAY + timedelta(days=1)},
            {"level": 0, "seen_on": TODAY - timedelta(days=1)},
            {"level": 0, "seen": "a" * 1001},
        ],
        ids=str,
    )
    def test_refuses_what_cannot_be(self, case, caseworker, wrong):
        goal = goal_of(case, caseworker)
        with pytest.raises(Refusal):
            scored(goal, caseworker, wrong.pop("level"), **wrong)
        assert not GoalScore.objects.exists()

    def test_refuses_a_goal_that_was_given_up_and_takes_a_reached_one(self, case, caseworker):
        dropped = ended(goal_of(case, caseworker), caseworker, "dropped")
        reached = ended(goal_of(case, caseworker), caseworker)
        with pytest.raises(Refusal, match="sudah diakhiri"):
            scored(dropped, caseworker, 0)
        assert scored(reached, caseworker, 1, moment="final").level == 1

    @pytest.mark.parametrize("role", ["stranger", "head"])
    def test_refuses_who_may_not(self, case, caseworker, request, role):
        goal = goal_of(case, caseworker)
        with pytest.raises(NotAllowed):
            scored(goal, request.getfixturevalue(role), 0)
