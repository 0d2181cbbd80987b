"""What recaps do in the background: preparing public numbers, which takes too long for a page."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from simpul.access.gate import require
from simpul.access.jobs import Progress, task
from simpul.access.models import Job
from simpul.access.permissions import Permission
from simpul.access.refusal import NotAllowed
from simpul.recaps.actions.publishing import PREPARE, keep_prepared
from simpul.recaps.models import Release
from simpul.recaps.queries.public_preparing import prepared


@task(PREPARE, says=gettext_lazy("Menyiapkan angka publik"))
def release(job: Job, progress: Progress) -> str:
    """Count, hide and prove, with the rights that who asked has now. Nothing holds the database meanwhile."""
    row, by = Release.objects.get(pk__in=[job.about]), job.wanted_by_user()
    if by is None:
        raise NotAllowed
    require(by, Permission.NUMBERS_PREPARE, row)
    if row.mark or row.dropped_at:
        return _("Sudah disiapkan.")
    made = prepared(row, by)
    keep_prepared(row, by=by, made=made)
    number = len(made.workings["hidden"])
    return ngettext(
        "Siap diperiksa: %(number)s angka disembunyikan.",
        "Siap diperiksa: %(number)s angka disembunyikan.",
        number,
    ) % {"number": number}
