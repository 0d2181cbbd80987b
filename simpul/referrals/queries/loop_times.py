"""Until when the next word is due, by the stage and how urgent the need is."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from simpul.catalogue.services import norms
from simpul.referrals.stages import ENDED, WITH_THE_RECEIVER, Stage
from simpul.screening.stages import Urgency


def due_on(stage: str, urgency: str, on: date, *, appointment_on: date | None = None) -> date | None:
    """The last day for the next step of a referral that came to `stage` on that day; None once it is over.

    An appointment is due on its own day. Who waits is looked at again after the norm for an outcome.
    """
    if stage == Stage.APPOINTED:
        return appointment_on or on
    if stage in ENDED or stage in (Stage.PROPOSED, Stage.CONSENTED):
        return None
    return on + timedelta(days=_days(stage, urgency))


def _days(stage: str, urgency: str) -> int:
    answer = norms().answer_days
    if stage in (Stage.WAITING, Stage.VISITED, Stage.DELIVERED):
        return norms().outcome_days
    if stage == Stage.ANSWERED:
        return answer[Urgency.NORMAL]
    return answer.get(urgency, answer[Urgency.NORMAL])


def overdue(on: date) -> Q:
    """As a condition on referrals: a word was due before that day."""
    return Q(answer_by__lt=on) & ~Q(stage__in=sorted(ENDED))


def overdue_with_the_receiver(on: date) -> Q:
    """The same, where it is the receiver's turn."""
    return Q(answer_by__lt=on, stage__in=sorted(WITH_THE_RECEIVER))
