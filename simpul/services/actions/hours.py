"""When a service is open: repeating hours, added and taken out row by row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.access.rows import made_before
from simpul.services.actions.keeping import _held, _revised, _written
from simpul.services.models import Hours, Service
from simpul.services.queries.hours import words_of
from simpul.services.queries.hours_values import checked_hours

_MOST = 30


@action(Permission.SERVICE_EDIT)
def add_hours(service: Service, /, *, by: User, key: UUID, at: datetime, values: Mapping[str, Any]) -> Hours:
    """One more repeating time. Pressed twice it is one. Raises ValueWrong, or Refusal for too many rows."""
    current = _held(service)
    kept = checked_hours(current, values)
    if made := made_before(Hours, key, service_id=current.pk, **kept):
        repeated: Hours = made
        return repeated
    rows = Hours.objects.filter(service=current)
    if rows.count() >= _MOST:
        raise Refusal(_("Jam bukanya terlalu banyak baris. Keluarkan yang tidak berlaku lagi dahulu."))
    before = _words(current)
    row = Hours(pk=key, service=current, **kept)
    row.save(force_insert=True)
    _written(current, at)
    _revised(current, "hours", before, _words(current), by=by, at=at)
    return row


@action(Permission.SERVICE_EDIT)
def remove_hours(service: Service, /, *, by: User, row: UUID, at: datetime) -> Service:
    """This time does not hold any more. Its words stay in the history. Said twice it is once."""
    current = _held(service)
    found = Hours.objects.filter(service=current, pk=row).first()
    if found is None:
        return current
    before = _words(current)
    found.delete()
    _written(current, at)
    _revised(current, "hours", before, _words(current), by=by, at=at)
    return current


def _words(service: Service) -> dict[str, list[str]]:
    return {"hours": words_of(Hours.objects.filter(service=service).order_by("pk"))}
