"""What happens to recaps: they leave as files, they are asked for, they are handed in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import Refusal, fitting
from simpul.access.rows import current, made_before
from simpul.recaps.facts import Recap
from simpul.recaps.models import Delivery, Due
from simpul.recaps.queries.kept import as_kept, mark_of
from simpul.recaps.stages import Every, From


class NotDelivered(Refusal):
    """The recap cannot be handed in as it is."""


class DueTwice(Refusal):
    """The same is asked for already."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Rekap itu sudah diminta untuk wilayah dan jangka yang sama. Cabut dahulu permintaan yang lama."
            )
        )


@action(Permission.RECAP_EXPORT, tells=("recap", "form", "asked"))
def take_out(_where: Where, /, *, by: User, recap: str, form: str, asked: str) -> None:
    """Record that a recap leaves the office: which, in which form, for which area and days."""


@action(Permission.RECAP_DELIVER, tells=("recap", "every", "days"))
def ask_for(
    where: Where,
    /,
    *,
    by: User,
    key: UUID,
    recap: str,
    every: str,
    days: int,
    asked_from: str,
    first: date,
    at: datetime,
    note: str = "",
) -> Due:
    """An office wants a recap every month, quarter, half-year or year, so many days after its end."""
    told = {"region": where.region, "code": recap, "every": Every(every), "asked_from": From(asked_from)}
    if made := made_before(Due, key, **told):
        return made
    due = Due(id=key, days=days, first=first, note=note, made_at=at, made_by_name=str(by), **told)
    try:
        with transaction.atomic():
            due.save(force_insert=True)
    except IntegrityError:
        raise DueTwice from None
    return due


@action(Permission.RECAP_DELIVER)
def ask_no_more(due: Due, /, *, by: User, at: datetime) -> Due:
    """From now on it is not asked for; what was handed in stays."""
    row = current(due)
    row.withdrawn_at, row.withdrawn_by_name = at, str(by)
    row.save(update_fields=["withdrawn_at", "withdrawn_by_name"])
    return row


@action(Permission.RECAP_DELIVER, tells=("key",))
def deliver(
    where: Where, /, *, by: User, key: UUID, recap: Recap, at: datetime, note: str = "", seen: str = ""
) -> Delivery:
    """Hand in a recap for its period: the numbers are kept as they are now.

    A second one for the same period replaces the first, which stays; with the same numbers and note it is no second
    one, and the first is given. `seen` is the mark of the numbers that were looked at. Raises NotDelivered for a recap that says that something is missing, for a period that is not over,
    and for numbers that changed since they were looked at.
    """
    told = {"code": recap.code, "since": recap.asked.since, "until": recap.asked.until}
    if made := made_before(Delivery, key, **told, organisation=where.organisation):
        return made
    if recap.limits:
        raise NotDelivered(_("Rekap ini belum dapat diserahkan: %(why)s") % {"why": " ".join(recap.limits)})
    if recap.asked.until >= timezone.localdate(at):
        raise NotDelivered(_("Jangka itu belum berakhir. Serahkan sesudah harinya lewat."))
    numbers = as_kept(recap)
    mark = mark_of(numbers)
    if seen and seen != mark:
        raise NotDelivered(_("Angkanya berubah sejak Anda membukanya. Periksa lagi, lalu serahkan."))
    earlier, words = _of_period(where, told), fitting(note, _("Catatan"), 1000)
    if earlier and (earlier.digest, earlier.note) == (mark, words):
        return earlier
    delivery = Delivery(
        id=key,
        **told,
        organisation=where.organisation,
        region=where.region,
        numbers=numbers,
        digest=mark,
        note=words,
        replaces=earlier,
        at=at,
        by=by.pk,
        by_name=str(by),
    )
    delivery.save(force_insert=True)
    return delivery


def _of_period(where: Where, told: dict[str, Any]) -> Delivery | None:
    rows = Delivery.objects.filter(**told, organisation=where.organisation, replaced_by=None)
    if where.organisation is None:
        rows = rows.filter(region=where.region)
    return rows.select_for_update(of=("self",)).order_by("-at").first()
