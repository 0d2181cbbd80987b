"""Public numbers: prepared in the background, looked at, published by hand, withdrawn; never changed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access import chain
from simpul.access.gate import action
from simpul.access.jobs import begin
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import Refusal, fitting
from simpul.access.rows import current, made_before, written
from simpul.recaps.models import Release
from simpul.recaps.queries.public_preparing import (
    LEVELS,
    Prepared,
    earlier_of,
    is_over,
    overlapping,
    register_of_month,
)

PREPARE = "recaps.release"


@action(Permission.NUMBERS_PREPARE)
def prepare_release(where: Where, /, *, by: User, key: UUID, at: datetime, period: str) -> Release:
    """Have the numbers of an area and a month prepared. Nothing is published by it.

    Raises Refusal where there can be none: another level of area, a month without a register or that is not over, an
    area within or around one that was published before (both together would tell what each hides), or one that is out
    already.
    """
    if made := made_before(Release, key, region=where.region, period=period):
        return made
    if len(where.region) not in LEVELS:
        raise Refusal(_("Angka publik dibuat untuk satu provinsi, kabupaten atau kota. Pilih salah satunya."))
    if register_of_month(period) is None:
        raise Refusal(_("Tidak ada register yang disimpan dari bulan itu. Pilih dari daftar."))
    _require_over(period, at)
    if other := overlapping(where.region):
        raise Refusal(
            _(
                "Wilayah %(area)s sudah punya angka publik. Wilayah di dalam atau di sekelilingnya tidak diterbitkan sendiri: dari keduanya bersama angka kecil dapat dihitung."
            )
            % {"area": other.region}
        )
    _require_not_out(where.region, period)
    row = Release(id=key, region=where.region, period=period, **written(by, at))
    row.save(force_insert=True)
    begin(PREPARE, about=row.pk, by=by, at=at)
    return row


def _require_over(period: str, at: datetime) -> None:
    """What still changes is no number of that month."""
    if not is_over(period, timezone.localdate(at)):
        raise Refusal(
            _("Bulan itu belum berakhir, jadi angkanya masih berubah. Pilih bulan yang sudah lewat.")
        )


def _require_not_out(region: str, period: str) -> None:
    if Release.objects.shown().filter(region=region, period=period).exists():
        raise Refusal(_("Angka wilayah itu untuk bulan itu sudah terbit. Cabut dahulu bila keliru."))


@action(Permission.NUMBERS_PREPARE)
def keep_prepared(release: Release, /, *, by: User, made: Prepared) -> Release:
    """What the background job made of it; once only."""
    row = current(release)
    if row.mark or row.dropped_at:
        return row
    row.on, row.edition, row.numbers, row.mark = made.on, made.edition, made.numbers, made.mark
    row.workings, row.beside = made.workings, made.beside
    row.save(update_fields=["on", "edition", "numbers", "mark", "workings_sealed", "beside"])
    return row


@action(Permission.NUMBERS_PUBLISH)
def publish(release: Release, /, *, by: User, at: datetime, seen: str) -> Release:
    """Everybody may read it from now on. `seen` is the mark of the numbers that were looked at.

    Raises Refusal for who prepared it, and where these are not ready, are others, or another release came between.
    """
    # Two that are published at the same moment would each not know of the other.
    chain.one_at_a_time()
    row = current(release)
    if row.published_at and row.mark == seen:
        return row
    if row.by == by.pk:
        raise Refusal(
            _("Angka ini Anda siapkan sendiri. Mintalah orang kedua memeriksa lalu menerbitkannya.")
        )
    if not row.mark or row.dropped_at:
        raise Refusal(_("Angka ini belum selesai disiapkan, atau sudah dibuang."))
    if row.mark != seen:
        raise Refusal(_("Angka ini bukan yang Anda periksa. Buka lagi halamannya."))
    _require_over(row.period, at)
    if [str(one.pk) for one in earlier_of(row.region)] != row.workings["earlier"] or overlapping(row.region):
        raise Refusal(
            _(
                "Sesudah angka ini disiapkan, angka lain terbit. Siapkan lagi agar keduanya bersama tetap aman."
            )
        )
    _require_not_out(row.region, row.period)
    row.published_at, row.published_by, row.published_by_name = at, by.pk, str(by)
    try:
        with transaction.atomic():
            row.save(update_fields=["published_at", "published_by", "published_by_name"])
    except IntegrityError:
        raise Refusal(
            _("Angka wilayah itu untuk bulan itu sudah terbit. Cabut dahulu bila keliru.")
        ) from None
    return row


@action(Permission.NUMBERS_PUBLISH)
def withdraw_release(release: Release, /, *, by: User, at: datetime, because: str) -> Release:
    """It is shown to nobody any more; that it was, and why it is not, stays and is told to everybody who asks for it."""
    words = fitting(because, _("Alasan"), 300, is_needed=True)
    row = current(release)
    if row.published_at is None:
        raise Refusal(_("Angka ini belum terbit."))
    if row.withdrawn_at is None:
        row.withdrawn_at, row.withdrawn_by_name, row.withdrawn_because = at, str(by), words
        row.save(update_fields=["withdrawn_at", "withdrawn_by_name", "withdrawn_because"])
    return row


@action(Permission.NUMBERS_PREPARE)
def drop_release(release: Release, /, *, by: User, at: datetime) -> Release:
    """What was prepared is not published; its numbers and workings are emptied."""
    row = current(release)
    if row.published_at:
        raise Refusal(_("Angka ini sudah terbit. Yang terbit dicabut, tidak dibuang."))
    row.dropped_at, row.numbers, row.workings = at, None, None
    row.save(update_fields=["dropped_at", "numbers", "workings_sealed"])
    return row
