"""The need behind a referral: met when it was accepted, open again when nothing came of it."""

from __future__ import annotations

from uuid import uuid5

from simpul.referrals.actions.loop_moving import Hand
from simpul.referrals.models import NeedUnmet, Referral
from simpul.referrals.queries.loop_sides import has_another
from simpul.referrals.stages import Unmet


def _note_unmet(referral: Referral, hand: Hand, reason: Unmet, words: str) -> None:
    """That the need is open still, in place of what was noted before; without types, which would list who is what.

    Nothing is noted in a case that ended, nor where the same need is met elsewhere already.
    """
    if referral.step is None:
        return
    _end_unmet(referral, hand)
    if not referral.case.is_open or has_another(referral):
        return
    row = NeedUnmet(pk=uuid5(referral.pk, "unmet"), case=referral.case, step=referral.step, reason=reason)
    row.line, row.kind, row.region = referral.step.line, referral.need_kind, referral.region
    row.referral, row.on, row.words = referral, hand.on, words or None
    row.at, row.by, row.by_name = hand.at, hand.key, hand.called
    row.save(force_insert=True)


def _end_unmet(referral: Referral, hand: Hand) -> None:
    """It is met, as far as this referral goes."""
    standing = NeedUnmet.objects.filter(case=referral.case_id, line=referral.line, ended_on=None)
    standing.update(ended_on=hand.on, ended_by=referral)


def _open_again(referral: Referral) -> None:
    """It was taken back after it was accepted: what that had ended stands again, in a case that runs."""
    if referral.case.is_open and not has_another(referral):
        NeedUnmet.objects.filter(ended_by=referral).update(ended_on=None, ended_by=None)
