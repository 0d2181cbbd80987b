"""What of an imported record Simpul has fields for. Whatever cannot be read here stays in the record as it came."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from simpul.hsds.rows import STATUS
from simpul.hsds.schemas import is_uri
from simpul.hsds.taxonomies import ACCESSES, HELP, NEEDS, SITUATIONS, terms
from simpul.places.models import CODE_SIGNS
from simpul.services.stages import Cost, Frequency, Listing, PlaceKind, Sex, WaitingOrder

Row = dict[str, Any]
Fields = dict[str, Any]

_LISTINGS = {words: listing for listing, words in STATUS.items()}
_OLDEST = 120
_WIB = 7


def service_fields(record: Row, below: dict[str, list[Row]], at: datetime) -> Fields:
    """The fields of a listing. `below` are its phones, languages, documents and attributes."""
    found = {
        "name": _text(record, "name", 200),
        "alternate_name": _text(record, "alternate_name", 200),
        "about": _text(record, "description", 20_000),
        "website": _link(record),
        "email": _text(record, "email", 200),
        "alert": _text(record, "alert", 300),
        "procedure": _text(record, "application_process", 20_000),
        "rule_words": _text(record, "eligibility_description", 20_000),
        "confirmed_on": _day(record.get("assured_date")),
        "modified_at": _moment(record.get("last_modified")) or at,
        "phone": _first(below.get("phone", ()), "number", 40),
        "languages": _codes(below.get("language", ()), "code"),
        "papers": _codes(below.get("required_document", ()), "document"),
        **_ages(record),
        **_ours(record),
        **_found_by(below.get("attribute", ())),
    }
    listing = _LISTINGS.get(record.get("status", ""), Listing.DRAFT)
    # Whoever looks for a kind of help must find it by that kind: until somebody chose one it stays a draft.
    found["listing"] = listing if found["kind"] or listing == Listing.ENDED else Listing.DRAFT
    return found


def _ours(record: Row) -> Fields:
    """What Simpul's own profile added."""
    cost = record.get("simpul_cost")
    words = _text(record, "fees_description", 300)
    label = str(Cost(cost).label) if cost in Cost.values else ""
    capacity, free = _count(record.get("simpul_capacity")), _count(record.get("simpul_free"))
    order = record.get("simpul_waiting_order")
    return {
        "rule": _text(record, "simpul_rule", 4000),
        "sex": record["simpul_sex"] if record.get("simpul_sex") in Sex.values else "",
        "is_for_emergencies": record.get("simpul_is_for_emergencies") is True,
        "setting": _text(record, "simpul_setting", 12),
        "cost": cost if label else Cost.UNKNOWN,
        "cost_words": words.removeprefix(label).removeprefix(". ") if label else words,
        "capacity": capacity,
        "free": free if capacity is None or free is None or free <= capacity else None,
        "free_on": _day(record.get("simpul_free_on")),
        "waiting_order": order if order in WaitingOrder.values else WaitingOrder.ARRIVAL,
        "takes_referrals": record.get("simpul_takes_referrals") is True,
    }


def _ages(record: Row) -> Fields:
    youngest, oldest = _count(record.get("minimum_age")), _count(record.get("maximum_age"))
    if max(youngest or 0, oldest or 0) > _OLDEST or (oldest is not None and (youngest or 0) > oldest):
        return {"age_from": None, "age_to": None}
    return {"age_from": youngest, "age_to": oldest}


def _found_by(attributes: Iterable[Row]) -> Fields:
    """Kind, situations, needs and access, where the terms are those of Simpul's catalogue."""
    known = terms()
    told = [known[key] for row in attributes if (key := str(row.get("taxonomy_term_id", ""))) in known]
    by_kind: dict[str, list[str]] = {}
    for term in told:
        by_kind.setdefault(term.taxonomy.kind, []).append(term.code)
    edition = next((term.taxonomy.edition for term in told if term.taxonomy.kind == NEEDS), "")
    needs = [term.code for term in told if term.taxonomy.kind == NEEDS and term.taxonomy.edition == edition]
    return {
        "kind": next(iter(by_kind.get(HELP, ())), ""),
        "situations": by_kind.get(SITUATIONS, []),
        "accesses": by_kind.get(ACCESSES, []),
        "need_types": needs,
        "need_edition": edition,
    }


def place_fields(record: Row, below: dict[str, list[Row]]) -> Fields:
    """The fields of a place. Of a contact point never an address or a position."""
    kind = record.get("simpul_kind")
    if kind not in PlaceKind.values:
        kind = PlaceKind.PHYSICAL if record["location_type"] == "physical" else PlaceKind.VIRTUAL
    address: Row = next(iter(below.get("address", ())), {})
    found = {
        "kind": kind,
        "name": _text(record, "name", 200),
        "transport": _text(record, "transportation", 20_000),
        "region": region(record),
        "is_island": record.get("simpul_is_island") is True,
        "accesses": _codes(below.get("accessibility", ()), "simpul_code"),
        "phone": _first(below.get("phone", ()), "number", 40),
    }
    if kind == PlaceKind.CONTACT_POINT:
        return found
    north, east = record.get("latitude"), record.get("longitude")
    is_position = north is not None and east is not None and abs(north) <= 90 and abs(east) <= 180
    return {
        **found,
        "address": _text(address, "address_1", 20_000),
        "postal_code": _text(address, "postal_code", 10),
        "latitude": north if is_position else None,
        "longitude": east if is_position else None,
    }


def hours_fields(record: Row) -> Fields:
    """The fields of a repeating time."""
    opens, closes = _time(record.get("opens_at")), _time(record.get("closes_at"))
    both = opens is not None and closes is not None
    zone, interval = record.get("timezone"), record.get("interval")
    return {
        "frequency": record["freq"] if record.get("freq") in Frequency.values else "",
        "interval": interval if isinstance(interval, int) and 1 <= interval <= 100 else 1,
        "by_day": _text(record, "byday", 60),
        "by_month_day": _text(record, "bymonthday", 60),
        "starts_on": _day(record.get("dtstart")),
        "valid_from": _day(record.get("valid_from")),
        "valid_to": _day(record.get("valid_to")),
        "opens_at": opens if both else None,
        "closes_at": closes if both else None,
        "zone": zone if isinstance(zone, int) and 0 <= zone <= 14 else _WIB,
        "words": _text(record, "notes", 300),
    }


def region(record: Row) -> str:
    """The code of a region that Simpul's profile adds; "" where none or no code stands there."""
    code = str(record.get("simpul_region_code", ""))
    return code if len(code) in CODE_SIGNS and code.replace(".", "").isdigit() else ""


# --- values ---


def _text(record: Row, name: str, most: int) -> str:
    return str(record.get(name) or "").strip()[:most]


def _link(record: Row) -> str:
    link = _text(record, "url", 2000)
    return link if is_uri(link) and link.startswith(("https://", "http://")) and len(link) <= 200 else ""


def _first(below: Iterable[Row], name: str, most: int) -> str:
    """The first that fits: a number cut short would lead to somebody else."""
    told = (str(row.get(name, "")).strip() for row in below)
    return next((text for text in told if text and len(text) <= most), "")


def _codes(below: Iterable[Row], name: str) -> list[str]:
    return list(dict.fromkeys(str(row[name]) for row in below if row.get(name)))


def _count(value: Any) -> int | None:
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return value if is_whole and 0 <= value < 2**31 else None


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value or ""))
    except ValueError:
        return None


def _time(value: Any) -> time | None:
    try:
        return time.fromisoformat(str(value or "")).replace(tzinfo=None, microsecond=0)
    except ValueError:
        return None


def _moment(value: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(value or ""))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
