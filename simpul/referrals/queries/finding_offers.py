"""Services as they are weighed for a need: asked from the database in a few questions for any number of them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast

from simpul.catalogue.services import norms
from simpul.catalogue.services.matching import conditions_of
from simpul.engines.matching.fit import Offer, Spot
from simpul.engines.matching.nearness import Position
from simpul.engines.rules import IsTrue, Node
from simpul.organisations.models import Organisation, ServedArea
from simpul.organisations.queries.bodies import TOLD_SIGNS, is_place_secret
from simpul.places.models import CODE_SIGNS, VILLAGE_SIGNS
from simpul.referrals.queries.room import places_left
from simpul.services.models import Area, AtPlace, Place, Service
from simpul.services.queries.places import standing, tells_address
from simpul.services.queries.rules import RuleRefused, node_of
from simpul.services.queries.shown import accreditation_of
from simpul.services.stages import Listing, PlaceKind

# A rule that cannot be read (any more) is not known, never a yes.
UNREADABLE = IsTrue("rule_of_service")


def candidates(kind: str, region: str, on: date) -> Any:
    """Services of a kind that are open on that day and do not certainly leave this region out; a queryset.

    Without a region none is left out. Where a service names no area, that of its body counts.
    """
    is_running = (Q(begins_on=None) | Q(begins_on__lte=on)) & (Q(ends_on=None) | Q(ends_on__gte=on))
    rows = Service.objects.filter(is_running, kind=kind, listing=Listing.OPEN, organisation__is_closed=False)
    if region:
        own = Area.objects.filter(service=OuterRef("pk"))
        body = ServedArea.objects.filter(organisation=OuterRef("organisation"), ended_on=None)
        touches = _touches(region)
        by_body = ~Exists(body) | Exists(body.filter(touches))
        rows = rows.filter(Exists(own.filter(touches)) | (~Exists(own) & by_body))
    return rows


def _touches(region: str) -> Q:
    """Areas that hold the region, or lie in it."""
    above = [region[:signs] for signs in CODE_SIGNS if len(region) >= signs]
    return Q(code__in=above) | Q(code__startswith=f"{region}.")


class Listed(NamedTuple):
    """What a listing is weighed by, as plain values: thousands of them are read for one list. Codes come as JSON.

    `held` and `held_body` are its key and its body's as the database writes them: to make keys of all of them, and
    of all their places, would take longer than to weigh them.
    """

    held: str
    held_body: str
    is_address_secret: bool
    body_kind: str
    name: str
    region: str
    types: str
    need_edition: str
    age_from: int | None
    age_to: int | None
    sex: str
    rule: str
    access_codes: str
    cost: str
    cost_amount: int | None
    days_waiting: int | None
    confirmed_on: date | None
    free: int | None
    free_on: date | None
    takes_referrals: bool

    @property
    def key(self) -> str:
        """The key as everywhere else: one database writes it without strokes."""
        held = self.held
        if len(held) != _BARE:
            return held
        return f"{held[:8]}-{held[8:12]}-{held[12:16]}-{held[16:20]}-{held[20:]}"


_BARE = 32


class _Stands(NamedTuple):
    """A place of a service, as plain values."""

    held: str
    kind: str
    region: str
    latitude: float | None
    longitude: float | None
    is_island: bool
    access_codes: str


_NAMED = {"is_address_secret": "organisation__is_address_secret", "body_kind": "organisation__kind"}


def listed(rows: Any) -> list[Listed]:
    """These services as they are weighed. One query."""
    told = rows.annotate(
        held=_as_held("pk"),
        held_body=_as_held("organisation"),
        types=Cast("need_types", TextField()),
        access_codes=Cast("accesses", TextField()),
    )
    return [Listed(*row) for row in told.values_list(*(_NAMED.get(name, name) for name in Listed._fields))]


def _as_held(name: str) -> Cast:
    return Cast(name, TextField())


def offers_of(
    rows: Any,
    services: Collection[Listed],
    on: date,
    *,
    edition: str = "",
    room: Mapping[str, int | None] | None = None,
) -> tuple[Offer, ...]:
    """These services as offers: `services` are what `listed` made of `rows`. The number of queries is always the same.

    `edition` is that by which the person was screened: types of others are not known.
    """
    among, keys = rows.order_by().values("pk"), [service.key for service in services]
    areas, places, grades = _areas_of(rows, services), _places_of(among), _grades_of(services, on)
    if room is None:
        said = {key: (one.free, one.free_on) for key, one in zip(keys, services, strict=True)}
        room = places_left(said, on, among=among)
    oldest = on - timedelta(days=norms().unconfirmed_days)
    asks = _Asks()
    return tuple(
        Offer(
            key=key,
            name=service.name,
            conditions=asks.conditions(service),
            areas=areas.get(service.held) or areas.get(service.held_body, ()),
            need_types=_types(service.types, service.need_edition, edition),
            spots=_spots(service, places.get(service.held, ())),
            free=room.get(key),
            days_waiting=service.days_waiting,
            accreditation=grades[service.held_body],
            is_confirmed=service.confirmed_on is not None and service.confirmed_on >= oldest,
            cost=service.cost,
            cost_amount=service.cost_amount,
            accesses=_accesses(service, places.get(service.held, ())),
        )
        for key, service in zip(keys, services, strict=True)
    )


def _areas_of(rows: Any, services: Collection[Listed]) -> dict[str, tuple[str, ...]]:
    """What `areas_of` tells, for thousands: the codes of each service, and of each body those that it serves."""
    found: dict[str, list[str]] = {}
    own = Area.objects.filter(service__in=rows.order_by().values("pk"))
    for held, code in own.order_by("code").values_list(_as_held("service"), "code"):
        found.setdefault(held, []).append(code)
    if any(service.held not in found for service in services):
        bodies = rows.order_by().values("organisation")
        served = ServedArea.objects.filter(organisation__in=bodies, ended_on=None)
        for held, code in served.order_by("code").values_list(_as_held("organisation"), "code"):
            found.setdefault(held, []).append(code)
    return {held: tuple(codes) for held, codes in found.items()}


def _grades_of(services: Collection[Listed], on: date) -> dict[str, str]:
    keys = {held: UUID(held) for held in {service.held_body for service in services}}
    grades = accreditation_of(keys.values(), on)
    return {held: grades[key] for held, key in keys.items()}


class _Asks:
    """What services ask of the facts. Those that ask alike share one object, so that it is judged once."""

    def __init__(self) -> None:
        self.held: dict[tuple[Any, ...], tuple[tuple[str, Node], ...]] = {}

    def conditions(self, service: Listed) -> tuple[tuple[str, Node], ...]:
        asked = (service.age_from, service.age_to, service.sex, service.rule)
        found = self.held.get(asked)
        if found is None:
            age_from, age_to, sex, rule = asked
            found = conditions_of(age_from=age_from, age_to=age_to, sex=sex, rule=_rule(rule))
            self.held[asked] = found
        return found


def _places_of(among: Any) -> dict[str, list[_Stands]]:
    """The standing places of each service, in the order in which they were told. One query."""
    rows = AtPlace.objects.filter(standing(), service__in=among)
    told = rows.annotate(held=_as_held("service"), access_codes=Cast("place__accesses", TextField()))
    named = ("held", "place__kind", "place__region", "place__latitude", "place__longitude")
    found: dict[str, list[_Stands]] = {}
    for row in told.order_by("place__kind", "place__name", "pk").values_list(
        *named, "place__is_island", "access_codes"
    ):
        found.setdefault(row[0], []).append(_Stands(*row))
    return found


def _rule(rule: str) -> Node | None:
    try:
        return node_of(rule)
    except RuleRefused:
        return UNREADABLE


@lru_cache(maxsize=4096)
def _types(codes: str, named: str, edition: str) -> frozenset[str]:
    other = f"{named}/" if named and edition and named != edition else ""
    return frozenset(f"{other}{code}" for code in _codes(codes))


@lru_cache(maxsize=4096)
def _codes(text: str) -> frozenset[str]:
    """A list of codes that is kept as JSON."""
    return frozenset(json.loads(text or "[]"))


# The rules of secrecy are those of the tables' own rows, for each kind of place and body once.


@lru_cache(maxsize=256)
def _is_secret(is_address_secret: bool, body_kind: str) -> bool:
    return is_place_secret(Organisation(is_address_secret=is_address_secret, kind=body_kind))


@lru_cache(maxsize=1024)
def _tells(kind: str, is_address_secret: bool, body_kind: str) -> bool:
    body = Organisation(is_address_secret=is_address_secret, kind=body_kind)
    return tells_address(Place(kind=kind), body)


def _spots(service: Listed, places: Collection[_Stands]) -> tuple[Spot, ...]:
    if places or not service.region:
        return tuple(_spot(service, place) for place in places)
    is_guarded = _is_secret(service.is_address_secret, service.body_kind)
    return (Spot(service.region[:TOLD_SIGNS] if is_guarded else service.region, is_guarded=is_guarded),)


def _spot(service: Listed, place: _Stands) -> Spot:
    if place.kind == PlaceKind.VIRTUAL:
        return Spot(is_anywhere=True)
    if not _tells(place.kind, service.is_address_secret, service.body_kind):
        return Spot(place.region[:TOLD_SIGNS], is_guarded=True)
    return Spot(place.region, _position(place.latitude, place.longitude), is_island=place.is_island)


def _position(latitude: float | None, longitude: float | None) -> Position | None:
    return None if latitude is None or longitude is None else (latitude, longitude)


def _accesses(service: Listed, places: Collection[_Stands]) -> frozenset[str]:
    own = _codes(service.access_codes)
    return own.union(*(_codes(place.access_codes) for place in places)) if places else own


def positions_of(regions: Collection[str]) -> dict[str, Position | None]:
    """Roughly where villages are: the middle of the open places known in each. People's own are never kept."""
    found: dict[str, Position | None] = dict.fromkeys(regions)
    asked = {region for region in found if len(region) == VILLAGE_SIGNS}
    if not asked:
        return found
    rows = Place.objects.filter(region__in=asked, kind=PlaceKind.PHYSICAL, ended_on=None)
    rows = rows.exclude(Q(latitude=None) | Q(longitude=None)).order_by("pk")
    named = (
        "region",
        "kind",
        "latitude",
        "longitude",
        "organisation__is_address_secret",
        "organisation__kind",
    )
    known: dict[str, list[Position]] = {}
    for region, kind, latitude, longitude, is_address_secret, body_kind in rows.values_list(*named):
        if _tells(kind, is_address_secret, body_kind):
            known.setdefault(region, []).append((latitude, longitude))
    for region, held in known.items():
        count = len(held)
        found[region] = sum(one[0] for one in held) / count, sum(one[1] for one in held) / count
    return found
