"""Requests for help: taken in from anybody, without an account; erased when they are no longer needed."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import Machine, action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import Refusal, fitting
from simpul.access.secrets import sealed_fields
from simpul.catalogue import services as catalogue
from simpul.places.models import PROVINCE_SIGNS
from simpul.referrals.models import HelpRequest, RequestStep
from simpul.referrals.queries.incoming import (
    LONGEST_LINE,
    LONGEST_WORDS,
    hours_to_answer,
    is_urgent,
    mark_of,
    may_be_erased,
    short_of,
)
from simpul.referrals.stages import Agreed, ForWhom, RequestState, SafeWay


@action(Permission.REQUEST_MAKE)
def ask_for_help(
    where: Where,
    /,
    *,
    by: Machine,
    key: UUID,
    at: datetime,
    code: str,
    for_whom: str,
    situations: Sequence[str],
    emergency: str = "",
    agreed: str = "",
    name: str = "",
    phone: str = "",
    safe_ways: Sequence[str] = (),
    safe_words: str = "",
    words: str = "",
    from_body: str = "",
) -> HelpRequest:
    """Take in a request for `where`: the region of the need, and the body on duty or none for the area's office.

    The sender keeps `code`; here only its mark stays. A repeated key gives the same request, unless other words
    come with it. Raises Refusal where the situation or, of a body, its name is missing.
    """
    said = fitting(words, _("Cerita Anda"), LONGEST_WORDS)
    repeated: HelpRequest | None = HelpRequest.objects.filter(pk=key).first()
    if repeated is not None:
        _require_same(repeated, said, phone)
        return repeated
    whom, known = ForWhom(for_whom), [one for one in dict.fromkeys(situations) if catalogue.situation(one)]
    if not known:
        raise Refusal(_("Pilih dahulu apa yang terjadi. Bila tidak ada yang cocok, pilih “Lainnya”."))
    body = fitting(from_body, _("Nama lembaga"), LONGEST_LINE, is_needed=whom is ForWhom.BODY)
    urgent = is_urgent(emergency, known)
    made = HelpRequest(
        pk=key,
        short=short_of(code),
        reference_mark=mark_of(code),
        for_whom=whom,
        situations=known,
        emergency=emergency if emergency in ("yes", "no") else "",
        is_urgent=urgent,
        agreed=Agreed(agreed) if agreed and whom is not ForWhom.SELF else "",
        region=where.region,
        province=where.region[:PROVINCE_SIGNS],
        organisation=where.organisation,
        safe_ways=[one for one in SafeWay.values if one in safe_ways],
        from_body=body if whom is ForWhom.BODY else "",
        state_since=at,
        answer_by=at + timedelta(hours=hours_to_answer(urgent=urgent)),
        at=at,
    )
    made.words = said or None
    made.name = fitting(name, _("Nama"), LONGEST_LINE) or None
    made.phone = fitting(phone, _("Cara menghubungi"), LONGEST_LINE) or None
    made.safe_words = fitting(safe_words, _("Pesan untuk petugas"), LONGEST_LINE) or None
    made.save(force_insert=True)
    RequestStep.objects.create(request=made, state=RequestState.NEW, at=at)
    return made


def _require_same(made: HelpRequest, words: str, phone: str) -> None:
    if (made.words or "", made.phone or "") != (words, phone.strip()):
        raise Refusal(
            _(
                "Permintaan dari halaman ini sudah terkirim. Salin tulisan Anda, lalu buka halaman permintaan yang baru untuk menambahkannya."
            )
        )


@action(Permission.REQUEST_DUTY)
def erase_request(request: HelpRequest, /, *, by: User, on: date, at: datetime) -> HelpRequest:
    """Destroy what a request says once its time to keep is over. Its place, kind and dates still count.

    Pressed twice it is erased once. Raises Refusal before its time.
    """
    current: HelpRequest = HelpRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if current.erased_at is not None:
        return current
    if not may_be_erased(current, on):
        raise Refusal(
            _("Permintaan ini masih perlu disimpan. Isinya dapat dihapus setelah masa simpannya habis.")
        )
    for field in sealed_fields(HelpRequest):
        setattr(current, field, None)
    current.from_body, current.safe_ways = "", []
    # The sender's number opens nothing any more either.
    current.reference_mark = secrets.token_hex(16)
    current.erased_at, current.version = at, current.version + 1
    current.save()
    for step in RequestStep.objects.filter(request=current).exclude(words_sealed=None):
        step.words = None
        step.save(update_fields=["words_sealed"])
    return current
