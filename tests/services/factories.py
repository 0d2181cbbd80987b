"""Invented services, and the acts that make them."""

import uuid
from datetime import UTC, date, datetime, timedelta

from simpul.services.actions import hours as hours_actions
from simpul.services.actions import listing, places, room
from simpul.services.models import Area, AtPlace, Hours, Place, Service
from simpul.services.queries.derived import derive
from tests.access.factories import user_with
from tests.organisations.factories import organisation

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
VILLAGE, DISTRICT, REGENCY = "21.02.10.2003", "21.02.10", "21.02"


def a_head(body, **details):
    return user_with("head_of_lks", organisation=body.pk, **{"name": "Bu Salmah", **details})


def a_service(body=None, *, areas=(), place=None, **details):
    """A row as it stands, without anybody having written it: open, confirmed today, with one place."""
    body = body or organisation()
    kept = {
        "name": "Antar makanan lansia",
        "kind": "food",
        "about": "Makanan hangat setiap siang.",
        "listing": "open",
        "situations": ["old_alone"],
        "cost": "free",
        "phone": "0777-321123",
        "confirmed_on": TODAY,
        "modified_at": AT,
        **details,
    }
    service = Service(organisation=body, **kept)
    service.save()
    if place is not None:
        at_place(service, **place)
    for code in areas:
        Area.objects.create(service=service, code=code)
    derive(service)
    service.save()
    return service


def a_place(body, **details):
    kept = {"kind": "physical", "address": "Jalan Nelayan 3", "region": VILLAGE, "modified_at": AT, **details}
    return Place.objects.create(organisation=body, **kept)


def at_place(service, **details):
    place = a_place(service.organisation, **details)
    AtPlace.objects.create(service=service, place=place)
    return place


def hours_row(service, **details):
    kept = {"frequency": "WEEKLY", "by_day": "MO,TU,WE,TH,FR", "zone": 7, **details}
    return Hours(service=service, **kept)


def days_ago(days):
    return TODAY - timedelta(days=days)


# --- the acts, with what most tests do not care about ---

WHAT = {"name": "Asrama anak", "kind": "shelter", "about": "Tempat tinggal dan sekolah."}
PLACE = {"kind": "physical", "address": "Jalan Nelayan 3", "region": VILLAGE}


def added(body, by, *, key=None, at=AT, **values):
    return listing.add_service(body, by=by, key=key or uuid.uuid4(), at=at, values={**WHAT, **values})


def changed(service, by, part, *, version=None, at=AT, **values):
    read = service.version if version is None else version
    return listing.change_service(service, by=by, version=read, part=part, values=values, at=at)


def opened(service, by, *, on=TODAY, at=AT):
    return listing.open_service(service, by=by, on=on, at=at)


def placed(service, by, *, key=None, at=AT, **values):
    return places.add_place(service, by=by, key=key or uuid.uuid4(), at=at, values={**PLACE, **values})


def confirmed(service, by, *, free=None, on=TODAY, at=AT):
    return room.confirm_listing(service, by=by, on=on, at=at, free=free)


def with_hours(service, by, *, key=None, at=AT, **values):
    kept = {"frequency": "WEEKLY", "days": ["MO"], **values}
    return hours_actions.add_hours(service, by=by, key=key or uuid.uuid4(), at=at, values=kept)
