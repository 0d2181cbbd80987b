import uuid
from datetime import timedelta

import pytest

from simpul.access.refusal import NotAllowed, Refusal
from simpul.cases.actions.handover import NotAsked, accept, decline, propose, withdraw
from simpul.cases.actions.tasks import add_task
from simpul.cases.actions.team import add_member
from simpul.cases.models import Case, CaseMember, Handover, Task
from simpul.cases.queries.tasks import mine
from simpul.people.queries import Limited
from tests.access import factories
from tests.cases.factories import a_case
from tests.people.factories import limited
from tests.screening.factories import TODAY, when

pytestmark = pytest.mark.django_db
LEAVE = {"kind": "cover", "starts_on": TODAY, "until": TODAY + timedelta(days=10)}


@pytest.fixture
def case(caseworker):
    return a_case(caseworker)


@pytest.fixture
def colleague(db, organisation):
    return factories.user_with("caseworker", organisation=organisation, name="Wati Lestari")


def asked(case, by, to, *, key=None, because="Pindah wilayah kerja", **details):
    return propose(case, by=by, key=key or uuid.uuid4(), to=to.pk, because=because, **details, **when(70))


def a_task(case, by):
    return add_task(case, by=by, key=uuid.uuid4(), words="Antar surat", due_on=TODAY, **when(65))


def managers(case):
    return list(
        CaseMember.objects.filter(case=case, is_manager=True, ended_on=None).values_list("name", flat=True)
    )


def test_the_new_manager_is_known_as_social_worker(case, caseworker, colleague):
    accept(asked(case, caseworker, colleague), by=colleague, **when(80))
    assert CaseMember.objects.get(case=case, user=colleague.pk).profession == "social_worker"


class TestPropose:
    def test_changes_nothing_yet_and_reminds_the_asked(self, case, caseworker, colleague):
        asked(case, caseworker, colleague)
        assert Case.objects.get(pk=case.pk).worker == caseworker.pk
        task = Task.objects.get(kind="handover")
        assert (task.worker, (task.due_on - TODAY).days) == (colleague.pk, 3)

    def test_pressed_twice_asks_once(self, case, caseworker, colleague):
        key = uuid.uuid4()
        for _ in range(2):
            asked(case, caseworker, colleague, key=key)
        assert (Handover.objects.count(), Task.objects.filter(kind="handover").count()) == (1, 1)

    @pytest.mark.parametrize("role", ["stranger", "head", "volunteer", "caseworker"])
    def test_refuses_who_could_not_work_on_it_or_does(self, case, caseworker, request, role):
        with pytest.raises(Refusal):
            asked(case, caseworker, request.getfixturevalue(role))
        assert not Handover.objects.exists()

    def test_asks_somebody_of_another_body_once_in_the_team(self, case, caseworker, stranger):
        add_member(case, by=caseworker, key=uuid.uuid4(), user=stranger.pk, **when(66))
        assert asked(case, caseworker, stranger).to_user == stranger.pk

    def test_waits_for_one_answer_at_a_time(self, case, caseworker, colleague, supervisor):
        asked(case, caseworker, colleague)
        with pytest.raises(Refusal, match="menunggu jawaban"):
            asked(case, caseworker, supervisor)
        assert asked(case, caseworker, supervisor, **LEAVE).kind == "cover"

    @pytest.mark.parametrize(
        "details",
        [
            {"because": "ya"},
            {"kind": "gift"},
            {"kind": "cover"},
            {"kind": "cover", "starts_on": TODAY, "until": TODAY - timedelta(days=1)},
            {"kind": "cover", "starts_on": TODAY, "until": TODAY + timedelta(days=4000)},
        ],
        ids=["no reason", "kind", "no days", "days turned round", "eleven years"],
    )
    def test_refuses_what_cannot_be(self, case, caseworker, colleague, details):
        with pytest.raises(Refusal):
            asked(case, caseworker, colleague, **details)


class TestAccept:
    def test_makes_the_asked_the_one_manager_with_all_that_waits(self, case, caseworker, colleague):
        task = a_task(case, caseworker)
        accept(asked(case, caseworker, colleague), by=colleague, **when(80))
        now = Case.objects.get(pk=case.pk)
        assert (now.worker, now.worker_name, managers(case)) == (
            colleague.pk,
            "Wati Lestari",
            ["Wati Lestari"],
        )
        assert Task.objects.get(pk=task.pk).worker == colleague.pk
        assert Task.objects.get(kind="handover").state == "done"

    @pytest.mark.parametrize("role", ["caseworker", "supervisor"])
    def test_is_for_the_asked_alone(self, case, caseworker, colleague, request, role):
        handover = asked(case, caseworker, colleague)
        with pytest.raises(NotAsked, match="Wati Lestari"):
            accept(handover, by=request.getfixturevalue(role), **when(80))
        with pytest.raises(NotAsked):
            decline(handover, by=request.getfixturevalue(role), because="Terlalu banyak kasus", **when(80))

    def test_refuses_a_stranger(self, case, caseworker, colleague, stranger):
        with pytest.raises(NotAllowed):
            accept(asked(case, caseworker, colleague), by=stranger, **when(80))

    def test_twice_changes_once(self, case, caseworker, colleague):
        handover = asked(case, caseworker, colleague)
        for _ in range(2):
            accept(handover, by=colleague, **when(80))
        assert CaseMember.objects.filter(case=case, user=colleague.pk).count() == 1

    def test_refuses_what_was_withdrawn(self, case, caseworker, colleague):
        handover = withdraw(asked(case, caseworker, colleague), by=caseworker, at=when(75)["at"])
        with pytest.raises(Refusal, match="ditarik kembali"):
            accept(handover, by=colleague, **when(80))

    def test_lifts_a_member_to_manager(self, case, caseworker, colleague):
        add_member(case, by=caseworker, key=uuid.uuid4(), user=colleague.pk, profession="nurse", **when(66))
        accept(asked(case, caseworker, colleague), by=colleague, **when(80))
        standing = CaseMember.objects.filter(case=case, ended_on=None)
        assert [(one.name, one.is_manager, one.profession) for one in standing] == [
            ("Wati Lestari", True, "nurse")
        ]

    def test_ends_the_covers_of_the_manager_before(self, case, caseworker, colleague, supervisor):
        accept(asked(case, caseworker, supervisor, **LEAVE), by=supervisor, **when(75))
        asked(case, caseworker, colleague, **LEAVE)
        accept(asked(case, caseworker, colleague), by=colleague, **when(80))
        assert not CaseMember.objects.filter(case=case, ended_on=None).exclude(covers="").exists()
        assert not Handover.objects.filter(state="proposed").exists()
        assert not Task.objects.waiting().filter(kind="handover").exists()

    def test_refuses_while_the_data_may_only_be_read(self, case, caseworker, colleague, supervisor):
        handover = asked(case, caseworker, colleague)
        limited(case.person, caseworker)
        with pytest.raises(Limited):
            accept(handover, by=colleague, **when(80))
        with pytest.raises(Limited):
            asked(case, caseworker, supervisor, **LEAVE)


class TestAcceptLeaveCover:
    def test_lets_them_stand_in_until_the_last_day(self, case, caseworker, colleague):
        a_task(case, caseworker)
        accept(asked(case, caseworker, colleague, **LEAVE), by=colleague, **when(80))
        assert managers(case) == ["Rina Wulandari"]
        assert [task.words for task in mine(colleague, LEAVE["until"])] == ["Antar surat"]
        assert not mine(colleague, LEAVE["until"] + timedelta(days=1)).exists()

    def test_refuses_when_the_leave_is_over(self, case, caseworker, colleague):
        handover = asked(case, caseworker, colleague, **LEAVE)
        late = {**when(80), "on": LEAVE["until"] + timedelta(days=1)}
        with pytest.raises(Refusal, match="sudah lewat"):
            accept(handover, by=colleague, **late)


class TestDecline:
    def test_keeps_the_reason_and_tells_who_asked(self, case, caseworker, colleague):
        said = decline(
            asked(case, caseworker, colleague), by=colleague, because="Terlalu banyak kasus", **when(80)
        )
        assert (said.state, said.answer) == ("declined", "Terlalu banyak kasus")
        assert Task.objects.get(kind="own").worker == caseworker.pk
        assert Task.objects.get(kind="handover").state == "done"

    def test_wants_a_reason(self, case, caseworker, colleague):
        with pytest.raises(Refusal, match="Tulis alasannya"):
            decline(asked(case, caseworker, colleague), by=colleague, because="", **when(80))


class TestWithdraw:
    def test_takes_it_back_with_its_reminder(self, case, caseworker, colleague):
        for _ in range(2):
            handover = Handover.objects.first() or asked(case, caseworker, colleague)
            assert withdraw(handover, by=caseworker, at=when(80)["at"]).state == "withdrawn"
        assert Task.objects.get(kind="handover").state == "dropped"
