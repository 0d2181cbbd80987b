"""The team of a case: joining, changing, leaving; and its conferences."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db.models import F
from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.access.rows import made_before
from simpul.cases.models import Case, CaseMember, Conference, Task, TaskKind
from simpul.cases.queries.case import require_not_far, require_open, require_ready
from simpul.cases.queries.locks import locked_case, locked_row
from simpul.cases.queries.office import norms_for
from simpul.cases.queries.tasks import workers_of
from simpul.cases.queries.team import home_of, lasts, mark, mark_of, title
from simpul.catalogue import casework
from simpul.people.queries import require_not_limited

LONGEST_NAME = 200
LONGEST_WORDS = 4000
LONGEST_PLACE = 200
LONGEST_TASK = 300
MOST_PARTICIPANTS = 40
MOST_DECISIONS = 20


@action(Permission.CASE_TEAM)
def add_member(
    case: Case,
    /,
    *,
    by: User,
    key: UUID,
    on: date,
    at: datetime,
    user: UUID | None = None,
    called: str = "",
    profession: str = "",
    roles: Collection[str] = (),
    until: date | None = None,
) -> CaseMember:
    """Let somebody into the team: with an account (`user`), who then sees the case, or by name only (`called`).

    Sight comes through the body where they may see cases, and ends with their right there. A repeated key gives
    the same membership.
    """
    current = locked_case(case)
    if repeated := made_before(CaseMember, key, case_id=case.pk):
        return repeated
    require_open(current)
    require_not_limited(current.person_id)
    _require_known(profession, roles)
    _require_to_come(until, on)
    member = CaseMember(pk=key, case=current, at=at, by=by.pk, by_name=str(by), since=on, until=until)
    member.profession, member.roles = profession, sorted(roles)
    if user is None:
        member.name = fitting(called, _("Nama"), LONGEST_NAME, is_needed=True)
    else:
        joining = _joining(user)
        if CaseMember.objects.filter(lasts(on), case=current, user=user, covers="").exists():
            raise Refusal(_("%(name)s sudah ada dalam tim kasus ini.") % {"name": joining})
        member.user, member.name, member.organisation = user, str(joining), home_of(joining, current)
    member.save(force_insert=True)
    return member


@action(Permission.CASE_TEAM)
def change_member(
    member: CaseMember,
    /,
    *,
    by: User,
    seen: str,
    on: date,
    profession: str,
    roles: Collection[str],
    until: date | None = None,
) -> CaseMember:
    """Another profession, other roles, another last day. `seen` is the mark of what the page showed.

    Raises Clash when somebody changed it since.
    """
    current = locked_row(member)
    require_open(current.case)
    _require_known(profession, roles)
    wished, held = mark(profession, roles, until), mark_of(current)
    if held == wished:
        return current
    if held != seen:
        raise Clash(current.name, _in_words(*_parts(current)), _in_words(profession, roles, until))
    if current.ended_on is not None:
        raise Refusal(_("%(name)s sudah tidak dalam tim ini.") % {"name": current.name})
    if current.is_manager and until:
        raise Refusal(_("Manajer kasus tidak mempunyai tanggal akhir. Serahkan dahulu kasusnya."))
    if until != current.until:
        _require_to_come(until, on)
    current.profession, current.roles, current.until = profession, sorted(roles), until
    current.save(update_fields=["profession", "roles", "until"])
    return current


@action(Permission.CASE_TEAM)
def end_member(member: CaseMember, /, *, by: User, on: date, at: datetime) -> CaseMember:
    """Let somebody out of the team. They lose sight of the case at once; their open tasks go to the manager."""
    current = locked_row(member)
    if current.ended_on is not None:
        return current
    if current.is_manager:
        raise Refusal(_("Manajer kasus tidak dapat dikeluarkan. Serahkan dahulu kasusnya kepada rekan."))
    current.ended_on = on
    current.save(update_fields=["ended_on"])
    case = current.case
    others = CaseMember.objects.filter(lasts(on), case=case, user=current.user)
    if current.user and current.user != case.worker and not others.exists():
        _pass_tasks(case, current.user, to=case.worker, name=case.worker_name)
    return current


def _pass_tasks(case: Case, worker: UUID, *, to: UUID, name: str) -> None:
    """Everything of this case that waits for one worker waits for another. To be used inside an action only."""
    waiting = Task.objects.waiting().filter(case=case, worker=worker)
    waiting.update(worker=to, worker_name=name, version=F("version") + 1)


# --- conferences ---


@dataclass(frozen=True)
class Participant:
    """Who took part: `profession` is a code of catalogue.casework."""

    name: str
    profession: str = ""
    organisation: str = ""


@dataclass(frozen=True)
class Decision:
    """What is to be done, by whom of the team, until when; the office's norm where no day was said."""

    words: str
    worker: UUID
    due_on: date | None = None


@dataclass(frozen=True)
class Minutes:
    """What a conference leaves: who met where, what was said, and what the client thinks of it."""

    held_on: date
    participants: Sequence[Participant]
    discussed: str
    decided: str
    place: str = ""
    client_view: str = ""
    decisions: Sequence[Decision] = ()


@action(Permission.CASE_TEAM)
def hold_conference(
    case: Case, /, *, by: User, key: UUID, on: date, at: datetime, minutes: Minutes
) -> Conference:
    """Keep the minutes of a case conference; each decision with somebody to do it becomes a task.

    Minutes are added, never changed. A repeated key gives the same. Raises ConsentNeeded without a basis.
    """
    current = locked_case(case)
    if repeated := made_before(Conference, key, case_id=case.pk):
        return repeated
    require_ready(current, on)
    if not current.opened_on <= minutes.held_on <= on:
        raise Refusal(_("Tanggal rapat antara hari kasus dibuka dan hari ini. Periksa tanggalnya."))
    held = Conference(pk=key, case=current, on=minutes.held_on, at=at, by=by.pk, by_name=str(by))
    held.participants = _participants(minutes.participants)
    held.place = fitting(minutes.place, _("Tempat"), LONGEST_PLACE) or None
    held.discussed = fitting(minutes.discussed, _("Yang dibicarakan"), LONGEST_WORDS, is_needed=True)
    held.decided = fitting(minutes.decided, _("Yang diputuskan"), LONGEST_WORDS, is_needed=True)
    held.client_view = fitting(minutes.client_view, _("Pandangan penerima manfaat"), LONGEST_WORDS) or None
    tasks = _tasks(held, minutes.decisions, by=by, on=on)
    held.save(force_insert=True)
    for task in tasks:
        task.save(force_insert=True)
    return held


def _participants(told: Sequence[Participant]) -> list[dict[str, str]]:
    entries = []
    for one in told:
        _require_known(one.profession, ())
        entries.append(
            {
                "name": fitting(one.name, _("Nama peserta"), LONGEST_NAME, is_needed=True),
                "profession": one.profession,
                "organisation": fitting(one.organisation, _("Lembaga"), LONGEST_NAME),
            }
        )
    if not 1 <= len(entries) <= MOST_PARTICIPANTS:
        raise Refusal(
            _("Tulis siapa yang ikut rapat: paling sedikit satu, paling banyak %(most)s orang.")
            % {"most": MOST_PARTICIPANTS}
        )
    return entries


def _tasks(held: Conference, decisions: Sequence[Decision], *, by: User, on: date) -> list[Task]:
    if len(decisions) > MOST_DECISIONS:
        raise Refusal(_("Paling banyak %(most)s tugas dari satu rapat.") % {"most": MOST_DECISIONS})
    names = {worker.key: worker.name for worker in workers_of(held.case, by, on)}
    usual = on + timedelta(days=int(norms_for(held.case)["conference_task_days"])) if decisions else on
    tasks = []
    for number, decision in enumerate(decisions):
        if decision.worker not in names:
            raise Refusal(_("Tugas hanya dapat diberikan kepada anggota tim kasus ini."))
        due_on = decision.due_on or usual
        if due_on < on:
            raise Refusal(_("Tanggal tugas sudah lewat. Pilih hari ini atau sesudahnya."))
        require_not_far(due_on, on)
        task = Task(pk=uuid5(held.pk, str(number)), case=held.case, kind=TaskKind.CONFERENCE, about=held.pk)
        task.at, task.by, task.by_name = held.at, by.pk, str(by)
        task.words = fitting(decision.words, _("Apa yang akan dikerjakan"), LONGEST_TASK, is_needed=True)
        task.due_on = task.first_due_on = due_on
        task.worker, task.worker_name = decision.worker, names[decision.worker]
        tasks.append(task)
    return tasks


# --- what must hold ---


def _require_known(profession: str, roles: Collection[str]) -> None:
    if profession and profession not in {entry.code for entry in casework.professions()}:
        raise Refusal(_("Profesi itu tidak dikenal. Pilih lagi dari daftar."))
    if not set(roles) <= {entry.code for entry in casework.roles()}:
        raise Refusal(_("Peran itu tidak dikenal. Pilih lagi dari daftar."))


def _require_to_come(until: date | None, on: date) -> None:
    if until is not None and until < on:
        raise Refusal(_("Tanggal akhir itu sudah lewat. Pilih hari ini atau sesudahnya."))


def _joining(user: UUID) -> User:
    """Somebody who may see cases somewhere: membership alone gives no sight."""
    found: User | None = User.objects.filter(pk=user, is_active=True).first()
    if found is None or not found.can(Permission.CASE_VIEW):
        raise Refusal(_("Rekan itu belum berhak melihat kasus. Tulis namanya saja, tanpa akun."))
    return found


def _parts(member: CaseMember) -> tuple[str, list[str], date | None]:
    return member.profession, member.roles, member.until


def _in_words(profession: str, roles: Collection[str], until: date | None) -> str:
    parts = [title("professions", profession), *(title("roles", code) for code in sorted(roles))]
    if until:
        parts.append(_("sampai %(day)s") % {"day": f"{until:%d-%m-%Y}"})
    return ", ".join(part for part in parts if part) or _("(kosong)")
