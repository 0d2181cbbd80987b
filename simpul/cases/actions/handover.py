"""Handing a case over, for good or during leave: one asks, the other answers."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.refusal import Refusal, fitting
from simpul.access.rows import made_before
from simpul.cases.actions.reminders import Reminder
from simpul.cases.actions.team import _pass_tasks
from simpul.cases.models import Case, CaseMember, Handing, Handover, HandoverState, Task, TaskKind
from simpul.cases.queries.case import require_not_far, require_open
from simpul.cases.queries.locks import locked_case, locked_row
from simpul.cases.queries.office import norms_for
from simpul.cases.queries.team import home_of, profession_of
from simpul.people.queries import require_not_limited

LONGEST_REASON = 1000
LONGEST_PROMISES = 2000
_SHORTEST_REASON = 5


class NotAsked(Refusal):
    """Only who was asked can answer."""

    def __init__(self, name: str) -> None:
        super().__init__(_("Hanya %(name)s yang dapat menjawab permintaan ini.") % {"name": name})


@action(Permission.CASE_TEAM)
def propose(
    case: Case,
    /,
    *,
    by: User,
    key: UUID,
    on: date,
    at: datetime,
    to: UUID,
    because: str,
    kind: str = Handing.HANDOVER,
    open_promises: str = "",
    starts_on: date | None = None,
    until: date | None = None,
) -> Handover:
    """Ask a colleague to take a case over, or to stand in from one day to another. Nothing changes before they
    accept; a task reminds them.

    They must be able to work on the case (CASE_MOVE in reach of it). A repeated key gives the same request.
    """
    current = locked_case(case)
    if repeated := made_before(Handover, key, case_id=case.pk):
        return repeated
    require_open(current)
    require_not_limited(current.person_id)
    if kind not in Handing.values:
        raise Refusal(_("Pilih: serah terima, atau pengganti selama cuti."))
    colleague = _colleague(current, to)
    _require_nobody_asked(current, kind)
    asked = Handover(pk=key, case=current, kind=kind, to_user=to, to_name=str(colleague))
    asked.at, asked.by, asked.by_name = at, by.pk, str(by)
    asked.starts_on, asked.until = _days(kind, starts_on, until, on)
    asked.because = _reason(because)
    asked.open_promises = fitting(open_promises, _("Janji yang belum dipenuhi"), LONGEST_PROMISES) or None
    asked.save(force_insert=True)
    Reminder(current, TaskKind.HANDOVER, asked.pk).put(
        by=by,
        at=at,
        due_on=on + timedelta(days=int(norms_for(current)["handover_answer_days"])),
        words=_("Jawab permintaan %(name)s: %(kind)s.")
        % {"name": by, "kind": asked.get_kind_display().lower()},
        worker=to,
        worker_name=str(colleague),
    )
    return asked


@action(Permission.CASE_MOVE)
def accept(handover: Handover, /, *, by: User, on: date, at: datetime) -> Handover:
    """Say yes. Of a handover the case, with everything that waits in it, is theirs from now on; of a leave cover
    they stand in the team until its last day. Accepting twice changes nothing.

    Raises NotAsked for anybody but the one who was asked.
    """
    current = _answerable(handover, by)
    case = current.case
    if current.state == HandoverState.ACCEPTED:
        return current
    _require_waiting(current)
    require_open(case)
    require_not_limited(case.person_id)
    if current.kind == Handing.COVER:
        _stand_in(case, current, by=by, on=on, at=at)
    else:
        _make_manager(case, by, by=by, on=on, at=at)
    return _answered(current, HandoverState.ACCEPTED, by=by, at=at)


@action(Permission.CASE_MOVE)
def decline(handover: Handover, /, *, by: User, on: date, at: datetime, because: str) -> Handover:
    """Say no, with a reason. Who asked gets a task to find somebody else."""
    current = _answerable(handover, by)
    if current.state == HandoverState.DECLINED:
        return current
    _require_waiting(current)
    current.answer = _reason(because)
    declined = _answered(current, HandoverState.DECLINED, by=by, at=at)
    due_on = on + timedelta(days=int(norms_for(declined.case)["handover_answer_days"]))
    task = Task(pk=uuid5(declined.pk, "declined"), case=declined.case, about=declined.pk, due_on=due_on)
    task.first_due_on, task.at, task.by, task.by_name = due_on, at, by.pk, str(by)
    task.words = _("%(name)s tidak dapat menerima kasus ini. Cari rekan lain.") % {"name": by}
    task.worker, task.worker_name = declined.by, declined.by_name
    task.save(force_insert=True)
    return declined


@action(Permission.CASE_TEAM)
def withdraw(handover: Handover, /, *, by: User, at: datetime) -> Handover:
    """Take a request back before it was answered."""
    current = locked_row(handover)
    if current.state == HandoverState.WITHDRAWN:
        return current
    _require_waiting(current)
    return _answered(current, HandoverState.WITHDRAWN, by=by, at=at)


def _make_manager(case: Case, worker: User, *, by: User, on: date, at: datetime) -> None:
    """The one way in which a case gets another manager. To be used inside an action, on a locked case."""
    before = case.worker
    standing = CaseMember.objects.filter(case=case, ended_on=None)
    standing.filter(is_manager=True).exclude(user=worker.pk).update(ended_on=on)
    member = standing.filter(user=worker.pk, covers="").order_by("-is_manager").first() or CaseMember(
        case=case, user=worker.pk, name=str(worker), since=on, at=at, by=by.pk, by_name=str(by)
    )
    member.is_manager, member.until, member.organisation = True, None, home_of(worker, case)
    member.profession = member.profession or profession_of(worker)
    member.save()
    standing.filter(user=worker.pk).exclude(pk=member.pk).update(ended_on=on)
    covering = _end_covers(case, standing, by=by, on=on, at=at)
    case.worker, case.worker_name = worker.pk, str(worker)
    case.save(update_fields=["worker", "worker_name"])
    for gone in {before, *covering}:
        _pass_tasks(case, gone, to=worker.pk, name=str(worker))


def _end_covers(case: Case, standing: Any, *, by: User, on: date, at: datetime) -> set[UUID]:
    """Who stood in for the manager before has nobody to stand in for any more: those who now see it no longer.

    Who was asked to, and did not answer yet, is asked no more.
    """
    covers = standing.exclude(covers="")
    users = set(covers.values_list("user", flat=True))
    covers.update(ended_on=on)
    waiting = Handover.objects.filter(case=case, kind=Handing.COVER, state=HandoverState.PROPOSED)
    for asked in waiting.select_for_update(of=("self",)):
        _answered(asked, HandoverState.WITHDRAWN, by=by, at=at)
    return users - set(standing.filter(user__in=users).values_list("user", flat=True))


def _stand_in(case: Case, handover: Handover, *, by: User, on: date, at: datetime) -> None:
    if handover.until is None or handover.until < on:
        raise Refusal(_("Masa cuti itu sudah lewat. Tidak perlu pengganti lagi."))
    CaseMember.objects.create(
        pk=handover.pk,
        case=case,
        user=by.pk,
        name=str(by),
        organisation=home_of(by, case),
        covers=case.worker_name,
        since=handover.starts_on,
        until=handover.until,
        at=at,
        by=by.pk,
        by_name=str(by),
    )


# --- what must hold ---


def _answerable(handover: Handover, by: User) -> Handover:
    current = locked_row(handover)
    if current.to_user != by.pk:
        raise NotAsked(current.to_name)
    return current


def _require_waiting(handover: Handover) -> None:
    if handover.state != HandoverState.PROPOSED:
        raise Refusal(
            _("Permintaan ini tidak menunggu lagi: %(state)s.")
            % {"state": str(handover.get_state_display()).lower()}
        )


def _answered(handover: Handover, state: HandoverState, *, by: User, at: datetime) -> Handover:
    handover.state, handover.answered_at = state, at
    handover.save(update_fields=["state", "answered_at", "answer_sealed"])
    reminder = Reminder(handover.case, TaskKind.HANDOVER, handover.pk)
    reminder.drop(by=by, at=at) if state == HandoverState.WITHDRAWN else reminder.done(by=by, at=at)
    return handover


def _colleague(case: Case, to: UUID) -> User:
    found: User | None = User.objects.filter(pk=to, is_active=True).first()
    if found is None or not is_within_reach(case, found, Permission.CASE_MOVE):
        raise Refusal(
            _("Rekan itu tidak dapat mengerjakan kasus ini. Pilih rekan lain, atau masukkan dahulu ke tim.")
        )
    if found.pk == case.worker:
        raise Refusal(_("%(name)s sudah menjadi manajer kasus ini.") % {"name": found})
    return found


def _require_nobody_asked(case: Case, kind: str) -> None:
    waiting = Handover.objects.filter(case=case, kind=kind, state=HandoverState.PROPOSED).first()
    if waiting:
        raise Refusal(
            _(
                "Sudah diajukan kepada %(name)s dan menunggu jawaban. Tarik dahulu bila ingin meminta rekan lain."
            )
            % {"name": waiting.to_name}
        )


def _days(kind: str, starts_on: date | None, until: date | None, on: date) -> tuple[date, date | None]:
    if kind == Handing.HANDOVER:
        return on, None
    if starts_on is None or until is None:
        raise Refusal(_("Isi hari pertama dan hari terakhir cuti."))
    if until < starts_on or until < on:
        raise Refusal(_("Hari terakhir cuti tidak boleh sebelum hari pertama, atau sudah lewat."))
    require_not_far(until, on)
    return starts_on, until


def _reason(because: str) -> str:
    said = fitting(because, _("Alasan"), LONGEST_REASON)
    if len(said) < _SHORTEST_REASON:
        raise Refusal(_("Tulis alasannya, satu kalimat saja sudah cukup."))
    return said
