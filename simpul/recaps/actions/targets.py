"""What an office aims at: noted with where it is written."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import Refusal, fitting
from simpul.access.rows import made_before, written
from simpul.recaps.models import Target
from simpul.recaps.queries.standards import services_of


@action(Permission.RECAP_DELIVER, tells=("year", "service", "number"))
def set_target(
    where: Where,
    /,
    *,
    by: User,
    key: UUID,
    at: datetime,
    year: int,
    service: str,
    number: int,
    budget: int | None,
    source: str,
) -> Target:
    """Note a target of the minimum standard; an earlier one of the same year and service stays, and counts no more.

    Raises Refusal for a service for which another office answers, and without a source.
    """
    told = {"region": where.region, "year": year, "service": service, "number": number, "budget": budget}
    if made := made_before(Target, key, **told):
        return made
    if service not in {one.code for one in services_of(where.region)}:
        raise Refusal(_("Layanan itu bukan tanggung jawab kantor wilayah ini. Pilih dari daftar."))
    words = fitting(source, _("Sumber"), 300, is_needed=True)
    row = Target(id=key, source=words, **told, **written(by, at))
    row.save(force_insert=True)
    return row
