"""One referral as a page shows it: to the sender with everything around it, to the receiver with what was sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.cases.models import StepState
from simpul.cases.queries.case import sees_all
from simpul.referrals.models import Alternative, Message, Referral, ReferralStep
from simpul.referrals.queries.loop_goal import goal_to_score
from simpul.referrals.queries.loop_queue import InLine, place_of
from simpul.referrals.queries.loop_shared import (
    Seen,
    may_hand_over,
    received_seen,
    sent_seen,
    service_name,
    to_whom,
)
from simpul.referrals.queries.loop_sides import has_account, may_say, step_wanted, verbs_for
from simpul.referrals.queries.loop_standing import has_outgrown, is_consent_gone, is_limited, is_over
from simpul.referrals.stages import ENDED, RECEIVED, SHARED_NO_MORE, TO_CONFIRM, Share, Side, Stage
from simpul.screening.stages import Urgency
from simpul.services.queries.open_words import open_name


@dataclass(frozen=True, slots=True)
class Entry:
    """One step on the way."""

    at: datetime
    stage_name: str
    who: str
    is_theirs: bool


@dataclass(frozen=True, slots=True)
class Said:
    """One message; without words for who may not read them."""

    at: datetime
    who: str
    words: str
    is_theirs: bool
    is_new: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was answered, in words; empty where nothing was, or for who may not read it.

    `turn_because` is for the receiver alone.
    """

    decline: str
    decline_words: str
    appointment_at: datetime | None
    appointment_words: str
    visited_on: date | None
    came: str
    is_warm: bool
    delivered_on: date | None
    outcome: str
    told: str
    told_on: date | None
    told_words: str
    withdrawn_because: str
    turn_because: str


@dataclass(frozen=True, slots=True)
class SentPage:
    """What the sender's page shows. `buttons` are the stages that may be written down now, with their words.

    `about`: why it was begun at all, each thing under its name, for whoever opens it again days later.
    `goal_words`: of the goal that should be judged now, empty for who may not read them; None where there is none.
    """

    to_whom: str
    about: tuple[tuple[str, str], ...]
    seen: Seen | None
    outcome: Outcome
    line: InLine | None
    steps: tuple[Entry, ...]
    messages: tuple[Said, ...]
    buttons: tuple[tuple[str, str], ...]
    shares: tuple[str, ...]
    has_account: bool
    is_told: bool
    is_consent_gone: bool
    is_outgrown: bool
    is_limited: bool
    is_late: bool
    is_open: bool
    may_send: bool
    may_letter: bool
    may_write: bool
    may_confirm: bool
    may_withdraw: bool
    may_end_consent: bool
    plan_wanted: str
    goal_words: str | None
    alternatives: tuple[tuple[UUID, str], ...]


def sent_page(referral: Referral, viewer: User, on: date) -> SentPage:
    """Everything around a referral, for who reaches its case."""
    may_send = is_within_reach(referral.case, viewer, Permission.REFERRAL_SEND)
    is_told, reads_here = sees_all(referral.case, viewer), has_account(referral.receiver_id)
    stage, is_gone = Stage(referral.stage), is_consent_gone(referral, on)
    may_end, limited = stage not in ENDED and may_send, is_limited(referral)
    is_open = stage in RECEIVED and not is_gone and not limited
    return SentPage(
        to_whom=to_whom(referral),
        about=tuple(_about(referral, is_told=is_told)),
        seen=sent_seen(referral, viewer, on) if is_told and referral.shared else None,
        outcome=_outcome(referral, is_told=is_told),
        line=place_of(referral),
        steps=_steps(referral, Side.RECEIVER),
        messages=_messages(referral, Side.RECEIVER, is_told=is_told),
        buttons=_buttons(referral, Side.SENDER, by_hand=not reads_here) if may_send else (),
        shares=tuple(str(share.label) for share in Share if share in referral.shares),
        has_account=reads_here,
        is_told=is_told,
        is_consent_gone=is_gone,
        is_outgrown=is_gone and has_outgrown(referral, on),
        is_limited=limited,
        is_late=stage not in ENDED and referral.answer_by is not None and referral.answer_by < on,
        is_open=is_open,
        may_send=may_send,
        may_letter=is_open and may_end and not reads_here and may_hand_over(referral, viewer),
        may_write=may_send and is_told and is_open,
        may_confirm=may_send and stage in TO_CONFIRM,
        may_withdraw=may_end,
        may_end_consent=may_send and bool(referral.consented_on) and referral.consent_withdrawn_on is None,
        goal_words=_goal_words(referral, viewer, is_told=is_told),
        plan_wanted=_plan_words(referral) if may_send and referral.case.is_open else "",
        alternatives=_alternatives(referral) if stage in SHARED_NO_MORE else (),
    )


def _about(referral: Referral, *, is_told: bool) -> Iterator[tuple[str, str]]:
    """The need and its goal; before it is sent also what is asked for, which the receiver's copy tells afterwards."""
    step, is_copied = referral.step, bool(referral.shared)
    if not is_copied:
        yield _("Yang dimohon"), service_name(referral)
        yield _("Kegentingan"), str(Urgency(referral.urgency).label)
    if is_told and step is not None:
        yield _("Kebutuhan"), step.need or ""
        yield _("Tujuannya"), (step.goal.words or "") if step.goal else ""
    if is_told and not is_copied:
        yield _("Keterangan untuk penerima"), referral.words or ""


def _goal_words(referral: Referral, viewer: User, *, is_told: bool) -> str | None:
    goal = goal_to_score(referral, viewer)
    return None if goal is None else str(goal.words or "") if is_told else ""


def _plan_words(referral: Referral) -> str:
    wanted = step_wanted(referral)
    return str(StepState(wanted).label) if wanted else ""


def _alternatives(referral: Referral) -> tuple[tuple[UUID, str], ...]:
    """Services that were kept for the same line: where it can be tried next."""
    rows = Alternative.objects.filter(case=referral.case_id, line=referral.line, is_put_aside=False)
    kept = (
        rows.exclude(service=referral.service_id)
        .select_related("service__organisation")
        .order_by("rank", "pk")
    )
    return tuple((row.service_id, open_name(row.service)) for row in kept)


def _buttons(referral: Referral, side: Side, *, by_hand: bool = False) -> tuple[tuple[str, str], ...]:
    """What can be written down now by a form of answers; the client's own word has a page of its own."""
    wanted = [stage for stage in may_say(referral, side, by_hand=by_hand) if stage not in _OWN_PAGES]
    return verbs_for(wanted, side)


_OWN_PAGES = frozenset({Stage.CONSENTED, Stage.SENT, Stage.CONFIRMED, Stage.WITHDRAWN, Stage.SEEN})


# --- for the receiver ---


@dataclass(frozen=True, slots=True)
class ReceivedPage:
    """What the receiver's page shows: what was sent, the steps, the messages, and what may be answered."""

    seen: Seen
    outcome: Outcome
    line: InLine | None
    steps: tuple[Entry, ...]
    messages: tuple[Said, ...]
    buttons: tuple[tuple[str, str], ...]
    is_open: bool
    is_late: bool


def received_page(referral: Referral, on: date, viewer: User | None = None) -> ReceivedPage:
    """The same for a body that reads here and for who holds the code of a letter. Nothing of the case."""
    is_closed = is_over(referral, on)
    return ReceivedPage(
        seen=received_seen(referral, viewer, on),
        outcome=_received_outcome(referral, is_told=not is_closed),
        line=place_of(referral),
        steps=_steps(referral, Side.SENDER, since=Stage.SENT),
        messages=() if is_closed else _messages(referral, Side.SENDER, is_told=True),
        buttons=_buttons(referral, Side.RECEIVER),
        is_open=not is_closed,
        is_late=referral.stage not in ENDED and referral.answer_by is not None and referral.answer_by < on,
    )


def _received_outcome(referral: Referral, *, is_told: bool) -> Outcome:
    """What the receiver said itself. What the client said to the worker is not for them."""
    found = _outcome(referral, is_told=is_told)
    values = {name: getattr(found, name) for name in Outcome.__slots__}
    kept = {"turn_because": (referral.turn_because or "") if is_told else ""}
    return Outcome(**values | {"told": "", "told_on": None, "told_words": "", "withdrawn_because": ""} | kept)


def _outcome(referral: Referral, *, is_told: bool) -> Outcome:
    def said(words: str | None) -> str:
        return (words or "") if is_told else ""

    return Outcome(
        decline=referral.get_decline_display() if referral.decline else "",
        decline_words=said(referral.decline_words),
        appointment_at=referral.appointment_at,
        appointment_words=said(referral.appointment_words),
        visited_on=referral.visited_on,
        came=referral.get_came_display() if referral.came else "",
        is_warm=referral.is_warm,
        delivered_on=referral.delivered_on,
        outcome=said(referral.outcome),
        told=referral.get_told_display() if referral.told else "",
        told_on=referral.told_on,
        told_words=said(referral.told_words),
        withdrawn_because=said(referral.withdrawn_because),
        turn_because="",
    )


def _steps(referral: Referral, theirs: Side, *, since: Stage | None = None) -> tuple[Entry, ...]:
    """The way so far, the newest first. The receiver's begins when it was sent, and names no worker before."""
    rows = ReferralStep.objects.filter(referral=referral).order_by("-at", "-on", "pk")
    return tuple(_entries(referral, rows, theirs, since))


_BEFORE_SENDING = frozenset({Stage.PROPOSED, Stage.CONSENTED})
_NOT_FOR_THE_RECEIVER = _BEFORE_SENDING | {Stage.CONFIRMED}


def _entries(
    referral: Referral, rows: Iterable[ReferralStep], theirs: Side, since: Stage | None
) -> Iterator[Entry]:
    for row in rows:
        if since is not None and row.stage in _NOT_FOR_THE_RECEIVER:
            continue
        is_theirs = row.side == theirs
        # Which of the sender's workers did it is told only where a contact was shared.
        who = referral.sender_name if since is not None and is_theirs else _done_by(row, since is None)
        yield Entry(row.at, row.get_stage_display(), who, is_theirs=is_theirs)


def _done_by(row: ReferralStep | Message, to_the_sender: bool) -> str:
    """Who did it; the sender reads too who had made the code with which it was done."""
    if not row.code_by_name or not to_the_sender:
        return row.by_name
    return _("%(who)s, dengan kode yang dibuat %(maker)s") % {"who": row.by_name, "maker": row.code_by_name}


def _messages(referral: Referral, theirs: Side, *, is_told: bool) -> tuple[Said, ...]:
    """The newest last. The receiver reads a worker's name only where a contact was shared."""
    is_nameless = theirs == Side.SENDER and Share.CONTACT not in referral.shares
    rows = Message.objects.filter(referral=referral).order_by("at", "pk")
    return tuple(
        Said(
            at=row.at,
            who=referral.sender_name
            if is_nameless and row.side == theirs
            else _done_by(row, theirs == Side.RECEIVER),
            words=(row.words or "") if is_told else "",
            is_theirs=row.side == theirs,
            is_new=row.side == theirs and row.read_at is None,
        )
        for row in rows
    )
