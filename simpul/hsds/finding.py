"""Which listings, places and bodies an asking means. Nothing here lets a secret place be found by asking around it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from simpul.hsds.asking import Asked
from simpul.hsds.taxonomies import ACCESSES, HELP, NEEDS, SITUATIONS, Term, terms
from simpul.organisations.queries.bodies import AT_HOME
from simpul.organisations.queries.public import public_bodies
from simpul.services.models import AtPlace, Place, Service
from simpul.services.queries.derived import plain
from simpul.services.queries.places import standing
from simpul.services.queries.public_search import takes_people_of
from simpul.services.stages import PlaceKind

EARTH = 6_371_000.0  # metres, mean radius
_MOST_WORDS = 8
_FIELDS = {SITUATIONS: "situations", NEEDS: "need_types", ACCESSES: "accesses"}


def bodies() -> QuerySet[Any]:
    """Bodies that stand and are public."""
    return public_bodies().filter(is_closed=False)


def bodies_asked(asked: Asked) -> QuerySet[Any]:
    """The bodies of a list, by name."""
    rows = bodies() if _says_something(asked.search) else bodies().none()
    for word in _words(asked.search):
        rows = rows.filter(Q(name__icontains=word) | Q(short_name__icontains=word))
    return rows.order_by("name", "pk")


def services() -> QuerySet[Any]:
    """Listings that anybody may find, of bodies that are no persons or families."""
    rows: QuerySet[Any] = Service.objects.public()
    return rows.exclude(organisation__kind__in=AT_HOME)


def services_asked(asked: Asked) -> QuerySet[Any]:
    """The services of a list, the oldest change first: who follows what changed loses nothing while turning pages."""
    return _narrowed(services(), asked).order_by("modified_at", "pk")


def at_places_asked(asked: Asked) -> QuerySet[Any]:
    """Services at their places. A postcode narrows to those who take its people; proximity to places that are near."""
    rows: QuerySet[Any] = AtPlace.objects.filter(standing(), service__in=_narrowed(services(), asked))
    if asked.proximity and not asked.postcode:
        # Near to nothing named lies nothing.
        return rows.none()
    if asked.postcode:
        keys = _near(asked.postcode, asked.proximity) if asked.proximity else None
        rows = rows.filter(pk__in=keys) if keys is not None else rows.filter(_takes(asked.postcode))
    return rows.order_by("service__modified_at", "pk")


def _narrowed(rows: QuerySet[Any], asked: Asked) -> QuerySet[Any]:
    if not _says_something(asked.search):
        return rows.none()
    for word in _words(asked.search):
        # Of a body with a secret place only the words that everybody may read are kept to be searched.
        rows = rows.filter(Q(searched__contains=word) | Q(organisation__name__icontains=word))
    if asked.organization_id:
        rows = rows.filter(organisation=asked.organization_id)
    if asked.modified_after:
        rows = rows.filter(modified_at__gte=asked.modified_after)
    if asked.taxonomy_term_id:
        rows = _with_term(rows, str(asked.taxonomy_term_id))
    if asked.taxonomy_id:
        wanted = str(asked.taxonomy_id)
        rows = _with_terms(rows, [term for term in terms().values() if term.taxonomy.id == wanted])
    return rows


def _says_something(search: str) -> bool:
    """Whether there is nothing to search for, or a word to search by: signs alone find nothing."""
    return not search.strip() or bool(_words(search))


def _words(search: str) -> list[str]:
    return plain(search).split()[:_MOST_WORDS]


def _with_term(rows: QuerySet[Any], key: str) -> QuerySet[Any]:
    """Services with a term of the catalogue, or with one of another register as it came along with an import."""
    if term := terms().get(key):
        return _with_terms(rows, [term])
    return rows.annotate(hsds_told=Cast("hsds", TextField())).filter(hsds_told__contains=f'"{key}"')


def _with_terms(rows: QuerySet[Any], wanted: Iterable[Term]) -> QuerySet[Any]:
    """Services that have at least one of these terms; none where there is none."""
    condition = Q(pk__in=[])
    for term in wanted:
        kind = term.taxonomy.kind
        if kind == HELP:
            condition |= Q(kind=term.code)
        elif kind in _FIELDS:
            # Lists as they are written, which both databases read the same way.
            held = Q(**{f"{_FIELDS[kind]}_told__contains": f'"{term.code}"'})
            condition |= held & Q(need_edition=term.taxonomy.edition) if kind == NEEDS else held
    told = {f"{name}_told": Cast(name, TextField()) for name in _FIELDS.values()}
    return rows.annotate(**told).filter(condition)


# --- where ---


def _told_places() -> QuerySet[Any]:
    """Places whose position everybody may know. Others cannot be found by a position, not even by trying many."""
    rows: QuerySet[Any] = Place.objects.filter(kind=PlaceKind.PHYSICAL, ended_on=None)
    return rows.filter(organisation__is_address_secret=False).exclude(organisation__kind__in=AT_HOME)


def _takes(postcode: str) -> Q:
    """Rows whose service takes people of that postcode, by the same measure as the public directory."""
    codes = set(
        _told_places().filter(postal_code=postcode).exclude(region="").values_list("region", flat=True)
    )
    if not codes:
        return Q(pk__in=[])
    return Q(service__in=Service.objects.filter(takes_people_of(codes)).values("pk"))


def _near(postcode: str, metres: int) -> list[UUID]:
    """The keys of rows whose place lies within so many metres of the middle of that postcode."""
    known = _told_places().exclude(latitude=None).exclude(longitude=None)
    middle = list(known.filter(postal_code=postcode).values_list("latitude", "longitude"))
    if not middle:
        return []
    latitude = sum(point[0] for point in middle) / len(middle)
    longitude = sum(point[1] for point in middle) / len(middle)
    degrees = math.degrees(metres / EARTH)
    band = known.filter(latitude__range=(latitude - degrees, latitude + degrees))
    rows = AtPlace.objects.filter(standing(), place__in=band)
    return [
        key
        for key, north, east in rows.values_list("pk", "place__latitude", "place__longitude")
        if distance((latitude, longitude), (north, east)) <= metres
    ]


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Metres between two positions in degrees, over a round earth (haversine)."""
    north, east = math.radians(one[0]), math.radians(one[1])
    to_north, to_east = math.radians(other[0]), math.radians(other[1])
    half = math.sin((to_north - north) / 2) ** 2
    half += math.cos(north) * math.cos(to_north) * math.sin((to_east - east) / 2) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(half)))
