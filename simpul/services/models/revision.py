"""What a listing was before and after each change: its history."""

from __future__ import annotations

from django.db.models import (
    PROTECT,
    CharField,
    DateTimeField,
    ForeignKey,
    Index,
    JSONField,
    PositiveIntegerField,
    UUIDField,
)

from simpul.services.models.service import OfService, Service


class Revision(OfService):
    """One change of one part of a listing: which fields differ, as they were and as they became. Never changed.

    `part` is a code of services.queries.parts, or "listing", "places", "areas", "hours". What stands here stood in
    a public listing; nothing of it is about people who are helped.
    """

    service = ForeignKey(Service, PROTECT, related_name="revisions")
    part = CharField(max_length=20)
    # The version of the listing that this made.
    version = PositiveIntegerField()
    before = JSONField(default=dict)
    after = JSONField(default=dict)
    at = DateTimeField()
    by = UUIDField(null=True)
    by_name = CharField(max_length=200)

    class Meta:
        indexes = (Index(fields=["service", "at"], name="revision_of_service"),)

    def __str__(self) -> str:
        return f"{self.service_id}: {self.part}"
