"""What pages ask about mediation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.partners.models import Mediation, MediationStep
from simpul.partners.stages import MEDIATION_MAY_FOLLOW, MediationStage

# Longest waiting first: whose turn it is to do something.
_OPEN = tuple(stage for stage, following in MEDIATION_MAY_FOLLOW.items() if following)


@dataclass(frozen=True, slots=True)
class Whole:
    """One mediation with all that its page shows."""

    row: Mediation
    steps: tuple[MediationStep, ...]
    following: tuple[MediationStage, ...]
    may_edit: bool
    may_ask: bool


def mediations_within_reach(user: User, body: UUID | None = None) -> QuerySet[Mediation]:
    """The newest first; of one workers' organisation where it is told."""
    rows = Mediation.objects.reachable(user, Permission.PARTNER_VIEW).select_related("organisation")
    if body is not None:
        rows = rows.filter(organisation=body)
    found: QuerySet[Mediation] = rows.order_by("-at", "pk")
    return found


def whole(row: Mediation, user: User) -> Whole:
    """The mediation as its page shows it."""
    following = MEDIATION_MAY_FOLLOW[MediationStage(row.stage)]
    if not row.mediator_name:
        # Nobody who was not asked can say yes.
        following -= {MediationStage.ACCEPTED}
    is_asked = row.stage == MediationStage.ASKED
    return Whole(
        row=row,
        steps=tuple(row.steps.order_by("at", "pk")),
        following=tuple(stage for stage in MediationStage if stage in following),
        may_edit=is_within_reach(row, user, Permission.PARTNER_EDIT),
        may_ask=is_asked and is_within_reach(row.organisation, user, Permission.PARTNER_EDIT),
    )


def to_look_after(user: User, on: date) -> QuerySet[Mediation]:
    """Agreements whose day has come on which somebody looks whether they are kept."""
    rows = Mediation.objects.reachable(user, Permission.PARTNER_EDIT)
    found: QuerySet[Mediation] = rows.filter(stage=MediationStage.AGREED, check_on__lte=on)
    return found
