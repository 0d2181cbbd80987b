"""Referrals within reach: what was sent from one's own cases, and what one's own body received."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from simpul.access.gate import Entered, look_up, note_shown
from simpul.access.permissions import Permission
from simpul.api.answers import Paged, cut, paged, read
from simpul.api.door import Holds
from simpul.referrals.models import Referral
from simpul.referrals.queries import loop as queries
from simpul.referrals.queries import loop_lists as lists
from simpul.referrals.queries.loop_standing import is_consent_gone
from simpul.referrals.stages import Stage

router = Router(tags=["Referrals"])
_RELATED = ("case__person", "person", "service", "receiver", "consent__person", "step")


class SentRow(Schema):
    """One referral in the sender's list. It is late when a word was due before today; `place` stands in the line."""

    id: UUID = Field(alias="key")
    number: str
    person: UUID = Field(alias="about_person")
    person_name: str
    case: UUID
    case_number: str
    to_whom: str
    kind: str
    stage: Stage
    stage_name: str
    since: dt.date
    answer_by: dt.date | None
    is_late: bool
    is_consent_gone: bool
    place: int | None
    unread: int


class SentList(Paged):
    rows: list[SentRow]


class ReceivedRow(Schema):
    """One referral in the receiver's list. `called` is empty where no name was shared; `place` stands in the line."""

    id: UUID = Field(alias="key")
    number: str
    called: str
    service: str
    sender: str
    stage: Stage
    stage_name: str
    since: dt.date
    answer_by: dt.date | None
    is_late: bool
    place: int | None
    unread: int


class ReceivedList(Paged):
    rows: list[ReceivedRow]


class LineShape(Schema):
    """One thing that was shared, under its code and its name."""

    share: str
    label: str
    text: str


class SeenShape(Schema):
    """Exactly what the receiver reads. `is_closed`: it was declined or failed, so nothing is told any more, or the time to read
    it is over. `is_partly`: something of it is not for who reads now."""

    number: str
    service: str
    kind: str
    sender: str
    urgency: str
    sent_on: dt.date | None
    answer_by: dt.date | None
    told: list[LineShape]
    is_closed: bool
    is_partly: bool


class OutcomeShape(Schema):
    """What was answered so far; empty where nothing was, or for who may not read it."""

    decline: str
    decline_words: str
    appointment_at: dt.datetime | None
    appointment_words: str
    visited_on: dt.date | None
    came: str
    is_warm: bool
    delivered_on: dt.date | None
    outcome: str
    told: str
    told_on: dt.date | None
    told_words: str
    withdrawn_because: str


class LinePlace(Schema):
    """Which place in the line of the service, from 1, and how many wait there."""

    place: int
    number: int


class EntryShape(Schema):
    """One step on the way, the newest first."""

    at: dt.datetime
    stage_name: str
    who: str


class MessageShape(Schema):
    """One message; `is_theirs` where the other side wrote it."""

    at: dt.datetime
    who: str
    words: str
    is_theirs: bool


class SentShape(Schema):
    """One referral as its sender sees it. `seen` is missing until it was sent, and for who may not read words."""

    id: UUID
    version: int
    case: UUID
    stage: Stage
    stage_name: str
    to_whom: str
    shares: list[str]
    seen: SeenShape | None
    outcome: OutcomeShape
    line: LinePlace | None
    steps: list[EntryShape]
    messages: list[MessageShape]
    is_late: bool
    is_consent_gone: bool
    is_told: bool


class ReceivedShape(Schema):
    """One referral as its receiver sees it: nothing of the case."""

    id: UUID
    version: int
    stage: Stage
    stage_name: str
    seen: SeenShape
    outcome: OutcomeShape
    line: LinePlace | None
    steps: list[EntryShape]
    messages: list[MessageShape]
    is_late: bool


@router.get("/referrals/sent", auth=Holds(Permission.REFERRAL_VIEW), response=read(SentList))
def sent(request: Entered, only: str = "", mine: bool = False, page: int = Query(1, ge=1)) -> Any:
    """What was sent from cases within reach, late ones first. `only`: terlambat, tanyakan, or semua."""
    day = timezone.localdate()
    found = cut(lists.sent_within(request.user, day, only=only, mine=mine), page)
    rows = lists.sent_rows(found, day)
    note_shown(rows, by=request.user, permission=Permission.REFERRAL_VIEW)
    return paged(found, rows)


@router.get("/referrals/received", auth=Holds(Permission.REFERRAL_RECEIVE), response=read(ReceivedList))
def received(request: Entered, only: str = "", page: int = Query(1, ge=1)) -> Any:
    """What was sent to one's own body, late ones first. `only`: baru, waiting, terlambat, or semua."""
    day = timezone.localdate()
    found = cut(lists.received_within(request.user, day, only=only), page)
    rows = lists.received_rows(found, day)
    note_shown(rows, by=request.user, permission=Permission.REFERRAL_RECEIVE)
    return paged(found, rows)


@router.get("/referrals/sent/{uuid:pk}", auth=Holds(Permission.REFERRAL_VIEW), response=read(SentShape))
def one_sent(request: Entered, pk: UUID) -> Any:
    """One referral of a case within reach. Reading it is recorded."""
    found = look_up(Referral, pk, by=request.user, permission=Permission.REFERRAL_VIEW, related=_RELATED)
    seen = queries.sent_page(found, request.user, timezone.localdate())
    return _plain(found) | {"case": found.case_id} | {name: getattr(seen, name) for name in _SENT}


@router.get(
    "/referrals/received/{uuid:pk}", auth=Holds(Permission.REFERRAL_RECEIVE), response=read(ReceivedShape)
)
def one_received(request: Entered, pk: UUID) -> Any:
    """One referral to one's own body. Reading it is recorded, but only its page tells the sender that it was seen."""
    found = look_up(Referral, pk, by=request.user, permission=Permission.REFERRAL_RECEIVE, related=_RELATED)
    day = timezone.localdate()
    if is_consent_gone(found, day):
        raise Http404
    seen = queries.received_page(found, day, request.user)
    return _plain(found) | {name: getattr(seen, name) for name in _RECEIVED}


_RECEIVED = ("seen", "outcome", "line", "steps", "messages", "is_late")
_SENT = (*_RECEIVED, "to_whom", "shares", "is_consent_gone", "is_told")


def _plain(referral: Referral) -> dict[str, Any]:
    return {
        "id": referral.pk,
        "version": referral.version,
        "stage": referral.stage,
        "stage_name": referral.get_stage_display(),
    }
