"""Simpul's listings as rows of the standard. Only what everybody may know: no person, no place that must stay secret."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from simpul.catalogue import services as catalogue
from simpul.hsds.identifiers import key_of
from simpul.hsds.loading import Loaded, told_areas
from simpul.hsds.schemas import is_uri
from simpul.hsds.taxonomies import ACCESSES, HELP, NEEDS, SITUATIONS, Term, term_of
from simpul.organisations.models import Organisation
from simpul.organisations.queries.bodies import is_place_secret
from simpul.organisations.queries.public import safe_link
from simpul.places.models import DISTRICT_SIGNS, PROVINCE_SIGNS, REGENCY_SIGNS, VILLAGE_SIGNS
from simpul.services.models import AtPlace, Hours, Service
from simpul.services.queries.hours import words_of
from simpul.services.queries.parts import LANGUAGES
from simpul.services.queries.places import ShownPlace
from simpul.services.queries.shown import free_said
from simpul.services.stages import Cost, Listing, PlaceKind

Row = dict[str, Any]

STATUS = {
    Listing.DRAFT: "inactive",
    Listing.OPEN: "active",
    Listing.PAUSED: "temporarily closed",
    Listing.ENDED: "defunct",
}
LOCATION = {
    PlaceKind.PHYSICAL: "physical",
    # Nobody comes to the place itself: it is reached by telephone first.
    PlaceKind.CONTACT_POINT: "virtual",
    PlaceKind.VIRTUAL: "virtual",
}
COUNTRY, CURRENCY = "ID", "IDR"


def said(row: Row) -> Row:
    """Only the fields that say something."""
    return {name: value for name, value in row.items() if value not in (None, "", [])}


def moment(at: datetime) -> str:
    """A moment as the standard writes it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        return ""
    return text


def _link(text: str) -> str:
    """A website, where it is an address by the standard's own measure."""
    link = safe_link(text)
    return link if is_uri(link) else ""


# --- a body ---


def organization_row(body: Organisation, found: Loaded) -> Row:
    """A body, without its officers; of a secret one neither telephone nor website, which lead to its place."""
    is_open = not is_place_secret(body)
    return said(
        {
            "id": str(body.pk),
            "name": body.name,
            "alternate_name": body.short_name,
            "description": found.words(body, body.about) or str(body.get_kind_display()),
            "email": _email(body.email) if is_open else "",
            "website": _link(body.website) if is_open and body.website else "",
            "year_incorporated": body.founded_year,
            "legal_status": str(body.get_legal_status_display()) if body.legal_status else "",
            "parent_organization_id": str(body.parent_id) if body.parent_id else "",
            "simpul_kind": body.kind,
        }
    )


def organization_phones(body: Organisation) -> list[Row]:
    if not body.phone or is_place_secret(body):
        return []
    key = key_of("phone", body.pk, body.phone)
    return [{"id": key, "organization_id": str(body.pk), "number": body.phone, "type": "voice"}]


# --- a service ---


def service_row(service: Service, found: Loaded) -> Row:
    """A listing with all its own fields."""
    body = service.organisation

    def words(text: str) -> str:
        return found.words(body, text)

    return said(
        {
            "id": str(service.pk),
            "organization_id": str(body.pk),
            "name": words(service.name) or kind_words(service),
            "alternate_name": words(service.alternate_name),
            "description": words(service.about),
            "url": _link(service.website) if service.website and not is_place_secret(body) else "",
            "email": _email(service.email),
            "status": STATUS[Listing(service.listing)],
            "application_process": words(service.procedure),
            "fees_description": _fees(service, words(service.cost_words)),
            "wait_time": f"{service.days_waiting} hari" if service.days_waiting is not None else "",
            "accreditations": found.accreditations.get(body.pk, ""),
            "eligibility_description": words(service.rule_words),
            "minimum_age": service.age_from,
            "maximum_age": service.age_to,
            "assured_date": _day(service.confirmed_on),
            "alert": words(service.alert),
            "last_modified": moment(service.modified_at),
            **_extension(service, found),
        }
    )


def _extension(service: Service, found: Loaded) -> Row:
    """The fields of Simpul's profile: /hsds/profile."""
    return {
        "simpul_rule": service.rule,
        "simpul_need_edition": service.need_edition,
        "simpul_sex": service.sex,
        "simpul_is_for_emergencies": service.is_for_emergencies or None,
        "simpul_setting": service.setting,
        "simpul_cost": service.cost if service.cost != Cost.UNKNOWN else "",
        "simpul_capacity": service.capacity,
        "simpul_free": free_said(service, found.on),
        "simpul_free_on": _day(service.free_on) if free_said(service, found.on) is not None else "",
        "simpul_waiting_order": service.waiting_order,
        "simpul_takes_referrals": service.takes_referrals,
    }


def kind_words(service: Service) -> str:
    term = term_of(HELP, service.kind)
    return term.title.id if term else service.kind


def _fees(service: Service, words: str) -> str:
    label = str(Cost(service.cost).label) if service.cost != Cost.UNKNOWN else ""
    return ". ".join(filter(None, (label, words)))


def service_phones(service: Service) -> list[Row]:
    if not service.phone:
        return []
    key = key_of("phone", service.pk, service.phone)
    return [{"id": key, "service_id": str(service.pk), "number": service.phone, "type": "voice"}]


def schedules(service: Service, found: Loaded) -> list[Row]:
    """When it is open, row by row."""
    return [_schedule(row, found.words(service.organisation, row.words)) for row in service.hours.all()]


def schedules_at(service: Service, place: UUID, found: Loaded) -> list[Row]:
    """Those hours that hold at one place alone."""
    here = [row for row in service.hours.all() if row.place_id == place]
    return [_schedule(row, found.words(service.organisation, row.words)) for row in here]


def _schedule(row: Hours, words: str) -> Row:
    return said(
        {
            "id": str(row.pk),
            "service_id": str(row.service_id),
            "location_id": str(row.place_id) if row.place_id else "",
            "valid_from": _day(row.valid_from),
            "valid_to": _day(row.valid_to),
            "dtstart": _day(row.starts_on),
            "timezone": row.zone,
            "freq": row.frequency,
            "interval": row.interval if row.frequency else None,
            "byday": row.by_day,
            "bymonthday": row.by_month_day,
            "description": _hours_words(
                row.frequency,
                row.interval,
                row.by_day,
                row.by_month_day,
                row.opens_at,
                row.closes_at,
                row.zone,
                words,
            ),
            "opens_at": row.opens_at.isoformat() if row.opens_at else "",
            "closes_at": row.closes_at.isoformat() if row.closes_at else "",
            "notes": words,
        }
    )


# Most are open at the same hours. What is told here is always Indonesian.
@lru_cache(maxsize=4096)
def _hours_words(
    frequency: str,
    interval: int,
    by_day: str,
    by_month_day: str,
    opens_at: time | None,
    closes_at: time | None,
    zone: int,
    words: str,
) -> str:
    row = Hours(
        frequency=frequency,
        interval=interval,
        by_day=by_day,
        by_month_day=by_month_day,
        opens_at=opens_at,
        closes_at=closes_at,
        zone=zone,
        words=words,
    )
    return "; ".join(words_of([row]))


def service_areas(service: Service, found: Loaded) -> list[Row]:
    """The regions whose people it takes: its own, or else those of its body."""
    own = {area.code: str(area.pk) for area in service.areas.all()}
    return [
        {
            "id": own.get(code) or key_of("service_area", service.pk, code),
            "service_id": str(service.pk),
            "name": found.name(code),
            "simpul_region_code": code,
        }
        for code in told_areas(service, found)
    ]


def languages(service: Service) -> list[Row]:
    return [
        {
            "id": key_of("language", service.pk, code),
            "service_id": str(service.pk),
            "name": str(LANGUAGES.get(code, code)),
            "code": code,
        }
        for code in service.languages
    ]


def cost_options(service: Service) -> list[Row]:
    if service.cost == Cost.UNKNOWN:
        return []
    row: Row = {
        "id": key_of("cost_option", service.pk),
        "service_id": str(service.pk),
        "option": str(Cost(service.cost).label),
    }
    amount = 0 if service.cost == Cost.FREE else service.cost_amount
    return [row if amount is None else {**row, "currency": CURRENCY, "amount": amount}]


def required_documents(service: Service, found: Loaded) -> list[Row]:
    told = [words for paper in service.papers if (words := found.words(service.organisation, paper))]
    return [
        {
            "id": key_of("required_document", service.pk, paper),
            "service_id": str(service.pk),
            "document": paper,
        }
        for paper in told
    ]


def terms_of(service: Service) -> Iterator[Term]:
    """The terms by which a service is found: help, situations, needs, access."""
    codes = [
        (HELP, service.kind, ""),
        *((SITUATIONS, code, "") for code in service.situations),
        *((NEEDS, code, service.need_edition or catalogue.need_edition()) for code in service.need_types),
        *((ACCESSES, code, "") for code in service.accesses),
    ]
    for kind, code, edition in codes:
        if term := term_of(kind, code, edition):
            yield term


def attributes(service: Service) -> list[Row]:
    return [
        {
            "id": key_of("attribute", service.pk, term.id),
            "link_id": str(service.pk),
            "taxonomy_term_id": term.id,
            "link_type": term.taxonomy.kind,
            "link_entity": "service",
            "value": term.code,
        }
        for term in terms_of(service)
    ]


# --- a place ---


def at_place_row(row: AtPlace) -> Row:
    return {"id": str(row.pk), "service_id": str(row.service_id), "location_id": str(row.place_id)}


def location_row(place: ShownPlace, body: Organisation) -> Row:
    return said(
        {
            "id": str(place.key),
            "location_type": LOCATION[PlaceKind(place.kind)],
            "organization_id": str(body.pk),
            "name": place.name,
            "transportation": place.transport,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "simpul_kind": place.kind,
            "simpul_region_code": place.region,
            "simpul_is_island": place.is_island or None,
        }
    )


def addresses(place: ShownPlace, found: Loaded) -> list[Row]:
    """The address of a place that is visited; nothing where none is told."""
    if not place.address:
        return []

    def above(signs: int) -> str:
        return found.name(place.region[:signs]) if len(place.region) >= signs else ""

    row = {
        "id": key_of("address", place.key),
        "location_id": str(place.key),
        "address_1": place.address,
        "address_2": above(VILLAGE_SIGNS),
        "region": above(DISTRICT_SIGNS),
    }
    needed = {
        "city": above(REGENCY_SIGNS),
        "state_province": above(PROVINCE_SIGNS),
        "postal_code": place.postal_code,
        "country": COUNTRY,
        "address_type": "physical",
    }
    return [{**said(row), **needed}]


def accessibility(place: ShownPlace) -> list[Row]:
    found = ((code, term_of(ACCESSES, code)) for code in place.accesses)
    return [
        {
            "id": key_of("accessibility", place.key, code),
            "location_id": str(place.key),
            "description": term.title.id if term else code,
            "simpul_code": code,
        }
        for code, term in found
    ]


def location_phones(place: ShownPlace) -> list[Row]:
    if not place.phone:
        return []
    key = key_of("phone", place.key, place.phone)
    return [{"id": key, "location_id": str(place.key), "number": place.phone, "type": "voice"}]
