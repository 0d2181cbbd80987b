"""What a body's listings repeat of its place, cut as soon as that place is secret."""

from __future__ import annotations

from datetime import datetime

from simpul.organisations.models import Organisation
from simpul.services.models import Service
from simpul.services.queries.derived import derive

_REPEATED = ("region", "province", "searched")


def _cut_listings(organisation: Organisation, at: datetime) -> None:
    """Region and words by which its services are found no longer lead there; what does not change is not written.

    Part of the act that made the place secret: it passed the gate, and this happens with it or not at all.
    """
    rows = Service.objects.select_for_update(of=("self",), no_key=True).filter(organisation=organisation)
    for service in rows.order_by("pk"):
        service.organisation = organisation
        before = [getattr(service, name) for name in _REPEATED]
        derive(service)
        if before != [getattr(service, name) for name in _REPEATED]:
            service.modified_at = at
            service.save(update_fields=[*_REPEATED, "modified_at"])
