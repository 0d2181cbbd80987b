from itertools import pairwise

import pytest

from simpul.cases.stages import ENDED, NEXT, STEPS, WAY, Stage, skipped, step_of


class TestNext:
    def test_says_something_about_every_stage(self):
        assert set(NEXT) == set(Stage)

    def test_lets_nothing_follow_an_end(self):
        assert all(not NEXT[stage] for stage in ENDED)

    def test_reaches_every_stage_from_the_beginning(self):
        reached, waiting = set(), [Stage.OUTREACH]
        while waiting:
            stage = waiting.pop()
            if stage not in reached:
                reached.add(stage)
                waiting += NEXT[stage]
        assert reached == set(Stage)

    def test_follows_the_steps_in_their_order(self):
        way = [*STEPS[:5], Stage.TRANSITION, *STEPS[5:], Stage.CLOSED]
        assert all(later in NEXT[stage] for stage, later in pairwise(way))


class TestStepOf:
    @pytest.mark.parametrize(
        ("stage", "step"),
        [
            (Stage.INTAKE, 1),
            (Stage.MONITORING, 4),
            (Stage.TRANSITION, 6),
            (Stage.FOLLOW_UP, 7),
            (Stage.CLOSED, 8),
            (Stage.DIED, 0),
        ],
    )
    def test_counts_from_one_and_gives_nothing_to_side_states(self, stage, step):
        assert step_of(stage) == step


class TestSkipped:
    @pytest.mark.parametrize(
        ("now", "then", "left_out"),
        [
            (Stage.INTAKE, Stage.ASSESSMENT, ()),
            (Stage.LINKING, Stage.EVALUATION, (Stage.MONITORING,)),
            (Stage.TERMINATION, Stage.CLOSED, (Stage.FOLLOW_UP,)),
            (Stage.EVALUATION, Stage.LINKING, ()),
            (Stage.INTAKE, Stage.DIED, ()),
            (Stage.SUSPENDED, Stage.EVALUATION, ()),
        ],
    )
    def test_names_what_a_step_forward_leaves_out(self, now, then, left_out):
        assert skipped(now, then) == left_out

    def test_finds_nothing_left_out_from_step_to_step(self):
        assert not any(skipped(now, then) for now, then in pairwise(WAY))
