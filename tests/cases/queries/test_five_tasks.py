import uuid

import pytest

from simpul.cases.actions.team import Minutes, Participant, add_member, hold_conference
from simpul.cases.queries.five_tasks import tasks_shown
from tests.cases.assessing import assessed
from tests.cases.contacts_factories import noted
from tests.cases.endings import completed
from tests.cases.factories import a_case
from tests.cases.goals import goal_of, scored
from tests.cases.plans import agreed, approval_wanted, checked, now_at, plan_of, step_of
from tests.cases.support import TETANGGA, judged, prepared
from tests.screening.factories import when

pytestmark = pytest.mark.django_db
ASSESS, PLAN, INTERVENE, MONITOR, EVALUATE = range(5)


@pytest.fixture
def case(caseworker):
    case = a_case(caseworker)
    approval_wanted(case, wanted=False)
    return case


def there(case, number):
    """The words of what shows one task."""
    return [sign.words for sign in tasks_shown(case)[number].signs if sign.is_there]


class TestTasksShown:
    def test_are_the_five_of_the_seed_and_none_is_shown_by_nothing(self, case):
        found = tasks_shown(case)
        assert [task.title.split()[0] for task in found] == [
            "Menilai", "Menyusun", "Membantu", "Memantau", "Mengevaluasi",
        ]  # fmt: skip
        assert not any(task.is_begun or task.is_shown for task in found)

    def test_assessing_asks_for_client_network_and_providers(self, case, caseworker):
        assessed(case, caseworker)
        assert not tasks_shown(case)[ASSESS].is_shown
        judged(case, caseworker, 2, None, network_words=TETANGGA)
        assert tasks_shown(case)[ASSESS].is_shown
        assert there(case, ASSESS) == [
            "Asesmen awal selesai 21 November 2026",
            "Jejaring dinilai 21 November 2026",
            "Penyedia dinilai 21 November 2026 (belum diketahui)",
        ]

    def test_planning_asks_for_client_team_and_professions(self, case, caseworker, supervisor):
        agreed(step_of(plan_of(case, caseworker), caseworker).plan, caseworker)
        assert len(there(case, PLAN)) == 2
        about = {"profession": "nurse", "key": uuid.uuid4(), "user": supervisor.pk}
        add_member(case, by=caseworker, **about, **when(111))
        told = Minutes(
            held_on=when(112)["on"],
            participants=(Participant("dr. Lina", "doctor"),),
            discussed="Obat",
            decided="Diantar",
        )
        hold_conference(case, by=caseworker, key=uuid.uuid4(), minutes=told, **when(112))
        assert there(case, PLAN)[2:] == ["2 profesi dalam tim", "Rapat kasus: 1 kali"]
        assert tasks_shown(case)[PLAN].is_shown

    def test_intervening_counts_each_line_of_the_plan_once(self, case, caseworker):
        step = step_of(plan_of(case, caseworker), caseworker)
        now_at(step, caseworker, "arranged")
        agreed(step.plan, caseworker)
        plan_of(case, caseworker, minutes=125)
        prepared(step, caseworker)
        noted(case, caseworker), noted(case, caseworker, kind="attempt")
        assert there(case, INTERVENE) == [
            "Bertemu atau berbicara dengan klien: 1 kali, terakhir 21 November 2026",
            "Klien dipersiapkan untuk layanan: 1 kali",
            "1 layanan diatur dengan penyedianya",
        ]

    def test_monitoring_asks_for_services_client_and_network(self, case, caseworker):
        step = step_of(plan_of(case, caseworker), caseworker)
        now_at(step, caseworker, "running")
        checked(step, caseworker, "yes")
        judged(case, caseworker)
        assert len(there(case, MONITOR)) == 1
        judged(case, caseworker, moment="progress")
        assessed(case, caseworker), assessed(case, caseworker, days=30)
        assert tasks_shown(case)[MONITOR].is_shown

    def test_evaluating_asks_for_goals_network_and_providers(self, case, caseworker):
        scored(goal_of(case, caseworker), caseworker, 1, moment="final")
        judged(case, caseworker)
        assert there(case, EVALUATE) == ["Hasil akhir 1 tujuan dinilai"]
        judged(case, caseworker, 3, 3, moment="final")
        completed(case, caseworker, is_lasting_need=True)
        assert tasks_shown(case)[EVALUATE].is_shown

    def test_are_shown_by_nothing_of_another_case(self, case, caseworker):
        assessed(case, caseworker), judged(case, caseworker), noted(case, caseworker)
        assert not any(task.is_begun for task in tasks_shown(a_case(caseworker)))

    def test_tell_dates_and_counts_in_one_question(self, case, caseworker, django_assert_num_queries):
        judged(case, caseworker, network_words=TETANGGA)
        with django_assert_num_queries(1):
            found = tasks_shown(case)
        assert "Halimah" not in repr(found)
