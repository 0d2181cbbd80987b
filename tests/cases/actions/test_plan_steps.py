import uuid
from datetime import date, timedelta

import pytest

from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.cases.models import Plan, PlanStep, ServiceCheck, Task
from simpul.cases.queries.office import norms_for
from tests.cases.factories import a_case
from tests.cases.goals import goal_of
from tests.cases.plans import (
    NEED,
    agreed,
    approval_wanted,
    checked,
    edited,
    now_at,
    plan_of,
    step_of,
)
from tests.screening.factories import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(caseworker):
    case = a_case(caseworker)
    approval_wanted(case, wanted=False)
    return case


@pytest.fixture
def plan(case, caseworker):
    return plan_of(case, caseworker)


class TestAddStep:
    def test_keeps_words_sealed_and_cost_whole(self, plan, caseworker):
        step = step_of(plan, caseworker)
        kept = PlanStep.objects.get(pk=step.pk)
        assert (kept.need, kept.cost, kept.line) == (NEED, 1_250_000, step.pk)
        assert b"Gerobak" not in bytes(kept.need_sealed)

    def test_pressed_twice_adds_one(self, plan, caseworker):
        key = uuid.uuid4()
        assert step_of(plan, caseworker, key=key) == step_of(plan, caseworker, key=key)
        assert PlanStep.objects.count() == 1

    def test_takes_somebody_of_the_team_by_their_own_name(self, plan, caseworker):
        step = step_of(plan, caseworker, in_charge=caseworker.pk, in_charge_name="Siapa saja")
        assert (step.in_charge, step.in_charge_name) == (caseworker.pk, "Rina Wulandari")

    def test_refuses_a_goal_of_another_case(self, plan, caseworker):
        goal = goal_of(a_case(caseworker), caseworker)
        with pytest.raises(Refusal, match="dari kasus ini"):
            step_of(plan, caseworker, goal=goal.pk)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"need": " "},
            {"need": "a" * 501},
            {"service_kind": "magic"},
            {"due_on": date.max},
            {"cost": -1},
            {"cost": 10**13},
            {"in_charge": uuid.UUID(int=7)},
            {"alternatives": [{"provider": f"Penyedia {number}"} for number in range(11)]},
        ],
        ids=lambda wrong: next(iter(wrong)),
    )
    def test_refuses_what_cannot_be_and_writes_nothing(self, plan, caseworker, wrong):
        with pytest.raises(Refusal):
            step_of(plan, caseworker, **wrong)
        assert not PlanStep.objects.exists()

    def test_refuses_to_change_what_was_agreed(self, plan, caseworker):
        step_of(plan, caseworker)
        agreed(plan, caseworker)
        with pytest.raises(Refusal, match="mulai versi baru"):
            step_of(plan, caseworker)

    @pytest.mark.parametrize("role", ["stranger", "head"])
    def test_refuses_who_may_not(self, plan, request, role):
        with pytest.raises(NotAllowed):
            step_of(plan, request.getfixturevalue(role))


class TestEditStep:
    def test_shows_both_values_to_who_was_slower_and_writes_nothing(self, plan, caseworker, supervisor):
        step = step_of(plan, caseworker)
        edited(step, caseworker, version=1, cost=900_000)
        with pytest.raises(Clash, match=r"Biaya: Rp900\.000.*Biaya: Rp2\.000\.000"):
            edited(step, supervisor, version=1, cost=2_000_000)
        kept = PlanStep.objects.get(pk=step.pk)
        assert (kept.cost, kept.version) == (900_000, 2)

    def test_sent_twice_changes_once(self, plan, caseworker):
        step = step_of(plan, caseworker)
        for _ in range(2):
            latest = edited(step, caseworker, version=1, provider="Bank Desa")
        assert latest.version == 2

    def test_keeps_the_former_provider_as_an_alternative(self, plan, caseworker):
        step = edited(step_of(plan, caseworker), caseworker, provider="Bank Desa")
        assert [entry["provider"] for entry in step.alternatives] == ["Baznas", "Koperasi Melati"]

    def test_moves_the_reminder(self, plan, caseworker):
        step = edited(step_of(plan, caseworker), caseworker, due_on=TODAY + timedelta(days=3))
        assert Task.objects.get(about=step.line).due_on == TODAY + timedelta(days=3)

    def test_leaves_the_reminder_of_what_was_agreed_until_the_new_version_is(self, case, plan, caseworker):
        step_of(plan, caseworker)
        agreed(plan, caseworker)
        newer = plan_of(case, caseworker)
        copy = PlanStep.objects.get(plan=newer)
        edited(copy, caseworker, due_on=TODAY + timedelta(days=3))
        assert Task.objects.get(about=copy.line).due_on == TODAY + timedelta(days=20)
        agreed(newer, caseworker)
        assert Task.objects.get(about=copy.line).due_on == TODAY + timedelta(days=3)


class TestSetStepState:
    @pytest.mark.parametrize("to", ["no_service", "dropped"])
    def test_wants_a_reason_where_a_need_is_not_met(self, plan, caseworker, to):
        step = step_of(plan, caseworker)
        with pytest.raises(Refusal, match="Tulis alasannya"):
            now_at(step, caseworker, to)
        assert now_at(step, caseworker, to, reason="Tidak ada di kabupaten ini").state == to

    def test_holds_in_all_versions_that_stand(self, case, plan, caseworker):
        first = step_of(plan, caseworker)
        agreed(plan, caseworker)
        plan_of(case, caseworker)
        now_at(first, caseworker, "arranged")
        assert set(PlanStep.objects.values_list("state", flat=True)) == {"arranged"}

    def test_tells_who_has_another_version_of_the_same_line_open(self, case, plan, caseworker, supervisor):
        step = step_of(plan, caseworker)
        agreed(plan, caseworker)
        copy = PlanStep.objects.get(plan=plan_of(case, caseworker), line=step.line)
        now_at(step, caseworker, "arranged")
        with pytest.raises(Clash):
            now_at(copy, supervisor, "running", version=copy.version)
        assert set(PlanStep.objects.values_list("state", flat=True)) == {"arranged"}

    def test_changes_what_is_agreed_to(self, plan, caseworker):
        step, read = step_of(plan, caseworker), Plan.objects.get()
        now_at(step, caseworker, "arranged")
        with pytest.raises(Clash):
            agreed(plan, caseworker, version=read.version)

    def test_reminds_to_check_a_running_service_on_schedule(self, case, plan, caseworker):
        step = now_at(step_of(plan, caseworker), caseworker, "running")
        days = norms_for(case)["service_check_days"]
        assert Task.objects.get(about=step.line).due_on == TODAY + timedelta(days=days)

    @pytest.mark.parametrize(("to", "left"), [("done", "done"), ("dropped", "dropped")])
    def test_ends_the_reminder(self, plan, caseworker, to, left):
        step = now_at(step_of(plan, caseworker), caseworker, to, reason="Sudah cukup")
        assert Task.objects.get(about=step.line).state == left

    def test_sent_twice_changes_once_and_tells_who_was_slower(self, plan, caseworker, supervisor):
        step = step_of(plan, caseworker)
        for _ in range(2):
            latest = now_at(step, caseworker, "arranged", version=1)
        assert latest.version == 2
        with pytest.raises(Clash, match=r"Sudah diatur.*Selesai"):
            now_at(step, supervisor, "done", version=1)

    def test_refuses_in_a_version_that_was_replaced(self, case, plan, caseworker):
        step = step_of(plan, caseworker)
        agreed(plan, caseworker)
        agreed(plan_of(case, caseworker), caseworker)
        with pytest.raises(Refusal, match="sudah diganti"):
            now_at(step, caseworker, "done")


class TestCheckService:
    @pytest.fixture
    def running(self, plan, caseworker):
        return now_at(step_of(plan, caseworker), caseworker, "running")

    @pytest.mark.parametrize(("delivered", "asks"), [("no", 1), ("partly", 1), ("yes", 0), ("unknown", 0)])
    def test_asks_on_the_clients_behalf_for_what_was_agreed_but_not_given(
        self, case, running, caseworker, delivered, asks
    ):
        checked(running, caseworker, delivered)
        tasks = Task.objects.filter(kind="advocate", about=running.line, state="open")
        due = TODAY + timedelta(days=norms_for(case)["advocate_days"])
        assert [task.due_on for task in tasks] == [due] * asks

    def test_is_over_once_it_is_given(self, running, caseworker):
        checked(running, caseworker, "no")
        checked(running, caseworker, "yes")
        assert Task.objects.get(kind="advocate").state == "done"

    def test_does_not_ask_for_what_is_done(self, running, caseworker):
        checked(now_at(running, caseworker, "done"), caseworker, "partly")
        assert not Task.objects.filter(kind="advocate").exists()

    def test_pressed_twice_is_one(self, running, caseworker):
        key = uuid.uuid4()
        assert checked(running, caseworker, "no", key=key) == checked(running, caseworker, "no", key=key)
        assert (ServiceCheck.objects.count(), Task.objects.filter(kind="advocate").count()) == (1, 1)

    def test_keeps_words_sealed(self, running, caseworker):
        check = checked(running, caseworker, "partly", quantity="Dua dari empat", unmet="Beras", quality=2)
        assert (check.quantity, check.unmet, check.quality) == ("Dua dari empat", "Beras", 2)
        assert b"Beras" not in bytes(check.unmet_sealed)

    @pytest.mark.parametrize("state", ["planned", "no_service", "dropped"])
    def test_refuses_what_was_never_arranged(self, plan, caseworker, state):
        step = now_at(step_of(plan, caseworker), caseworker, state, reason="Tidak ditemukan")
        with pytest.raises(Refusal, match="belum diatur"):
            checked(step, caseworker, "no")

    @pytest.mark.parametrize(
        "wrong",
        [
            {"quality": 5},
            {"fits_plan": "so"},
            {"cost": -1},
            {"seen_on": TODAY + timedelta(days=1)},
            {"seen_on": TODAY - timedelta(days=1)},
        ],
        ids=str,
    )
    def test_refuses_what_cannot_be(self, running, caseworker, wrong):
        with pytest.raises(Refusal):
            checked(running, caseworker, "yes", **wrong)
        assert not ServiceCheck.objects.exists()

    def test_counts_from_the_newest_check(self, case, running, caseworker):
        checked(running, caseworker, "yes", seen_on=TODAY)
        days = norms_for(case)["service_check_days"]
        assert Task.objects.get(kind="plan_step").due_on == TODAY + timedelta(days=days)
        assert Plan.objects.count() == 1
