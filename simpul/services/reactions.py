"""What becomes of listings when something happens to their body."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from simpul.organisations.models import Organisation
from simpul.organisations.queries.bodies import is_place_secret
from simpul.services.actions.secrecy import _cut_listings


def when_a_body_is_saved(*, instance: Organisation, raw: bool = False, **_details: Any) -> None:
    """A place that became secret leaves the searches in the same transaction in which it became so."""
    if not raw and is_place_secret(instance):
        _cut_listings(instance, timezone.now())
