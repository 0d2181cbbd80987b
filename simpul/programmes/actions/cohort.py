"""What happens to the cohort: bodies become candidates, are chosen or not, leave; people take part and leave."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal, fitting
from simpul.access.rows import current, made_before, written
from simpul.programmes.models import Member, Participant, Programme, Worker
from simpul.programmes.queries.cohort import (
    ACCOUNT_OF,
    account_called,
    next_code,
    reached_bodies,
    rejudged,
)
from simpul.programmes.queries.cohort_told import Helper, Person
from simpul.programmes.queries.kept import require_chosen, require_past, require_running
from simpul.programmes.stages import WITH_COMPARISON, Arm, Known, MemberState, Part

_SEXES = frozenset({"", "L", "P"})


@action(Permission.PROGRAMME_MANAGE)
def nominate(
    programme: Programme, /, *, by: User, on: date, at: datetime, bodies: Sequence[UUID]
) -> list[Member]:
    """Bodies of the register become candidates, held against the criteria. Those that are there already stay so."""
    row = current(programme)
    require_running(row)
    held = set(Member.objects.filter(programme=row).values_list("organisation", flat=True))
    made = []
    for body in reached_bodies(by, bodies):
        if body.pk not in held:
            member = Member(programme=row, organisation=body, state_since=on, **written(by, at))
            _judge(member, on)
            member.save(force_insert=True)
            made.append(member)
    if not made:
        raise Refusal(_("Tandai sekurang-kurangnya satu lembaga yang belum ada dalam program."))
    return made


@action(Permission.PROGRAMME_MANAGE)
def note_willing(member: Member, /, *, by: User, on: date, willing: str) -> Member:
    """What the board answered; the body is judged anew."""
    row = current(member)
    require_running(row.programme)
    if row.state != MemberState.CANDIDATE:
        raise Refusal(_("Lembaga ini bukan calon lagi."))
    if willing not in Known.values:
        raise Refusal(_("Pilih jawaban lembaga."))
    row.willing = willing
    _judge(row, on)
    row.save()
    return row


@action(Permission.PROGRAMME_MANAGE, tells=("arm",))
def choose(member: Member, /, *, by: User, on: date, arm: str, words: str) -> Member:
    """It takes part, or is the comparison. Raises Refusal without a reason where the criteria do not all say yes."""
    row = current(member)
    require_running(row.programme)
    if row.state not in (MemberState.CANDIDATE, MemberState.NOT_CHOSEN):
        raise Refusal(_("Lembaga ini sudah terpilih atau sudah mengundurkan diri."))
    if arm not in Arm.values or (arm == Arm.COMPARISON and row.programme.design not in WITH_COMPARISON):
        raise Refusal(_("Rancangan program ini tidak memakai lembaga pembanding."))
    if row.willing == Known.NO:
        raise Refusal(_("Pengurus tidak bersedia. Lembaga tidak dipilih tanpa kesediaannya."))
    answer = _judge(row, on)
    row.because = fitting(words, _("Alasan"), 1000)
    if answer != "yes" and not row.because:
        raise Refusal(_("Kriterianya belum semua terpenuhi. Tulis mengapa lembaga ini tetap dipilih."))
    row.arm, row.type_before = arm, row.organisation.confirmed_type
    return _to(row, MemberState.CHOSEN, on)


@action(Permission.PROGRAMME_MANAGE)
def pass_over(member: Member, /, *, by: User, on: date, words: str) -> Member:
    """A candidate does not take part; the reason is kept for who asks."""
    row = current(member)
    require_running(row.programme)
    if row.state != MemberState.CANDIDATE:
        raise Refusal(_("Hanya calon yang dapat dinyatakan tidak terpilih."))
    _judge(row, on)
    row.because = fitting(words, _("Alasan"), 1000, is_needed=True)
    return _to(row, MemberState.NOT_CHOSEN, on)


@action(Permission.PROGRAMME_MANAGE)
def leave(member: Member, /, *, by: User, on: date, left_on: date, words: str) -> Member:
    """A body leaves the programme; what it did stays, and its people count as left from that day."""
    row = current(member)
    require_chosen(row)
    require_past(left_on, on)
    if left_on < row.state_since:
        raise Refusal(_("Lembaga ini baru terpilih sesudah tanggal itu."))
    row.because = fitting(words, _("Alasan"), 1000, is_needed=True)
    row.participants.filter(left_on=None).update(left_on=left_on)
    return _to(row, MemberState.LEFT, left_on)


def _judge(row: Member, on: date) -> str:
    row.finding, answer = rejudged(row, on)
    row.judged_on = on
    return answer


def _to(row: Member, state: MemberState, on: date) -> Member:
    row.state, row.state_since = state, on
    row.save()
    return row


# --- people who take part ---


@action(Permission.PROGRAMME_MANAGE)
def add_participant(
    member: Member, /, *, by: User, key: UUID, on: date, at: datetime, person: Person
) -> Participant:
    """Somebody of a chosen body takes part, under the next code. Sent twice it is one."""
    if repeated := made_before(Participant, key, member=member, name=person.name):
        return repeated
    row = current(member)
    require_chosen(row)
    # Two who add at once must not take the same code.
    programme = current(row.programme)
    made = Participant(
        pk=key, programme=programme, member=row, code=next_code(programme), since=on, **written(by, at)
    )
    _fill(made, person)
    made.save(force_insert=True)
    return made


@action(Permission.PROGRAMME_MANAGE)
def change_participant(participant: Participant, /, *, by: User, version: int, person: Person) -> Participant:
    """Another spelling, title, phone or account. The code stays."""
    row = current(participant, version)
    require_running(row.programme)
    _fill(row, person)
    row.version += 1
    row.save()
    return row


@action(Permission.PROGRAMME_MANAGE)
def participant_leaves(
    participant: Participant, /, *, by: User, version: int, on: date, left_on: date, words: str
) -> Participant:
    """Somebody stops taking part; why is sealed, and need not be said. The answers stay under the code."""
    row = current(participant, version)
    require_running(row.programme)
    if row.left_on is not None:
        raise Refusal(_("Peserta ini sudah dicatat berhenti."))
    require_past(left_on, on)
    if left_on < row.since:
        raise Refusal(_("Peserta ini baru ikut sesudah tanggal itu."))
    row.left_on, row.left_because = left_on, fitting(words, _("Alasan"), 1000) or None
    row.version += 1
    row.save()
    return row


def _fill(row: Participant, person: Person) -> None:
    if person.sex not in _SEXES:
        raise Refusal(_("Jenis kelamin ditulis L atau P, atau dikosongkan."))
    row.name = fitting(person.name, _("Nama"), 200, is_needed=True)
    row.phone = fitting(person.phone, _("Nomor telepon"), 40) or None
    row.title, row.sex = fitting(person.title, _("Jabatan"), 120), person.sex
    account = account_called(person.account, Permission.PROGRAMME_TAKE_PART)
    row.user = account.pk if account else None
    if account is None:
        return
    homes = {grant.organisation for grant in account.grants_with(Permission.PROGRAMME_TAKE_PART)}
    if row.member.organisation_id not in homes:
        raise Refusal(_("Akun itu bukan milik orang dari lembaga ini."))
    rows = Participant.objects.filter(programme=row.programme, user=account.pk, left_on=None)
    if rows.exclude(pk=row.pk).exists():
        raise Refusal(_("Akun itu sudah dipakai peserta lain dalam program ini."))


# --- who works in the programme ---


@action(Permission.PROGRAMME_MANAGE)
def add_worker(
    programme: Programme, /, *, by: User, key: UUID, on: date, at: datetime, helper: Helper
) -> Worker:
    """Committee, facilitators, trainers, mentors, witnesses. Sent twice it is one.

    Raises Refusal for an account that does not hold the role, and for bodies that do not take part.
    """
    if repeated := made_before(Worker, key, programme=programme, part=helper.part, name=helper.name):
        return repeated
    row = current(programme)
    require_running(row)
    if helper.part not in Part.values:
        raise Refusal(_("Pilih tugasnya dalam program."))
    made = Worker(
        pk=key,
        programme=row,
        part=helper.part,
        name=fitting(helper.name, _("Nama"), 200, is_needed=True),
        body=fitting(helper.body, _("Instansi"), 200),
        user=_account(helper),
        members=_accompanied(row, helper),
        since=on,
        **written(by, at),
    )
    made.save(force_insert=True)
    return made


@action(Permission.PROGRAMME_MANAGE)
def end_worker(worker: Worker, /, *, by: User, on: date) -> Worker:
    """Somebody no longer works in the programme, and from now on reaches nothing of it. Pressed twice it is once."""
    row = current(worker)
    if row.ended_on is None:
        row.ended_on = on
        row.save()
    return row


def _account(helper: Helper) -> uuid.UUID | None:
    permission = ACCOUNT_OF.get(Part(helper.part))
    if permission is None:
        if helper.account.strip():
            raise Refusal(_("Tugas itu tidak memerlukan akun. Kosongkan nama akunnya."))
        return None
    account = account_called(helper.account, permission)
    if account is None and helper.part == Part.MENTOR:
        raise Refusal(_("Pendamping mencatat kunjungannya sendiri, jadi ia perlu akun. Tulis nama akunnya."))
    return account.pk if account else None


def _accompanied(programme: Programme, helper: Helper) -> list[str]:
    if helper.part != Part.MENTOR or not helper.members:
        return []
    rows = Member.objects.filter(programme=programme, state=MemberState.CHOSEN, pk__in=list(helper.members))
    found = sorted(str(key) for key in rows.values_list("pk", flat=True))
    if len(found) != len(set(helper.members)):
        raise Refusal(_("Pendamping ditugaskan untuk lembaga yang ikut program."))
    return found
