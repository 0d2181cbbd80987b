"""What happens to a check of how strong a body stands: begun with what is recorded, answered, finished.

What is finished is never changed; a wrong check is mended by a newer one of the same occasion.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal
from simpul.access.rows import current, made_before, written
from simpul.catalogue.programmes.strength import strength
from simpul.instruments.queries import checked_answers, differences, required_instrument
from simpul.programmes.models import Member, StrengthCheck
from simpul.programmes.queries.kept import require_chosen, require_past
from simpul.programmes.queries.strength import asked, edition_of, instrument_of, judged, mark_of
from simpul.programmes.queries.strength_known import known_of
from simpul.programmes.stages import Occasion


def _begin(
    member: Member, /, *, by: User, key: UUID, on: date, at: datetime, occasion: str, seen_on: date
) -> StrengthCheck:
    """A check with what Simpul knows of itself that day; the rest is asked. Sent twice it is one.

    Raises Refusal while another of that occasion is a draft.
    """
    if repeated := made_before(StrengthCheck, key, member=member, occasion=occasion):
        return repeated
    current(member)
    require_chosen(member)
    require_past(seen_on, on)
    if occasion not in Occasion.values:
        raise Refusal(_("Pilih kapan pemeriksaan ini dilakukan."))
    if StrengthCheck.objects.filter(member=member, occasion=occasion, done_at=None).exists():
        raise Refusal(_("Pemeriksaan itu sudah dimulai. Lanjutkan yang masih terbuka."))
    instrument = required_instrument(by, strength().instrument, None)
    made = StrengthCheck(
        pk=key,
        programme=member.programme,
        member=member,
        occasion=occasion,
        on=seen_on,
        edition=edition_of(instrument),
        # The records can only be asked as they are today, also for a check that was made on paper last week.
        known=known_of(member.organisation, on),
        **written(by, at),
    )
    made.save(force_insert=True)
    return made


def _answer(check: StrengthCheck, /, *, by: User, mark: str, answers: Mapping[str, Any]) -> StrengthCheck:
    """Keep what was answered so far. Raises Clash, with both values, where somebody answered after `mark` was read."""
    row = _draft(check)
    instrument = asked(instrument_of(row), row.known)
    kept = checked_answers(instrument, answers)
    if kept == row.answers:
        return row
    if mark != mark_of(row.answers):
        raise Clash(_("Pemeriksaan ini"), *differences(instrument, row.answers, kept))
    row.answers = kept
    row.save()
    return row


def _finish(check: StrengthCheck, /, *, by: User, at: datetime, mark: str) -> StrengthCheck:
    """From now on it counts and is not changed. What was not answered stays not known. Pressed twice it is once."""
    row: StrengthCheck = current(check)
    if row.done_at is not None:
        return row
    row = _draft(row)
    if mark != mark_of(row.answers):
        raise Refusal(_("Isiannya sudah berubah sejak Anda baca. Periksa sekali lagi, lalu selesaikan."))
    if not row.answers:
        raise Refusal(_("Belum ada satu pun jawaban dari kunjungan."))
    row.finding = judged(instrument_of(row), row.known, row.answers).to_json()
    row.done_at = at
    row.save()
    return row


def _draft(check: StrengthCheck) -> StrengthCheck:
    row: StrengthCheck = current(check)
    require_chosen(row.member)
    if row.done_at is not None:
        raise Refusal(_("Pemeriksaan ini sudah selesai. Bila ada yang salah, buat pemeriksaan baru."))
    return row


begin = action(Permission.PROGRAMME_MENTOR, tells=("occasion",))(_begin)
begin_for_mentor = action(Permission.PROGRAMME_MANAGE, tells=("occasion",))(_begin)
answer = action(Permission.PROGRAMME_MENTOR)(_answer)
answer_for_mentor = action(Permission.PROGRAMME_MANAGE)(_answer)
finish = action(Permission.PROGRAMME_MENTOR)(_finish)
finish_for_mentor = action(Permission.PROGRAMME_MANAGE)(_finish)
