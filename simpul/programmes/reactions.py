"""Long work of programmes: an evaluation of many sheets, done beside the server."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.access.jobs import Progress, task
from simpul.access.models import Job
from simpul.access.refusal import NotAllowed
from simpul.programmes.actions.evaluation import EVALUATE, run
from simpul.programmes.models import Programme


@task(EVALUATE, says=gettext_lazy("Menghitung evaluasi"))
def evaluate_later(job: Job, progress: Progress) -> str:
    """With the rights of who asked, as they are now. Begun again it is one run: the job's key is the run's."""
    by = job.wanted_by_user()
    if by is None or job.about is None:
        raise NotAllowed
    programme = Programme.objects.get(pk=job.about)
    made = run(programme, by=by, key=job.pk, on=timezone.localdate(), at=timezone.now(), progress=progress)
    return (
        _("Evaluasi selesai.") if made.pk == job.pk else _("Data belum berubah sejak evaluasi yang terakhir.")
    )
