"""Tasks that workers set themselves, and what is done by hand with any task."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.access.rows import made_before
from simpul.cases.models import Case, Task, TaskState
from simpul.cases.queries.case import require_not_far, require_open
from simpul.cases.queries.locks import locked_case, locked_row
from simpul.cases.queries.tasks import ASKED_AGAIN, ELSEWHERE, FREE, KEPT, workers_of
from simpul.people.queries import require_not_limited

LONGEST_TASK = 300
LONGEST_REASON = 300
_SHORTEST_REASON = 5


class NotWaiting(Refusal):
    """What is done or dropped is not changed any more."""

    def __init__(self, task: Task) -> None:
        super().__init__(
            _("Tugas ini tidak menunggu lagi: %(state)s, oleh %(who)s.")
            % {"state": str(task.get_state_display()).lower(), "who": task.done_by_name}
        )


@action(Permission.CASE_NOTE)
def add_task(
    case: Case,
    /,
    *,
    by: User,
    key: UUID,
    on: date,
    at: datetime,
    words: str,
    due_on: date,
    worker: UUID | None = None,
    kind: str = "own",
    about: UUID | None = None,
) -> Task:
    """Something to do by a day: one's own, or of somebody in the team. Pressed twice it is one task.

    `about` is the key of the note in which it was promised.
    """
    current = locked_case(case)
    if repeated := made_before(Task, key, case_id=case.pk):
        return repeated
    require_open(current)
    require_not_limited(case.person_id)
    if kind not in FREE:
        raise Refusal(_("Pilih: tugas atau kunjungan."))
    _require_to_come(due_on, on)
    task = Task(pk=key, case=case, kind=kind, about=about, due_on=due_on, first_due_on=due_on)
    task.at, task.by, task.by_name = at, by.pk, str(by)
    task.words = fitting(words, _("Apa yang akan dikerjakan"), LONGEST_TASK, is_needed=True)
    task.worker, task.worker_name = _whose(case, by, worker or by.pk, on)
    task.save(force_insert=True)
    return task


@action(Permission.CASE_NOTE)
def finish_task(task: Task, /, *, by: User, at: datetime) -> Task:
    """It is done. What has a page of its own is done there; finishing twice changes nothing."""
    current = locked_row(task)
    if current.state == TaskState.DONE:
        return current
    _require_waiting(current)
    if door := ELSEWHERE.get(current.kind):
        raise Refusal(
            _("Tugas ini selesai dengan sendirinya setelah dicatat di halamannya: %(page)s.")
            % {"page": door.button}
        )
    return _over(current, TaskState.DONE, by=by, at=at)


@action(Permission.CASE_NOTE)
def drop_task(task: Task, /, *, by: User, at: datetime, because: str) -> Task:
    """It will not be done, for a reason that stays."""
    current = locked_row(task)
    if current.state == TaskState.DROPPED:
        return current
    _require_changeable(current)
    current.because = _reason(because)
    return _over(current, TaskState.DROPPED, by=by, at=at)


@action(Permission.CASE_NOTE)
def postpone_task(
    task: Task, /, *, by: User, on: date, at: datetime, version: int, until: date, because: str
) -> Task:
    """Move its day, once. At the second time the day stays, and the supervisor is asked, who may move it.

    A supervisor who answers with the day that stands lets it stay. Raises Clash when the task was changed
    since the page was opened.
    """
    current = locked_row(task)
    _require_changeable(current)
    reason = _reason(because)
    is_supervisor = is_within_reach(current, by, Permission.CASE_APPROVE)
    asked = _("Minta sampai %(day)s: %(reason)s") % {"day": _day(until), "reason": reason}
    if current.version == version + 1 and current.because in (reason, asked):
        return current
    _require_version(current, version, _("Tanggal tugas ini"), _day(current.due_on), _day(until))
    is_answer = is_supervisor and current.postponed >= ASKED_AGAIN
    if until < current.due_on or (until == current.due_on and not is_answer):
        raise Refusal(_("Pilih tanggal setelah %(day)s.") % {"day": _day(current.due_on)})
    if until > current.due_on:
        _require_to_come(until, on)
    current.version = version + 1
    if current.postponed and not is_supervisor:
        current.because, current.postponed = asked, ASKED_AGAIN
    else:
        current.because, current.due_on, current.postponed = reason, until, 1
    current.save(update_fields=["because_sealed", "version", "postponed", "due_on"])
    return current


@action(Permission.CASE_NOTE)
def edit_task(
    task: Task,
    /,
    *,
    by: User,
    on: date,
    version: int,
    words: str,
    due_on: date,
    worker: UUID,
    because: str = "",
) -> Task:
    """Other words, an earlier day, or somebody else. A task that follows another row needs a reason.

    A later day is postponing. Raises Clash when the task was changed since the page was opened.
    """
    current = locked_row(task)
    _require_changeable(current)
    words = fitting(words, _("Apa yang akan dikerjakan"), LONGEST_TASK, is_needed=True)
    is_same = (current.words, current.due_on, current.worker) == (words, due_on, worker)
    if is_same and current.version in (version, version + 1):
        return current
    whose = (worker, current.worker_name)
    if worker != current.worker:
        whose = _whose(current.case, by, worker, on)
    theirs, mine = _differing(current, words, due_on, whose[1])
    _require_version(current, version, _("Tugas ini"), theirs, mine)
    if due_on > current.due_on:
        raise Refusal(_("Untuk tanggal yang lebih lambat, pakai “Undurkan” dan tulis alasannya."))
    if due_on != current.due_on:
        _require_to_come(due_on, on)
    if current.kind not in FREE:
        current.because = _reason(because)
    current.words, current.due_on, current.version = words, due_on, version + 1
    current.worker, current.worker_name = whose
    current.save()
    return current


# --- what must hold ---


def _reason(because: str) -> str:
    kept = fitting(because, _("Alasan"), LONGEST_REASON)
    if len(kept) < _SHORTEST_REASON:
        raise Refusal(_("Tulis alasannya, satu kalimat saja sudah cukup."))
    return kept


def _require_to_come(due_on: date, on: date) -> None:
    if due_on < on:
        raise Refusal(_("Tanggal itu sudah lewat. Pilih hari ini atau sesudahnya."))
    require_not_far(due_on, on)


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _whose(case: Case, by: User, worker: UUID, on: date) -> tuple[UUID, str]:
    names = {member.key: member.name for member in workers_of(case, by, on)}
    if worker not in names:
        raise Refusal(_("Tugas hanya dapat diberikan kepada anggota tim kasus ini."))
    return worker, names[worker]


def _require_waiting(task: Task) -> None:
    if task.state != TaskState.OPEN:
        raise NotWaiting(task)


def _require_changeable(task: Task) -> None:
    """It waits, its person's data may be used, and it is not one that only its own page lets go."""
    _require_waiting(task)
    require_not_limited(task.case.person_id)
    if task.kind in KEPT:
        raise Refusal(
            _("Tugas ini tidak diubah, diundur, atau dibatalkan di sini. Selesaikan di halamannya: %(page)s.")
            % {"page": ELSEWHERE[task.kind].button}
        )


def _require_version(task: Task, version: int, what: str, theirs: str, mine: str) -> None:
    if task.version != version:
        raise Clash(what, theirs, mine)


def _differing(task: Task, words: str, due_on: date, name: str) -> tuple[str, str]:
    """What differs, in words: theirs and mine."""
    pairs: list[tuple[Any, Any]] = [
        (task.words or "", words),
        (_day(task.due_on), _day(due_on)),
        (task.worker_name, name),
    ]
    differing = [pair for pair in pairs if pair[0] != pair[1]] or pairs
    return "; ".join(str(pair[0]) for pair in differing), "; ".join(str(pair[1]) for pair in differing)


def _over(task: Task, state: TaskState, *, by: User, at: datetime) -> Task:
    task.state, task.done_at, task.done_by_name = state, at, str(by)
    task.save(update_fields=["state", "done_at", "done_by_name", "because_sealed"])
    return task
