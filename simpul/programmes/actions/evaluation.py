"""What happens with evaluations: run, declared final, and extracts for research that leave without names."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal, fitting
from simpul.access.rows import current, made_before, written
from simpul.engines.statistics import evaluate
from simpul.engines.statistics.evaluation import Progress
from simpul.programmes.models import Evaluation, Extract, Programme
from simpul.programmes.queries.evaluation import is_current, runs_of
from simpul.programmes.queries.evaluation_data import gather
from simpul.programmes.queries.evaluation_extract import extract_of
from simpul.programmes.queries.evaluation_record import record_of


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

    Raises Refusal where there is too little to evaluate.
    """
    if repeated := made_before(Evaluation, key, programme=programme):
        return repeated
    row = current(programme)
    gathered = gather(row)
    newest = runs_of(row).first()
    if newest is not None and newest.digest == gathered.digest:
        return newest
    made = Evaluation(
        pk=key,
        programme=row,
        on=on,
        digest=gathered.digest,
        settings={"parts": dict(gathered.digests), "waves": list(row.waves), "smallest": gathered.smallest},
        result=record_of(gathered, evaluate(gathered.study, progress=progress)),
        **written(by, at),
    )
    made.save(force_insert=True)
    return made


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

    Raises Refusal where too few people answered for anybody to stay unknown.
    """
    if repeated := made_before(Extract, key, programme=programme, purpose=purpose, for_whom=for_whom):
        return repeated
    told = fitting(purpose, _("Tujuan"), 300, is_needed=True)
    whom = fitting(for_whom, _("Untuk siapa"), 200, is_needed=True)
    row = current(programme)
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
