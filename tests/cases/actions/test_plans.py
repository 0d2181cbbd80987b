import uuid
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.cases.actions import move, open_case
from simpul.cases.actions.plans import OwnPlan, start_plan, write_crisis_plan
from simpul.cases.models import Case, Office, Plan, PlanStep, Task
from simpul.screening.queries import ConsentNeeded
from tests.access import factories as users
from tests.cases.factories import a_case
from tests.cases.plans import (
    agreed,
    approval_wanted,
    decided_on,
    edited,
    now_at,
    plan_of,
    step_of,
)
from tests.screening.factories import TODAY, consented, when, without_consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(caseworker):
    case = a_case(caseworker)
    approval_wanted(case, wanted=False)
    return case


@pytest.fixture
def held(case, caseworker):
    """A plan in force with one step."""
    plan = plan_of(case, caseworker)
    step_of(plan, caseworker)
    return agreed(plan, caseworker)


class TestStartPlan:
    def test_pressed_twice_starts_one(self, case, caseworker):
        key = uuid.uuid4()
        assert plan_of(case, caseworker, key=key) == plan_of(case, caseworker, key=key)
        assert Plan.objects.count() == 1

    def test_refuses_beside_one_that_is_being_written(self, case, caseworker):
        plan_of(case, caseworker)
        with pytest.raises(Refusal, match="Versi 1 belum selesai: Disusun"):
            plan_of(case, caseworker)

    def test_copies_every_word_of_the_one_in_force(self, held, case, caseworker):
        copy = PlanStep.objects.get(plan=plan_of(case, caseworker))
        first = PlanStep.objects.get(plan=held)
        for name in ("line", "need", "action", "provider", "alternatives", "due_on", "cost", "state"):
            assert getattr(copy, name) == getattr(first, name)
        assert copy.pk != first.pk

    def test_leaves_the_one_in_force_until_the_new_one_is_agreed(self, held, case, caseworker):
        newer = plan_of(case, caseworker)
        assert Plan.objects.get(pk=held.pk).state == "agreed"
        agreed(newer, caseworker)
        states = Plan.objects.order_by("number").values_list("number", "state")
        assert list(states) == [(1, "replaced"), (2, "agreed")]

    def test_refuses_a_key_of_another_case(self, held, caseworker):
        with pytest.raises(Refusal, match="dengan isian lain"):
            start_plan(a_case(caseworker), by=caseworker, key=held.pk, **when(100))

    def test_refuses_without_a_legal_basis(self, case, caseworker):
        without_consent(case, caseworker)
        with pytest.raises(ConsentNeeded):
            plan_of(case, caseworker)

    def test_refuses_on_an_ended_case(self, case, caseworker):
        move(case, by=caseworker, to="left", version=case.version, because="Pindah kota", **when(90))
        with pytest.raises(Refusal, match="sudah berakhir"):
            plan_of(case, caseworker)

    @pytest.mark.parametrize("role", ["stranger", "volunteer", "head", "verifier"])
    def test_refuses_who_may_not(self, case, request, role):
        with pytest.raises(NotAllowed):
            plan_of(case, request.getfixturevalue(role))


@pytest.mark.slow
class TestVersionsLoseNoStep(TestCase):
    """Whatever is added, changed or given up between agreements, no line of a plan is ever lost."""

    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.sampled_from(["add", "edit", "drop", "agree"]), min_size=3, max_size=9))
    def test_every_line_stands_in_the_newest_version(self, happenings):
        worker = users.user_with("caseworker", organisation=users.ORGANISATION)
        case = a_case(worker)
        approval_wanted(case, wanted=False)
        plan, lines = plan_of(case, worker), set()
        lines.add(step_of(plan, worker).line)
        for happening in happenings:
            newest = PlanStep.objects.filter(plan=plan).order_by("order").last()
            if happening == "add":
                lines.add(step_of(plan, worker).line)
            elif happening == "edit":
                edited(newest, worker, need=f"Kebutuhan {len(lines)}")
            elif happening == "drop":
                now_at(newest, worker, "dropped", reason="Tidak perlu lagi")
            else:
                agreed(plan, worker)
                plan = plan_of(case, worker)
        kept = list(PlanStep.objects.filter(plan=plan).values_list("line", flat=True))
        assert sorted(kept) == sorted(lines)


class TestWriteCrisisPlan:
    def written(self, plan, by, words, version):
        return write_crisis_plan(plan, by=by, version=version, words=words, **when(105))

    def test_is_kept_sealed_and_once(self, case, caseworker):
        plan = plan_of(case, caseworker)
        for _ in range(2):
            latest = self.written(plan, caseworker, "Hubungi Bu Rohani", 1)
        assert (latest.crisis, latest.version) == ("Hubungi Bu Rohani", 2)
        assert b"Rohani" not in bytes(latest.crisis_sealed)

    def test_shows_both_to_who_was_slower(self, case, caseworker, supervisor):
        plan = plan_of(case, caseworker)
        self.written(plan, caseworker, "Hubungi Bu Rohani", 1)
        with pytest.raises(Clash, match=r"Bu Rohani.*Puskesmas"):
            self.written(plan, supervisor, "Ke Puskesmas", 1)
        assert Plan.objects.get(pk=plan.pk).crisis == "Hubungi Bu Rohani"

    def test_is_not_changed_once_agreed(self, held, caseworker):
        with pytest.raises(Refusal, match="mulai versi baru"):
            self.written(held, caseworker, "Lain", held.version)


class TestAgree:
    def test_notes_who_and_how_sealed(self, held):
        assert (held.state, held.agreed_capacity, held.agreed_on) == ("agreed", "self", TODAY)
        assert b"Dibacakan" not in bytes(held.agreed_how_sealed)

    def test_reminds_of_every_step_with_a_date(self, held, caseworker):
        step = PlanStep.objects.get(plan=held)
        task = Task.objects.get(kind="plan_step", about=step.line, state="open")
        assert (task.due_on, task.worker) == (step.due_on, caseworker.pk)

    def test_sent_twice_is_agreed_once(self, case, caseworker):
        plan = plan_of(case, caseworker)
        step_of(plan, caseworker)
        for _ in range(2):
            latest = agreed(plan, caseworker, version=2)
        assert (latest.state, latest.version) == ("agreed", 3)

    def test_refuses_what_was_changed_after_it_was_read(self, case, caseworker, supervisor):
        plan = plan_of(case, caseworker)
        step_of(plan, caseworker)
        step_of(plan, supervisor)
        with pytest.raises(Clash):
            agreed(plan, caseworker, version=2)
        assert Plan.objects.get(pk=plan.pk).state == "draft"

    def test_refuses_a_plan_without_steps(self, case, caseworker):
        with pytest.raises(Refusal, match="belum berisi langkah"):
            agreed(plan_of(case, caseworker), caseworker)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"capacity": "neighbour"},
            {"capacity": "guardian", "agreed_by": " "},
            {"how": ""},
            {"agreed_on": TODAY + timedelta(days=1)},
            {"team_agreed_on": TODAY + timedelta(days=1)},
            {"agreed_on": TODAY - timedelta(days=1)},
            {"team_agreed_on": TODAY - timedelta(days=4000)},
        ],
        ids=str,
    )
    def test_refuses_what_cannot_be(self, case, caseworker, wrong):
        plan = plan_of(case, caseworker)
        step_of(plan, caseworker)
        with pytest.raises(Refusal):
            agreed(plan, caseworker, **wrong)
        assert Plan.objects.get(pk=plan.pk).state == "draft"

    def test_wants_a_guardian_for_a_child(self, caseworker):
        child = consented(caseworker, name="Dafa", born=date(2016, 5, 1))
        about = {"key": uuid.uuid4(), "summary": "Dafa ingin sekolah lagi.", "urgency": "normal"}
        case = open_case(child, by=caseworker, **about, **when(60))
        approval_wanted(case, wanted=False)
        plan = plan_of(case, caseworker)
        step_of(plan, caseworker)
        with pytest.raises(Refusal, match="seorang anak"):
            agreed(plan, caseworker)
        assert agreed(plan, caseworker, capacity="parent", agreed_by="Rohani").agreed_by == "Rohani"


class TestDecide:
    @pytest.fixture
    def waiting(self, caseworker):
        case = a_case(caseworker)
        approval_wanted(case)
        plan = plan_of(case, caseworker)
        step_of(plan, caseworker)
        return agreed(plan, caseworker)

    def test_waits_with_a_task_of_nobody_in_particular(self, waiting):
        task = Task.objects.get(kind="approval", about=waiting.pk)
        assert (waiting.state, task.state, task.worker) == ("waiting", "open", None)

    def test_reminds_the_manager_where_the_team_has_nobody_to_decide(self, case, caseworker, supervisor):
        Office.objects.update(norms={"plan_needs_approval": True})
        Case.objects.update(confidentiality="team_only")
        plan = plan_of(case, caseworker)
        step_of(plan, caseworker)
        agreed(plan, caseworker)
        task = Task.objects.waiting().get(kind="own", about=plan.pk)
        assert (task.worker, task.due_on) == (caseworker.pk, TODAY)
        assert "supervisor ke dalam tim" in task.words

    def test_reminds_the_manager_of_nothing_where_a_supervisor_sees_it(self, waiting):
        assert not Task.objects.waiting().filter(kind="own").exists()

    def test_approves_and_ends_the_task(self, waiting, supervisor):
        plan = decided_on(waiting, supervisor)
        assert (plan.state, plan.approved_by_name) == ("approved", "Pak Hamdan")
        assert Task.objects.get(kind="approval").state == "done"

    def test_returns_with_a_reason_and_lets_it_be_agreed_again(self, waiting, caseworker, supervisor):
        plan = decided_on(waiting, supervisor, approved=False, reason="Belum ada rencana cadangan")
        assert (plan.state, plan.decision_because) == ("returned", "Belum ada rencana cadangan")
        assert agreed(plan, caseworker).state == "waiting"
        assert not Task.objects.filter(kind="plan_step", about=plan.pk, state="open").exists()

    def test_wants_a_reason_for_returning(self, waiting, supervisor):
        with pytest.raises(Refusal, match="Tulis alasannya"):
            decided_on(waiting, supervisor, approved=False)

    def test_leaves_the_older_version_in_force_until_approved(self, waiting, caseworker, supervisor):
        first = decided_on(waiting, supervisor)
        second = agreed(plan_of(first.case, caseworker), caseworker)
        assert Plan.objects.get(pk=first.pk).state == "approved"
        decided_on(second, supervisor)
        assert Plan.objects.get(pk=first.pk).state == "replaced"

    @pytest.mark.parametrize("part", ["plan", "step"])
    def test_is_never_the_word_of_who_wrote_it(self, caseworker, supervisor, part):
        case = a_case(caseworker)
        approval_wanted(case)
        plan = plan_of(case, supervisor if part == "plan" else caseworker)
        step_of(plan, supervisor if part == "step" else caseworker)
        waiting = agreed(plan, caseworker)
        with pytest.raises(OwnPlan):
            decided_on(waiting, supervisor)
        assert Plan.objects.get(pk=plan.pk).state == "waiting"

    def test_sent_twice_is_decided_once(self, waiting, supervisor):
        for _ in range(2):
            latest = decided_on(waiting, supervisor, version=waiting.version)
        assert latest.version == waiting.version + 1

    def test_tells_who_was_slower(self, waiting, supervisor):
        decided_on(waiting, supervisor, version=waiting.version)
        with pytest.raises(Clash, match=r"Disetujui.*Dikembalikan"):
            decided_on(waiting, supervisor, approved=False, reason="Kurang jelas", version=waiting.version)

    @pytest.mark.parametrize("role", ["caseworker", "head", "stranger"])
    def test_refuses_who_may_not(self, waiting, request, role):
        with pytest.raises(NotAllowed):
            decided_on(waiting, request.getfixturevalue(role))

    def test_refuses_what_does_not_wait(self, held, supervisor):
        with pytest.raises(Refusal, match="tidak sedang menunggu"):
            decided_on(held, supervisor)
