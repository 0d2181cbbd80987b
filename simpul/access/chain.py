"""The record of events as a chain: each event's keyed hash covers the one before it.

What it shows: an event that was changed, removed, inserted, moved, or cut off at the end, by anybody who
can write in the database but has no keys. A file beside the keys (`seal_file`) shows as well that all of it
was removed, or that an older copy was put back. What it cannot show: an older copy of database and file both,
by somebody who can write in that folder too; only a backup kept elsewhere can.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from simpul.access import seal_file
from simpul.access.models import ChainHead, Event, Mention
from simpul.access.seal_file import Reached
from simpul.access.secrets import ring

# Any fixed number will do; it only has to be the same in every process (PostgreSQL advisory lock).
LOCK = 0x51_4D_50_4C
# Where the details of an event name the people whom it concerns together.
PEOPLE = "people"
# Read in pieces: behind pgbouncer there is no cursor to hold, and the record only grows.
PIECE = 2000


@dataclass(frozen=True)
class Break:
    """A place where what is kept does not hold. `number` is the event's, 0 when it is about none."""

    number: int
    why: str

    def __str__(self) -> str:
        return self.why


def append(event: Event, *, because: str = "") -> None:
    """Add an event at the end, inside the transaction of what it records."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("An event belongs to the transaction it records.")
    head = _locked_head()
    before = Reached(head.count, bytes(head.last))
    event.number = head.count + 1
    # Sealed, because a reason in a worker's own words may hold what no column may hold in the open.
    event.because = because or None
    event.mac = link(bytes(head.last), event)
    event.save(force_insert=True)
    Mention.objects.bulk_create(Mention(event=event, person=person) for person in named_in(event))
    head.count, head.last = event.number, event.mac
    head.mac = seal_of(head)
    head.save()
    # Robust: what is committed is done, also when the folder of the keys is full; the next event tries again.
    now = Reached(event.number, bytes(event.mac))
    transaction.on_commit(partial(seal_file.advance, before, now, holds=_holds), robust=True)


def _holds(reached: Reached) -> bool:
    """Whether the event of that number is here, and is the one that was written."""
    mac = Event.objects.filter(number=reached.count).values_list("mac", flat=True).first()
    return mac is not None and hmac.compare_digest(bytes(mac), reached.last)


def named_in(event: Event) -> list[str]:
    """The keys of the people whom an event concerns together."""
    details: Any = event.details
    named = details.get(PEOPLE) if isinstance(details, dict) else None
    return named if isinstance(named, list) else []


def one_at_a_time() -> None:
    """Wait until no other transaction is past this point; until the end of this one, none will be."""
    # SQLite holds the write lock since the transaction began (IMMEDIATE); PostgreSQL needs one queue.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])


def one_of_a_key_at_a_time(key: UUID) -> None:
    """The same for those alone who are about to write a row under this key: a form that was pressed twice."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [key.int % 2**63])


def _locked_head() -> ChainHead:
    one_at_a_time()
    head, _made = ChainHead.objects.get_or_create(id="1")
    return head


def link(before: bytes, event: Event) -> bytes:
    body = json.dumps(event.as_chained(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return _mac("audit", before + body.encode())


def seal_of(head: ChainHead) -> bytes:
    return _mac("audit-head", str(head.count).encode() + b":" + bytes(head.last))


def _mac(purpose: str, message: bytes) -> bytes:
    keys = ring()
    return hmac.new(keys.derived(purpose, keys.index), message, hashlib.sha256).digest()


def breaks() -> Iterator[Break]:
    """Walk the whole chain and name each place where it does not hold. Work may go on meanwhile."""
    # Before the count: what is committed meanwhile only makes the record longer than the file says.
    sealed = seal_file.read()
    head = ChainHead.objects.filter(id="1").first() or ChainHead()
    if head.count and not hmac.compare_digest(bytes(head.mac), seal_of(head)):
        yield Break(head.count, _("Hitungan catatan diubah."))
    before, expected, goes_on = b"", 1, False
    for event in _events_in_order():
        if event.number > head.count:
            goes_on = True
            break
        if event.number != expected:
            yield Break(event.number, _missing(expected, event.number - 1))
        elif not hmac.compare_digest(bytes(event.mac), link(before, event)):
            yield Break(
                event.number, _("Catatan %(n)s diubah, atau bukan di situ tempatnya.") % {"n": event.number}
            )
        before, expected = bytes(event.mac), event.number + 1
    if head.count != expected - 1:
        yield Break(head.count, _missing(expected, head.count))
    elif bytes(head.last) != before:
        yield Break(head.count, _("Catatan terakhir (%(n)s) bukan yang ditulis.") % {"n": head.count})
    if goes_on:
        yield from _after_the_end()
    if sealed and (sealed.count > head.count or not _holds(sealed)):
        yield Break(
            sealed.count,
            _("Catatan dipotong atau diganti cadangan lama: %(file)s menyebut %(sealed)s, di sini %(here)s.")
            % {"file": seal_file.path(), "sealed": sealed.count, "here": head.count},
        )


def _events_in_order() -> Iterator[Event]:
    # From far below one, so that an event put before the first is met as well.
    last = -(2**62)
    while piece := list(Event.objects.in_order().filter(number__gt=last)[:PIECE]):
        yield from piece
        last = piece[-1].number


def lost_mentions() -> Iterator[Break]:
    """Events that name people whose trail no longer shows them, or shows them falsely."""
    last = -(2**62)
    while piece := list(Event.objects.in_order().filter(number__gt=last)[:PIECE]):
        first, last = piece[0].number, piece[-1].number
        kept = defaultdict(set)
        for row in Mention.objects.filter(event__gte=first, event__lte=last):
            kept[row.event_id].add(str(row.person))
        for event in piece:
            if set(named_in(event)) != kept[event.number]:
                yield Break(event.number, _("Daftar orang pada catatan %(n)s diubah.") % {"n": event.number})


def _after_the_end() -> Iterator[Break]:
    # Events written while we read are counted by now; what is still beyond the count was put there.
    last = Event.objects.in_order().values_list("number", flat=True).last() or 0
    counted = ChainHead.objects.filter(id="1").values_list("count", flat=True).first() or 0
    if last > counted:
        yield Break(last, _("Ada catatan sesudah yang terakhir (%(n)s).") % {"n": counted})


def _missing(first: int, last: int) -> str:
    if last < first:
        return _("Ada catatan yang disisipkan sebelum catatan %(n)s.") % {"n": first}
    return _("Catatan %(first)s sampai %(last)s hilang.") % {"first": first, "last": last}
