import uuid
from datetime import date

import pytest

from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.cases.actions.ending import complete_ending
from simpul.cases.actions.goals import end_goal
from simpul.cases.actions.reminders import Reminder
from simpul.cases.models import Ending, FollowUp, Goal, GoalScore, Task
from simpul.cases.queries.ending import Told, outcomes_of
from simpul.cases.queries.goals import attainment
from simpul.screening.queries import ConsentNeeded
from tests.cases.endings import FIRST_LOOK, begun, completed, saved
from tests.cases.factories import a_case, moved
from tests.cases.goals import goal_of, scored
from tests.screening.factories import TODAY, when, without_consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(caseworker):
    return a_case(caseworker)


def outcome(goal, level, words="Buku catatannya"):
    return {str(goal.pk): {"level": level, "words": words}}


class TestBeginEnding:
    def test_foresees_the_looks_of_the_norms(self, case, caseworker):
        assert begun(case, caseworker).follow_ups == ["2026-12-21", "2027-02-21", "2027-05-21"]

    def test_gives_the_one_that_is_there_whoever_begins_again(self, case, caseworker, supervisor):
        assert begun(case, caseworker) == begun(case, supervisor)
        assert Ending.objects.count() == 1

    def test_refuses_a_key_of_another_case(self, case, caseworker):
        key = uuid.uuid4()
        begun(case, caseworker, key=key)
        with pytest.raises(Refusal, match="dengan isian lain"):
            begun(a_case(caseworker), caseworker, key=key)

    @pytest.mark.parametrize("role", ["head", "volunteer", "stranger", "verifier"])
    def test_is_for_those_who_may_end(self, case, request, role):
        with pytest.raises(NotAllowed):
            begun(case, request.getfixturevalue(role))

    @pytest.mark.parametrize(
        ("stage", "reason", "looks"),
        [("died", "died", 0), ("left", "own_wish", 3), ("referred_out", "referred_out", 3)],
    )
    def test_is_possible_after_an_end_beside_the_way(self, case, caseworker, stage, reason, looks):
        ending = begun(moved(case, caseworker, stage), caseworker)
        assert (ending.reason, len(ending.follow_ups), ending.on) == (reason, looks, TODAY)
        assert ("Puskesmas" in (ending.handed_to or "")) == (stage == "referred_out")


class TestSaveEnding:
    def test_keeps_what_was_told_sealed(self, case, caseworker):
        ending = saved(begun(case, caseworker), caseworker)
        kept = Ending.objects.get(pk=ending.pk)
        assert Told.of(kept).transition["stands_by"] == "Bu RT"
        assert b"berani" not in bytes(kept.statement_sealed)

    def test_writes_a_final_score_for_each_level(self, case, caseworker):
        goal, ending = goal_of(case, caseworker), begun(case, caseworker)
        saved(ending, caseworker, outcomes=outcome(goal, 1))
        assert list(GoalScore.objects.values_list("moment", "level")) == [("final", 1)]

    def test_writes_none_for_what_cannot_be_said(self, case, caseworker):
        goal, ending = goal_of(case, caseworker), begun(case, caseworker)
        kept = saved(ending, caseworker, outcomes=outcome(goal, None, "Tidak bertemu lagi"))
        assert kept.outcomes[str(goal.pk)]["level"] is None
        assert not GoalScore.objects.exists()

    def test_sent_twice_scores_once(self, case, caseworker):
        goal, ending = goal_of(case, caseworker), begun(case, caseworker)
        once = saved(ending, caseworker, outcomes=outcome(goal, 1))
        assert saved(ending, caseworker, outcomes=outcome(goal, 1)).version == once.version == 2
        assert GoalScore.objects.count() == 1

    def test_corrects_a_level_by_a_newer_score(self, case, caseworker):
        goal = goal_of(case, caseworker)
        first = saved(begun(case, caseworker), caseworker, outcomes=outcome(goal, 1))
        saved(first, caseworker, outcomes=outcome(goal, 2))
        assert list(GoalScore.objects.order_by("level").values_list("level", flat=True)) == [1, 2]

    def test_shows_both_values_to_the_second(self, case, caseworker, supervisor):
        goal, ending = goal_of(case, caseworker), begun(case, caseworker)
        saved(ending, supervisor, effect="Berjualan lagi")
        with pytest.raises(Clash) as clash:
            saved(ending, caseworker, version=1, effect="Belum berubah", outcomes=outcome(goal, 1))
        assert "Berjualan lagi" in clash.value.theirs
        assert "Belum berubah" in clash.value.mine
        assert not GoalScore.objects.exists()

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"reason": "bosan"}, "tidak dikenal"),
            ({"held_on": date(2027, 1, 1)}, "belum tiba"),
            ({"held_on": date(2020, 1, 1)}, "sebelum kasus"),
            ({"follow_ups": (TODAY,)}, "sesudah tanggal"),
            ({"statement_capacity": "neighbour"}, "siapa yang menyatakan"),
            ({"follow_ups": (date(9999, 12, 31),)}, "terlalu jauh"),
            ({"effect": "a" * 4001}, "terlalu panjang"),
            ({"outcomes": {str(uuid.UUID(int=1)): {"level": 1, "words": ""}}}, "bukan dari kasus"),
        ],
        ids=["reason", "future", "past", "look", "far look", "capacity", "long", "goal"],
    )
    def test_refuses_what_cannot_be(self, case, caseworker, changed, words):
        with pytest.raises(Refusal, match=words):
            saved(begun(case, caseworker), caseworker, **changed)

    def test_asks_why_an_outcome_cannot_be_said(self, case, caseworker):
        goal, ending = goal_of(case, caseworker), begun(case, caseworker)
        with pytest.raises(Refusal, match="mengapa"):
            saved(ending, caseworker, outcomes=outcome(goal, None, ""))

    def test_learns_nothing_about_the_client_without_a_basis(self, case, caseworker):
        ending = begun(case, caseworker)
        without_consent(case, caseworker)
        with pytest.raises(ConsentNeeded):
            saved(ending, caseworker)
        kept = saved(ending, caseworker, effect="", transition={}, statement="", statement_capacity="")
        assert kept.process["quality"]


class TestCompleteEnding:
    def test_lets_go_of_what_the_work_would_still_have_asked_for(self, case, caseworker):
        for kind in ("reassessment", "own"):
            Reminder(case, kind, uuid.uuid4()).put(by=caseworker, at=when()["at"], due_on=TODAY, words="x")
        completed(case, caseworker)
        waiting = Task.objects.waiting().filter(case=case).values_list("kind", flat=True)
        assert sorted(set(waiting)) == ["follow_up", "own"]

    def test_freezes_the_score_and_puts_the_looks_on_their_days(self, case, caseworker):
        goal = goal_of(case, caseworker)
        scored(goal, caseworker, -1, moment="baseline")
        ending = completed(case, caseworker, outcomes=outcome(goal, 1))
        assert (ending.t_score, ending.completed_at is None) == (60.0, False)
        looks = FollowUp.objects.order_by("due_on")
        assert [look.due_on for look in looks] == [FIRST_LOOK, date(2027, 2, 21)]
        waiting = Task.objects.waiting().filter(kind="follow_up")
        assert {task.about for task in waiting} == {look.pk for look in looks}

    @pytest.mark.parametrize(
        ("level", "words", "state", "because"),
        [
            (0, "", "reached", "Tercapai saat"),
            (-1, "", "dropped", "Belum tercapai saat"),
            (None, "Tidak bertemu lagi", "dropped", "Tidak bertemu lagi"),
        ],
        ids=["reached", "missed", "unsaid"],
    )
    def test_ends_every_goal_by_its_outcome(self, case, caseworker, level, words, state, because):
        goal = goal_of(case, caseworker)
        completed(case, caseworker, outcomes=outcome(goal, level, words))
        kept = Goal.objects.get(pk=goal.pk)
        assert (kept.state, kept.ended_on, kept.version) == (state, TODAY, goal.version + 1)
        assert because in kept.ended_because

    def test_leaves_what_was_missed_among_the_results(self, case, caseworker):
        met, missed = goal_of(case, caseworker), goal_of(case, caseworker)
        ending = completed(case, caseworker, outcomes=outcome(met, 1) | outcome(missed, -2))
        assert attainment(case, TODAY).now_t == ending.t_score
        shown = outcomes_of(case, ending, caseworker, TODAY)
        assert [(one.number, one.level) for one in shown] == [(1, 1), (2, -2)]

    def test_leaves_a_goal_that_ended_before_as_it_was(self, case, caseworker):
        goal = goal_of(case, caseworker)
        end_goal(goal, by=caseworker, to="dropped", version=1, reason="Tidak mau lagi", **when(120))
        completed(case, caseworker)
        assert Goal.objects.get(pk=goal.pk).ended_because == "Tidak mau lagi"

    def test_sent_twice_completes_once(self, case, caseworker):
        ending = completed(case, caseworker)
        complete_ending(ending, by=caseworker, version=ending.version - 1, **when(230))
        assert FollowUp.objects.count() == 2

    def test_is_never_changed_after_that(self, case, caseworker):
        ending = completed(case, caseworker)
        with pytest.raises(Refusal, match="tidak diubah lagi"):
            saved(ending, caseworker, effect="Lain")
        with pytest.raises(Refusal, match="tidak diubah lagi"):
            complete_ending(ending, by=caseworker, version=ending.version, **when(240))

    def test_is_not_completed_by_who_read_an_older_draft(self, case, caseworker):
        ending = saved(begun(case, caseworker), caseworker)
        with pytest.raises(Clash):
            complete_ending(ending, by=caseworker, version=1, **when(220))

    @pytest.mark.parametrize(
        ("changed", "lacking"),
        [
            ({"reason": ""}, "alasan"),
            ({"process": {}}, "evaluasi proses"),
            ({"effect": ""}, "hasil bagi orang itu"),
            ({"transition": {}}, "peralihan"),
            ({"reason": "referred_out"}, "diserahkan"),
            ({"statement": ""}, "pernyataan"),
            ({"follow_ups": ()}, "bimbingan lanjut"),
        ],
        ids=["reason", "process", "effect", "transition", "handover", "statement", "looks"],
    )
    def test_says_what_is_missing(self, case, caseworker, changed, lacking):
        with pytest.raises(Refusal, match=lacking):
            completed(case, caseworker, **changed)

    def test_wants_an_outcome_of_every_goal(self, case, caseworker):
        goal_of(case, caseworker)
        with pytest.raises(Refusal, match="tujuan nomor 1"):
            completed(case, caseworker)

    def test_is_content_with_the_process_for_a_lasting_need(self, case, caseworker):
        goal_of(case, caseworker)
        assert completed(case, caseworker, is_lasting_need=True, effect="").completed_at

    def test_asks_afterwards_only_for_what_is_known(self, case, caseworker):
        goal = goal_of(case, caseworker)
        ended = moved(case, caseworker, "left")
        with pytest.raises(Refusal, match="hasil bagi orang itu, atau evaluasi proses; pernyataan"):
            completed(ended, caseworker, effect="", process={}, transition={}, statement="")
        draft = Ending.objects.get()
        short = saved(draft, caseworker, transition={}, follow_ups=(), outcomes=outcome(goal, -1))
        ending = complete_ending(short, by=caseworker, version=short.version, **when(230))
        assert (ending.t_score, GoalScore.objects.get().level) == (40.0, -1)
        assert not Task.objects.waiting().filter(kind="own").exists()

    def test_lets_no_goal_be_scored_once_an_ended_case_was_judged(self, case, caseworker):
        goal = goal_of(case, caseworker)
        completed(moved(case, caseworker, "left"), caseworker, outcomes=outcome(goal, 0))
        with pytest.raises(Refusal):
            scored(goal, caseworker, 2, moment="final")

    def test_lets_goals_of_ended_cases_be_scored_at_the_end_only(self, case, caseworker):
        goal = goal_of(case, caseworker)
        moved(case, caseworker, "left")
        with pytest.raises(Refusal, match="sudah berakhir"):
            scored(goal, caseworker, 2)
        assert scored(goal, caseworker, 2, moment="final").level == 2

    def test_asks_nothing_of_who_died(self, case, caseworker):
        ending = completed(
            case,
            caseworker,
            reason="died",
            effect="",
            transition={},
            statement="Sudah meninggal",
            statement_capacity="",
            follow_ups=(),
            follow_up_words="Keluarga tidak memerlukan",
        )
        assert ending.completed_at
        assert not FollowUp.objects.exists()
