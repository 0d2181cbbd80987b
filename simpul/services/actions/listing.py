"""What happens to a listing: added, changed part by part, opened, paused, ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.access.rows import made_before
from simpul.organisations.models import Organisation
from simpul.organisations.queries.changes import locked
from simpul.services.actions.keeping import _held, _require_same, _revised, _written
from simpul.services.models import Revision, Service
from simpul.services.queries.attention import lacking
from simpul.services.queries.parts import PARTS, values_of
from simpul.services.queries.places import places_of
from simpul.services.queries.values import ValueWrong, checked, in_one_line, require_no_place
from simpul.services.stages import LISTING_MAY_FOLLOW, Listing

EDIT = Permission.SERVICE_EDIT


class NotReady(Refusal):
    """A listing that nobody could find or reach is not opened. `lacking` names what is missing."""

    def __init__(self, words: list[str]) -> None:
        self.lacking = words
        super().__init__(_("Layanan belum dapat dibuka. %(what)s") % {"what": " ".join(words)})


class NotNow(Refusal):
    """From where the listing stands this cannot follow."""

    def __init__(self, service: Service) -> None:
        super().__init__(
            _("Layanan ini sekarang berstatus “%(state)s”. Muat ulang halaman.")
            % {"state": service.get_listing_display()}
        )


@action(EDIT)
def add_service(
    organisation: Organisation, /, *, by: User, key: UUID, at: datetime, values: Mapping[str, Any]
) -> Service:
    """A new listing of that body, a draft until it is opened. Pressed twice it is one.

    `values` are those of the part "what". Raises ValueWrong, or Refusal for a body that has closed.
    """
    body, part = locked(organisation), PARTS["what"]
    if made := made_before(Service, key, organisation_id=body.pk):
        repeated: Service = made
        # As it was written first: the listing may have been changed since.
        first = Revision.objects.filter(service=made, part=part.code).order_by("at", "version").first()
        kept = checked(Service(pk=key, organisation=body), part, values)
        _require_same(
            first.after if first else {}, {name: kept[name] for name in kept if kept[name] is not None}
        )
        return repeated
    if body.is_closed:
        raise Refusal(_("Lembaga ini sudah tutup, jadi tidak dapat menambah layanan."))
    service = Service(pk=key, organisation=body, modified_at=at)
    for name, value in checked(service, part, values).items():
        setattr(service, name, value)
    _written(service, at, raises_version=False)
    _revised(service, part.code, {}, values_of(service, part), by=by, at=at)
    return service


@action(EDIT)
def change_service(
    service: Service, /, *, by: User, version: int, part: str, values: Mapping[str, Any], at: datetime
) -> Service:
    """Change the fields of one part. What does not differ writes nothing.

    Raises ValueWrong for what cannot be so, Clash where somebody changed the same part after `version`.
    """
    current, known = _held(service), PARTS.get(part)
    if known is None:
        raise ValueWrong("", _("Bagian itu tidak dikenal."))
    before = values_of(current, known)
    kept = checked(current, known, values)
    if kept == before:
        return current
    if current.version != version and _differs_since(current, version, part):
        raise Clash(str(known.title), in_one_line(known, before), in_one_line(known, kept))
    for name, value in kept.items():
        setattr(current, name, value)
    if "need_types" in kept:
        current.need_edition = settings.SIMPUL_EDITION if kept["need_types"] else ""
    _written(current, at)
    _revised(current, part, before, kept, by=by, at=at)
    return current


def _differs_since(service: Service, version: int, part: str) -> bool:
    """Whether this part was changed after that version was read."""
    return Revision.objects.filter(service=service, part=part, version__gt=version).exists()


@action(EDIT)
def open_service(service: Service, /, *, by: User, on: date, at: datetime) -> Service:
    """Everybody may find it from now on; who opens it says that it holds today. Raises NotReady, NotNow."""
    current = _held(service)
    if current.listing == Listing.OPEN:
        return current
    if missing := lacking(current, places_of([current])[current.pk]):
        raise NotReady([one.words for one in missing])
    for part in PARTS.values():
        require_no_place(current.organisation, part, values_of(current, part))
    current.confirmed_on, current.confirmed_by_name = on, str(by)
    current.begins_on = current.begins_on or on
    current.ends_on = None
    return _moved(current, Listing.OPEN, by=by, at=at)


@action(EDIT)
def pause_service(service: Service, /, *, by: User, at: datetime, words: str) -> Service:
    """Closed for a while; `words` tell everybody why and until when. Raises NotNow, ValueWrong."""
    current = _held(service)
    if current.listing == Listing.PAUSED:
        return current
    current.alert = fitting(words, _("Pengumuman"), 300, is_needed=True)
    require_no_place(current.organisation, PARTS["contact"], values_of(current, PARTS["contact"]))
    return _moved(current, Listing.PAUSED, by=by, at=at)


@action(EDIT)
def end_service(service: Service, /, *, by: User, on: date, at: datetime) -> Service:
    """It is not given any more. It leaves every list, and stays in its history. Raises NotNow."""
    current = _held(service)
    if current.listing == Listing.ENDED:
        return current
    current.ends_on = on
    return _moved(current, Listing.ENDED, by=by, at=at)


def _moved(service: Service, to: Listing, *, by: User, at: datetime) -> Service:
    left = Listing(service.listing)
    if to not in LISTING_MAY_FOLLOW[left]:
        raise NotNow(service)
    service.listing = to
    _written(service, at)
    _revised(service, "listing", {"listing": left}, {"listing": to}, by=by, at=at)
    return service
