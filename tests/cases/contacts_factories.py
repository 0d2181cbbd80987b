"""Invented cases with what there is to do in them, made the way workers make them."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from simpul.access.models import User
from simpul.cases.actions import open_case
from simpul.cases.actions.contacts import add_note
from simpul.cases.actions.reminders import Reminder
from simpul.cases.actions.tasks import add_task
from simpul.cases.models import Case, CaseMember, Note, Task, TaskKind
from tests.screening.factories import TODAY, consented, when

WORDS = "Ibu Siti sudah berjualan lagi di depan rumah."
PROMISE = "Antar Ibu Siti ke puskesmas"


def opened(by: User, *, days: int = 0, **about: Any) -> Case:
    """A case opened so many days ago."""
    person = consented(by, **about)
    case = open_case(
        person, by=by, key=uuid.uuid4(), summary="Ingin berjualan lagi.", urgency="normal", **when(60)
    )
    Case.objects.filter(pk=case.pk).update(opened_on=TODAY - timedelta(days=days))
    return Case.objects.get(pk=case.pk)


def noted(case: Case, by: User, *, day: date = TODAY, after: int = 70, **details: Any) -> Note:
    typed = {"kind": "visit", "words": WORDS, "key": uuid.uuid4()} | details
    return add_note(case, by=by, happened_on=day, **typed, **when(after))


def tasked(case: Case, by: User, *, days: int = 3, **details: Any) -> Task:
    """A task due in so many days; below zero it is late already."""
    typed = {"words": PROMISE, "key": uuid.uuid4(), "due_on": TODAY + timedelta(days=max(days, 0))} | details
    task = add_task(case, by=by, **typed, **when(70))
    if days < 0:
        Task.objects.filter(pk=task.pk).update(due_on=TODAY + timedelta(days=days))
    return Task.objects.get(pk=task.pk)


def reminded(case: Case, by: User, kind: str = TaskKind.REASSESSMENT, *, days: int = 3) -> Task:
    """A task that follows another row."""
    about = uuid.uuid4()
    Reminder(case, kind, about).put(
        by=by, at=when(70)["at"], due_on=TODAY + timedelta(days=days), words="Nilai lagi"
    )
    return Task.objects.get(about=about)


def covering(case: Case, worker: User, *, until: int = 5, since: int = 0) -> CaseMember:
    """Stands in for the worker of the case, from and until so many days from now."""
    return CaseMember.objects.create(
        case=case,
        at=when(65)["at"],
        by_name=case.worker_name,
        user=worker.pk,
        name=str(worker),
        organisation=case.organisation,
        covers=case.worker_name,
        since=TODAY + timedelta(days=since),
        until=TODAY + timedelta(days=until),
    )
