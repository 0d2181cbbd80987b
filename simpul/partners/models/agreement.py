"""That two bodies work together: for what, in which ways, on which paper, since and until when."""

from __future__ import annotations

import uuid
from typing import Self

from django.db.models import (
    PROTECT,
    CharField,
    CheckConstraint,
    DateField,
    DateTimeField,
    F,
    ForeignKey,
    Index,
    JSONField,
    Model,
    PositiveIntegerField,
    Q,
    TextField,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.permissions import Permission
from simpul.access.reach import HoldsGrants, Reachable
from simpul.organisations.models import Organisation
from simpul.partners.stages import AgreementState


class Kept(Model):
    """When a row was written, and by whom."""

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = DateTimeField()
    by = UUIDField(null=True)
    by_name = CharField(max_length=200)

    class Meta:
        abstract = True


class OtherSide(Reachable):
    to_organisation = "partner"
    to_region = "partner__region"


class AgreementQuerySet(Reachable):
    """Both sides read it; only the side that keeps it, and the offices of its area, change it."""

    to_region = "organisation__region"

    def reachable(self, user: HoldsGrants, permission: Permission) -> Self:
        own = self.covered(user, permission)
        if permission is not Permission.PARTNER_VIEW:
            return self.filter(own)
        return self.filter(own | OtherSide(self.model).covered(user, permission))


class Agreement(Kept):
    """One agreement. `ways` are codes of Cooperation. The other side may be a body that is not in the register.

    `confirmed_on` is when the other side said in Simpul that it is so.
    """

    organisation = ForeignKey(Organisation, PROTECT, related_name="+")
    partner = ForeignKey(Organisation, PROTECT, null=True, related_name="+")
    partner_name = CharField(max_length=200)
    ways = JSONField(default=list)
    subject = TextField()
    number = CharField(max_length=80, blank=True)
    since = DateField()
    until = DateField(null=True)
    state = CharField(max_length=8, choices=AgreementState.choices, default=AgreementState.DRAFT)
    ended_on = DateField(null=True)
    ended_because = TextField(blank=True)
    confirmed_on = DateField(null=True)
    confirmed_by_name = CharField(max_length=200, blank=True)
    version = PositiveIntegerField(default=1)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        indexes = (
            Index(fields=["organisation", "since"], name="agreement_of_body"),
            Index(fields=["partner", "since"], name="agreement_of_partner"),
        )
        constraints = (
            CheckConstraint(
                name="agreement_ends_after_it_begins",
                condition=Q(until=None) | Q(until__gte=F("since")),
                violation_error_message=_("Hari terakhir tidak bisa sebelum hari pertama."),
            ),
            CheckConstraint(
                name="agreement_is_with_another",
                condition=Q(partner=None) | ~Q(partner=F("organisation")),
                violation_error_message=_("Mitra harus lembaga lain."),
            ),
        )

    def __str__(self) -> str:
        return self.partner_name

    @property
    def organisation_key(self) -> uuid.UUID:
        """For the record of events: kept with the body that keeps the agreement."""
        return self.organisation_id
