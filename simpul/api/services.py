"""Services that anybody may find, for programs of those who sign in: the list, and one of them."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from ninja import Query, Router, Schema

from simpul.access.gate import Entered
from simpul.access.permissions import Permission
from simpul.api.addresses import REGION
from simpul.api.answers import Paged, cut, paged, read
from simpul.api.door import Holds
from simpul.services.models import Service
from simpul.services.queries.browse import Browsed, asked, browsed
from simpul.services.queries.open_words import OpenWords

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
