"""Noting what happened: added, never changed, and corrected by addition."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal, fitting
from simpul.access.rows import made_before
from simpul.cases.actions.tasks import LONGEST_TASK, add_task, finish_task
from simpul.cases.models import Case, Condition, FollowUp, Goal, Note
from simpul.cases.queries.case import require_open
from simpul.cases.queries.contacts import BY_HAND, NO_CONTACT
from simpul.cases.queries.locks import locked_case
from simpul.cases.queries.tasks import ticked_by_hand
from simpul.screening.queries import require_basis

LONGEST_WORDS = 4000
LONGEST_LINE = 200
# A working day; what is longer is a slip of the finger.
MOST_MINUTES = 24 * 60


@dataclass(frozen=True)
class Next:
    """What is promised by a day: it becomes a task of `worker`, or of who notes it."""

    on: date
    kind: str = "own"
    worker: UUID | None = None


@action(Permission.CASE_NOTE)
def add_note(
    case: Case,
    /,
    *,
    by: User,
    key: UUID,
    on: date,
    at: datetime,
    kind: str,
    happened_on: date,
    words: str,
    third_party: str = "",
    place: str = "",
    with_whom: str = "",
    next_step: str = "",
    then: Next | None = None,
    goals: Iterable[str] = (),
    minutes: int | None = None,
    settles: Iterable[UUID] = (),
    corrects: Note | None = None,
) -> Note:
    """Note what happened on a day of the case, and in the same step what is promised and what is done with it.

    `third_party` is what others said, which is left out when the client reads the own file. `settles` are
    tasks of the case that are over with this. A correction takes the place of an earlier note, which stays.
    Pressed twice it is one note. Raises ConsentNeeded without a legal basis, Refusal otherwise.
    """
    current = locked_case(case)
    if repeated := made_before(Note, key, case_id=case.pk):
        return repeated
    _require_may_be_noted(current, corrects, on)
    _require_day(current, happened_on, on)
    if kind not in dict(BY_HAND) and not (corrects and kind == corrects.kind):
        raise Refusal(_("Pilih apa yang terjadi: kunjungan, telepon, atau yang lain."))
    note = Note(pk=key, case=current, at=at, by=by.pk, by_name=str(by), on=happened_on, kind=kind)
    note.words = fitting(words, _("Apa yang terjadi"), LONGEST_WORDS, is_needed=True)
    note.third_party = fitting(third_party, _("Yang dikatakan orang lain"), LONGEST_WORDS) or None
    note.place = fitting(place, _("Tempat"), LONGEST_LINE) or None
    note.with_whom = fitting(with_whom, _("Dengan siapa"), LONGEST_LINE) or None
    note.next_step = (
        fitting(next_step, _("Langkah berikutnya"), LONGEST_TASK, is_needed=then is not None) or None
    )
    note.goals, note.minutes, note.corrects = _goals(current, goals), _minutes(minutes), corrects
    note.save(force_insert=True)
    _follow(note, then, settles, by=by, on=on, at=at)
    _keep_last_contact(current, note)
    return note


def _require_may_be_noted(case: Case, corrects: Note | None, on: date) -> None:
    if corrects is None:
        require_open(case)
    elif corrects.case_id != case.pk:
        raise Refusal(_("Catatan itu milik kasus lain."))
    elif corrects.corrections.exists():
        raise Refusal(_("Catatan itu sudah dikoreksi. Perbaiki catatan yang terbaru."))
    require_basis(case.person, on)


def _require_day(case: Case, happened_on: date, on: date) -> None:
    if happened_on > on:
        raise Refusal(_("Tanggal itu belum tiba. Catat sebagai tugas bila baru direncanakan."))
    if happened_on < case.opened_on:
        raise Refusal(
            _("Tanggal itu sebelum kasus dibuka, %(day)s. Periksa tanggalnya.")
            % {"day": date_format(case.opened_on, "j F Y")}
        )


def _goals(case: Case, goals: Iterable[str]) -> list[str]:
    """The keys of the goals as they are kept. A note may hang on what was reached since."""
    wanted = list(dict.fromkeys(str(key) for key in goals))
    known = (
        {str(key) for key in Goal.objects.filter(case=case).values_list("pk", flat=True)} if wanted else set()
    )
    if not known.issuperset(wanted):
        raise Refusal(_("Pilih tujuan dari daftar kasus ini."))
    return wanted


def _minutes(minutes: int | None) -> int | None:
    if minutes is not None and not 0 < minutes <= MOST_MINUTES:
        raise Refusal(_("Lamanya ditulis dalam menit, misalnya 45."))
    return minutes


def _follow(
    note: Note, then: Next | None, settles: Iterable[UUID], *, by: User, on: date, at: datetime
) -> None:
    """What is over with this note, and what it promises."""
    if wanted := set(settles):
        tasks: Any = ticked_by_hand(note.case).filter(pk__in=wanted)
        for task in tasks:
            finish_task(task, by=by, at=at)
    if then is not None:
        add_task(
            note.case,
            by=by,
            key=uuid5(note.pk, "next step"),
            on=on,
            at=at,
            words=note.next_step or "",
            due_on=then.on,
            worker=then.worker,
            kind=then.kind,
            about=note.pk,
        )


def _keep_last_contact(case: Case, note: Note) -> None:
    """When somebody last met the client. A note that comes late never sets it back; only a correction does."""
    newest = _last_met(case)
    is_later = newest is not None and (case.last_contact_on is None or newest > case.last_contact_on)
    if is_later or (note.corrects_id is not None and newest != case.last_contact_on):
        case.last_contact_on = newest
        case.save(update_fields=["last_contact_on"])


def _last_met(case: Case) -> date | None:
    """Of the notes that stand, and of the looks after the ending."""
    standing = Note.objects.filter(case=case, corrections=None).exclude(kind__in=NO_CONTACT)
    looks = FollowUp.objects.filter(case=case).exclude(condition__in=("", Condition.NOT_MET))
    days = (standing.aggregate(day=Max("on"))["day"], looks.aggregate(day=Max("done_on"))["day"])
    return max((day for day in days if day is not None), default=None)
