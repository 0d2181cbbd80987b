"""Lists of referrals: what a worker sent, what a body received, what of a case, and what is late."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Count, Exists, OuterRef, Q, Value, When

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.cases.models import Case as OneCase
from simpul.cases.models import PlanStep, StepState
from simpul.cases.queries.plans import kind_name, plan_of
from simpul.catalogue.services import norms
from simpul.referrals.models import Message, Referral
from simpul.referrals.queries.loop_queue import places_in
from simpul.referrals.queries.loop_shared import called_in, to_whom
from simpul.referrals.queries.loop_standing import is_consent_gone
from simpul.referrals.queries.loop_times import overdue, overdue_with_the_receiver
from simpul.referrals.stages import ENDED, TO_CONFIRM, UNANSWERED, WITH_THE_RECEIVER, Side, Stage
from simpul.screening.stages import Urgency

# What a list can be narrowed to by its address.
LATE, NEW, OPEN, ALL, TO_ASK = "terlambat", "baru", "berjalan", "semua", "tanyakan"
TO_REPLACE, UNREAD, UNSENT = "ganti", "pesan", "belum-dikirim"


@dataclass(frozen=True, slots=True)
class SentRow:
    """One referral in the sender's list; `place` of who waits."""

    key: UUID
    number: str
    about_person: UUID
    person_name: str
    case: UUID
    case_number: str
    to_whom: str
    kind: str
    stage: str
    stage_name: str
    since: date
    answer_by: date | None
    is_late: bool
    is_consent_gone: bool
    place: int | None
    unread: int


@dataclass(frozen=True, slots=True)
class ReceivedRow:
    """One referral in the receiver's list. `called` only as far as a name was shared; `place` of who waits."""

    key: UUID
    number: str
    about_person: UUID
    called: str
    service: str
    sender: str
    stage: str
    stage_name: str
    since: date
    answer_by: date | None
    is_late: bool
    place: int | None
    unread: int


# --- the sender's ---


def sent_within(viewer: User, on: date, *, only: str = "", mine: bool = False) -> Any:
    """Referrals of cases within reach, late ones first; a queryset to cut. `only` is one of the words above."""
    rows = _counted(Referral.objects.reachable(viewer, Permission.REFERRAL_VIEW), Side.RECEIVER)
    if mine:
        rows = rows.filter(case__worker=viewer.pk)
    if only == LATE:
        rows = rows.filter(overdue(on))
    elif narrowed := _NARROWED_TO.get(only):
        rows = rows.filter(narrowed(on))
    elif only != ALL:
        rows = rows.exclude(stage__in=sorted(ENDED))
    return _ordered(rows.select_related(*_OF_SENT), overdue(on))


def to_replace(_on: date) -> Q:
    """Came to nothing, the need stands in the plan, and nothing else was tried for it since."""
    newer = Referral.objects.filter(line=OuterRef("line"), at__gt=OuterRef("at"))
    stands = Q(step__state__in=(StepState.PLANNED, StepState.ARRANGED))
    return Q(stage__in=(Stage.DECLINED, Stage.FAILED)) & stands & ~Q(Exists(newer))


def unsent(on: date) -> Q:
    """Proposed or consented to, and left lying longer than an answer may take."""
    long_ago = on - timedelta(days=norms().answer_days[Urgency.NORMAL])
    return Q(stage__in=(Stage.PROPOSED, Stage.CONSENTED), stage_since__lt=long_ago)


def unread_from(side: Side) -> Q:
    """With a message of that side that nobody of the other has read."""
    rows = Message.objects.filter(referral=OuterRef("pk"), side=side, read_at=None)
    return Q(Exists(rows))


_NARROWED_TO: dict[str, Callable[[date], Q]] = {
    TO_ASK: lambda _on: Q(stage__in=sorted(TO_CONFIRM)),
    TO_REPLACE: to_replace,
    UNSENT: unsent,
    UNREAD: lambda _on: unread_from(Side.RECEIVER),
}


def of_case(case: OneCase, viewer: User) -> Any:
    """Every referral of a case that this viewer may see, the newest first."""
    rows = Referral.objects.reachable(viewer, Permission.REFERRAL_VIEW).filter(case=case)
    return _counted(rows, Side.RECEIVER).select_related(*_OF_SENT).order_by("-at", "pk")


_OF_SENT = ("case__person", "person", "receiver", "consent__person")


def sent_rows(found: Iterable[Any], on: date) -> tuple[SentRow, ...]:
    """A page of the list; where people wait, with their place in the line of the service."""
    listed = list(found)
    places = _places(listed)
    return tuple(
        SentRow(
            key=row.pk,
            number=row.number,
            about_person=row.person_id,
            person_name=row.case.person.name,
            case=row.case_id,
            case_number=row.case.number,
            to_whom=to_whom(row),
            kind=kind_name(row.need_kind),
            stage=row.stage,
            stage_name=row.get_stage_display(),
            since=row.stage_since,
            answer_by=row.answer_by,
            is_late=_is_late(row, on, row.stage not in ENDED),
            is_consent_gone=is_consent_gone(row, on),
            place=places.get(row.pk),
            unread=row.unread,
        )
        for row in listed
    )


# --- the receiver's ---


def received_within(viewer: User, on: date, *, only: str = "") -> Any:
    """What was sent to this person's own bodies, late ones first; a queryset to cut."""
    rows = _counted(Referral.objects.reachable(viewer, Permission.REFERRAL_RECEIVE), Side.SENDER)
    if only == LATE:
        rows = rows.filter(overdue_with_the_receiver(on))
    elif only == NEW:
        rows = rows.filter(stage__in=sorted(UNANSWERED))
    elif only == Stage.WAITING:
        rows = rows.filter(stage=Stage.WAITING)
    elif only == UNREAD:
        rows = rows.filter(unread_from(Side.SENDER))
    elif only != ALL:
        rows = rows.filter(stage__in=sorted(WITH_THE_RECEIVER))
    return _ordered(
        rows.select_related("service", "person", "consent__person"), overdue_with_the_receiver(on)
    )


def received_rows(found: Iterable[Any], on: date) -> tuple[ReceivedRow, ...]:
    """A page of the list; where people wait, with their place in the line of the service."""
    listed = list(found)
    places = _places(listed)
    return tuple(
        ReceivedRow(
            key=row.pk,
            number=row.number,
            about_person=row.person_id,
            called=called_in(row, on),
            service=row.service.name if row.service else kind_name(row.need_kind),
            sender=row.sender_name,
            stage=row.stage,
            stage_name=row.get_stage_display(),
            since=row.stage_since,
            answer_by=row.answer_by,
            is_late=_is_late(row, on, row.stage in WITH_THE_RECEIVER),
            place=places.get(row.pk),
            unread=row.unread,
        )
        for row in listed
    )


def _places(listed: Iterable[Any]) -> dict[UUID, int]:
    waiting = {row.service_id for row in listed if row.stage == Stage.WAITING and row.service_id}
    return places_in(waiting) if waiting else {}


def _counted(rows: Any, side: Side) -> Any:
    """With how many messages of that side nobody of the other has read."""
    is_new = Q(messages__side=side, messages__read_at=None)
    return rows.annotate(unread=Count("messages", filter=is_new, distinct=True))


def _ordered(rows: Any, late: Q) -> Any:
    first = Case(When(late, then=Value(value=True)), default=Value(value=False), output_field=BooleanField())
    return rows.annotate(late=first).order_by("-late", "answer_by", "-at", "pk")


def _is_late(referral: Referral, on: date, waits: bool) -> bool:
    return waits and referral.answer_by is not None and referral.answer_by < on


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line of the plan that could be referred."""

    key: UUID
    order: int
    need: str
    kind: str


def lines_of(case: OneCase, *, is_told: bool) -> tuple[PlanLine, ...]:
    """The lines of the plan that wait for a service."""
    plan = plan_of(case)
    waiting = PlanStep.objects.filter(plan=plan, state__in=_WAITING_FOR_A_SERVICE).order_by("order", "pk")
    return tuple(
        PlanLine(row.pk, row.order, (row.need or "") if is_told else "", kind_name(row.service_kind))
        for row in (waiting if plan else ())
    )


_WAITING_FOR_A_SERVICE = (StepState.PLANNED, StepState.NO_SERVICE)
