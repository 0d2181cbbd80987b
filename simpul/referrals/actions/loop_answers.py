"""What comes back on a referral: read, accepted or not, the appointment, the first visit, what was given."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict, Unpack
from uuid import UUID, uuid4

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.access.gate import Machine, action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal, fitting
from simpul.referrals.actions.loop import LONGEST_WORDS
from simpul.referrals.actions.loop_moving import Hand, NotNow, _require_other_hand, _require_version
from simpul.referrals.actions.loop_unmet import _end_unmet, _note_unmet
from simpul.referrals.models import Alternative, Message, Referral
from simpul.referrals.queries.loop_locks import locked_referral
from simpul.referrals.queries.loop_queue import passed_over
from simpul.referrals.queries.loop_sides import has_account, may_say
from simpul.referrals.queries.loop_standing import is_consent_gone, is_own_hand
from simpul.referrals.stages import UNMET_BY_DECLINE, Came, Decline, Deed, Side, Stage, Unmet

_FARTHEST_DAYS = 366


class Said(TypedDict, total=False):
    """What goes with an answer; which of it is needed, the stage says.

    `turn_because`: why somebody is taken in before others who wait.
    `words`: why it was declined or came to nothing, where to meet, what came of it, or simply a message.
    """

    words: str
    decline: str
    turn_because: str
    appointment_at: datetime | None
    day: date | None
    came: str
    is_warm: bool


@action(Permission.REFERRAL_RECEIVE)
def see(referral: Referral, /, *, by: User, on: date, at: datetime) -> Referral:
    """The receiver reads it for the first time. Later readings change nothing, nor do the sender's own."""
    if is_own_hand(referral, by):
        return referral
    return _see(referral, Hand(by, Side.RECEIVER, on, at))


@action(Permission.REFERRAL_ANSWER, tells=("did",))
def see_by_code(referral: Referral, /, *, by: Machine, on: date, at: datetime, did: Deed) -> Referral:
    """The same, by whoever holds the code of a letter."""
    return _see(referral, Hand(by, Side.RECEIVER, on, at, referral.outside_name or str(referral.receiver)))


def _see(referral: Referral, hand: Hand) -> Referral:
    current = locked_referral(referral)
    if current.stage == Stage.SENT:
        current.seen_at = hand.at
        hand.step(current, Stage.SEEN)
    return current


@action(Permission.REFERRAL_ANSWER, tells=("did", "maker"))
def answer(
    referral: Referral,
    /,
    *,
    by: User | Machine,
    version: int,
    to: str,
    on: date,
    at: datetime,
    who: str = "",
    did: str = "",
    maker: str = "",
    **said: Unpack[Said],
) -> Referral:
    """What the receiver says. Of a body without an account `who` is the name of who answers with the code.

    `did` and `maker`, who made the code, are for the record, where it was by one. Never by who sent it or works on the case: OwnHand. Sent twice it changes once. Raises Refusal for what is missing, NotNow for what does not follow, Clash.
    """
    current = locked_referral(referral)
    _require_other_hand(current, by)
    if is_consent_gone(current, on):
        raise NotNow(_("Persetujuan untuk rujukan ini tidak berlaku lagi, jadi tidak dijawab lagi di sini."))
    name = ""
    if isinstance(by, Machine):
        told = fitting(who, _("Nama Anda"), 100, is_needed=True)
        name = f"{told}, {current.outside_name or current.receiver}"
    return _answered(current, Hand(by, Side.RECEIVER, on, at, name[:200]), version, to, said)


@action(Permission.REFERRAL_SEND)
def record_answer(
    referral: Referral,
    /,
    *,
    by: User,
    version: int,
    to: str,
    on: date,
    at: datetime,
    **said: Unpack[Said],
) -> Referral:
    """What the sender's worker learnt: that the client came or was served, or what a body without account said."""
    current = locked_referral(referral)
    return _answered(current, Hand(by, Side.SENDER, on, at), version, to, said)


def _answered(referral: Referral, hand: Hand, version: int, to: str, said: Said) -> Referral:
    if to not in _FILLS:
        raise Refusal(_("Pilih jawabannya dari daftar."))
    stage = Stage(to)
    if _require_version(referral, version, stage, is_same=_is_same(referral, hand, stage, said)):
        return referral
    by_hand = hand.side == Side.SENDER and not has_account(referral.receiver_id)
    if stage not in may_say(referral, hand.side, by_hand=by_hand):
        raise NotNow(_("Itu tidak dapat dicatat sekarang. Muat ulang halamannya dan periksa keadaannya."))
    _FILLS[stage](referral, hand, said)
    hand.step(referral, stage)
    return referral


def _is_same(referral: Referral, hand: Hand, stage: Stage, said: Said) -> bool:
    """Whether what stands there is what was typed: another answer of the same stage must not be taken for done."""
    words = fitting(said.get("words", ""), _("Pesan"), LONGEST_WORDS)
    if stage == Stage.DECLINED:
        return (referral.decline, referral.decline_words or "") == (said.get("decline", ""), words)
    if stage == Stage.APPOINTED:
        held = (referral.appointment_at, referral.appointment_words or "")
        return held == (said.get("appointment_at"), words)
    if stage in (Stage.ANSWERED, Stage.FAILED):
        return (referral.outcome or "") == words
    day = {Stage.VISITED: referral.visited_on, Stage.DELIVERED: referral.delivered_on}.get(stage)
    return day == said.get("day") and (not words or _was_said(referral, hand, words))


def _was_said(referral: Referral, hand: Hand, words: str) -> bool:
    newest = Message.objects.filter(referral=referral, side=hand.side).order_by("-at", "pk")[:5]
    return any(row.words == words for row in newest)


# --- what each answer needs ---


def _waiting(referral: Referral, hand: Hand, said: Said) -> None:
    referral.waiting_since = hand.on
    _say(referral, hand, said.get("words", ""))


class OutOfTurn(Refusal):
    """Others wait before this one, and nobody said why they are passed over."""


def _accepted(referral: Referral, hand: Hand, said: Said) -> None:
    if hand.side == Side.RECEIVER and (passed := passed_over(referral, hand.on)):
        because = fitting(said.get("turn_because", ""), _("Mengapa didahulukan"), LONGEST_WORDS)
        if not because:
            raise OutOfTurn(_passed_words(passed))
        referral.turn_because = because
    _end_unmet(referral, hand)
    _say(referral, hand, said.get("words", ""))


def _passed_words(number: int) -> str:
    said = ngettext(
        "%(number)s orang lain sudah menunggu di depannya. Tulis mengapa ia didahulukan.",
        "%(number)s orang lain sudah menunggu di depannya. Tulis mengapa ia didahulukan.",
        number,
    )
    return said % {"number": number}


def _declined(referral: Referral, hand: Hand, said: Said) -> None:
    reason = said.get("decline", "")
    if reason not in Decline.values:
        raise Refusal(_("Pilih mengapa tidak dapat diterima, supaya dapat dicarikan layanan lain."))
    is_needed = reason == Decline.OTHER
    words = fitting(said.get("words", ""), _("Penjelasan"), LONGEST_WORDS, is_needed=is_needed)
    referral.decline, referral.decline_words = reason, words or None
    _note_unmet(referral, hand, UNMET_BY_DECLINE[Decline(reason)], words)
    if referral.service_id:
        Alternative.objects.filter(
            case=referral.case_id, line=referral.line, service=referral.service_id
        ).update(is_put_aside=True)


def _appointed(referral: Referral, hand: Hand, said: Said) -> None:
    meets_at = said.get("appointment_at")
    if meets_at is None:
        raise Refusal(_("Isi hari dan jam janji temu."))
    day = localtime(meets_at).date()
    if day < hand.on:
        raise Refusal(_("Hari janji temu sudah lewat. Periksa tanggalnya."))
    if (day - hand.on).days > _FARTHEST_DAYS:
        raise Refusal(_("Tanggal itu terlalu jauh. Periksa tahunnya."))
    referral.appointment_at = meets_at
    referral.appointment_words = fitting(said.get("words", ""), _("Keterangan"), LONGEST_WORDS) or None


def _visited(referral: Referral, hand: Hand, said: Said) -> None:
    referral.visited_on = _past(said.get("day"), hand)
    came = said.get("came", "")
    referral.came = came if came in Came.values else Came.UNKNOWN
    referral.is_warm = bool(said.get("is_warm", False))
    _say(referral, hand, said.get("words", ""))


def _delivered(referral: Referral, hand: Hand, said: Said) -> None:
    referral.delivered_on = _past(said.get("day"), hand)
    _say(referral, hand, said.get("words", ""))


def _outcome(referral: Referral, hand: Hand, said: Said) -> None:
    referral.outcome = fitting(said.get("words", ""), _("Hasilnya"), LONGEST_WORDS, is_needed=True)
    if referral.delivered_on is None:
        referral.delivered_on = hand.on


def _failed(referral: Referral, hand: Hand, said: Said) -> None:
    words = fitting(said.get("words", ""), _("Apa yang terjadi"), LONGEST_WORDS, is_needed=True)
    referral.outcome = words
    _note_unmet(referral, hand, Unmet.OTHER, words)


def _past(day: date | None, hand: Hand) -> date:
    if day is None:
        raise Refusal(_("Isi tanggalnya."))
    if day > hand.on:
        raise Refusal(_("Tanggal itu belum tiba. Periksa tanggalnya."))
    return day


def _say(referral: Referral, hand: Hand, words: str) -> None:
    """Words that go with an answer stand among the messages."""
    if kept := fitting(words, _("Pesan"), LONGEST_WORDS):
        _write(referral, hand, kept, uuid4())


def _write(referral: Referral, hand: Hand, words: str, key: UUID) -> Message:
    row = Message(pk=key, referral=referral, at=hand.at, by=hand.key, by_name=hand.called, side=hand.side)
    row.words, row.code_by_name = words, referral.code_by_name if hand.is_code else ""
    row.save(force_insert=True)
    return row


_FILLS = {
    Stage.WAITING: _waiting,
    Stage.ACCEPTED: _accepted,
    Stage.DECLINED: _declined,
    Stage.APPOINTED: _appointed,
    Stage.VISITED: _visited,
    Stage.DELIVERED: _delivered,
    Stage.ANSWERED: _outcome,
    Stage.FAILED: _failed,
}
