"""Noting that the service agreement was made with the client."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal, fitting
from simpul.access.rows import made_before
from simpul.cases.models import Agreement, Case
from simpul.cases.queries.agreements import LONGEST_NAME, LONGEST_WORDS
from simpul.cases.queries.case import require_not_far, require_ready
from simpul.cases.queries.locks import locked_case
from simpul.people.models import Capacity, Mode


@action(Permission.CASE_PLAN)
def make_agreement(
    case: Case,
    /,
    *,
    by: User,
    key: UUID,
    on: date,
    at: datetime,
    capacity: str,
    mode: str,
    signer: str = "",
    witness: str = "",
    words: str = "",
    made_on: date | None = None,
    review_on: date | None = None,
) -> Agreement:
    """Keep that what both sides promise was agreed on, by whom and how. A repeated key gives the same row.

    `signer` is needed where another than the client agreed. Raises ConsentNeeded without a legal basis, Refusal
    for a day that cannot be.
    """
    current, day = locked_case(case), made_on or on
    if repeated := made_before(Agreement, key, case_id=case.pk):
        return repeated
    require_ready(current, on)
    _require_days(current, day, review_on, on)
    if capacity not in Capacity.values or mode not in Mode.values:
        raise Refusal(_("Pilih siapa yang menyetujui dan bagaimana, dari daftarnya."))
    row = Agreement(pk=key, case=current, on=day, at=at, by=by.pk, by_name=str(by))
    row.capacity, row.mode, row.review_on = capacity, mode, review_on
    by_another = capacity in (Capacity.PARENT, Capacity.GUARDIAN)
    row.signer = fitting(signer, _("Nama yang menyetujui"), LONGEST_NAME, is_needed=by_another) or None
    row.witness = fitting(witness, _("Nama saksi"), LONGEST_NAME) or None
    row.words = fitting(words, _("Yang disepakati di luar naskah"), LONGEST_WORDS) or None
    row.save(force_insert=True)
    return row


def _require_days(case: Case, day: date, review_on: date | None, on: date) -> None:
    if not case.opened_on <= day <= on:
        raise Refusal(_("Hari kesepakatan terletak antara hari kasus dibuka dan hari ini."))
    if review_on is not None and review_on <= day:
        raise Refusal(_("Hari untuk melihat lagi kesepakatan harus sesudah hari kesepakatan dibuat."))
    require_not_far(review_on, on)
