"""What there is to do in cases, and what was noted of contacts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from ninja import Query, Router

from simpul.access.gate import Entered, look_up, note_shown
from simpul.access.permissions import Permission
from simpul.api.answers import cut, moment, paged, read, written
from simpul.api.case_shapes import NoteList, NoteShape, NoteWanted, TaskList, TaskShape, TaskWanted
from simpul.api.door import Holds
from simpul.api.shapes import Day
from simpul.cases.actions.contacts import Next, add_note
from simpul.cases.actions.tasks import add_task, finish_task
from simpul.cases.models import Case, ContactKind, Note, Task
from simpul.cases.queries import tasks
from simpul.cases.queries.case import sees_all
from simpul.cases.queries.contacts import note_lines, notes_of

router = Router(tags=["Tasks and notes"])


@router.get("/tasks", auth=Holds(Permission.CASE_VIEW), response=read(TaskList))
def my_tasks(request: Entered, overdue: bool = False, page: int = Query(1, ge=1)) -> Any:
    """What waits for this account: its own tasks, those of whom it covers, and what asks a supervisor for an answer."""
    user, today = request.user, timezone.localdate()
    waiting = tasks.mine(user, today)
    shown = waiting.overdue(today) if overdue else waiting
    found = cut(shown.select_related("case").order_by("due_on", "at", "pk"), page)
    listed = list(found)
    told = tasks.told_of({task.case_id for task in listed}, user)
    rows = [tasks.line_of(task, today, is_told=task.case_id in told) for task in listed]
    note_shown(listed, by=user, permission=Permission.CASE_VIEW)
    return paged(found, rows, overdue=tasks.overdue_count(user, today))


@router.get("/cases/{uuid:pk}/tasks", auth=Holds(Permission.CASE_VIEW), response=read(list[TaskShape]))
def tasks_of_case(request: Entered, pk: UUID) -> Any:
    """What waits in one case, the overdue first, whoever it waits for."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_VIEW)
    # A list: the framework takes a tuple for a status and an answer.
    return list(tasks.tasks_of(case, request.user, timezone.localdate()))


@router.post("/cases/{uuid:pk}/tasks", auth=Holds(Permission.CASE_NOTE), response=written(TaskShape))
def set_task(request: Entered, pk: UUID, wanted: TaskWanted) -> Any:
    """Set a task, for oneself or for somebody of the team."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_NOTE)
    typed = wanted.dict()
    made = add_task(case, by=request.user, key=typed.pop("once"), **typed, **moment())
    return _line(made, request)


@router.post("/tasks/{uuid:pk}/finish", auth=Holds(Permission.CASE_NOTE), response=written(TaskShape))
def finish(request: Entered, pk: UUID) -> Any:
    """It is done. What is over with another row, such as a re-assessment, is refused here and says where."""
    task = look_up(Task, pk, by=request.user, permission=Permission.CASE_NOTE)
    return _line(finish_task(task, by=request.user, at=timezone.now()), request)


def _line(task: Task, request: Entered) -> tasks.Line:
    return tasks.line_of(task, timezone.localdate(), is_told=sees_all(task.case, request.user))


@router.get("/cases/{uuid:pk}/notes", auth=Holds(Permission.CASE_VIEW), response=read(NoteList))
def notes(
    request: Entered,
    pk: UUID,
    kind: ContactKind | None = None,
    since: Day | None = None,
    page: int = Query(1, ge=1),
) -> Any:
    """What was noted in one case, the newest day first."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_VIEW)
    found = cut(notes_of(case, kind=kind or "", since=since), page)
    return paged(found, note_lines(found, case, is_told=sees_all(case, request.user)))


@router.post("/cases/{uuid:pk}/notes", auth=Holds(Permission.CASE_NOTE), response=written(NoteShape))
def add(request: Entered, pk: UUID, wanted: NoteWanted) -> Any:
    """Note what happened. Notes are added and never changed: a wrong one is put right by another."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_NOTE)
    typed = wanted.dict()
    next_on, next_kind, corrects = typed.pop("next_on"), typed.pop("next_kind"), typed.pop("corrects")
    made = add_note(
        case,
        by=request.user,
        key=typed.pop("once"),
        then=Next(next_on, next_kind) if next_on else None,
        corrects=_corrected(request, corrects),
        **typed,
        **moment(),
    )
    return note_lines([made], case, is_told=sees_all(case, request.user))[0]


def _corrected(request: Entered, key: UUID | None) -> Note | None:
    return look_up(Note, key, by=request.user, permission=Permission.CASE_NOTE) if key else None
