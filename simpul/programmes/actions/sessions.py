"""What happens to sessions: planned, changed, held; who came, by the list or by the QR; their materials."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access import files
from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import NotAllowed, Refusal, fitting
from simpul.access.rows import current, made_before, written
from simpul.catalogue.organisations.papers import largest_file
from simpul.catalogue.programmes import norms
from simpul.instruments.actions import sheets
from simpul.instruments.models import AnswerSheet
from simpul.programmes.models import Attendance, Material, Participant, Programme, Session, Worker
from simpul.programmes.queries.cohort import plain_participant_code, taking_part
from simpul.programmes.queries.kept import require_past, require_running
from simpul.programmes.queries.sessions import OPINION, is_qr_open, newest_attendance, next_order
from simpul.programmes.queries.sessions_told import Told
from simpul.programmes.stages import By, Came, Part, SessionKind

# Guessing a mark of this many letters would take longer than any QR is open.
_MARK_BYTES = 12
_MOST_HOURS = Decimal(24)


@action(Permission.PROGRAMME_MANAGE)
def plan_session(programme: Programme, /, *, by: User, key: UUID, at: datetime, told: Told) -> Session:
    """A session more, at the end of the list. Sent twice it is one."""
    if repeated := made_before(Session, key, programme=programme, title=told.title, on=told.on):
        return repeated
    row = current(programme)
    require_running(row)
    made = Session(pk=key, programme=row, order=next_order(row), **written(by, at))
    _fill(made, told)
    made.save(force_insert=True)
    return made


@action(Permission.PROGRAMME_MANAGE)
def change_session(session: Session, /, *, by: User, version: int, told: Told) -> Session:
    """Another day, place, trainer or content."""
    row = current(session, version)
    require_running(row.programme)
    if row.held_on is not None and told.on != row.on:
        raise Refusal(_("Kehadirannya sudah dicatat, jadi tanggalnya tidak diubah lagi."))
    _fill(row, told)
    row.version += 1
    row.save()
    return row


def _fill(row: Session, told: Told) -> None:
    if told.kind not in SessionKind.values:
        raise Refusal(_("Pilih bentuk pertemuannya."))
    if told.hours is not None and not 0 < told.hours <= _MOST_HOURS:
        raise Refusal(_("Lama pertemuan ditulis dalam jam, lebih dari nol dan paling banyak 24."))
    row.title = fitting(told.title, _("Judul"), 200, is_needed=True)
    row.curriculum = fitting(told.curriculum, _("Isi"), 8000)
    row.methods = fitting(told.methods, _("Cara"), 2000)
    row.place = fitting(told.place, _("Tempat"), 200)
    row.kind, row.on, row.starts_at, row.hours = told.kind, told.on, told.starts_at, told.hours
    row.trainer = _trainer(row.programme, told.trainer)


def _trainer(programme: Programme, key: UUID | None) -> Worker | None:
    if key is None:
        return None
    found: Worker | None = Worker.objects.filter(programme=programme, part=Part.TRAINER, pk=key).first()
    if found is None:
        raise Refusal(_("Narasumber itu bukan petugas program ini."))
    return found


# --- materials ---


@files.leaves_no_file_behind
@action(Permission.PROGRAMME_MANAGE)
def add_material(
    session: Session, /, *, by: User, key: UUID, at: datetime, title: str, file: tuple[str, bytes]
) -> Material:
    """A paper for those who take part. Sent twice it is one."""
    if repeated := made_before(Material, key, session=session):
        return repeated
    require_running(session.programme)
    name, data = file
    made = Material(pk=key, session=session, programme=session.programme, **written(by, at))
    made.title = fitting(title, _("Judul"), 200) or fitting(name, _("Judul"), 200, is_needed=True)
    files.keep(made, data, file_name=name, most=largest_file())
    made.save(force_insert=True)
    return made


# --- who came ---


@action(Permission.PROGRAMME_MANAGE)
def note_attendance(
    session: Session, /, *, by: User, on: date, at: datetime, came: Mapping[UUID, str]
) -> int:
    """Who came, as the list says: how many answers are new or other than before. Corrections keep what stood before."""
    row = current(session)
    require_running(row.programme)
    require_past(row.on, on)
    people = {one.pk: one for one in taking_part(row.programme)}
    if unknown := set(came) - set(people):
        raise Refusal(_("%s orang dalam daftar ini tidak (lagi) ikut. Muat ulang daftarnya.") % len(unknown))
    newest = newest_attendance([row])[row.pk]
    changed = 0
    for key, answer in came.items():
        if answer not in Came.values:
            raise Refusal(_("Pilih hadir, izin atau tidak hadir."))
        if key not in newest or newest[key].came != answer:
            _note(row, people[key], answer, By.LIST, by=by, at=at)
            changed += 1
    if row.held_on is None:
        row.held_on = row.on
        row.version += 1
        row.save()
    return changed


def _note(
    session: Session, participant: Participant, came: str, how: By, *, by: User | None, at: datetime
) -> Attendance:
    """`by` is None for a participant who wrote themselves present without an account."""
    signed = written(by, at) if by is not None else {"at": at, "by": None, "by_name": _("Peserta sendiri")}
    details = {"programme": session.programme, "member": participant.member, **signed}
    made: Attendance = Attendance.objects.create(
        session=session, participant=participant, came=came, how=how, **details
    )
    return made


@action(Permission.PROGRAMME_MANAGE)
def open_qr(session: Session, /, *, by: User, on: date, at: datetime) -> Session:
    """From now on, for as long as the norm says, participants write themselves present. An older QR is void."""
    row = current(session)
    require_running(row.programme)
    if row.on != on:
        raise Refusal(_("Kode QR dibuka pada hari pertemuan. Untuk hari lain, pakai daftar hadir."))
    row.qr_mark = secrets.token_urlsafe(_MARK_BYTES)
    row.qr_until, row.qr_by = at + timedelta(minutes=norms().attendance_minutes), by.pk
    row.save()
    return row


@action(Permission.PROGRAMME_MANAGE)
def close_qr(session: Session, /, *, by: User) -> Session:
    """Nobody writes themselves present any more. Pressed twice it is once."""
    row = current(session)
    row.qr_mark, row.qr_until, row.qr_by = "", None, None
    row.save()
    return row


@action(Permission.PROGRAMME_MANAGE, tells=("way",))
def arrive(session: Session, /, *, by: User, at: datetime, code: str, way: str = By.QR) -> Attendance:
    """Somebody wrote their own code on the page behind the QR. `by` is who opened it: participants need no account.

    The list says that the participant wrote it, not who opened the QR; the record says both. Raises Refusal when the
    time is over, and for a code that nobody has. Whoever is noted already stays so.
    """
    row = _arrivable(session, at)
    participant = taking_part(row.programme).filter(code=plain_participant_code(code)).first()
    if participant is None:
        raise Refusal(_("Kode itu tidak dikenal. Periksa kode pada daftar peserta, atau tanyakan panitia."))
    return _arrived(row, participant, by=None, at=at)


@action(Permission.PROGRAMME_TAKE_PART, tells=("way",))
def arrive_oneself(session: Session, /, *, by: User, at: datetime, way: str = By.QR) -> Attendance:
    """The same by somebody who is signed in and takes part: it is theirs, whatever code they know."""
    row = _arrivable(session, at)
    participant = taking_part(row.programme).filter(user=by.pk).first()
    if participant is None:
        raise NotAllowed
    return _arrived(row, participant, by=by, at=at)


def _arrivable(session: Session, at: datetime) -> Session:
    row: Session = current(session)
    require_running(row.programme)
    if not is_qr_open(row, at):
        raise Refusal(_("Waktu mengisi daftar hadir sudah lewat. Beri tahu panitia: mereka mencatatnya."))
    return row


def _arrived(session: Session, participant: Participant, *, by: User | None, at: datetime) -> Attendance:
    newest = newest_attendance([session])[session.pk].get(participant.pk)
    if newest is not None and newest.came == Came.YES:
        return newest
    return _note(session, participant, Came.YES, By.QR, by=by, at=at)


# --- what participants thought ---


@action(Permission.PROGRAMME_MANAGE)
def say_opinion(
    session: Session, /, *, by: User, key: UUID, on: date, at: datetime, answers: Mapping[str, object]
) -> AnswerSheet:
    """What somebody thought of the session, without any name or code. Sent twice it is one.

    `by` is who opened the QR, or who copies a paper. Nothing leads from the sheet to a participant.
    """
    repeated: AnswerSheet | None = AnswerSheet.objects.filter(pk=key).first()
    if repeated is not None:
        return repeated
    row = current(session)
    require_running(row.programme)
    where = Where(organisation=row.programme.organisation, region=row.programme.region)
    sheet = sheets.begin(
        where, by=by, key=key, instrument=OPINION, participant=key, on=on, at=at, purpose="session",
        series=row.pk,
    )  # fmt: skip
    sheet = sheets.answer(sheet, by=by, version=sheet.version, answers=dict(answers), at=at)
    return sheets.lock(sheet, by=by, version=sheet.version, at=at)
