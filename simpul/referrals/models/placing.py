"""Placing many people at once: a proposal by calculation, which nobody applies but a person."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import (
    PROTECT,
    BinaryField,
    CharField,
    DateField,
    DateTimeField,
    ForeignKey,
    Index,
    JSONField,
    Model,
    PositiveIntegerField,
    Q,
    TextChoices,
    UniqueConstraint,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.reach import Reachable
from simpul.access.secrets import Sealed
from simpul.cases.models.case import OfCase
from simpul.cases.models.plans import PlanStep
from simpul.referrals.models.referral import Referral
from simpul.services.models import Service


class RoundState(TextChoices):
    PROPOSED = "proposed", _("Usulan")
    APPLIED = "applied", _("Diterapkan")
    DROPPED = "dropped", _("Tidak dipakai")


class PlacingRound(Model):
    """One calculation: which needs, which services, what came out, and who decided about it."""

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = CharField(max_length=200)
    organisation = UUIDField(null=True)
    region = CharField(max_length=13, blank=True)
    need_kind = CharField(max_length=40)
    on = DateField()
    state = CharField(max_length=8, choices=RoundState.choices, default=RoundState.PROPOSED)
    # How it was calculated and how good it is: solver, seconds, people placed, cost against the plain way.
    measures = JSONField(default=dict)
    because_sealed = BinaryField(null=True)
    because: Any = Sealed("because_sealed", "placing_round.because")
    decided_at = DateTimeField(null=True)
    decided_by = UUIDField(null=True)
    decided_by_name = CharField(max_length=200, blank=True)
    version = PositiveIntegerField(default=1)
    at = DateTimeField()
    by = UUIDField(null=True)
    by_name = CharField(max_length=200)

    objects = Reachable.as_manager()

    class Meta:
        indexes = (Index(fields=["state", "at"], name="placing_round_state"),)

    def __str__(self) -> str:
        return self.title


class Placing(OfCase):
    """One person of a round: the proposed service, the confirmed one, or that nothing fits, with the reasons."""

    round = ForeignKey(PlacingRound, PROTECT, related_name="placings")
    step = ForeignKey(PlanStep, PROTECT, related_name="+")
    proposed = ForeignKey(Service, PROTECT, null=True, related_name="+")
    chosen = ForeignKey(Service, PROTECT, null=True, related_name="+")
    finding: Any = JSONField(null=True)
    is_confirmed = CharField(max_length=8, blank=True)  # "yes", "no", "" not looked at
    version = PositiveIntegerField(default=1)
    referral = ForeignKey(Referral, PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            UniqueConstraint(fields=["round", "step"], name="placed_once_in_a_round"),
            UniqueConstraint(
                fields=["referral"], name="placing_one_referral", condition=Q(referral__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.round_id}: {self.step_id}"
