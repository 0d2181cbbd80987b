"""What an office notes about a body: a flag is raised with its words, and lifted with a reason."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal, fitting
from simpul.access.rows import made_before
from simpul.organisations.models import Flag, Organisation
from simpul.organisations.queries.belonging import require_outsider
from simpul.organisations.queries.changes import locked
from simpul.organisations.queries.oversight_flags import may_lift, office_of
from simpul.organisations.stages import FlagKind

_LONGEST = 4000


@action(Permission.ORGANISATION_VERIFY)
def raise_flag(
    organisation: Organisation,
    /,
    *,
    by: User,
    key: UUID,
    on: date,
    at: datetime,
    kind: str,
    words: str,
    since: date | None = None,
    until: date | None = None,
) -> Flag:
    """A warning, a stop or a complaint upheld, from `since` (or today) to `until`, both included.

    Pressed twice it is one. Raises Refusal without words, or for days that cannot be.
    """
    locked(organisation)
    require_outsider(organisation.pk, by)
    if repeated := made_before(Flag, key, organisation_id=organisation.pk):
        return repeated
    begins = since or on
    if kind not in FlagKind.values:
        raise Refusal(_("Pilih jenis catatan dari daftar."))
    if begins > on:
        raise Refusal(_("Catatan tidak boleh mulai sesudah hari ini. Periksa tanggalnya."))
    if until is not None and until < begins:
        raise Refusal(_("Hari berakhirnya tidak boleh sebelum hari mulainya. Periksa tanggalnya."))
    flag = Flag(pk=key, organisation=organisation, kind=kind, on=begins, until=until, at=at)
    flag.words = fitting(words, _("Isi catatan"), _LONGEST, is_needed=True)
    flag.by, flag.by_name, flag.office = by.pk, str(by), office_of(organisation, by)
    flag.save(force_insert=True)
    return flag


@action(Permission.ORGANISATION_VERIFY)
def lift_flag(flag: Flag, /, *, by: User, on: date, words: str) -> Flag:
    """It stands no more from this day on; what it said stays. Pressed twice it is lifted once.

    `words` say why. They may name people, so the record, which is for ever, does not take them in. Raises Refusal
    for another office than that which raised it.
    """
    locked(flag.organisation)
    require_outsider(flag.organisation_id, by)
    if not may_lift(flag, by, on):
        raise Refusal(_("Catatan ini dibuat kantor lain. Mintalah petugas kantor itu mencabutnya."))
    current: Flag = Flag.objects.select_for_update(of=("self",)).get(pk=flag.pk)
    if current.lifted_on is not None:
        return current
    current.lifted_because = fitting(words, _("Alasan"), _LONGEST, is_needed=True)
    current.lifted_on, current.lifted_by_name = on, str(by)
    current.save()
    return current
