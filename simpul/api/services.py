"""Services for programs of those who sign in: the list that anybody may find, one of them, and their order for a need."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Any, Literal
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from ninja import Query, Router, Schema

from simpul.access.gate import Entered, look_up
from simpul.access.permissions import Permission
from simpul.api.addresses import REGION
from simpul.api.answers import Paged, cut, paged, read
from simpul.api.door import Holds
from simpul.cases.models import PlanStep
from simpul.cases.queries.case import require_open
from simpul.referrals.queries.finding import Found, Wanted, ranking
from simpul.services.models import Service
from simpul.services.queries.browse import Browsed, asked, browsed
from simpul.services.queries.open_words import OpenWords, open_name

router = Router(tags=["Services"])
VIEW = Permission.ORGANISATION_VIEW
# A code of the catalogue.
CODE = r"^[A-Za-z0-9_-]{0,40}$"


class PlaceShape(Schema):
    """A place as everybody may be told: of a contact point no address, and no more than the kabupaten."""

    kind: str
    name: str
    address: str
    region: str
    latitude: float | None
    longitude: float | None
    is_island: bool
    accesses: list[str]
    phone: str


class ServiceLine(Schema):
    """One service. `free` is null where nobody said of late how many places are free."""

    id: UUID
    name: str
    kind: str
    kind_name: str
    organisation: UUID
    organisation_name: str
    listing: str
    situations: list[str]
    need_types: list[str]
    need_edition: str
    region: str
    cost: str
    capacity: int | None
    free: int | None
    days_waiting: int | None
    takes_referrals: bool
    accreditation: str
    confirmed_on: dt.date | None
    is_unconfirmed: bool
    modified_at: dt.datetime


class ServiceShape(ServiceLine):
    """One service with all that its listing says. `rule` is in the language of the catalogue's criteria."""

    alternate_name: str
    about: str
    setting: str
    age_from: int | None
    age_to: int | None
    sex: str
    rule: str
    rule_words: str
    is_for_emergencies: bool
    languages: list[str]
    accesses: list[str]
    cost_amount: int | None
    cost_words: str
    papers: list[str]
    procedure: str
    contact_name: str
    phone: str
    email: str
    website: str
    alert: str
    waiting_order: str
    places: list[PlaceShape]
    areas: list[str]
    hours: list[str]


class ServiceList(Paged):
    rows: list[ServiceLine]


class ReasonShape(Schema):
    """One reason of a place in the order. `kind`: yes, open, or no."""

    criterion: str
    title: str
    kind: str
    sentence: str
    lines: list[str]


class FittingShape(Schema):
    """A service in its place for one need. `answer` says whether the person may come: yes, no, or unknown; `missing` names the facts
    that are not known yet and could settle it, as far as this account may see them."""

    place: int
    service: UUID
    name: str
    organisation: UUID
    organisation_name: str
    region: str
    answer: str
    missing: list[str]
    grades: dict[str, str]
    kilometres: float | None
    free: int | None
    days_waiting: int | None
    reasons: list[ReasonShape]
    is_wished: bool
    is_kept: bool
    is_put_aside: bool
    can_be_proposed: bool
    is_running: bool


class FittingList(Paged):
    """`fitting` counts those that the person may use, or of which that is not known."""

    fitting: int
    rows: list[FittingShape]


@router.get(
    "/plan-steps/{uuid:pk}/services", auth=Holds(Permission.REFERRAL_SEND), response=read(FittingList)
)
def services_for_a_need(
    request: Entered,
    pk: UUID,
    near: Literal["", "regency", "province"] = "",
    only_fitting: bool = False,
    has_room: bool = False,
    is_free: bool = False,
    everywhere: bool = False,
    page: int = Query(1, ge=1),
) -> Any:
    """The services for a line of a plan, the best first, each with why it stands there. A proposal: people choose."""
    related = ("case__person", "case__screening", "plan")
    step = look_up(PlanStep, pk, by=request.user, permission=Permission.REFERRAL_SEND, related=related)
    require_open(step.case)
    wanted = Wanted(near, only_fitting, has_room, is_free, everywhere)
    found = ranking(step, request.user, timezone.localdate(), wanted)
    asked_for = cut(found.rows, page)
    rows = found.shown(list(asked_for), asked_for.start_index())
    return paged(asked_for, [_fitting(row) for row in rows], fitting=found.fitting)


def _fitting(row: Found) -> dict[str, Any]:
    parts = {part.about: part for part in row.rank.finding.parts}
    kept = row.kept
    return {
        "place": row.place,
        "service": row.service.pk,
        "name": open_name(row.service),
        "organisation": row.service.organisation_id,
        "organisation_name": row.service.organisation.name,
        "region": row.region,
        "answer": str(row.rank.eligible),
        "missing": list(parts["eligibility"].values.get("missing", ())),
        "grades": {name: str(grade) for name, grade in row.rank.grades.items()},
        "kilometres": parts["distance"].values.get("km"),
        "free": row.rank.offer.free,
        "days_waiting": row.rank.offer.days_waiting,
        "reasons": [asdict(reason) for reason in row.reasons],
        "is_wished": kept is not None and kept.is_wished and not kept.is_put_aside,
        "is_kept": kept is not None and not kept.is_put_aside,
        "is_put_aside": kept is not None and kept.is_put_aside,
        "can_be_proposed": row.can_be_proposed,
        "is_running": row.is_running,
    }


@router.get("/services", auth=Holds(VIEW), response=read(ServiceList))
def services(
    request: Entered,
    q: str = Query("", max_length=200),
    kind: str = Query("", pattern=CODE),
    situation: str = Query("", pattern=CODE),
    need_type: str = Query("", pattern=CODE),
    region: str = Query("", pattern=REGION),
    organisation: UUID | None = None,
    page: int = Query(1, ge=1),
) -> Any:
    """Open and paused services, the unconfirmed ones last, fifty on a page."""
    today = timezone.localdate()
    narrowed = {"text": q, "kind": kind, "situation": situation, "need_type": need_type, "region": region}
    found = cut(asked(today, **narrowed, organisation=organisation), page)
    return paged(found, [_told(one) for one in browsed(list(found), today)])


@router.get("/services/{uuid:pk}", auth=Holds(VIEW), response=read(ServiceShape))
def service(request: Entered, pk: UUID) -> Any:
    """One service, with its places, regions and hours."""
    found = Service.objects.all().public().select_related("organisation").filter(pk=pk).first()
    if found is None:
        raise Http404
    return _told(browsed([found], timezone.localdate())[0])


# Free text of its owner: as everybody may read it.
_OPEN = frozenset(OpenWords.__dataclass_fields__)


def _told(one: Browsed) -> dict[str, Any]:
    row = one.service
    fields = {name: getattr(row, name) for name in ServiceShape.model_fields if hasattr(row, name)}
    return (
        fields
        | {name: getattr(one.words, name) for name in _OPEN}
        | {
            "organisation": row.organisation_id,
            "organisation_name": row.organisation.name,
            "kind_name": one.kind_name,
            "region": one.region,
            "free": one.free,
            "accreditation": one.accreditation,
            "is_unconfirmed": one.is_unconfirmed,
            "places": one.places,
            "areas": one.areas,
        }
    )
