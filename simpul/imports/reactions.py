"""The long work of imports: a file is tried, loaded or undone while its owner does something else."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from simpul.access.gate import THE_MACHINE
from simpul.access.jobs import Progress, task
from simpul.access.models import Job, User
from simpul.access.refusal import NotAllowed
from simpul.catalogue.nightly import nights
from simpul.imports import actions
from simpul.imports.models import Batch
from simpul.imports.queries.planning import Plan, picture_of, plan_of
from simpul.imports.stages import Fate, State

# Where others register the same people at the same moment, the file is looked through so often anew.
_TRIES = 3
DESTROY = "imports.destroy"


@task(actions.TRY, says=gettext_lazy("Memeriksa berkas"))
def try_out(job: Job, progress: Progress) -> str:
    """See what a file would do, and keep the picture."""
    tried(_batch(job), _by(job), progress)
    return ""


def tried(batch: Batch, by: User, progress: Progress) -> Batch:
    """The file with the picture of what it would do."""
    plan = planned(batch, by, progress)
    held: Batch = actions.keep_picture(
        batch,
        by=by,
        version=batch.version,
        counts=plan.counts,
        picture=picture_of(plan, batch.picture or {}),
        refused=plan.refused,
        at=timezone.now(),
    )
    return held


@task(actions.RUN, says=gettext_lazy("Memuat berkas"))
def run(job: Job, progress: Progress) -> str:
    """Load a file, all of it or nothing. Killed, it begins again from the start; done, it stays done."""
    batch, by = _batch(job), _by(job)
    for left in reversed(range(_TRIES)):
        if batch.state == State.DONE:
            break
        plan = planned(batch, by, progress)
        try:
            batch = load(batch, plan, by, progress)
        except actions.Moved:
            if not left:
                raise
    count = batch.count(Fate.NEW)
    words = ngettext("%(count)s baris baru dimuat.", "%(count)s baris baru dimuat.", count)
    return words % {"count": localize(count)}


def load(batch: Batch, plan: Plan, by: User, progress: Progress) -> Batch:
    """What a plan says is written now."""
    now = timezone.now()
    loaded: Batch = actions.run(
        batch,
        by=by,
        plan=plan,
        version=batch.version,
        on=timezone.localdate(now),
        at=now,
        progress=progress,
    )
    return loaded


@task(actions.UNDO, says=gettext_lazy("Mengurungkan impor"))
def undo(job: Job, progress: Progress) -> str:
    """Take back what a file made."""
    actions.undo(_batch(job), by=_by(job), at=timezone.now(), progress=progress)
    return _("Impor ini sudah diurungkan.")


@task(DESTROY, says=gettext_lazy("Menghancurkan berkas lama"), nightly_at=nights().hours[DESTROY])
def destroy(job: Job, progress: Progress) -> str:
    """Files whose days are over go; each night."""
    now = timezone.now()
    due = Batch.objects.filter(keep_until__lt=timezone.localdate(now), removed_at=None)
    for batch in due.exclude(file_key_sealed=None):
        actions.destroy_file(batch, by=THE_MACHINE, at=now)
    return ""


def planned(batch: Batch, by: User, progress: Progress) -> Plan:
    """What the file would do today."""
    return plan_of(batch, by, timezone.localdate(), progress)


def _batch(job: Job) -> Any:
    return Batch.objects.get(pk=str(job.about))


def _by(job: Job) -> User:
    by = job.wanted_by_user()
    if by is None:
        raise NotAllowed
    return by
