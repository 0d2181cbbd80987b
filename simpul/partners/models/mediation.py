"""A mediator stands between an organisation of those who work at home, their industry, and the government."""

from __future__ import annotations

import uuid
from typing import Self

from django.db.models import (
    PROTECT,
    CharField,
    DateField,
    ForeignKey,
    Index,
    PositiveIntegerField,
    Q,
    TextField,
)

from simpul.access.permissions import Permission
from simpul.access.reach import HoldsGrants, Reachable
from simpul.organisations.models import Organisation
from simpul.partners.models.agreement import Kept
from simpul.partners.stages import MediationStage, Party


class MediationQuerySet(Reachable):
    """Reached by the workers' organisation and its area; by the mediating body too. The counterpart reads nothing."""

    to_region = "organisation__region"

    def reachable(self, user: HoldsGrants, permission: Permission) -> Self:
        homes = [grant.organisation for grant in user.grants_with(permission) if grant.organisation]
        return self.filter(self.covered(user, permission) | Q(mediator__in=homes))


class Mediation(Kept):
    """One matter between workers at home and somebody else. No member of the workers is ever named here.

    `counterpart_kind` says who the other is; `agreed` what was settled, `check_on` when somebody looks whether
    it is kept.
    """

    organisation = ForeignKey(Organisation, PROTECT, related_name="+")
    mediator = ForeignKey(Organisation, PROTECT, null=True, related_name="+")
    mediator_name = CharField(max_length=200, blank=True)
    counterpart_kind = CharField(max_length=12, choices=Party.choices)
    counterpart = CharField(max_length=200)
    matter = TextField()
    stage = CharField(max_length=12, choices=MediationStage.choices, default=MediationStage.ASKED)
    stage_since = DateField()
    agreed = TextField(blank=True)
    check_on = DateField(null=True)
    version = PositiveIntegerField(default=1)

    objects = MediationQuerySet.as_manager()

    class Meta:
        indexes = (Index(fields=["organisation", "stage"], name="mediation_of_body"),)

    def __str__(self) -> str:
        return self.counterpart

    @property
    def organisation_key(self) -> uuid.UUID:
        """For the record of events: kept with the workers' organisation."""
        return self.organisation_id


class OfMediationQuerySet(Reachable):
    def reachable(self, user: HoldsGrants, permission: Permission) -> Self:
        within = Mediation.objects.reachable(user, permission).order_by().values("pk")
        return self.filter(mediation__in=within)


class MediationStep(Kept):
    """That a mediation came to a stage, and what was said there. Added, never changed."""

    mediation = ForeignKey(Mediation, PROTECT, related_name="steps")
    stage = CharField(max_length=12, choices=MediationStage.choices)
    on = DateField()
    words = TextField(blank=True)

    objects = OfMediationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.stage
