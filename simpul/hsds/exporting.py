"""Everything public as tables of the standard, together with what imported records held beside it.

What an import brought goes out as it came in (`kept`). Of a body whose place is secret nothing of that goes out: it
was not looked at when it came.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.utils.translation import override

from simpul.hsds import rows
from simpul.hsds.door import LANGUAGE
from simpul.hsds.finding import bodies, services
from simpul.hsds.flattening import Collected, Place
from simpul.hsds.kept import rows_out
from simpul.hsds.loading import Loaded, loaded, place_of, whole
from simpul.hsds.taxonomies import terms
from simpul.organisations.models import Organisation
from simpul.organisations.queries.bodies import AT_HOME, is_place_secret
from simpul.services.models import Outside, Service

Row = dict[str, Any]
Entries = dict[str, list[Row]]
Tables = dict[str, list[Row]]

_NOWHERE = Place("", 0)


def exported(on: date) -> Collected:
    """All tables as they go out on that day."""
    with override(LANGUAGE):
        return _exported(on)


def _exported(on: date) -> Collected:
    listings = list(whole(_services_out(), has_kept=True).order_by("pk"))
    now = now_tables(listings, on, more_bodies=_bodies_of_imports())
    entries = kept_entries(listings)
    found = Collected()
    for table in {**now, **entries}:
        for row in rows_out(now.get(table, ()), entries.get(table, ())):
            found.add(table, row, _NOWHERE)
    return found


def _services_out() -> Any:
    """What anybody may find, and whatever an import brought, also before somebody opened it."""
    brought = Service.objects.exclude(hsds={}).filter(organisation__is_closed=False)
    return services() | brought.exclude(organisation__kind__in=AT_HOME)


def _bodies_of_imports() -> list[Organisation]:
    keys = [words["as"] for words in _outside("organization") if words.get("as")]
    return list(bodies().filter(pk__in=keys))


def _outside(kind: str) -> list[Row]:
    return list(Outside.objects.filter(kind=kind).order_by("pk").values_list("words", flat=True))


def now_tables(listings: Collection[Service], on: date, more_bodies: Iterable[Organisation] = ()) -> Tables:
    """What Simpul itself says of these services, their bodies and their places, table by table."""
    found, beside = _Tables(), loaded(listings, on)
    all_bodies = {service.organisation_id: service.organisation for service in listings}
    all_bodies |= {body.pk: body for body in more_bodies}
    for body in all_bodies.values():
        found.add("organization", [rows.organization_row(body, beside)])
        found.add("phone", rows.organization_phones(body))
    for service in listings:
        _add_service(found, service, beside)
    _add_terms(found)
    return found.as_lists()


class _Tables:
    """Rows by table, each key once: several services share a place."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Row]] = {}

    def add(self, table: str, more: Iterable[Row]) -> None:
        held = self.rows.setdefault(table, {})
        for row in more:
            held.setdefault(row["id"], row)

    def as_lists(self) -> Tables:
        return {table: list(held.values()) for table, held in self.rows.items() if held}


def _add_service(found: _Tables, service: Service, beside: Loaded) -> None:
    found.add("service", [rows.service_row(service, beside)])
    found.add("phone", rows.service_phones(service))
    found.add("schedule", rows.schedules(service, beside))
    found.add("service_area", rows.service_areas(service, beside))
    found.add("language", rows.languages(service))
    found.add("cost_option", rows.cost_options(service))
    found.add("required_document", rows.required_documents(service, beside))
    found.add("attribute", rows.attributes(service))
    for at_place in service.at_places.all():
        place = place_of(at_place, service)
        found.add("service_at_location", [rows.at_place_row(at_place)])
        found.add("location", [rows.location_row(place, service.organisation)])
        found.add("address", rows.addresses(place, beside))
        found.add("accessibility", rows.accessibility(place))
        found.add("phone", rows.location_phones(place))


def _add_terms(found: _Tables) -> None:
    """Of the catalogue's lists what is used here: who reads the file knows then what a code means."""
    known = terms()
    used = [
        known[row["taxonomy_term_id"]]
        for row in found.rows.get("attribute", {}).values()
        if row["taxonomy_term_id"] in known
    ]
    found.add("taxonomy_term", [term.row() for term in used])
    found.add("taxonomy", [term.taxonomy.row() for term in used])


# --- what was kept of imports ---


def kept_entries(listings: Collection[Service]) -> Entries:
    """What stands beside each row that came in, table by table."""
    secret = {str(service.organisation_id) for service in listings if is_place_secret(service.organisation)}
    found: Entries = {}

    def add(table: str, entry: Row, own: str | None) -> None:
        if entry:
            found.setdefault(table, []).append({**entry, "as": entry.get("as", own)})

    for service in listings:
        if str(service.organisation_id) in secret or not service.hsds:
            continue
        add("service", service.hsds, str(service.pk))
        for table, entries in service.hsds.get("rows", {}).items():
            for entry in entries:
                add(table, entry, None)
        for row in service.hours.all():
            add("schedule", row.hsds, str(row.pk))
        for row in service.areas.all():
            add("service_area", row.hsds, str(row.pk))
        for row in service.at_places.all():
            add("service_at_location", row.hsds, str(row.pk))
    places = {row.place_id: row.place for service in listings for row in service.at_places.all()}
    for place in places.values():
        if str(place.organisation_id) not in secret:
            add("location", place.hsds, str(place.pk))
    hidden = secret | _secret_bodies()
    for outside in Outside.objects.order_by("kind", "pk"):
        if not hidden.intersection(outside.words.get("bodies", ())):
            add(outside.kind, outside.words, None)
    return found


def _secret_bodies() -> set[str]:
    keys = Organisation.objects.filter(is_address_secret=True).values_list("pk", flat=True)
    return set(map(str, keys))
