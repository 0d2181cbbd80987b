"""Judging how able network and providers are: at the start, on the way, and at the evaluation."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal, fitting
from simpul.access.rows import made_before
from simpul.cases.models import Case, Moment, SupportReview
from simpul.cases.queries.locks import locked_case
from simpul.cases.queries.support import LONGEST_WORDS, may_still_be_judged
from simpul.catalogue import casework
from simpul.people.queries import require_not_limited
from simpul.screening.queries import require_basis


@action(Permission.CASE_ASSESS)
def review_support(
    case: Case,
    /,
    *,
    by: User,
    key: UUID,
    on: date,
    at: datetime,
    moment: str,
    network: int | None,
    providers: int | None,
    network_words: str = "",
    providers_words: str = "",
    seen_on: date | None = None,
) -> SupportReview:
    """Keep one judgement of both sides, on a day (`seen_on`, today without it); None is "not known".

    What is called the start cannot be added once the evaluation was judged. A case that ended beside the way may
    be judged until its evaluation is complete. A repeated key gives the same row. Raises ConsentNeeded without
    a legal basis.
    """
    current, day = locked_case(case), seen_on or on
    if repeated := made_before(SupportReview, key, case_id=case.pk):
        return repeated
    _require_time(current, moment, day, on)
    for code, level in (("network", network), ("providers", providers)):
        _require_level(code, level)
    row = SupportReview(pk=key, case=current, on=day, moment=moment, at=at, by=by.pk, by_name=str(by))
    row.network, row.providers = network, providers
    row.network_words = fitting(network_words, _("Keterangan tentang jejaring"), LONGEST_WORDS) or None
    row.providers_words = fitting(providers_words, _("Keterangan tentang penyedia"), LONGEST_WORDS) or None
    row.save(force_insert=True)
    return row


def _require_time(case: Case, moment: str, day: date, on: date) -> None:
    require_not_limited(case.person_id)
    if not may_still_be_judged(case):
        raise Refusal(_("Evaluasi kasus ini sudah selesai, jadi tidak ada yang ditambahkan lagi."))
    require_basis(case.person, on)
    if moment not in Moment.values:
        raise Refusal(_("Pilih untuk saat apa penilaian ini."))
    if not case.opened_on <= day <= on:
        raise Refusal(_("Tanggal penilaian terletak antara hari kasus dibuka dan hari ini."))
    evaluated = SupportReview.objects.filter(case=case, moment=Moment.FINAL)
    if moment == Moment.BASELINE and evaluated.exists():
        raise Refusal(
            _("Saat evaluasi sudah dinilai, jadi keadaan awal tidak ditambahkan lagi. Pilih saat yang lain.")
        )


def _require_level(code: str, level: int | None) -> None:
    asked = next(aspect for aspect in casework.support_aspects() if aspect.code == code)
    if level is not None and level not in {known.value for known in asked.levels}:
        raise Refusal(_("Pilih satu tingkat, atau “belum diketahui”."))
