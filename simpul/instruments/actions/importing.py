"""Sheets out of a spreadsheet: all rows of a checked file, or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import Refusal, fitting
from simpul.catalogue.instruments import Instrument
from simpul.instruments.models import AnswerSheet, SheetSource
from simpul.instruments.queries import (
    LONGEST_LABEL,
    AnswerRow,
    Fate,
    ImportPlan,
    checked_answers,
    plan_import,
    require_whole,
    required_instrument,
    wave_code,
)

_AT_ONCE = 500


@action(Permission.INSTRUMENT_FILL)
def import_answers(
    where: Where,
    /,
    *,
    by: User,
    instrument: str,
    version: int,
    rows: Sequence[AnswerRow],
    on: date,
    at: datetime,
    purpose: str = "",
    series: UUID | None = None,
) -> ImportPlan:
    """Keep and lock every row that is new; what is there stays as it is. The same file twice changes nothing.

    Raises Refusal, and keeps nothing, where one row cannot be kept.
    """
    found = required_instrument(by, instrument, version)
    for row in rows:
        _require_fit(found, row, on)
    plan = plan_import(found, rows, series=series)
    made = [
        _sheet(
            row,
            where=where,
            by=by,
            instrument=found,
            at=at,
            purpose=purpose or found.purposes[0],
            series=series,
        )
        for row in plan.rows(Fate.NEW)
    ]
    try:
        with transaction.atomic():
            AnswerSheet.objects.bulk_create(made, batch_size=_AT_ONCE)
    except IntegrityError as error:
        raise Refusal(
            _("Orang lain baru saja memasukkan jawaban yang sama. Unggah berkasnya sekali lagi.")
        ) from error
    return plan


def _require_fit(instrument: Instrument, row: AnswerRow, on: date) -> None:
    try:
        if checked_answers(instrument, row.answers) != dict(row.answers):
            raise Refusal(_("Jawabannya belum rapi. Unggah berkasnya sekali lagi."))
        require_whole(instrument, row.answers)
        if wave_code(row.wave) != row.wave or row.on > on:
            raise Refusal(_("Gelombang atau tanggalnya tidak dapat dipakai."))
        fitting(row.label, _("Nama"), LONGEST_LABEL)
    except Refusal as refusal:
        told = {"row": row.number, "cause": str(refusal)}
        raise Refusal(_("Baris %(row)s: %(cause)s") % told) from refusal


def _sheet(
    row: AnswerRow,
    *,
    where: Where,
    by: User,
    instrument: Instrument,
    at: datetime,
    purpose: str,
    series: UUID | None,
) -> AnswerSheet:
    made = AnswerSheet(
        organisation=where.organisation,
        region=where.region,
        participant=row.participant,
        instrument=instrument.code,
        instrument_version=instrument.version,
        digest=instrument.digest,
        purpose=purpose,
        series=series,
        wave=row.wave,
        about=row.about,
        on=row.on,
        source=SheetSource.IMPORTED,
        by=by.pk,
        by_name=str(by),
        begun_at=at,
        locked_at=at,
    )
    made.label, made.answers = row.label or None, dict(row.answers)
    return made
