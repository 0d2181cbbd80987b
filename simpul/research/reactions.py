"""What is done in the background for research: measuring, making, and destroying what is over."""

from __future__ import annotations

from datetime import time

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from simpul.access.gate import THE_MACHINE, require
from simpul.access.jobs import Progress, task
from simpul.access.models import Job, User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import NotAllowed, Refusal
from simpul.research.actions.extracts import (
    MAKE,
    MEASURE,
    destroy_expired,
    give_up,
    give_up_lost,
    keep_made,
    keep_measured,
)
from simpul.research.models import Extract
from simpul.research.queries.files import archive
from simpul.research.queries.rows import made_of
from simpul.research.stages import Stage

AT_NIGHT = time(0, 30)


@task(MEASURE, says=gettext_lazy("Mengukur apakah orang dapat dikenali"))
def measure(job: Job, progress: Progress) -> str:
    """How like each other people in the file would be. Nothing of the rows is kept."""
    try:
        row, by = _of(job, Permission.EXTRACT_ASK)
    except NotAllowed:
        return _given_up(job, Stage.MEASURING) or _("Sudah diukur.")
    if row.stage != Stage.MEASURING:
        return _("Sudah diukur.")
    try:
        standing = made_of(row).standing()
    except Refusal as refusal:
        keep_measured(row, by=by, standing=None, told=str(refusal))
        return str(refusal)
    keep_measured(row, by=by, standing=standing)
    return _("Sudah diukur. Sekarang menunggu persetujuan orang kedua.")


@task(MAKE, says=gettext_lazy("Membuat berkas penelitian"))
def make(job: Job, progress: Progress) -> str:
    """The file, once it was approved, by the rights of who approved it."""
    try:
        row, by = _of(job, Permission.EXTRACT_APPROVE)
    except NotAllowed:
        return _given_up(job, Stage.MAKING) or _("Sudah dibuat.")
    if row.stage != Stage.MAKING:
        return _("Sudah dibuat.")
    on = timezone.localdate(job.wanted_at)
    try:
        made = made_of(row)
        content, standing = archive(row, made), made.standing()
        keep_made(row, by=by, on=on, content=content, count=len(made.rows), standing=standing)
    except Refusal as refusal:
        give_up(row, by=by, told=str(refusal))
        return str(refusal)
    return _("Berkas siap diunduh peminta.")


@task(
    "research.destroy",
    says=gettext_lazy("Menghancurkan berkas penelitian yang lewat waktu"),
    nightly_at=AT_NIGHT,
)
def destroy(job: Job, progress: Progress) -> str:
    """Each night."""
    on = timezone.localdate(job.wanted_at)
    count = destroy_expired(Where(), by=THE_MACHINE, on=on, at=job.wanted_at)
    for stage in (Stage.MEASURING, Stage.MAKING):
        give_up_lost(Where(), by=THE_MACHINE, stage=stage, told=_lost(stage))
    return ngettext("%(count)s berkas dihancurkan.", "%(count)s berkas dihancurkan.", count) % {
        "count": count
    }


def _given_up(job: Job, stage: Stage) -> str:
    """Ends the extract of a job whose wisher lost the right: the sentence, empty where it had gone on already."""
    told = _lost(stage)
    return told if give_up_lost(Where(), by=THE_MACHINE, stage=stage, told=told, about=job.about) else ""


def _lost(stage: Stage) -> str:
    if stage == Stage.MEASURING:
        return _("Berkas ini tidak jadi diukur. Minta lagi bila masih diperlukan.")
    return _("Berkas ini tidak jadi dibuat. Minta lagi, supaya disetujui kembali.")


def _of(job: Job, permission: Permission) -> tuple[Extract, User]:
    """The extract that a job is for, and who wants it with the rights that they have now."""
    row, by = Extract.objects.get(pk__in=[job.about]), job.wanted_by_user()
    if by is None:
        raise NotAllowed
    require(by, permission, row)
    return row, by
