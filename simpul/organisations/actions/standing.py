"""Noting how far a body meets the standards, and confirming its type."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.access.rows import made_before
from simpul.catalogue.organisations import standing as catalogue
from simpul.engines.reasons import Answer
from simpul.engines.scoring import NOT_APPLICABLE
from simpul.organisations.models import Classification, Indicator, Organisation
from simpul.organisations.queries.belonging import require_outsider
from simpul.organisations.queries.changes import locked
from simpul.organisations.queries.standing_area import level_of
from simpul.organisations.queries.standing_types import OWN_WORD, said_by_hand, type_of
from simpul.organisations.queries.standing_words import answer_said

MOST_WORDS = 1000
_OWN_ANSWERS = ("yes", "no", "unknown")


class NotAnIndicator(Refusal):
    """A code, an answer or a way of seeing that does not exist."""


class ReasonMissing(Refusal):
    """An officer confirms another type than the answers suggest, and does not say why."""


@action(Permission.ORGANISATION_EDIT)
def note_indicators(
    organisation: Organisation,
    /,
    *,
    by: User,
    on: date,
    at: datetime,
    answers: Mapping[str, str],
    was: Mapping[str, str],
    note: str = "",
) -> list[Indicator]:
    """The body's own word about indicators; gives back the rows that were added.

    `answers` maps codes to "yes", "no" or "unknown". `was` is the body's own word as the page showed it, without
    what it had not said: what was left so adds nothing. Raises Clash where somebody of the body said otherwise
    meanwhile, and keeps nothing then.
    """
    for answer in answers.values():
        if answer not in _OWN_ANSWERS:
            raise NotAnIndicator(_("Pilih ada, belum ada, atau belum diketahui."))
    return _added(organisation, answers, was, seen=OWN_WORD, note=note, by=by, on=on, at=at)


@action(Permission.ORGANISATION_CLASSIFY)
def see_indicators(
    organisation: Organisation,
    /,
    *,
    by: User,
    on: date,
    at: datetime,
    answers: Mapping[str, str],
    was: Mapping[str, str],
    seen: str,
    note: str = "",
) -> list[Indicator]:
    """What an officer saw of indicators, on paper, at a visit or in an interview; gives back the rows added.

    Also "not_applicable" is an answer here. `was` and Clash as in note_indicators, of what officers saw before.
    """
    if seen not in catalogue.WAYS_TO_SEE:
        raise NotAnIndicator(_("Pilih bagaimana Anda melihatnya: surat, kunjungan, atau wawancara."))
    for answer in answers.values():
        if answer not in (*_OWN_ANSWERS, NOT_APPLICABLE):
            raise NotAnIndicator(_("Pilih ada, belum ada, belum diketahui, atau tidak berlaku."))
    require_outsider(organisation.pk, by)
    return _added(organisation, answers, was, seen=seen, note=note, by=by, on=on, at=at)


@action(Permission.ORGANISATION_CLASSIFY)
def confirm_type(
    organisation: Organisation,
    /,
    *,
    by: User,
    on: date,
    at: datetime,
    key: UUID,
    confirmed: str,
    mark: str,
    because: str = "",
) -> Classification:
    """An officer confirms a type, the suggested one or with a reason another; keeps what it was made from.

    `mark` is of the suggestion that the page showed: where an answer changed meanwhile nothing is kept, and Refusal
    says so. A repeated key gives the same row again. Sets the type and the area level of the body's own row.
    """
    organisation = locked(organisation)
    require_outsider(organisation.pk, by)
    if found := made_before(Classification, key, organisation_id=organisation.pk):
        return found
    suggested = type_of(organisation, on)
    if suggested.mark(organisation) != mark:
        raise Refusal(
            _("Ada jawaban yang berubah sejak halaman ini dibuka. Periksa usulannya, lalu tetapkan lagi.")
        )
    if confirmed not in {one.code for one in catalogue.standards().types}:
        raise NotAnIndicator(_("Pilih tipe dari daftarnya."))
    proposed = str(suggested.finding.answer)
    reason = fitting(because, _("Alasan"), MOST_WORDS)
    if confirmed != proposed and not reason:
        raise ReasonMissing(_("Tulis alasannya, karena tipe ini berbeda dari usulan."))
    made: Classification = Classification.objects.create(
        id=key,
        organisation=organisation,
        on=on,
        edition=catalogue.standards().edition.code,
        suggested=proposed,
        finding=suggested.finding.to_json(),
        answers=suggested.answers,
        confirmed=confirmed,
        because=reason,
        at=at,
        by=by.pk,
        by_name=str(by),
    )
    level = level_of(organisation, on).finding.answer
    organisation.confirmed_type = confirmed
    organisation.level = "" if level is Answer.UNKNOWN else str(level)
    organisation.save(update_fields=["confirmed_type", "level"])
    return made


def _added(
    organisation: Organisation,
    answers: Mapping[str, str],
    was: Mapping[str, str],
    *,
    seen: str,
    note: str,
    by: User,
    on: date,
    at: datetime,
) -> list[Indicator]:
    words = fitting(note, _("Catatan"), MOST_WORDS)
    titles = catalogue.indicators()
    if unknown := [code for code in answers if code not in titles]:
        raise NotAnIndicator(_("Indikator ini tidak dikenal: %(codes)s.") % {"codes": ", ".join(unknown)})
    locked(organisation)
    said = said_by_hand(organisation, seen)
    rows = []
    for code, answer in answers.items():
        now, shown = said.get(code, ""), was.get(code, "")
        if answer in (now, shown):
            continue
        if now != shown:
            raise Clash(str(titles[code].title), answer_said(now), answer_said(answer))
        row = Indicator(organisation=organisation, code=code, answer=answer, seen=seen, note=words)
        row.on, row.at, row.by, row.by_name = on, at, by.pk, str(by)
        rows.append(row)
    return Indicator.objects.bulk_create(rows)
