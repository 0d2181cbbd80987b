import pytest
from django.urls import reverse

from simpul.cases.models import Case
from tests.cases.contacts_factories import noted
from tests.cases.factories import a_case
from tests.cases.goals import goal_of
from tests.cases.plans import plan_of, step_of
from tests.screening.factories import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


def opens(client, user, name, key, **query):
    client.force_login(user)
    return client.get(reverse(f"cases:{name}", args=[key]), query)


OF_THE_CASE = (
    "note-add",
    "task-add",
    "concerned-add",
    "tie",
    "assessment-start",
    "attach",
    "goal-new",
    "member-add",
    "wishes",
    "describe",
    "prescreening",
)


class TestRequireForm:
    @pytest.mark.parametrize("name", OF_THE_CASE)
    def test_keeps_anybody_from_typing_into_an_ended_case(self, client, caseworker, supervisor, name):
        case = a_case(caseworker)
        user = supervisor if opens(client, caseworker, name, case.pk).status_code == 403 else caseworker
        assert opens(client, user, name, case.pk).status_code == 200
        Case.objects.update(stage="closed")
        answer = opens(client, user, name, case.pk)
        assert answer.status_code == 409
        assert "sudah berakhir" in answer.content.decode()

    def test_keeps_goals_and_steps_of_an_ended_case_as_they_are(self, client, caseworker):
        case = a_case(caseworker)
        goal, plan = goal_of(case, caseworker), plan_of(case, caseworker)
        step = step_of(plan, caseworker)
        Case.objects.update(stage="closed")
        for name, row in (("goal-edit", goal), ("goal-end", goal), ("step-edit", step), ("step-state", step)):
            assert opens(client, caseworker, name, row.pk).status_code == 409
        for name in ("step-new", "plan-crisis", "plan-agree"):
            assert opens(client, caseworker, name, plan.pk).status_code == 409

    def test_lets_a_note_of_an_ended_case_be_put_right(self, client, caseworker):
        case = a_case(caseworker)
        note = noted(case, caseworker)
        Case.objects.update(stage="closed")
        assert opens(client, caseworker, "note-add", case.pk, mengoreksi=note.pk).status_code == 200
