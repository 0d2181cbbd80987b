"""A file for research is asked for, measured, approved by another, made, taken by who asked, and destroyed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from simpul.access.files import destroy, leaves_no_file_behind, opened, path_of, write
from simpul.access.gate import Machine, action
from simpul.access.jobs import begin
from simpul.access.models import Job, User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import NotAllowed, Refusal, fitting
from simpul.access.rows import current, made_before, written
from simpul.access.secrets import fresh_file_key, seal_bytes
from simpul.catalogue.disclosure import rules, variables
from simpul.research.models import Extract, Taking
from simpul.research.queries.files import ZIP
from simpul.research.queries.rows import open_types
from simpul.research.stages import Stage

MEASURE, MAKE = "research.measure", "research.make"
_TASKS = {Stage.MEASURING: MEASURE, Stage.MAKING: MAKE}


@action(Permission.EXTRACT_ASK)
def ask_for_extract(
    where: Where,
    /,
    *,
    by: User,
    key: UUID,
    at: datetime,
    day: date,
    purpose: str,
    for_whom: str,
    columns: Sequence[str],
    kinds: Sequence[str],
) -> Extract:
    """Ask for a file with a purpose. It is measured in the background; nobody can approve it before.

    `kinds` are the types told as 0 and 1. Raises Refusal for what is not on the closed list.
    """
    if made := made_before(Extract, key, region=where.region, on=day, by=by.pk):
        return made
    told = fitting(purpose, _("Tujuan"), 600, is_needed=True)
    whom = fitting(for_whom, _("Untuk siapa"), 200, is_needed=True)
    edition = settings.SIMPUL_EDITION
    known, kinds_known = [one.code for one in variables()], [need.code for need in open_types(edition)]
    if not (columns or kinds) or not {*columns} <= {*known} or not {*kinds} <= {*kinds_known}:
        raise Refusal(_("Pilih paling sedikit satu kolom dari daftar."))
    if len(kinds) > rules().most_types:
        raise Refusal(_("Paling banyak %(most)s jenis dalam satu berkas.") % {"most": rules().most_types})
    row = Extract(
        pk=key,
        region=where.region,
        on=day,
        edition=edition,
        purpose=told,
        for_whom=whom,
        variables=[code for code in known if code in columns],
        types=[code for code in kinds_known if code in kinds],
        **written(by, at),
    )
    row.save(force_insert=True)
    begin(MEASURE, about=row.pk, by=by, at=at)
    return row


@action(Permission.EXTRACT_ASK)
def keep_measured(
    extract: Extract, /, *, by: User, standing: dict[str, Any] | None, told: str = ""
) -> Extract:
    """How like each other people in it would be; None where it cannot be made safe, and `told` says why."""
    row = current(extract)
    if row.stage == Stage.MEASURING:
        row.stage = Stage.WAITING if standing else Stage.IMPOSSIBLE
        row.standing, row.told = standing, told
        row.save(update_fields=["stage", "standing", "told"])
    return row


@action(Permission.EXTRACT_APPROVE)
def approve(extract: Extract, /, *, by: User, at: datetime, words: str = "") -> Extract:
    """A second person answers for it; then it is made. Raises Refusal for one's own, and for what does not wait."""
    row = _decided(extract, by=by, at=at, words=words, stage=Stage.MAKING)
    begin(MAKE, about=row.pk, by=by, at=at)
    return row


@action(Permission.EXTRACT_APPROVE)
def refuse_extract(extract: Extract, /, *, by: User, at: datetime, words: str) -> Extract:
    """It is not made; who asked reads why."""
    return _decided(
        extract, by=by, at=at, words=fitting(words, _("Alasan"), 600, is_needed=True), stage=Stage.REFUSED
    )


def _decided(extract: Extract, *, by: User, at: datetime, words: str, stage: Stage) -> Extract:
    row = current(extract)
    if row.by == by.pk:
        raise Refusal(_("Permintaan Anda sendiri diputuskan orang lain."))
    if row.stage == stage and row.decided_by == by.pk:
        return row
    if row.stage != Stage.WAITING:
        raise Refusal(_("Permintaan ini tidak menunggu keputusan. Buka lagi halamannya."))
    row.stage, row.decided_at, row.decided_by, row.decided_by_name = stage, at, by.pk, str(by)
    row.answer_words = fitting(words, _("Catatan"), 600)
    if stage == Stage.MAKING:
        row.salt = fresh_file_key()
    row.save()
    return row


@leaves_no_file_behind
@action(Permission.EXTRACT_APPROVE)
def keep_made(
    extract: Extract, /, *, by: User, on: date, content: bytes, count: int, standing: dict[str, Any]
) -> Extract:
    """The file, sealed; for so many days. Raises Refusal where people are no longer as they were when it was approved."""
    row = current(extract)
    if row.stage != Stage.MAKING:
        return row
    if standing != row.standing:
        raise Refusal(_("Register hari itu berubah sejak disetujui. Minta dan setujui lagi."))
    row.digest, row.rows, row.until = (
        hashlib.sha256(content).hexdigest(),
        count,
        on + timedelta(days=rules().extract_days),
    )
    row.media_type, row.size, row.stage = ZIP, len(content), Stage.READY
    row.file_key = fresh_file_key()
    write(path_of(row), seal_bytes(content, f"{row._meta.label_lower}.file:{row.pk}", file_key=row.file_key))
    row.save()
    return row


@action(Permission.EXTRACT_APPROVE)
def give_up(extract: Extract, /, *, by: User, told: str) -> Extract:
    """It was approved and cannot be made after all; who asked reads why, and asks anew."""
    row = current(extract)
    if row.stage == Stage.MAKING:
        row.stage, row.told, row.salt = Stage.IMPOSSIBLE, told, None
        row.save(update_fields=["stage", "told", "salt_sealed"])
    return row


@action(Permission.EXTRACT_ASK)
def take_extract(extract: Extract, /, *, by: User, on: date, at: datetime) -> bytes:
    """The file for who asked for it and for nobody else; each time a row. Raises Refusal where its time is over."""
    row = current(extract)
    if row.by != by.pk:
        raise NotAllowed
    if row.stage != Stage.READY or row.until is None or on > row.until:
        raise Refusal(_("Berkas ini belum ada atau waktunya sudah lewat. Minta lagi bila masih diperlukan."))
    Taking.objects.create(extract=row, at=at, by=by.pk, by_name=str(by))
    return opened(row)


@action(Permission.SYSTEM_MANAGE)
def destroy_expired(where: Where, /, *, by: User | Machine, on: date, at: datetime) -> int:
    """Destroys the files whose time is over, and the salts: from then on no key leads back to anybody."""
    count = 0
    for row in Extract.objects.filter(stage=Stage.READY, until__lt=on).select_for_update():
        destroy(row, at=at, by_name=str(by))
        row.salt, row.stage = None, Stage.OVER
        row.save()
        count += 1
    return count


@action(Permission.SYSTEM_MANAGE)
def give_up_lost(
    where: Where, /, *, by: User | Machine, stage: Stage, told: str, about: UUID | None = None
) -> int:
    """Ends what is measured or made by nobody any more; its salt goes.

    `about` is the one whose asker or approver lost the right; without it all for which no job waits or runs.
    """
    rows = Extract.objects.filter(stage=stage)
    if about is None:
        rows = rows.exclude(pk__in=Job.objects.filter(task=_TASKS[stage], state__in=Job.OPEN).values("about"))
    else:
        rows = rows.filter(pk=about)
    count = 0
    for row in rows.select_for_update():
        row.stage, row.told, row.salt = Stage.IMPOSSIBLE, told, None
        row.save(update_fields=["stage", "told", "salt_sealed"])
        count += 1
    return count
