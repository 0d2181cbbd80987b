"""An office's own norms and dates, where it departs from the defaults of the catalogue."""

from __future__ import annotations

import uuid

from django.db.models import (
    CharField,
    DateTimeField,
    JSONField,
    Model,
    PositiveIntegerField,
    Q,
    UniqueConstraint,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.reach import Reachable


class OfficeQuerySet(Reachable):
    """By the organisation or area that set them."""


class Office(Model):
    """How one organisation, or an area's office, works. Only what departs from the catalogue is kept.

    `norms` has the keys of catalogue.casework: caseload per working model, days between steps, whether plans are
    approved. `models` holds by the code of a working model what it changes there: {"expected_steps": [...], …}.
    """

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = UUIDField(null=True)
    region = CharField(max_length=13, blank=True)
    norms = JSONField(default=dict)
    models = JSONField(default=dict)
    changed_at = DateTimeField()
    changed_by_name = CharField(max_length=200)
    version = PositiveIntegerField(default=1)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        constraints = (
            UniqueConstraint(
                name="one_office_per_organisation",
                fields=["organisation"],
                condition=Q(organisation__isnull=False),
                violation_error_message=_("Pengaturan lembaga ini sudah ada."),
            ),
            UniqueConstraint(
                name="one_office_per_area",
                fields=["region"],
                condition=Q(organisation=None),
                violation_error_message=_("Pengaturan wilayah ini sudah ada."),
            ),
        )

    def __str__(self) -> str:
        return str(self.organisation or self.region)

    @property
    def about_person(self) -> None:
        """Nobody: norms are an office's."""
