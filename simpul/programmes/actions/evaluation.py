"""What happens with evaluations: run, declared final, and extracts for research that leave without names."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.access import jobs
from simpul.access.gate import action
from simpul.access.models import Job, User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.refusal import Refusal, fitting
from simpul.access.rows import current, made_before, written
from simpul.engines.statistics import evaluate
from simpul.engines.statistics.evaluation import Progress
from simpul.programmes.models import Evaluation, Extract, Programme
from simpul.programmes.queries.evaluation import is_current, runs_of
from simpul.programmes.queries.evaluation_closeness import is_close_to_any, marks_of
from simpul.programmes.queries.evaluation_data import gather, require_enough
from simpul.programmes.queries.evaluation_extract import extract_of
from simpul.programmes.queries.evaluation_record import record_of

EVALUATE = "programmes.evaluate"
_CLOSE = gettext_lazy(
    "Datanya berbeda pada kurang dari %(smallest)d orang dari evaluasi yang sudah dapat dibaca. Dari selisih keduanya nilai satu orang dapat dihitung, jadi hasil ini hanya untuk pengelola program."
)


@action(Permission.PROGRAMME_EVALUATE)
def run(
    programme: Programme,
    /,
    *,
    by: User,
    key: UUID,
    on: date,
    at: datetime,
    progress: Progress | None = None,
) -> Evaluation:
    """Evaluate what there is now. Sent twice, or with data that did not change, it is the run that is there already.

    A run too close to one that readers hold is for who runs the programme alone. Raises Refusal where there is too
    little to evaluate, and for anybody else who asks for such a run.
    """
    if repeated := made_before(Evaluation, key, programme=programme):
        return repeated
    row = current(programme)
    gathered = gather(row, _half(progress, 0))
    runs, may_manage = runs_of(row), is_within_reach(row, by, Permission.PROGRAMME_MANAGE)
    newest = runs.first()
    if newest is not None and newest.digest == gathered.digest and (may_manage or not newest.is_inner):
        return newest
    marks = marks_of(gathered)
    is_inner = is_close_to_any(marks, runs.filter(is_inner=False), gathered.smallest)
    if is_inner and not may_manage:
        raise Refusal(_CLOSE % {"smallest": gathered.smallest})
    made = Evaluation(
        pk=key,
        programme=row,
        on=on,
        digest=gathered.digest,
        settings={"parts": dict(gathered.digests), "waves": list(row.waves), "smallest": gathered.smallest},
        result=record_of(gathered, evaluate(gathered.study, progress=_half(progress, 1))),
        is_inner=is_inner,
        marks=marks,
        **written(by, at),
    )
    made.save(force_insert=True)
    return made


def _half(progress: Progress | None, which: int) -> Progress | None:
    """Reading the sheets is the first half of the work, computing the second."""
    if progress is None:
        return None
    return lambda done, total: progress(which * total + done, 2 * total)


@action(Permission.PROGRAMME_EVALUATE)
def run_later(programme: Programme, /, *, by: User, at: datetime) -> Job:
    """The same beside the server, for many sheets; the run that waits or goes on already where there is one.

    Raises Refusal where there is too little to evaluate.
    """
    require_enough(programme)
    return jobs.begin(EVALUATE, about=programme.pk, by=by, at=at)


@action(Permission.PROGRAMME_MANAGE)
def make_final(evaluation: Evaluation, /, *, by: User) -> Evaluation:
    """This run is the result of the programme; another that was final before is no longer.

    Raises Refusal where the data have changed since.
    """
    current(evaluation.programme)
    if not is_current(evaluation):
        raise Refusal(
            _("Data sudah berubah sejak evaluasi ini. Jalankan evaluasi lagi, lalu tetapkan yang baru.")
        )
    Evaluation.objects.filter(programme=evaluation.programme, is_final=True).exclude(pk=evaluation.pk).update(
        is_final=False
    )
    evaluation.is_final = True
    evaluation.save(update_fields=["is_final"])
    return evaluation


@action(Permission.PROGRAMME_EVALUATE)
def record_extract(
    programme: Programme,
    /,
    *,
    by: User,
    key: UUID,
    on: date,
    at: datetime,
    purpose: str,
    for_whom: str,
) -> Extract:
    """That an extract is made, for what and for whom; before it leaves. Sent twice it is one.

    Raises Refusal where too few people answered for anybody to stay unknown, and where its data are not those of a run
    that readers may hold: else the difference would tell one person's rows.
    """
    if repeated := made_before(Extract, key, programme=programme, purpose=purpose, for_whom=for_whom):
        return repeated
    told = fitting(purpose, _("Tujuan"), 300, is_needed=True)
    whom = fitting(for_whom, _("Untuk siapa"), 200, is_needed=True)
    row = current(programme)
    _require_open(row)
    made = Extract(
        pk=key,
        programme=row,
        on=on,
        purpose=told,
        for_whom=whom,
        digest=extract_of(row).digest,
        **written(by, at),
    )
    made.save(force_insert=True)
    return made


def _require_open(programme: Programme) -> None:
    gathered = gather(programme)
    same = runs_of(programme).filter(digest=gathered.digest)
    if not same.exists():
        raise Refusal(_("Jalankan evaluasi dulu: ekstrak memuat data yang sama dengan evaluasi terbaru."))
    if not same.filter(is_inner=False).exists():
        raise Refusal(_CLOSE % {"smallest": gathered.smallest})
