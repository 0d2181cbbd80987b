"""What happens to a sheet: it is begun, answered, locked, and thrown away only while it is a draft."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from simpul.access.gate import action, require
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.catalogue.instruments import Instrument
from simpul.instruments.models import AnswerSheet
from simpul.instruments.queries import (
    LONGEST_LABEL,
    AnswerRecord,
    checked_answers,
    differences,
    find,
    readable,
    records,
    require_whole,
    required_instrument,
    sheet_of,
    wave_code,
)


@action(Permission.INSTRUMENT_FILL)
def begin(
    where: Where,
    /,
    *,
    by: User,
    key: UUID,
    instrument: str,
    participant: UUID,
    on: date,
    at: datetime,
    version: int | None = None,
    label: str = "",
    purpose: str = "",
    series: UUID | None = None,
    wave: str = "",
    about: UUID | None = None,
    answered_on: date | None = None,
) -> AnswerSheet:
    """A sheet for this participant in this wave. A repeated key gives the same one again; so does the same participant,
    instrument and wave while it is a draft, so that two who begin at once fill in one sheet.

    `version` None means the newest on offer. `answered_on` is the day of a paper sheet, today where it is not said.
    Raises Refusal where the sheet is locked already, or nothing of that name is on offer.
    """
    found = required_instrument(by, instrument, version)
    day = answered_on or on
    if day > on:
        raise Refusal(_("Tanggal pengisian belum tiba. Periksa tanggalnya."))
    kept: AnswerSheet | None = AnswerSheet.objects.filter(pk=key).first()
    wave = wave_code(wave)
    kept = kept or sheet_of(participant, found.code, wave, series)
    if kept is not None:
        return _same(kept, participant=participant, instrument=found, where=where)
    made = AnswerSheet(
        id=key,
        organisation=where.organisation,
        region=where.region,
        participant=participant,
        instrument=found.code,
        instrument_version=found.version,
        digest=found.digest,
        purpose=purpose or found.purposes[0],
        series=series,
        wave=wave,
        about=about,
        on=day,
        by=by.pk,
        by_name=str(by),
        begun_at=at,
    )
    made.label = fitting(label, _("Nama"), LONGEST_LABEL) or None
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise Refusal(_("Orang lain baru saja memulai lembar ini. Muat ulang daftarnya.")) from error
    return made


def _same(kept: AnswerSheet, *, participant: UUID, instrument: Instrument, where: Where) -> AnswerSheet:
    if (kept.participant, kept.instrument) != (participant, instrument.code) or (
        kept.organisation,
        kept.region,
    ) != (where.organisation, where.region):
        raise Refusal(_("Lembar ini sudah dipakai untuk pengisian lain. Mulai lagi dari daftarnya."))
    if kept.is_locked:
        raise Refusal(_("Peserta ini sudah selesai mengisi instrumen ini pada gelombang yang sama."))
    return kept


@action(Permission.INSTRUMENT_FILL)
def answer(
    sheet: AnswerSheet, /, *, by: User, version: int, answers: Mapping[str, Any], at: datetime
) -> AnswerSheet:
    """Keep what was answered so far; nothing has to be complete. The same sent twice changes nothing.

    Raises Clash, with both values of all that differs, when somebody was faster.
    """
    current = _draft(sheet)
    instrument = _instrument_of(current)
    mine, theirs = checked_answers(instrument, answers), current.answers or {}
    if mine == theirs:
        return current
    if current.version != version:
        raise Clash(_("Lembar jawaban"), *differences(instrument, theirs, mine))
    current.answers, current.version = mine or None, version + 1
    current.save()
    return current


@action(Permission.INSTRUMENT_FILL)
def lock(sheet: AnswerSheet, /, *, by: User, version: int, at: datetime) -> AnswerSheet:
    """Finish a sheet: from now on it counts and is not changed. Sent twice it is locked once."""
    current = _locked_row(sheet)
    if current.is_locked and current.version == version + 1:
        return current
    current = _draft(current)
    if current.version != version:
        raise Clash(_("Lembar jawaban"), _("isian yang lebih baru"), _("isian yang tadi Anda baca"))
    instrument, answers = _instrument_of(current), current.answers or {}
    require_whole(instrument, answers)
    current.locked_at, current.version, current.digest = at, version + 1, instrument.digest
    current.was_locked = True
    current.save()
    return current


@action(Permission.INSTRUMENT_EDIT)
def unlock(sheet: AnswerSheet, /, *, by: User, version: int, because: str) -> AnswerSheet:
    """Open a locked sheet to mend what was copied wrongly from paper. The reason stays in the record, sealed."""
    fitting(because, _("Alasan"), 500, is_needed=True)
    require(by, Permission.INSTRUMENT_FILL, sheet)
    current = _locked_row(sheet)
    if not current.is_locked:
        return current
    if current.version != version:
        raise Clash(_("Lembar jawaban"), _("isian yang lebih baru"), _("isian yang tadi Anda baca"))
    current.locked_at, current.version = None, version + 1
    current.save()
    return current


@action(Permission.INSTRUMENT_FILL)
def discard(sheet: AnswerSheet, /, *, by: User, version: int) -> None:
    """Throw away a draft that was begun by mistake. What is locked stays."""
    current = _draft(sheet)
    if current.was_locked:
        raise Refusal(_("Lembar ini pernah selesai, jadi tidak dihapus. Perbaiki isinya, lalu kunci lagi."))
    if current.version != version:
        raise Clash(_("Lembar jawaban"), _("isian yang lebih baru"), _("isian yang tadi Anda baca"))
    current.delete()


@action(Permission.INSTRUMENT_FILL)
def forget(sheet: AnswerSheet, /, *, by: User) -> int:
    """Take the name of this participant off all their sheets; the answers stay under the code. How many were changed."""
    changed = 0
    rows = AnswerSheet.objects.reachable(by, Permission.INSTRUMENT_FILL)
    for one in rows.select_for_update().filter(participant=sheet.participant).exclude(label_sealed=None):
        one.label = None
        one.save(update_fields=["label_sealed"])
        changed += 1
    return changed


@action(Permission.INSTRUMENT_FILL)
def export_answers(
    where: Where, /, *, by: User, instrument: str, version: int, because: str
) -> list[AnswerRecord]:
    """The answers that leave Simpul as a file: by code, without names and own words. Recorded each time, with why."""
    return records(readable(by, instrument=(instrument, version), permission=Permission.INSTRUMENT_FILL))


# --- what must hold ---


def _instrument_of(sheet: AnswerSheet) -> Instrument:
    try:
        return find(sheet.instrument, sheet.instrument_version)
    except KeyError as error:
        raise Refusal(_("Pertanyaan instrumen ini tidak tersimpan lagi.")) from error


def _locked_row(sheet: AnswerSheet) -> AnswerSheet:
    row: AnswerSheet | None = AnswerSheet.objects.select_for_update().filter(pk=sheet.pk).first()
    if row is None:
        raise Refusal(_("Lembar ini sudah dihapus. Mulai lagi dari daftarnya."))
    return row


def _draft(sheet: AnswerSheet) -> AnswerSheet:
    row = _locked_row(sheet)
    if row.is_locked:
        raise Refusal(_("Lembar ini sudah dikunci, jadi tidak diubah lagi."))
    return row
