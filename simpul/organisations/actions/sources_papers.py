"""What a source of help learnt, holds and gave: trainings, certificates, hours."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Sum
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.refusal import fitting
from simpul.access.rows import made_before
from simpul.organisations.actions.sources_record import (
    SourceGone,
    SourceIncomplete,
    SourceOutOfReach,
)
from simpul.organisations.models import HoursGiven, Organisation, Source, Training
from simpul.organisations.models.sources import PaperKind, StrikeReason
from simpul.organisations.stages import SourceUnit

MOST_HOURS_A_DAY = 24


def _seen_before(model: Any, key: UUID, source: Source) -> Any:
    """The row that this form has made already; None before. Locks the source, so that of two presses one waits."""
    current = Source.objects.select_for_update().get(pk=source.pk)
    if current.is_erased:
        raise SourceGone
    return made_before(model, key, source_id=source.pk)


@action(Permission.SOURCE_EDIT)
def add_training(
    source: Source,
    /,
    *,
    by: User,
    key: UUID,
    kind: str,
    name: str,
    on: date,
    at: datetime,
    issuer: str = "",
    number: str = "",
    held_on: date | None = None,
    hours: int | None = None,
    valid_to: date | None = None,
) -> Training:
    """A training followed or a certificate held. A repeated key gives the same row. Raises SourceIncomplete."""
    found: Training | None = _seen_before(Training, key, source)
    if found is not None:
        return found
    if kind not in PaperKind.values:
        raise SourceIncomplete(_("Pilih jenisnya dari daftar."))
    if held_on is not None and held_on > on:
        raise SourceIncomplete(_("Tanggalnya belum terjadi. Catat setelah selesai."))
    if held_on is not None and valid_to is not None and valid_to < held_on:
        raise SourceIncomplete(_("Masa berlakunya habis sebelum mulai. Periksa kedua tanggalnya."))
    made: Training = Training.objects.create(
        id=key,
        source=source,
        kind=kind,
        name=fitting(name, _("Nama pelatihan atau sertifikat"), 200, is_needed=True),
        issuer=fitting(issuer, _("Penyelenggara atau penerbit"), 200),
        number=fitting(number, _("Nomor"), 80),
        held_on=held_on,
        hours=hours,
        valid_to=valid_to,
        at=at,
        by=by.pk,
        by_name=str(by),
    )
    return made


@action(Permission.SOURCE_EDIT)
def strike_training(training: Training, /, *, by: User, reason: str) -> Training:
    """Take a wrong row out of the list; it stays, struck. Raises SourceIncomplete."""
    struck: Training = _struck(training, reason)
    return struck


@action(Permission.SOURCE_EDIT)
def add_hours(
    source: Source,
    /,
    *,
    by: User,
    key: UUID,
    given_on: date,
    hours: Decimal,
    activity: str,
    on: date,
    at: datetime,
    organisation: Organisation | None = None,
) -> HoursGiven:
    """Hours given on one day. A repeated key gives the same row. Raises SourceIncomplete."""
    found: HoursGiven | None = _seen_before(HoursGiven, key, source)
    if found is not None:
        return found
    if given_on > on:
        raise SourceIncomplete(_("Harinya belum terjadi. Catat setelah selesai."))
    if not 0 < hours <= MOST_HOURS_A_DAY:
        raise SourceIncomplete(_("Jam dalam sehari lebih dari 0 dan paling banyak 24."))
    _require_room_in_the_day(source, given_on, hours)
    if organisation is not None and not is_within_reach(organisation, by, Permission.SOURCE_EDIT):
        raise SourceOutOfReach
    made: HoursGiven = HoursGiven.objects.create(
        id=key,
        source=source,
        on=given_on,
        hours=hours,
        activity=fitting(activity, _("Kegiatan"), 200, is_needed=True),
        organisation=organisation or source.organisation,
        at=at,
        by=by.pk,
        by_name=str(by),
    )
    return made


def _require_room_in_the_day(source: Source, day: date, hours: Decimal) -> None:
    """One person has one day, in however many rows it is written; the members of a body have many."""
    if source.unit != SourceUnit.PERSON:
        return
    rows = HoursGiven.objects.filter(source=source, on=day, struck_because="")
    written = rows.aggregate(hours=Sum("hours"))["hours"] or Decimal(0)
    if written + hours > MOST_HOURS_A_DAY:
        raise SourceIncomplete(
            _("Untuk hari itu sudah tercatat %(hours)s jam; jumlahnya paling banyak 24. Periksa harinya.")
            % {"hours": floatformat(written, -2)}
        )


@action(Permission.SOURCE_EDIT)
def strike_hours(hours: HoursGiven, /, *, by: User, reason: str) -> HoursGiven:
    """Take a wrong row out of the totals; it stays, struck. Raises SourceIncomplete."""
    struck: HoursGiven = _struck(hours, reason)
    return struck


def _struck(row: Any, reason: str) -> Any:
    if reason not in StrikeReason.values:
        raise SourceIncomplete(_("Pilih alasannya dari daftar."))
    if not row.struck_because:
        row.struck_because = reason
        row.save(update_fields=["struck_because"])
    return row
