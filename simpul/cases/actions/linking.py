"""Noting what was done to prepare a client for a service."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal, fitting
from simpul.access.rows import made_before
from simpul.cases.models import Company, PlanState, PlanStep, Preparation, StepState
from simpul.cases.queries.case import require_ready
from simpul.cases.queries.linking import LONGEST_WORDS, PARTS
from simpul.cases.queries.locks import locked_row

_GIVEN_UP = (StepState.NO_SERVICE, StepState.DROPPED)


@action(Permission.CASE_PLAN)
def prepare_client(
    step: PlanStep,
    /,
    *,
    by: User,
    key: UUID,
    on: date,
    at: datetime,
    prepared_on: date | None = None,
    informed: str = "",
    difficulties: str = "",
    practised: str = "",
    company: str = "",
    company_words: str = "",
) -> Preparation:
    """Keep what was done on a day (`prepared_on`, today without it) to prepare the client for this step.

    One of the four parts is enough; a step that was given up needs none. A repeated key gives the same row.
    Raises ConsentNeeded without a legal basis.
    """
    current, day = locked_row(step, "plan"), prepared_on or on
    if repeated := made_before(Preparation, key, case_id=step.case_id):
        return repeated
    require_ready(current.case, on)
    _require_time(current, day, on)
    if company and company not in Company.values:
        raise Refusal(_("Pilih siapa yang menemani, dari daftarnya."))
    row = Preparation(pk=key, case=current.case, step=current, on=day, at=at, by=by.pk, by_name=str(by))
    row.informed = _told(informed, "informed")
    row.difficulties = _told(difficulties, "difficulties")
    row.practised = _told(practised, "practised")
    row.company, row.company_words = company, _told(company_words, "company")
    if row.company_words and not company:
        raise Refusal(_("Pilih juga siapa yang menemani."))
    if not (row.informed or row.difficulties or row.practised or company):
        raise Refusal(
            _(
                "Isi paling sedikit satu: yang dijelaskan, yang mungkin sulit, yang dilatih, atau siapa yang menemani."
            )
        )
    row.save(force_insert=True)
    return row


def _told(words: str, part: str) -> str | None:
    return fitting(words, str(PARTS[part]), LONGEST_WORDS) or None


def _require_time(step: PlanStep, day: date, on: date) -> None:
    if step.plan.state == PlanState.REPLACED:
        raise Refusal(_("Versi rencana ini sudah diganti. Buka langkahnya di versi yang berlaku."))
    if step.state in _GIVEN_UP:
        raise Refusal(_("Langkah ini tidak jadi atau belum menemukan layanan. Ubah dahulu keadaannya."))
    if not step.case.opened_on <= day <= on:
        raise Refusal(_("Tanggal persiapan terletak antara hari kasus dibuka dan hari ini."))
