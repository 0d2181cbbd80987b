"""Where a service is given: places added, changed, left. Of a secret body only contact points, or no place at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal
from simpul.access.rows import made_before
from simpul.services.actions.keeping import (
    _held,
    _held_all_at,
    _require_same,
    _revised,
    _written,
)
from simpul.services.models import AtPlace, Place, Service
from simpul.services.queries.place_values import PLACE_FIELDS, checked_place, place_values, place_words
from simpul.services.queries.places import places_of

EDIT = Permission.SERVICE_EDIT


@action(EDIT)
def add_place(service: Service, /, *, by: User, key: UUID, at: datetime, values: Mapping[str, Any]) -> Place:
    """A new place where this service is given. Pressed twice it is one. Raises ValueWrong."""
    current = _held(service)
    kept = checked_place(current.organisation, values)
    if made := made_before(Place, key, organisation_id=current.organisation_id):
        repeated: Place = made
        is_here = AtPlace.objects.filter(service=current, place=made).exists()
        _require_same({**place_values(made), "is_here": is_here}, {**kept, "is_here": True})
        return repeated
    place = Place(pk=key, organisation=current.organisation, modified_at=at)
    for name, value in kept.items():
        setattr(place, name, value)
    place.save(force_insert=True)
    _joined(current, place, by=by, at=at)
    return place


@action(EDIT)
def use_place(service: Service, /, *, by: User, place: UUID, at: datetime) -> AtPlace:
    """The service is given at a place that its body has already. Said twice it is once."""
    current = _held(service)
    found = Place.objects.filter(pk=place, organisation=current.organisation, ended_on=None).first()
    if found is None:
        raise Refusal(_("Tempat itu tidak ada lagi. Pilih yang lain, atau tambahkan."))
    standing: AtPlace | None = AtPlace.objects.filter(service=current, place=found, ended_on=None).first()
    return standing or _joined(current, found, by=by, at=at)


def _joined(service: Service, place: Place, *, by: User, at: datetime) -> AtPlace:
    before = _words(service)
    row: AtPlace = AtPlace.objects.create(service=service, place=place)
    _written(service, at)
    _revised(service, "places", before, _words(service), by=by, at=at)
    return row


@action(EDIT)
def change_place(
    place: Place, /, *, by: User, version: int, at: datetime, values: Mapping[str, Any]
) -> Place:
    """Change what is told of a place, for all services that are given there. Raises ValueWrong, Clash."""
    services = _held_all_at(place)
    rows = Place.objects.select_related("organisation").select_for_update(of=("self",), no_key=True)
    current: Place = rows.get(pk=place.pk)
    before = place_values(current)
    kept = checked_place(current.organisation, {**before, **values})
    if kept == before:
        return current
    if current.version != version:
        raise Clash(_("Tempat ini"), place_words(before), place_words(kept))
    for name in PLACE_FIELDS:
        setattr(current, name, kept[name])
    current.version += 1
    current.modified_at = at
    current.save()
    told = {"place": [place_words(before)]}, {"place": [place_words(kept)]}
    for service in services:
        _written(service, at, raises_version=False)
        _revised(service, "places", *told, by=by, at=at)
    return current


@action(EDIT)
def leave_place(service: Service, /, *, by: User, place: UUID, on: date, at: datetime) -> Service:
    """The service is not given there any more. A place that no service uses has ended. Said twice it is once."""
    current = _held(service)
    row = AtPlace.objects.filter(service=current, place=place, ended_on=None).first()
    if row is None:
        return current
    before = _words(current)
    row.ended_on = on
    row.save(update_fields=["ended_on"])
    if not AtPlace.objects.filter(place=place, ended_on=None).exists():
        left = row.place
        left.ended_on, left.modified_at = on, at
        left.save(update_fields=["ended_on", "modified_at"])
    _written(current, at)
    _revised(current, "places", before, _words(current), by=by, at=at)
    return current


def _words(service: Service) -> dict[str, list[str]]:
    return {"places": [place_words(place_values(place)) for place in places_of([service])[service.pk]]}
