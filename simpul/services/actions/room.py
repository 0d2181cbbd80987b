"""Keeping a listing current: that it still holds, and how many places are free."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.access.rows import made_before
from simpul.services.actions.keeping import _held, _written
from simpul.services.models import Confirmation, Service
from simpul.services.stages import Listing

_MOST = 1_000_000


@action(Permission.SERVICE_EDIT)
def confirm_listing(
    service: Service, /, *, by: User, on: date, at: datetime, free: int | None = None, key: UUID | None = None
) -> Confirmation:
    """All that stands here still holds, with so many free places; None where they are not told again.

    With `key`, or where no number is told, it is said once when pressed twice. Raises Refusal for a listing that is
    not open, for more room than there is, and for a key that came with something else.
    """
    said = {"on": on, "free": free, "is_room_only": False}
    return _said(service, said, by=by, at=at, key=key)


@action(Permission.SERVICE_EDIT)
def tell_room(
    service: Service, /, *, by: User, on: date, at: datetime, free: int, key: UUID | None = None
) -> Confirmation:
    """Only how many places are free. Raises Refusal as confirm_listing does."""
    said = {"on": on, "free": free, "is_room_only": True}
    return _said(service, said, by=by, at=at, key=key)


def _said(
    service: Service, said: dict[str, Any], *, by: User, at: datetime, key: UUID | None
) -> Confirmation:
    current, free = _held(service), said["free"]
    if repeated := _said_before(current, by, said, key):
        return repeated
    if current.listing not in (Listing.OPEN, Listing.PAUSED):
        raise Refusal(_("Layanan ini belum dibuka. Buka dahulu, lalu pastikan."))
    if free is not None:
        _require_room(current, free)
        current.free, current.free_on = free, said["on"]
    if not said["is_room_only"]:
        current.confirmed_on, current.confirmed_by_name = said["on"], str(by)
    # Not a new version: who is changing another part meanwhile is not in the way of who counts beds.
    _written(current, at, raises_version=False)
    # The room stands here only when it was told: those taken in are counted from the last such telling.
    capacity = current.capacity if free is not None else None
    made: Confirmation = Confirmation.objects.create(
        pk=key or uuid4(), service=current, capacity=capacity, at=at, by=by.pk, by_name=str(by), **said
    )
    return made


def _require_room(service: Service, free: int) -> None:
    if not 0 <= free <= _MOST:
        raise Refusal(_("Tulis jumlah tempat kosong dengan angka, mulai dari 0."))
    if service.capacity is not None and free > service.capacity:
        raise Refusal(
            _("Daya tampungnya %(capacity)s, jadi tempat kosong tidak bisa %(free)s. Periksa angkanya.")
            % {"capacity": service.capacity, "free": free}
        )


def _said_before(service: Service, by: User, said: dict[str, Any], key: UUID | None) -> Confirmation | None:
    """What the first press made. The same number said again after somebody was taken in is a new telling."""
    if key is not None:
        repeated: Confirmation | None = made_before(
            Confirmation,
            key,
            service_id=service.pk,
            by=by.pk,
            free=said["free"],
            is_room_only=said["is_room_only"],
        )
        return repeated
    last: Confirmation | None = Confirmation.objects.filter(service=service).order_by("-at").first()
    if last is None or last.by != by.pk or said["free"] is not None:
        return None
    return last if all(getattr(last, name) == value for name, value in said.items()) else None
