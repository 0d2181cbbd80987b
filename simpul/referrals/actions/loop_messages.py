"""Messages between the two sides of a referral, which never leave the system."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import Machine, action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal, fitting
from simpul.access.rows import made_before
from simpul.people.queries import require_not_limited
from simpul.referrals.actions.loop import LONGEST_WORDS
from simpul.referrals.actions.loop_answers import _write
from simpul.referrals.actions.loop_moving import Hand, NotNow, _require_other_hand
from simpul.referrals.models import Message, Referral
from simpul.referrals.queries.loop_locks import locked_referral
from simpul.referrals.queries.loop_standing import is_consent_gone, is_limited, is_own_hand
from simpul.referrals.stages import RECEIVED, Deed, Side


@action(Permission.REFERRAL_SEND)
def write(referral: Referral, /, *, by: User, key: UUID, words: str, on: date, at: datetime) -> Message:
    """Write to the receiver. Pressed twice it is one message."""
    require_not_limited(referral.person_id)
    return _sent(referral, Hand(by, Side.SENDER, on, at), key, words)


@action(Permission.REFERRAL_ANSWER, tells=("did", "maker"))
def write_back(
    referral: Referral,
    /,
    *,
    by: User | Machine,
    key: UUID,
    words: str,
    on: date,
    at: datetime,
    who: str = "",
    did: str = "",
    maker: str = "",
) -> Message:
    """Write to the sender; `who` names the one who writes with a code.

    `did` and `maker`, who made the code, are for the record, where it was by one. Never by who sent it: OwnHand.
    """
    _require_other_hand(referral, by)
    name = ""
    if isinstance(by, Machine):
        told = fitting(who, _("Nama Anda"), 100, is_needed=True)
        name = f"{told}, {referral.outside_name or referral.receiver}"[:200]
    return _sent(referral, Hand(by, Side.RECEIVER, on, at, name), key, words)


def _sent(referral: Referral, hand: Hand, key: UUID, words: str) -> Message:
    current = locked_referral(referral)
    kept = fitting(words, _("Pesan"), LONGEST_WORDS, is_needed=True)
    if repeated := made_before(Message, key, referral_id=current.pk):
        if (repeated.side, repeated.words) != (hand.side, kept):
            raise Refusal(
                _("Pesan dari halaman ini sudah terkirim. Salin tulisan Anda, lalu buka lagi rujukannya.")
            )
        return repeated
    if current.stage not in RECEIVED or is_consent_gone(current, hand.on) or is_limited(current):
        raise NotNow(_("Rujukan ini tidak terbuka bagi penerima, jadi tidak ada pesan yang dikirim."))
    return _write(current, hand, kept, key)


@action(Permission.REFERRAL_SEND)
def note_read(referral: Referral, /, *, by: User, at: datetime) -> int:
    """The sender has read what the receiver wrote. How many messages were new."""
    new: int = _unread(referral, Side.RECEIVER).update(read_at=at)
    return new


@action(Permission.REFERRAL_ANSWER, tells=("did",))
def note_read_back(referral: Referral, /, *, by: User | Machine, at: datetime, did: Deed) -> int:
    """The receiver has read what the sender wrote. `did` is for the record: it was not answered."""
    if isinstance(by, User) and is_own_hand(referral, by):
        return 0
    new: int = _unread(referral, Side.SENDER).update(read_at=at)
    return new


def _unread(referral: Referral, side: Side) -> Any:
    return Message.objects.filter(referral=referral, side=side, read_at=None)
