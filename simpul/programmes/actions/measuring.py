"""What happens to the measurements of participants: sheets begun, answered by the person themselves, taken from a file.

Who runs the programme fills in by the ordinary right over sheets. Who takes part has no right over sheets at all: they
answer through their own row as participant, and reach no other sheet by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.access.rows import current
from simpul.instruments.actions import begin, import_answers
from simpul.instruments.models import AnswerSheet
from simpul.instruments.queries import AnswerRow, ImportPlan, checked_answers, differences, require_whole
from simpul.programmes.models import Participant, Programme
from simpul.programmes.queries.kept import require_chosen, require_running
from simpul.programmes.queries.measuring import (
    instrument_of,
    is_own,
    open_waves,
    placed,
    require_same_version,
    require_wave,
    sheet_in,
    where_of,
)
from simpul.programmes.queries.programme import PURPOSE


@action(Permission.PROGRAMME_MANAGE, tells=("wave",))
def begin_sheet(
    participant: Participant, /, *, by: User, key: UUID, wave: str, on: date, at: datetime, answered_on: date
) -> AnswerSheet:
    """The sheet of a participant in a wave, new or the draft that is there. `answered_on` is the day of the paper.

    Raises Refusal for a locked sheet, another version of the instrument, or a day before the programme.
    """
    row: Participant = current(participant)
    programme = row.programme
    require_chosen(row.member)
    require_wave(programme, wave)
    instrument = instrument_of(programme)
    if (kept := sheet_in(row, wave)) is not None:
        require_same_version(kept, programme)
    if row.left_on is not None and answered_on > row.left_on:
        raise Refusal(_("Peserta ini sudah berhenti sebelum tanggal itu."))
    made: AnswerSheet = begin(
        where_of(programme),
        by=by,
        key=key,
        instrument=instrument.code,
        version=instrument.version,
        participant=row.pk,
        on=on,
        at=at,
        purpose=PURPOSE,
        series=programme.pk,
        wave=wave,
        about=row.member.organisation_id,
        answered_on=answered_on,
    )
    return made


@action(Permission.PROGRAMME_MANAGE, tells=("wave",))
def import_sheets(
    programme: Programme, /, *, by: User, wave: str, rows: Sequence[AnswerRow], on: date, at: datetime
) -> ImportPlan:
    """Keep and lock the answers of a checked file, all or none. The same file twice changes nothing."""
    row = current(programme)
    require_running(row)
    require_wave(row, wave)
    instrument = instrument_of(row)
    plan: ImportPlan = import_answers(
        where_of(row),
        by=by,
        instrument=instrument.code,
        version=instrument.version,
        rows=placed(row, wave, rows),
        on=on,
        at=at,
        purpose=PURPOSE,
        series=row.pk,
    )
    return plan


# --- by the participant themselves ---


@action(Permission.PROGRAMME_TAKE_PART, tells=("wave",))
def begin_own(
    participant: Participant, /, *, by: User, key: UUID, wave: str, on: date, at: datetime
) -> AnswerSheet:
    """One's own sheet in a wave that is open now; the draft where there is one."""
    row = _own(participant, by, wave)
    if (kept := sheet_in(row, wave)) is not None:
        return _usable(kept, row.programme)
    instrument, where = instrument_of(row.programme), where_of(row.programme)
    made = AnswerSheet(
        id=key,
        organisation=where.organisation,
        region=where.region,
        participant=row.pk,
        instrument=instrument.code,
        instrument_version=instrument.version,
        digest=instrument.digest,
        purpose=PURPOSE,
        series=row.programme_id,
        wave=wave,
        about=row.member.organisation_id,
        on=on,
        by=by.pk,
        # The name of who filled in stands beside the answers, and here that would be whose they are.
        by_name=_("Peserta"),
        begun_at=at,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise Refusal(_("Lembar Anda baru saja dimulai di tempat lain. Muat ulang halamannya.")) from error
    return made


@action(Permission.PROGRAMME_TAKE_PART, tells=("wave",))
def answer_own(
    participant: Participant, /, *, by: User, wave: str, version: int, answers: Mapping[str, Any]
) -> AnswerSheet:
    """Keep one's own answers so far. Raises Clash where the office wrote in the same sheet meanwhile."""
    sheet = _own_draft(participant, by, wave)
    instrument = instrument_of(participant.programme)
    mine, theirs = checked_answers(instrument, answers), sheet.answers or {}
    if mine == theirs:
        return sheet
    if sheet.version != version:
        raise Clash(_("Lembar jawaban"), *differences(instrument, theirs, mine))
    sheet.answers, sheet.version = mine or None, version + 1
    sheet.save()
    return sheet


@action(Permission.PROGRAMME_TAKE_PART, tells=("wave",))
def lock_own(participant: Participant, /, *, by: User, wave: str, version: int, at: datetime) -> AnswerSheet:
    """One's own sheet is finished and counts. Pressed twice it is once."""
    kept = sheet_in(_own(participant, by, wave), wave)
    if kept is not None and kept.is_locked and kept.version == version + 1:
        return kept
    sheet = _own_draft(participant, by, wave)
    if sheet.version != version:
        raise Clash(_("Lembar jawaban"), _("isian yang lebih baru"), _("isian yang tadi Anda baca"))
    require_whole(instrument_of(participant.programme), sheet.answers or {})
    sheet.locked_at, sheet.version = at, version + 1
    sheet.save()
    return sheet


def _own(participant: Participant, by: User, wave: str) -> Participant:
    row: Participant = current(participant)
    if not is_own(row, by):
        raise NotAllowed
    require_chosen(row.member)
    require_wave(row.programme, wave)
    if wave not in open_waves(row.programme):
        raise Refusal(_("Tes ini sedang tidak dibuka. Tanyakan kepada pengelola program."))
    return row


def _own_draft(participant: Participant, by: User, wave: str) -> AnswerSheet:
    kept = sheet_in(_own(participant, by, wave), wave)
    if kept is None:
        raise Refusal(_("Lembar ini sudah dihapus. Mulai lagi dari daftarnya."))
    return _usable(current(kept), participant.programme)


def _usable(sheet: AnswerSheet, programme: Programme) -> AnswerSheet:
    require_same_version(sheet, programme)
    if sheet.is_locked:
        raise Refusal(_("Lembar ini sudah dikunci, jadi tidak diubah lagi."))
    return sheet
