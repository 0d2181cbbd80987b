"""Noting that the service agreement was made with the client."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal, fitting
from simpul.access.rows import made_before
from simpul.cases.actions.reminders import Reminder
from simpul.cases.models import Agreement, Case, TaskKind
from simpul.cases.queries.agreements import LONGEST_NAME, LONGEST_WORDS, agreements_of
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

    `signer` is needed where another than the client agreed, and a child never agrees alone. On `review_on` a
    task reminds of it. Raises ConsentNeeded without a legal basis, Refusal for a day that cannot be.
    """
    current, day = locked_case(case), made_on or on
    if repeated := made_before(Agreement, key, case_id=case.pk):
        return repeated
    require_ready(current, on)
    _require_days(current, day, review_on, on)
    if capacity not in Capacity.values or mode not in Mode.values:
        raise Refusal(_("Pilih siapa yang menyetujui dan bagaimana, dari daftarnya."))
    if capacity == Capacity.SELF and current.person.is_child_on(day):
        raise Refusal(_("Untuk seorang anak, orang tua atau walinya ikut menyetujui. Catat siapa orangnya."))
    row = Agreement(pk=key, case=current, on=day, at=at, by=by.pk, by_name=str(by))
    row.capacity, row.mode, row.review_on = capacity, mode, review_on
    by_another = capacity in (Capacity.PARENT, Capacity.GUARDIAN)
    row.signer = fitting(signer, _("Nama yang menyetujui"), LONGEST_NAME, is_needed=by_another) or None
    row.witness = fitting(witness, _("Nama saksi"), LONGEST_NAME) or None
    row.words = fitting(words, _("Yang disepakati di luar naskah"), LONGEST_WORDS) or None
    row.save(force_insert=True)
    _remind_to_look_again(row, by=by, at=at)
    return row


def _remind_to_look_again(row: Agreement, *, by: User, at: datetime) -> None:
    """One task for the agreement in force: a newer one takes the place of what the older one reminded of."""
    if agreements_of(row.case)[0] != row:
        return
    reminder = Reminder(row.case, TaskKind.OWN, uuid5(row.case_id, "agreement"))
    if row.review_on is None:
        reminder.drop(by=by, at=at)
    else:
        words = _("Lihat lagi kesepakatan layanan bersama klien")
        reminder.put(by=by, at=at, due_on=row.review_on, words=words)


def _require_days(case: Case, day: date, review_on: date | None, on: date) -> None:
    if not case.opened_on <= day <= on:
        raise Refusal(_("Hari kesepakatan terletak antara hari kasus dibuka dan hari ini."))
    if review_on is not None and review_on <= day:
        raise Refusal(_("Hari untuk melihat lagi kesepakatan harus sesudah hari kesepakatan dibuat."))
    require_not_far(review_on, on)
