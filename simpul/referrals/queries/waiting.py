"""What waits for somebody about referrals on the start page, in the shape that the desk shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import CharField, Count, Value
from django.urls import reverse
from django.utils.translation import ngettext

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.organisations.queries.waiting import Waiting
from simpul.referrals.models import Referral
from simpul.referrals.queries.loop_lists import (
    LATE,
    NEW,
    TO_ASK,
    TO_REPLACE,
    UNREAD,
    UNSENT,
    to_replace,
    unread_from,
    unsent,
)
from simpul.referrals.queries.loop_times import overdue, overdue_with_the_receiver
from simpul.referrals.queries.room import free_places
from simpul.referrals.stages import TO_CONFIRM, UNANSWERED, Side, Stage

_LATE_HERE, _NEW, _LATE_THERE, _TO_ASK = "late_here", "new", "late_there", "to_ask"
_ROOM = "room"
_TO_REPLACE, _UNSENT, _READ_HERE, _READ_THERE = "to_replace", "unsent", "read_here", "read_there"


def waits(user: User, on: date) -> tuple[Waiting, ...]:
    """What this person's body has to answer, and what came back on the cases that this person works on."""
    counted = [*_received(user, on), *_sent(user, on)]
    if not counted:
        return ()
    first, *others = counted
    numbers = dict(first.union(*others, all=True)) if others else dict(first)
    if numbers.get(_ROOM):
        numbers[_ROOM] = _waiting_where_room(user, on)
    return tuple(_waiting(what, numbers[what]) for what in _SAID if numbers.get(what))


def _told_room(user: User) -> Any:
    """Who waits here for a service whose owner spoke of free places."""
    rows = Referral.objects.reachable(user, Permission.REFERRAL_RECEIVE)
    return rows.filter(stage=Stage.WAITING, service__free__gt=0)


def _waiting_where_room(user: User, on: date) -> int:
    """Of these, who waits where a place is free still, after all who were accepted since."""
    lines = Counter(_told_room(user).values_list("service", flat=True))
    free = free_places(set(lines), on)
    return sum(number for service, number in lines.items() if free[service])


def _received(user: User, on: date) -> Iterator[Any]:
    if user.can(Permission.REFERRAL_RECEIVE):
        rows, late = (
            Referral.objects.reachable(user, Permission.REFERRAL_RECEIVE),
            overdue_with_the_receiver(on),
        )
        yield _number(rows.filter(late), _LATE_HERE)
        yield _number(rows.filter(stage__in=sorted(UNANSWERED)).exclude(late), _NEW)
        yield _number(rows.filter(unread_from(Side.SENDER)), _READ_HERE)
        yield _number(_told_room(user), _ROOM)


def _sent(user: User, on: date) -> Iterator[Any]:
    if user.can(Permission.REFERRAL_SEND):
        mine = Referral.objects.reachable(user, Permission.REFERRAL_SEND).filter(case__worker=user.pk)
        yield _number(mine.filter(overdue(on)), _LATE_THERE)
        yield _number(mine.filter(stage__in=sorted(TO_CONFIRM)).exclude(overdue(on)), _TO_ASK)
        yield _number(mine.filter(to_replace(on)), _TO_REPLACE)
        yield _number(mine.filter(unread_from(Side.RECEIVER)), _READ_THERE)
        yield _number(mine.filter(unsent(on)), _UNSENT)


def _number(rows: Any, what: str) -> Any:
    """One row: the name and how many. All of them are asked for together, because every start page asks."""
    named = rows.order_by().annotate(what=Value(what, CharField()))
    return named.values("what").annotate(n=Count("pk")).values_list("what", "n")


def _waiting(what: str, number: int) -> Waiting:
    address, query, is_late = _SAID[what]
    return Waiting(_words(what, number), number, f"{reverse(address)}?{query}", is_late=is_late)


# In the order in which they are shown: where, narrowed to what, and whether it is late.
_SAID = {
    _LATE_HERE: ("referrals:received", f"tampil={LATE}", True),
    _NEW: ("referrals:received", f"tampil={NEW}", False),
    _ROOM: ("referrals:received", f"tampil={Stage.WAITING.value}", False),
    _READ_HERE: ("referrals:received", f"tampil={UNREAD}", False),
    _LATE_THERE: ("referrals:sent", f"tampil={LATE}&saya=1", True),
    _TO_REPLACE: ("referrals:sent", f"tampil={TO_REPLACE}&saya=1", True),
    _READ_THERE: ("referrals:sent", f"tampil={UNREAD}&saya=1", False),
    _UNSENT: ("referrals:sent", f"tampil={UNSENT}&saya=1", False),
    _TO_ASK: ("referrals:sent", f"tampil={TO_ASK}&saya=1", False),
}


def _words(what: str, number: int) -> str:
    if what == _LATE_HERE:
        said = ngettext(
            "%(number)s rujukan kepada lembaga Anda lewat waktunya",
            "%(number)s rujukan kepada lembaga Anda lewat waktunya",
            number,
        )
    elif what == _NEW:
        said = ngettext(
            "%(number)s rujukan masuk menunggu jawaban",
            "%(number)s rujukan masuk menunggu jawaban",
            number,
        )
    elif what == _ROOM:
        said = ngettext(
            "Ada tempat kosong, %(number)s orang menunggu",
            "Ada tempat kosong, %(number)s orang menunggu",
            number,
        )
    elif what in (_READ_HERE, _READ_THERE):
        said = ngettext(
            "%(number)s rujukan dengan pesan yang belum dibaca",
            "%(number)s rujukan dengan pesan yang belum dibaca",
            number,
        )
    elif what == _TO_REPLACE:
        said = ngettext(
            "%(number)s rujukan ditolak atau tidak terjadi: cari jalan lain",
            "%(number)s rujukan ditolak atau tidak terjadi: cari jalan lain",
            number,
        )
    elif what == _UNSENT:
        said = ngettext(
            "%(number)s rujukan disiapkan tetapi belum dikirim",
            "%(number)s rujukan disiapkan tetapi belum dikirim",
            number,
        )
    elif what == _LATE_THERE:
        said = ngettext(
            "%(number)s rujukan Anda belum dijawab pada waktunya",
            "%(number)s rujukan Anda belum dijawab pada waktunya",
            number,
        )
    else:
        said = ngettext(
            "%(number)s layanan sudah diberikan: tanyakan kepada penerima manfaat",
            "%(number)s layanan sudah diberikan: tanyakan kepada penerima manfaat",
            number,
        )
    return said % {"number": number}
