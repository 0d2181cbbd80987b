"""What happens to certificates of taking part: given, and withdrawn. A paper that is out is never changed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal, fitting
from simpul.access.rows import current, written
from simpul.organisations.queries.certificate_numbers import fitting_pattern, fresh_code
from simpul.organisations.queries.certificate_numbers import written as number_by
from simpul.programmes.models import Diploma, Programme
from simpul.programmes.queries.sessions_certificates import Earned, earned, lines_of


@action(Permission.PROGRAMME_MANAGE)
def issue(
    programme: Programme,
    /,
    *,
    by: User,
    on: date,
    at: datetime,
    participants: Collection[UUID],
    pattern: str,
    issuer: str,
    signs: str,
) -> list[Diploma]:
    """Certificates for these people, as their attendance stands. Who has one already keeps that one.

    Raises Refusal where somebody came to no session, or nobody was ticked.
    """
    row = current(programme)
    kept_pattern = fitting_pattern(pattern)
    said_issuer = fitting(issuer, _("Yang menerbitkan"), 200, is_needed=True)
    said_signs = fitting(signs, _("Yang menandatangani"), 200, is_needed=True)
    chosen = [one for one in earned(row) if one.participant.pk in participants and one.diploma is None]
    if not chosen:
        raise Refusal(_("Tandai sekurang-kurangnya satu peserta yang belum punya sertifikat."))
    if absent := [one.participant.code for one in chosen if not one.sessions]:
        raise Refusal(_("Tidak tercatat hadir sama sekali: %s.") % ", ".join(absent))
    number, made = Diploma.objects.filter(programme=row).count(), []
    for one in chosen:
        number += 1
        text = number_by(kept_pattern, number, on, row.region)
        lines = lines_of(row, one, number=text, on=on, signs=said_signs)
        made.append(_issued(one, text, {"issuer": said_issuer, "lines": lines}, by=by, on=on, at=at))
    return made


def _issued(
    one: Earned, number: str, words: dict[str, object], *, by: User, on: date, at: datetime
) -> Diploma:
    row = Diploma(
        programme=one.participant.programme,
        member=one.participant.member,
        participant=one.participant,
        number=number,
        code=fresh_code(),
        hours=one.hours,
        sessions=[str(session.pk) for session in one.sessions],
        on=on,
        **written(by, at),
    )
    row.words = words
    row.save(force_insert=True)
    return row


@action(Permission.PROGRAMME_MANAGE)
def withdraw(diploma: Diploma, /, *, by: User, version: int, on: date, words: str) -> Diploma:
    """It no longer holds; whoever checks the paper is told so, not why. Another may then be given."""
    row = current(diploma, version)
    if row.withdrawn_on is not None:
        raise Refusal(_("Sertifikat ini sudah ditarik."))
    row.withdrawn_because = fitting(words, _("Alasan"), 1000, is_needed=True)
    row.withdrawn_on, row.withdrawn_by_name = on, str(by)
    row.version += 1
    row.save()
    return row
