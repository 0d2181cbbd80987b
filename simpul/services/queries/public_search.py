"""Which services somebody without an account finds: chosen in SQL, ordered by nearness, the unconfirmed below.

Nothing of what is looked for is stored. What could endanger or shame who looks is `is_guarded`: such a search stays
out of addresses. Of a secret place nothing below its kabupaten or kota decides the order, or the order would tell it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from simpul.access.reach import lies_in, within
from simpul.catalogue import services as catalogue
from simpul.engines.reasons import Answer
from simpul.organisations.models import ServedArea
from simpul.organisations.queries.bodies import AT_HOME, TOLD_SIGNS
from simpul.places.models import PROVINCE_SIGNS
from simpul.places.queries import code_and_above
from simpul.services.models import Area, AtPlace, Hours, Service
from simpul.services.queries.derived import plain
from simpul.services.queries.hours import is_open_at
from simpul.services.queries.places import standing
from simpul.services.queries.shown import unconfirmed
from simpul.services.stages import Cost, Listing, PlaceKind

_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for; empty is not asked. Codes of situations, kinds of help, PPKS types, accesses; a region."""

    situation: str = ""
    kind: str = ""
    need: str = ""
    access: str = ""
    area: str = ""
    text: str = ""
    is_open: bool = False
    is_free: bool = False

    @property
    def is_guarded(self) -> bool:
        """Whether that it was looked for may endanger or shame somebody. Free words may say anything."""
        return bool(self.text) or self.situation in guarded_situations() or self.need in guarded_needs()

    @property
    def is_anything(self) -> bool:
        return self != Wanted()


@cache
def guarded_situations() -> frozenset[str]:
    """Codes that stay out of addresses."""
    return frozenset(one.code for one in catalogue.situations() if one.is_guarded)


@cache
def guarded_needs() -> frozenset[str]:
    """PPKS types that a guarded situation points to."""
    return frozenset(code for one in catalogue.situations() if one.is_guarded for code in one.need_types)


def on_show(on: date) -> QuerySet[Any]:
    """What anybody may find that day. Persons and families who help are people: they are not listed."""
    rows: QuerySet[Any] = Service.objects.public().exclude(organisation__kind__in=AT_HOME)
    begun, not_over = Q(begins_on=None) | Q(begins_on__lte=on), Q(ends_on=None) | Q(ends_on__gte=on)
    return rows.filter(begun, not_over)


def found(wanted: Wanted, on: date, at: datetime) -> QuerySet[Any]:
    """The services asked for, the best first; a queryset to cut into pages."""
    rows = on_show(on)
    for condition in _conditions(wanted):
        rows = rows.filter(condition)
    is_late: Any = Value(0)
    if wanted.is_open:
        open_now, closed = _open_at(rows, at)
        rows = rows.exclude(pk__in=closed)
        # Where nobody told the hours it may be open: below those that surely are.
        is_late = Case(When(pk__in=open_now, then=0), default=1, output_field=IntegerField())
    rows = rows.annotate(
        told_far=_far(wanted.area),
        told_sinks=Case(When(unconfirmed(on) | Q(listing=Listing.PAUSED), then=1), default=0),
        told_open=is_late,
        told_meant=_meant(wanted.situation),
    )
    best: QuerySet[Any] = rows.select_related("organisation").order_by(
        "told_open", "told_sinks", "told_far", "told_meant", "name", "pk"
    )
    return best


def _conditions(wanted: Wanted) -> Iterator[Q]:
    if wanted.situation:
        yield _for_situation(wanted.situation)
    if wanted.kind:
        yield Q(kind=wanted.kind)
    if wanted.need:
        yield _holds("need_types", wanted.need)
    if wanted.access:
        places = AtPlace.objects.filter(standing(), service=OuterRef("pk"))
        at_a_place = places.filter(_holds("place__accesses", wanted.access))
        yield _holds("accesses", wanted.access) | Q(Exists(at_a_place))
    if wanted.is_free:
        yield Q(cost=Cost.FREE)
    if wanted.area:
        yield takes_people_of({wanted.area})
    for word in plain(wanted.text).split()[:_MOST_WORDS]:
        yield Q(searched__contains=word)


def _holds(path: str, code: str) -> Q:
    """Whether a list of codes holds one, in the way that both databases write such a list."""
    return Q(
        pk__in=_rows_of(path)
        .annotate(listed=Cast(path, TextField()))
        .filter(listed__contains=f'"{code}"')
        .values("pk")
    )


def _rows_of(path: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = AtPlace.objects.all() if path.startswith("place__") else Service.objects.all()
    return rows.order_by()


def _for_situation(code: str) -> Q:
    """What its owner listed under these words; where the owner chose none, what its kind may lead to."""
    listed, known = _holds("situations", code), catalogue.situation(code)
    if known is None:
        return listed
    return listed | Q(situations=[], kind__in=known.service_kinds)


def _meant(code: str) -> Any:
    """Those that their owner listed under these words before those that only their kind suggests."""
    if not code:
        return Value(0)
    return Case(When(_holds("situations", code), then=0), default=1, output_field=IntegerField())


# --- where ---


def takes_people_of(areas: Collection[str]) -> Q:
    """Services for the people of one of these regions.

    Its own areas decide; without any, those of its body; without these, whether it is in the same province. Of a
    secret place nothing below the kabupaten or kota decides, or asking village by village would tell it.
    """
    near, wide = _takes(areas), {area[:TOLD_SIGNS] for area in areas}
    return near if wide == set(areas) else near | _is_hidden() & _takes(wide)


def _takes(areas: Collection[str]) -> Q:
    there = Q(code__in={code for area in areas for code in code_and_above(area)})
    for area in areas:
        there |= Q(code__startswith=f"{area}.")
    own = Area.objects.filter(service=OuterRef("pk"))
    served = ServedArea.objects.filter(organisation=OuterRef("organisation"), ended_on=None)
    tells_none = Q(~Exists(own))
    return (
        Q(Exists(own.filter(there)))
        | tells_none & Q(Exists(served.filter(there)))
        | tells_none & Q(~Exists(served)) & Q(province__in={area[:PROVINCE_SIGNS] for area in areas})
    )


def _is_hidden() -> Q:
    """Of a body whose place is secret, or with a contact point."""
    points = AtPlace.objects.filter(standing(), service=OuterRef("pk"), place__kind=PlaceKind.CONTACT_POINT)
    return Q(organisation__is_address_secret=True) | Q(Exists(points))


def _far(area: str) -> Any:
    """How many levels one has to go up until both are in one region: 0 in the area itself."""
    if not area:
        return Value(0)
    is_hidden = _is_hidden()
    steps = []
    for up, code in enumerate(reversed(code_and_above(area))):
        inside = lies_in("region", code)
        if len(code) > TOLD_SIGNS:
            inside &= ~is_hidden
        steps.append(When(inside, then=up))
    return Case(*steps, default=len(steps), output_field=IntegerField())


def levels_up(area: str, region: str) -> int:
    """The same of a region that is told: 0 in the area itself, 4 in another province than a village's."""
    above = code_and_above(area)
    for up, code in enumerate(reversed(above)):
        if within(region, code):
            return up
    return len(above)


# --- open now ---

# What decides when a row is open: many services share the same hours, so each such set is asked once.
_HOURS = (
    "frequency",
    "interval",
    "by_day",
    "by_month_day",
    "starts_on",
    "valid_from",
    "valid_to",
    "opens_at",
    "closes_at",
    "zone",
)


def _open_at(rows: QuerySet[Any], at: datetime) -> tuple[list[UUID], list[UUID]]:
    """Which of these are surely open at that moment, and which are surely closed."""
    told: dict[UUID, Answer] = {}
    known: dict[tuple[Any, ...], Answer] = {}
    hours = Hours.objects.filter(service__in=rows.order_by().values("pk"))
    for key, *said in hours.values_list("service", *_HOURS):
        hour = tuple(said)
        if hour not in known:
            known[hour] = is_open_at([Hours(**dict(zip(_HOURS, hour, strict=True)))], at)
        told[key] = max(told.get(key, Answer.NO), known[hour])
    return _with(told, Answer.YES), _with(told, Answer.NO)


def _with(told: dict[UUID, Answer], answer: Answer) -> list[UUID]:
    return [key for key, one in told.items() if one is answer]
