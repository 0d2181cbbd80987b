"""What all acts on a listing do alike: hold the row, write it with what it repeats, keep its history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from simpul.access.models import User
from simpul.access.rows import KeyTaken
from simpul.services.models import AtPlace, Place, Revision, Service
from simpul.services.queries.derived import derive


def _held(service: Service) -> Service:
    """The listing as it stands now, kept for this act."""
    rows = Service.objects.select_related("organisation").select_for_update(of=("self",), no_key=True)
    found: Service = rows.get(pk=service.pk)
    return found


def _written(service: Service, at: datetime, *, raises_version: bool = True) -> Service:
    """The row with what it repeats, a version further, newer for whoever asks for what was changed."""
    derive(service)
    if raises_version:
        service.version += 1
    service.modified_at = at
    service.save()
    return service


def _held_all_at(place: Place) -> list[Service]:
    """Every listing that is given at a place, kept for this act.

    Listings are always held before their places: two acts that meet would otherwise wait for each other for ever.
    """
    rows = Service.objects.select_related("organisation").select_for_update(of=("self",), no_key=True)
    given = AtPlace.objects.filter(place=place, ended_on=None).values("service")
    return list(rows.filter(pk__in=given).order_by("pk"))


def _revised(
    service: Service,
    part: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    by: User,
    at: datetime,
) -> None:
    """One entry of the history, with only what differs."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    Revision.objects.create(
        service=service,
        part=part,
        version=service.version,
        before={name: before[name] for name in names if name in before},
        after={name: after[name] for name in names if name in after},
        at=at,
        by=by.pk,
        by_name=str(by),
    )


def _require_same(first: Mapping[str, Any], second: Mapping[str, Any]) -> None:
    """What was typed the second time must not be acknowledged and lost."""
    if dict(first) != dict(second):
        raise KeyTaken
