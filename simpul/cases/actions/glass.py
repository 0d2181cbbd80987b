"""Breaking the glass: opening what is protected, with a reason, for a time, while the supervisor is told."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.refusal import NotAllowed, Refusal, fitting
from simpul.cases.actions.reminders import Reminder
from simpul.cases.models import BrokenGlass, Case, TaskKind
from simpul.cases.queries.glass import closed_cases
from simpul.cases.queries.locks import locked_person, locked_row
from simpul.cases.queries.office import norms_for
from simpul.cases.stages import Confidentiality
from simpul.people.models import Person
from simpul.people.queries import require_not_erased

LONGEST_REASON = 500
SHORTEST_REASON = 15


@action(Permission.CASE_BREAK_GLASS)
def break_glass(
    person: Person, /, *, by: User, key: UUID, on: date, at: datetime, because: str
) -> tuple[BrokenGlass, ...]:
    """Open every case of this person that is closed to `by` only because it is protected, for some hours.

    The supervisor finds a task. Where only the team sees the case, the manager does. Pressed twice it is one
    opening. Raises Refusal without a reason, or when nothing is closed.
    """
    locked_person(person)
    require_not_erased(person)
    kept = fitting(because, _("Alasan"), LONGEST_REASON)
    if len(kept) < SHORTEST_REASON:
        raise Refusal(
            _(
                "Tulis mengapa berkas ini harus dibuka sekarang, paling sedikit %(least)s huruf. Supervisor membacanya."
            )
            % {"least": SHORTEST_REASON}
        )
    closed = list(closed_cases(person, by).select_related("person").order_by("opened_at", "pk"))
    if closed:
        return tuple(_open(case, uuid5(key, str(case.pk)), kept, by=by, on=on, at=at) for case in closed)
    if repeated := _opened_already(person, by, key):
        return repeated
    raise Refusal(_("Tidak ada berkas tertutup yang dapat Anda buka di sini."))


def _open(case: Case, key: UUID, because: str, *, by: User, on: date, at: datetime) -> BrokenGlass:
    until = at + timedelta(hours=int(norms_for(case)["glass_hours"]))
    row = BrokenGlass(pk=key, case=case, at=at, by=by.pk, by_name=str(by), user=by.pk, until=until)
    row.because = because
    row.save(force_insert=True)
    words = _("%(name)s membuka kasus ini dalam keadaan darurat. Baca alasannya.") % {"name": by}
    Reminder(case, TaskKind.GLASS, row.pk).put(by=by, at=at, due_on=on, words=words)
    if case.confidentiality == Confidentiality.TEAM_ONLY:
        # No supervisor sees it either, so the manager is told in a way that reaches the day's list.
        Reminder(case, TaskKind.OWN, row.pk).put(by=by, at=at, due_on=on, words=words)
    return row


def _opened_already(person: Person, by: User, key: UUID) -> tuple[BrokenGlass, ...]:
    cases = Case.objects.filter(person=person).order_by("opened_at", "pk").values_list("pk", flat=True)
    keys = [uuid5(key, str(case)) for case in cases]
    return tuple(BrokenGlass.objects.filter(pk__in=keys, user=by.pk))


@action(Permission.CASE_BREAK_GLASS)
def close_glass(row: BrokenGlass, /, *, by: User, at: datetime) -> BrokenGlass:
    """End it before its time: who opened it, or a supervisor. Ending twice changes nothing."""
    current = locked_row(row)
    if current.user != by.pk and not is_within_reach(current.case, by, Permission.CASE_APPROVE):
        raise NotAllowed
    if current.until > at:
        current.until = at
        current.save(update_fields=["until"])
    return current


@action(Permission.CASE_APPROVE)
def acknowledge_glass(row: BrokenGlass, /, *, by: User, at: datetime) -> BrokenGlass:
    """A supervisor has looked at it. Raises Refusal for one's own opening: a second person looks."""
    current = locked_row(row)
    if current.user == by.pk:
        raise Refusal(_("Pembukaan oleh Anda sendiri diperiksa supervisor lain."))
    if current.seen_at is None:
        current.seen_at, current.seen_by_name = at, str(by)
        current.save(update_fields=["seen_at", "seen_by_name"])
        for kind in (TaskKind.GLASS, TaskKind.OWN):
            Reminder(current.case, kind, current.pk).done(by=by, at=at)
    return current
