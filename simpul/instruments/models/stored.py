"""What is stored of an office's own instruments: every version that was ever accepted."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db.models import (
    PROTECT,
    CharField,
    CheckConstraint,
    DateTimeField,
    ForeignKey,
    Index,
    JSONField,
    Model,
    PositiveIntegerField,
    Q,
    UniqueConstraint,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.reach import Reachable


class StoredInstrument(Model):
    """One version of an office's own instrument. Its content is never changed: a change is a new version.

    Without organisation and region it is everybody's. `content` is what simpul.catalogue.instruments.to_json writes.
    """

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = CharField(max_length=60)
    version = PositiveIntegerField()
    organisation = UUIDField(null=True, blank=True)
    region = CharField(max_length=13, blank=True)
    digest = CharField(max_length=64)
    content = JSONField()
    added_by = ForeignKey(settings.AUTH_USER_MODEL, PROTECT, related_name="+")
    added_at = DateTimeField()
    withdrawn_at = DateTimeField(null=True, blank=True)

    objects = Reachable.as_manager()

    class Meta:
        indexes = (Index(fields=["organisation", "region"], name="instrument_of_office"),)
        constraints = (
            UniqueConstraint(
                name="instrument_version_is_there_once",
                fields=["code", "version"],
                violation_error_message=_("Versi instrumen ini sudah ada."),
            ),
            CheckConstraint(
                name="instrument_version_counts_from_one",
                condition=Q(version__gte=1),
                violation_error_message=_("Versi dihitung dari 1."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.version}"
