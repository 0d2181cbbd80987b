"""After the decision: what the body mends, by when, and how it is looked after."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.accreditation.models import Accreditation, Recommendation, Watch
from simpul.accreditation.queries.run import locked, locked_row
from simpul.accreditation.queries.sent import sent_before
from simpul.accreditation.stages import Stage
from simpul.organisations.queries.belonging import require_outsider

LONGEST_WORDS = 4000


@action(Permission.ACCREDITATION_APPLY)
def plan_improvement(
    recommendation: Recommendation, /, *, by: User, version: int, plan: str, due_on: date, on: date
) -> Recommendation:
    """What the body will do about a recommendation, and by when.

    Sent twice it is kept once. Raises Clash, with both plans, when somebody of the body was faster.
    """
    current = locked_row(recommendation)
    said = fitting(plan, _("Rencana perbaikan"), LONGEST_WORDS, is_needed=True)
    if (current.plan, current.due_on) == (said, due_on):
        return current
    _require_open(current)
    if current.version != version:
        raise Clash(_("Rencana perbaikan"), _planned(current.plan, current.due_on), _planned(said, due_on))
    if due_on < on:
        raise Refusal(_("Tanggal selesainya sudah lewat. Tulis hari ini atau sesudahnya."))
    current.plan, current.due_on, current.version = said, due_on, version + 1
    current.save(update_fields=["plan", "due_on", "version"])
    return current


@action(Permission.ACCREDITATION_APPLY)
def finish_improvement(
    recommendation: Recommendation, /, *, by: User, version: int, done_on: date, words: str, on: date
) -> Recommendation:
    """What was done about a recommendation, on which day. It stays as it was told; sent twice it is kept once."""
    current = locked_row(recommendation)
    said = fitting(words, _("Yang sudah dilakukan"), LONGEST_WORDS, is_needed=True)
    if (current.done_words, current.done_on) == (said, done_on):
        return current
    _require_open(current)
    if current.version != version:
        raise Clash(_("Rencana perbaikan"), _planned(current.plan, current.due_on), said)
    if not current.decision.on <= done_on <= on:
        raise Refusal(_("Tanggalnya di antara hari keputusan dan hari ini. Periksa tanggalnya."))
    current.done_on, current.done_words, current.version = done_on, said, version + 1
    current.save(update_fields=["done_on", "done_words", "version"])
    return current


def _require_open(recommendation: Recommendation) -> None:
    if recommendation.done_on is not None:
        raise Refusal(_("Rekomendasi ini sudah dilaporkan selesai, jadi tidak diubah lagi."))


def _planned(plan: str, due_on: date | None) -> str:
    return f"{plan} ({date_format(due_on, 'j F Y')})" if due_on else plan


@action(Permission.REGISTRATION_CHECK)
def watch(
    accreditation: Accreditation,
    /,
    *,
    by: User,
    key: UUID,
    seen_on: date,
    words: str,
    on: date,
    at: datetime,
    is_early: bool = False,
    needs_recheck: bool = False,
) -> Watch:
    """The Dinas looked at an accredited body: yearly, or early because of a complaint. Sent twice it is one."""
    told = _Look(seen_on, words, is_early=is_early, needs_recheck=needs_recheck)
    return told.kept(locked(accreditation), key, by=by, on=on, at=at)


@action(Permission.ACCREDITATION_SECRETARY)
def watch_from_the_secretariat(
    accreditation: Accreditation,
    /,
    *,
    by: User,
    key: UUID,
    seen_on: date,
    words: str,
    on: date,
    at: datetime,
    is_early: bool = False,
    needs_recheck: bool = False,
) -> Watch:
    """The same by the secretariat, for who works in no Dinas."""
    told = _Look(seen_on, words, is_early=is_early, needs_recheck=needs_recheck)
    return told.kept(locked(accreditation), key, by=by, on=on, at=at)


class _Look:
    """What was seen afterwards."""

    def __init__(self, seen_on: date, words: str, *, is_early: bool, needs_recheck: bool) -> None:
        self.seen_on, self.words = seen_on, words
        self.is_early, self.needs_recheck = is_early, needs_recheck

    def kept(self, accreditation: Accreditation, key: UUID, *, by: User, on: date, at: datetime) -> Watch:
        if found := sent_before(Watch, key, accreditation):
            return found
        require_outsider(accreditation.organisation_id, by)
        # An appeal may still change the grade; the body is accredited meanwhile.
        if accreditation.stage not in (Stage.ACCREDITED, Stage.APPEAL) or not accreditation.decided_on:
            raise Refusal(_("Pemantauan dicatat untuk lembaga yang terakreditasi."))
        if not accreditation.decided_on <= self.seen_on <= on:
            raise Refusal(_("Tanggalnya di antara hari keputusan dan hari ini. Periksa tanggalnya."))
        said = fitting(self.words, _("Yang dilihat"), LONGEST_WORDS, is_needed=True)
        made: Watch = Watch.objects.create(
            id=key,
            accreditation=accreditation,
            on=self.seen_on,
            is_early=self.is_early,
            words=said,
            needs_recheck=self.needs_recheck,
            at=at,
            by=by.pk,
            by_name=str(by),
        )
        return made
