"""Looking in after the ending: what was found, and whether to go on, close, or begin anew."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.cases.actions.ending import Look
from simpul.cases.actions.opening import reopen
from simpul.cases.actions.reminders import Reminder
from simpul.cases.actions.stages import move
from simpul.cases.models import Afterwards, Case, Condition, FollowUp, TaskKind
from simpul.cases.queries.case import require_not_far
from simpul.cases.queries.ending import LONGEST_WORDS, ending_of, tries_needed, tries_of, waiting_beside
from simpul.cases.queries.locks import locked_row
from simpul.cases.stages import ENDED, Stage
from simpul.people.queries import require_not_limited
from simpul.screening.queries import require_basis

_SHORTEST = 5
# Longer reasons stand with the follow-up; the move tells their beginning.
_TOLD_IN_MOVE = 300


@action(Permission.CASE_END)
def record_follow_up(
    follow_up: FollowUp,
    /,
    *,
    by: User,
    key: UUID,
    version: int,
    on: date,
    at: datetime,
    done_on: date,
    condition: str,
    words: str,
    decision: str,
    next_on: date | None = None,
    cancels_rest: bool = False,
) -> FollowUp:
    """Note a look after the ending and what was decided; also when the episode has ended already.

    To go on needs another one to come, or `next_on`, which becomes one with `key`. To close moves the case to
    closed, once no other waits or `cancels_rest`; unmet only after the tries of the norm. To reopen begins a
    new episode with `key` and closes this one. Sent twice it is noted once. Raises Clash when somebody was
    faster.
    """
    current = locked_row(follow_up)
    said = _text(words)
    if current.done_at is not None or current.version != version:
        if (current.condition, current.decision, current.words) == (condition, decision, said):
            return current
        raise Clash(_("Bimbingan lanjut ini"), _told(current), _in_words(condition, decision, said))
    _require_ready(current, done_on, condition, decision, on)
    current.done_on, current.done_at, current.done_by_name = done_on, at, str(by)
    current.condition, current.decision, current.words = condition, decision, said
    current.version = version + 1
    current.save()
    Reminder(current.case, TaskKind.FOLLOW_UP, current.pk).done(by=by, at=at)
    _note_contact(current, done_on)
    if decision == Afterwards.CONTINUE:
        _go_on(current, next_on, key=key, by=by, on=on, at=at)
    elif decision == Afterwards.CLOSE:
        _require_searched(current)
        _cancel_rest(current, may_cancel=cancels_rest, by=by, at=at)
        _close(current, by=by, on=on, at=at)
    else:
        reopen(current.case, by=by, key=key, on=on, at=at, because=said[:_TOLD_IN_MOVE])
        _cancel_rest(current, may_cancel=True, by=by, at=at)
        _close(current, by=by, on=on, at=at)
    return current


@action(Permission.CASE_END)
def cancel_follow_up(
    follow_up: FollowUp, /, *, by: User, version: int, on: date, at: datetime, reason: str
) -> FollowUp:
    """Say that a look will not be made, and why. Sent twice it is cancelled once."""
    current, said = locked_row(follow_up), _text(reason)
    if current.version != version:
        if current.done_at is None and current.words == said:
            return current
        raise Clash(_("Bimbingan lanjut ini"), _told(current), said)
    if current.done_at is not None:
        raise Refusal(_("Bimbingan lanjut ini sudah dilakukan."))
    require_not_limited(current.case.person_id)
    current.words, current.version = said, version + 1
    current.save()
    Reminder(current.case, TaskKind.FOLLOW_UP, current.pk).drop(by=by, at=at)
    return current


# --- what must hold ---


def _require_ready(look: FollowUp, done_on: date, condition: str, decision: str, on: date) -> None:
    require_not_limited(look.case.person_id)
    if condition not in Condition.values or decision not in Afterwards.values:
        raise Refusal(_("Pilih keadaannya dan apa yang diputuskan."))
    if condition != Condition.NOT_MET:
        require_basis(look.case.person, on)
    ending = ending_of(look.case)
    if done_on > on:
        raise Refusal(_("Tanggal itu belum tiba. Periksa tanggalnya."))
    if ending is not None and done_on < ending.on:
        raise Refusal(_("Tanggal itu sebelum pendampingan berakhir. Periksa tanggalnya."))
    if look.case.stage not in ENDED | {Stage.TERMINATION, Stage.FOLLOW_UP}:
        raise Refusal(
            _("Kasus ini masih di tahap %(stage)s. Lanjutkan tahapnya dahulu sampai bimbingan lanjut.")
            % {"stage": look.case.get_stage_display().lower()}
        )


def _require_searched(look: FollowUp) -> None:
    """Nobody is given up as unreachable before they were looked for often enough."""
    if look.condition != Condition.NOT_MET:
        return
    tries, least = tries_of(look.case), tries_needed(look.case)
    if tries < least:
        raise Refusal(
            _(
                "Baru %(tries)s kali dicoba. Coba paling sedikit %(least)s kali, pada hari dan jam yang berbeda, dan catat tiap percobaan; baru tutup kasusnya."
            )
            % {"tries": tries, "least": least}
        )


def _note_contact(look: FollowUp, met_on: date) -> None:
    case = look.case
    if look.condition == Condition.NOT_MET or (case.last_contact_on and case.last_contact_on >= met_on):
        return
    case.last_contact_on = met_on
    case.save(update_fields=["last_contact_on"])


def _go_on(look: FollowUp, next_on: date | None, *, key: UUID, by: User, on: date, at: datetime) -> None:
    if next_on is not None:
        if look.done_on and next_on <= look.done_on:
            raise Refusal(_("Bimbingan lanjut berikutnya sesudah yang ini. Periksa tanggalnya."))
        require_not_far(next_on, on)
        Look(look.case, next_on).put(by=by, at=at, key=key)
    elif not waiting_beside(look):
        raise Refusal(_("Tidak ada bimbingan lanjut lain yang menunggu. Isi tanggal berikutnya."))


def _cancel_rest(look: FollowUp, *, may_cancel: bool, by: User, at: datetime) -> None:
    rest = waiting_beside(look)
    if rest and not may_cancel:
        raise Refusal(
            _(
                "Masih ada bimbingan lanjut yang menunggu. Pilih “lanjutkan”, atau centang bahwa sisanya dibatalkan."
            )
        )
    for other in rest:
        other.words, other.version = look.words, other.version + 1
        other.save(update_fields=["words_sealed", "version"])
        Reminder(other.case, TaskKind.FOLLOW_UP, other.pk).drop(by=by, at=at)


def _close(look: FollowUp, *, by: User, on: date, at: datetime) -> None:
    """To closed, as any other move; an episode that has ended already stays where it is."""
    case = Case.objects.get(pk=look.case_id)
    if case.stage in ENDED:
        return
    because = str(look.words)[:_TOLD_IN_MOVE]
    if look.condition == Condition.NOT_MET:
        tries = tries_of(case)
        because = _("Tidak dapat ditemui setelah %(tries)s kali dicoba.") % {"tries": tries} + f" {because}"
    move(case, by=by, to=Stage.CLOSED, version=case.version, on=on, at=at, because=because)


# --- words ---


def _text(text: str) -> str:
    said = fitting(text, _("Catatan"), LONGEST_WORDS)
    if len(said) < _SHORTEST:
        raise Refusal(_("Tulis apa yang ditemukan, satu kalimat saja sudah cukup."))
    return said


def _told(look: FollowUp) -> str:
    return _in_words(look.condition, look.decision, look.words or "")


def _in_words(condition: str, decision: str, words: str) -> str:
    said = (dict(Condition.choices).get(condition), dict(Afterwards.choices).get(decision), words)
    return "; ".join(str(part) for part in said if part) or _("(kosong)")
