import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from simpul.access.models import Event
from simpul.access.permissions import Permission
from simpul.access.refusal import NotAllowed, Refusal
from simpul.cases.actions.glass import acknowledge_glass, break_glass, close_glass
from simpul.cases.models import BrokenGlass, Case, Note, Task, TaskKind
from simpul.cases.queries.glass import has_closed_case
from simpul.cases.queries.tasks import mine
from simpul.cases.stages import Confidentiality
from tests.access import factories
from tests.cases.factories import a_case

pytestmark = pytest.mark.django_db
WHY = "Anak itu menelepon minta tolong malam ini."


@pytest.fixture
def case(caseworker):
    case = a_case(caseworker)
    Case.objects.filter(pk=case.pk).update(confidentiality=Confidentiality.HIGHLY_RESTRICTED)
    case.refresh_from_db()
    return case


@pytest.fixture
def colleague(db, organisation):
    return factories.user_with("caseworker", organisation=organisation, name="Dewi")


def now(hours=0):
    moment = timezone.now() + timedelta(hours=hours)
    return {"on": timezone.localdate(), "at": moment}


def broken(case, by, *, because=WHY, key=None, **moment):
    return break_glass(case.person, by=by, key=key or uuid.uuid4(), because=because, **(moment or now()))


def sees(user, rows=Case):
    return rows.objects.reachable(user, Permission.CASE_VIEW).exists()


class TestBreakGlass:
    def test_opens_the_case_for_the_hours_of_the_office(self, case, colleague):
        assert not sees(colleague)
        (row,) = broken(case, colleague)
        assert sees(colleague)
        assert row.until - row.at == timedelta(hours=8)
        assert BrokenGlass.objects.get().because == WHY
        assert WHY.encode() not in bytes(row.because_sealed)

    def test_ends_by_itself(self, case, colleague):
        broken(case, colleague, **now(-8))
        assert not sees(colleague)

    def test_opens_its_rows_for_nobody_else(self, case, colleague, head, stranger):
        Note.objects.create(case=case, at=timezone.now(), by_name="Rina", on="2026-11-20", kind="call")
        broken(case, colleague)
        assert sees(colleague, Note)
        for other in (head, stranger, factories.user_with("caseworker", organisation=factories.ORGANISATION)):
            assert not sees(other)

    def test_tells_the_supervisor(self, case, colleague, supervisor):
        broken(case, colleague)
        task = mine(supervisor, timezone.localdate()).get()
        assert (task.kind, "Dewi" in task.words) == (TaskKind.GLASS, True)
        assert not mine(colleague, timezone.localdate()).exists()

    def test_tells_the_manager_where_no_supervisor_sees_the_case(
        self, case, colleague, caseworker, supervisor
    ):
        Case.objects.update(confidentiality=Confidentiality.TEAM_ONLY)
        broken(case, colleague)
        assert mine(caseworker, timezone.localdate()).filter(kind=TaskKind.OWN).exists()
        assert not mine(supervisor, timezone.localdate()).exists()

    def test_pressed_twice_opens_once(self, case, colleague):
        key = uuid.uuid4()
        assert broken(case, colleague, key=key) == broken(case, colleague, key=key)
        assert BrokenGlass.objects.count() == Task.objects.filter(kind=TaskKind.GLASS).count() == 1

    def test_is_recorded_about_the_person_and_keeps_its_reason_where_it_can_be_erased(self, case, colleague):
        (row,) = broken(case, colleague)
        event = Event.objects.filter(permission=Permission.CASE_BREAK_GLASS).get()
        assert (event.person, event.because, row.because) == (case.person_id, None, WHY)
        assert case.number not in str(event.details)

    @pytest.mark.parametrize("because", ["", "darurat", "  kurang lima  "])
    def test_asks_for_a_reason(self, case, colleague, because):
        with pytest.raises(Refusal, match="paling sedikit 15"):
            broken(case, colleague, because=because)
        assert not sees(colleague)

    @pytest.mark.parametrize("who", ["stranger", "head", "volunteer", "verifier"])
    def test_is_not_for_everybody(self, case, request, who):
        with pytest.raises(NotAllowed):
            broken(case, request.getfixturevalue(who))

    def test_finds_nothing_for_who_sees_it_already(self, case, caseworker):
        with pytest.raises(Refusal, match="Tidak ada berkas"):
            broken(case, caseworker)

    def test_does_not_reach_cases_of_other_bodies(self, case, colleague, other_organisation):
        Case.objects.update(organisation=other_organisation)
        assert not has_closed_case(case.person, colleague)
        with pytest.raises(Refusal, match="Tidak ada berkas"):
            broken(case, colleague)


class TestHasClosedCase:
    @pytest.mark.parametrize(
        ("who", "level", "told"),
        [
            ("colleague", Confidentiality.ORDINARY, False),
            ("colleague", Confidentiality.RESTRICTED, False),
            ("colleague", Confidentiality.HIGHLY_RESTRICTED, True),
            ("colleague", Confidentiality.TEAM_ONLY, True),
            ("officer", Confidentiality.HIGHLY_RESTRICTED, True),
            ("supervisor", Confidentiality.HIGHLY_RESTRICTED, False),
            ("supervisor", Confidentiality.TEAM_ONLY, True),
            ("caseworker", Confidentiality.TEAM_ONLY, False),
            ("head", Confidentiality.HIGHLY_RESTRICTED, False),
            ("stranger", Confidentiality.HIGHLY_RESTRICTED, False),
        ],
    )
    def test_says_so_only_to_who_could_open_it(self, case, request, who, level, told):
        Case.objects.update(confidentiality=level)
        assert has_closed_case(case.person, request.getfixturevalue(who)) is told


class TestCloseGlass:
    @pytest.mark.parametrize("who", ["colleague", "supervisor"])
    def test_ends_it_at_once(self, case, colleague, request, who):
        (row,) = broken(case, colleague)
        close_glass(row, by=request.getfixturevalue(who), at=timezone.now())
        assert not sees(colleague)

    def test_never_makes_it_longer(self, case, colleague, supervisor):
        (row,) = broken(case, colleague, **now(-9))
        ended = close_glass(row, by=supervisor, at=timezone.now())
        assert ended.until == row.until

    def test_is_not_for_another_colleague(self, case, colleague, caseworker):
        (row,) = broken(case, colleague)
        with pytest.raises(NotAllowed):
            close_glass(row, by=caseworker, at=timezone.now())
        assert sees(colleague)


class TestAcknowledgeGlass:
    def test_ends_the_supervisors_task(self, case, colleague, supervisor):
        (row,) = broken(case, colleague)
        seen = acknowledge_glass(row, by=supervisor, at=timezone.now())
        assert seen.seen_by_name == "Pak Hamdan"
        assert not mine(supervisor, timezone.localdate()).exists()
        assert sees(colleague)

    def test_is_for_a_second_person(self, case, supervisor):
        Case.objects.update(confidentiality=Confidentiality.TEAM_ONLY)
        (row,) = broken(case, supervisor)
        Case.objects.update(confidentiality=Confidentiality.HIGHLY_RESTRICTED)
        with pytest.raises(Refusal, match="supervisor lain"):
            acknowledge_glass(row, by=supervisor, at=timezone.now())

    def test_is_not_for_a_worker(self, case, colleague, caseworker):
        (row,) = broken(case, colleague)
        with pytest.raises(NotAllowed):
            acknowledge_glass(row, by=caseworker, at=timezone.now())
