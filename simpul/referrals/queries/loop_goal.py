"""The goal that a referral served: asked about once the client has said what came of it."""

from __future__ import annotations

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.cases.models import Goal, GoalScore, GoalState
from simpul.referrals.models import Referral, ReferralStep
from simpul.referrals.queries.loop_sides import standing_step
from simpul.referrals.stages import Stage


def goal_to_score(referral: Referral, viewer: User) -> Goal | None:
    """The goal behind a confirmed referral, for who may plan, until somebody judged it since the client's word."""
    if referral.stage != Stage.CONFIRMED or not referral.case.is_open:
        return None
    step = standing_step(referral)
    goal = step.goal if step is not None else None
    if goal is None or goal.state != GoalState.ACTIVE:
        return None
    if not is_within_reach(referral.case, viewer, Permission.CASE_PLAN):
        return None
    told = ReferralStep.objects.filter(referral=referral, stage=Stage.CONFIRMED).order_by("-at").first()
    is_judged = told is not None and GoalScore.objects.filter(goal=goal, at__gt=told.at).exists()
    return None if is_judged else goal
