"""One case with something in every part, made by actions as workers make it, and the addresses of its pages."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from simpul.access.models import User
from simpul.cases.actions.attachments import attach
from simpul.cases.actions.handover import propose
from simpul.cases.actions.privacy import disclose
from simpul.cases.models import Case, CaseMember, PlanStep, Tie
from simpul.cases.stages import Stage
from tests.access.factories import ORGANISATION, user_with
from tests.access.test_pictures import jpeg
from tests.cases import assessing, endings, goals, papers, plans
from tests.cases.actions.test_around import added
from tests.cases.contacts_factories import noted, tasked
from tests.cases.factories import a_case, brought_to
from tests.screening.factories import TODAY, when


@dataclass(frozen=True)
class Worked:
    """A case, who works on it, and one row of every part by the name of its address."""

    case: Case
    worker: User
    colleague: User
    rows: dict[str, Any]

    def address(self, name: str) -> str:
        """Where the page of this name is: of a row, of a row inside the case, or of the case."""
        return reverse(f"cases:{name}", args=self.rows.get(name, [self.case.pk]))


def worked(worker: User) -> Worked:
    """A case that is being worked on, and another one that is over."""
    colleague = user_with("caseworker", organisation=ORGANISATION, name="Dewi Anggraini")
    case = brought_to(Stage.LINKING, worker, a_case(worker, basic_needs_met=False))
    rows = _aims(case, worker) | _measured(case, worker) | _people(case, worker, colleague)
    for minutes in range(70, 82):
        noted(case, worker, after=minutes)
    rows |= _others(case, worker)
    return Worked(Case.objects.get(pk=case.pk), worker, colleague, rows)


def _of(names: str, *keys: Any) -> dict[str, Any]:
    """The same keys for the addresses of these names."""
    return dict.fromkeys(names.split(), keys)


def _aims(case: Case, worker: User) -> dict[str, Any]:
    """Two goals, the first looked at twice, and a plan of two versions with a service that was not given."""
    goal = goals.goal_of(case, worker)
    goals.scored(goal, worker, -2, moment="baseline")
    goals.scored(goal, worker, 0, minutes=115)
    goals.goal_of(case, worker, words="Tidak makan sendirian lagi", levels={})
    plan = plans.plan_of(case, worker)
    step = plans.step_of(plan, worker, goal=goal.pk)
    plans.agreed(plan, worker)
    plans.now_at(step, worker, "arranged")
    plans.checked(step, worker, "no")
    newer = plans.plan_of(case, worker, minutes=140)
    return (
        _of("goal goal-edit goal-score goal-end", goal.pk)
        | _of("plan-version plan-changes plan-crisis plan-agree plan-decide step-new", newer.pk)
        | _of("step-edit", PlanStep.objects.get(plan=newer).pk)
        | _of("step-state step-checks step-preparation", step.pk)
    )


def _measured(case: Case, worker: User) -> dict[str, Any]:
    """A first and a second assessment with the same instrument, and a draft with another."""
    first = assessing.assessed(case, worker)
    assessing.assessed(case, worker, is_further=True)
    draft = assessing.begun(case, worker, assessing.SUPPORT)
    return (
        _of("assessment", first.pk)
        | _of("comparison", case.pk, assessing.WG)
        | _of("assessment-edit assessment-complete", draft.pk)
        | _of("assessment-discard", case.pk, draft.pk)
    )


def _people(case: Case, worker: User, colleague: User) -> dict[str, Any]:
    """Somebody around the client; something told outside; the team, which is to change; a picture."""
    aunt = added(case, worker)
    tied = papers.written(Tie, case, kind="supports", one=aunt, other=None)
    asked = propose(case, by=worker, key=uuid.uuid4(), to=colleague.pk, because="Cuti melahirkan", **when(70))
    told: dict[str, Any] = {
        "what": "Keadaan rumahnya",
        "because": "Agar didahulukan",
        "to_whom": "Puskesmas Meral",
    }
    basis: dict[str, Any] = {"basis": "vital_interest", "basis_because": "Rumahnya roboh"}
    disclose(case, by=worker, key=uuid.uuid4(), told_on=TODAY, **told, **basis, **when(75))
    photo: dict[str, Any] = {"title": "Foto rumah", "file_name": "rumah.jpg", "data": jpeg()}
    picture = attach(case, by=worker, key=uuid.uuid4(), **photo, **when(76))
    member = CaseMember.objects.get(case=case)
    return (
        _of("concerned-edit concerned-end", case.pk, aunt.pk)
        | _of("tie-end", case.pk, tied.pk)
        | _of("handover-answer handover-withdraw", case.pk, asked.pk)
        | _of("attachment attachment-remove", picture.pk)
        | _of("member-change member-end", case.pk, member.pk)
    )


def _others(case: Case, worker: User) -> dict[str, Any]:
    """A task that is late, an ending being filled in, and a follow-up of another case that is over."""
    task = tasked(case, worker, days=-2)
    ending = endings.begun(case, worker)
    look = endings.looked_after(worker)[0]
    return (
        _of("task", case.pk, task.pk)
        | _of("ending-complete", ending.pk)
        | _of("follow-up follow-up-cancel", look.pk)
        | _of("paper paper-pdf", case.pk, "rencana")
        | _of("open-for-person break-glass", case.person_id)
        | _of("open of-screening", case.screening_id)
    )
