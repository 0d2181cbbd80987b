"""Tasks that follow other rows: put when those are set, moved when they move, over when they are over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from simpul.access.models import User
from simpul.cases.models import Case, Task, TaskState


@dataclass(frozen=True)
class Reminder:
    """The one open task that one row of a case stands behind. To be used inside an action only.

    `kind` is a TaskKind; `about` the key of the row. What was done stays; what still waits is recomputed.
    """

    case: Case
    kind: str
    about: UUID

    def put(
        self,
        *,
        by: User,
        at: datetime,
        due_on: date,
        words: str,
        worker: UUID | None = None,
        worker_name: str = "",
        for_nobody: bool = False,
    ) -> None:
        """Remind of it on that day: a new task, or the waiting one moved. Of the manager without `worker`.

        With `for_nobody` it stands in the list of whoever supervises.

        A waiting one gets a new version, so that nobody who has it open writes over the move unseen.
        """
        whose: UUID | None
        whose, whose_name = (worker, worker_name) if worker else (self.case.worker, self.case.worker_name)
        if for_nobody:
            whose, whose_name = None, ""
        task = self._waiting()
        if task is None:
            task = Task(case=self.case, kind=self.kind, about=self.about, first_due_on=due_on)
            task.at, task.by, task.by_name = at, by.pk, str(by)
        elif (task.due_on, task.worker, task.worker_name, task.words) == (due_on, whose, whose_name, words):
            return
        else:
            task.version += 1
        task.due_on, task.worker, task.worker_name = due_on, whose, whose_name
        task.words = words
        task.save()

    def done(self, *, by: User, at: datetime) -> None:
        """What it reminded of has happened."""
        self._over(TaskState.DONE, by=by, at=at)

    def drop(self, *, by: User, at: datetime) -> None:
        """What it reminded of will not happen any more."""
        self._over(TaskState.DROPPED, by=by, at=at)

    def _waiting(self) -> Task | None:
        found: Task | None = (
            Task.objects.waiting()
            .select_for_update(of=("self",))
            .filter(case=self.case, kind=self.kind, about=self.about)
            .first()
        )
        return found

    def _over(self, state: TaskState, *, by: User, at: datetime) -> None:
        if task := self._waiting():
            task.state, task.done_at, task.done_by_name = state, at, str(by)
            task.save(update_fields=["state", "done_at", "done_by_name"])
