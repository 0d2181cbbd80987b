"""Where services are given, as everybody may be told: of a secret place never more than its kabupaten or kota."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from simpul.organisations.models import Organisation
from simpul.organisations.queries.bodies import AT_HOME, TOLD_SIGNS, is_place_secret, told_region
from simpul.organisations.queries.secret_words import open_text
from simpul.services.models import AtPlace, Place, Service
from simpul.services.stages import PlaceKind

# An address or a position is told of these only.
_TELLS_ADDRESS = frozenset({PlaceKind.PHYSICAL})


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A place as it may be told to everybody. `region` is cut to the kabupaten where the place is secret."""

    key: UUID
    kind: str
    kind_words: str
    name: str
    address: str
    region: str
    postal_code: str
    latitude: float | None
    longitude: float | None
    transport: str
    is_island: bool
    accesses: tuple[str, ...]
    phone: str

    @property
    def is_contact_point(self) -> bool:
        return self.kind == PlaceKind.CONTACT_POINT


def tells_address(place: Place, organisation: Organisation) -> bool:
    """Whether anything below the kabupaten of this place may be told at all."""
    return place.kind in _TELLS_ADDRESS and not is_place_secret(organisation)


def shown_place(place: Place, organisation: Organisation) -> ShownPlace:
    """What may be told of a place. A place of a body that became secret is shown as a contact point from then on."""
    is_open = tells_address(place, organisation)
    hides = place.kind == PlaceKind.CONTACT_POINT or is_place_secret(organisation)
    is_virtual = place.kind == PlaceKind.VIRTUAL
    kind = PlaceKind(place.kind) if is_open or is_virtual else PlaceKind.CONTACT_POINT
    return ShownPlace(
        key=place.pk,
        kind=kind.value,
        kind_words=str(kind.label),
        name=open_text(organisation, place.name) if is_open or place.kind == kind else "",
        address=place.address if is_open else "",
        region=place.region[:TOLD_SIGNS] if hides else place.region,
        postal_code=place.postal_code if is_open else "",
        latitude=place.latitude if is_open else None,
        longitude=place.longitude if is_open else None,
        transport=open_text(organisation, place.transport) if is_open else "",
        is_island=place.is_island,
        accesses=tuple(place.accesses),
        phone=place.phone if is_open or place.kind == kind else "",
    )


def standing(on: date | None = None) -> Q:
    """Rows of AtPlace that hold: neither they nor their place have ended (by that day, or at all)."""
    if on is None:
        return Q(ended_on=None, place__ended_on=None)
    return (Q(ended_on=None) | Q(ended_on__gt=on)) & (Q(place__ended_on=None) | Q(place__ended_on__gt=on))


def places_of(services: Collection[Service]) -> dict[UUID, list[Place]]:
    """The standing places of each service, in the order in which they were told. One query."""
    found: dict[UUID, list[Place]] = {service.pk: [] for service in services}
    rows = AtPlace.objects.filter(standing(), service__in=list(found)).select_related("place")
    for row in rows.order_by("place__kind", "place__name", "pk"):
        found[row.service_id].append(row.place)
    return found


def shown_places(services: Collection[Service]) -> dict[UUID, list[ShownPlace]]:
    """The same as everybody may be told. The services come with their organisation."""
    places = places_of(services)
    return {
        service.pk: [shown_place(place, service.organisation) for place in places[service.pk]]
        for service in services
    }


def shown_region(service: Service) -> str:
    """Where a service is, for lists: cut to the kabupaten where its body's place is secret."""
    return service.region[:TOLD_SIGNS] if is_place_secret(service.organisation) else service.region


def first_region(places: Iterable[Place], organisation: Organisation) -> str:
    """The region by which a service is listed: of the first place that is visited, then of any other, then the body's."""
    rows = list(places)
    order = {PlaceKind.PHYSICAL.value: 0, PlaceKind.CONTACT_POINT.value: 1, PlaceKind.VIRTUAL.value: 2}
    for place in sorted(rows, key=lambda row: order.get(row.kind, 3)):
        if region := shown_place(place, organisation).region:
            return region
    # The body's own place is not told where one of its places is a contact point.
    hides = any(place.kind == PlaceKind.CONTACT_POINT for place in rows)
    region = told_region(organisation)
    return region[:TOLD_SIGNS] if hides else region


def in_region(code: str, prefix: str = "") -> Q:
    """A condition on services: listed in that region. Whoever looks below a kabupaten finds no secret place there.

    Also where a body became secret after its services were listed. `prefix` is the path to the services.
    """
    inside = Q(**{f"{prefix}region": code}) | Q(**{f"{prefix}region__startswith": f"{code}."})
    if len(code) <= TOLD_SIGNS:
        return inside
    secret = Q(**{f"{prefix}organisation__is_address_secret": True})
    secret |= Q(**{f"{prefix}organisation__kind__in": sorted(AT_HOME)})
    return inside & ~secret
