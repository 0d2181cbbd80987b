"""Rows put into each other as the standard's answers nest them, and pages of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from simpul.hsds import rows
from simpul.hsds.kept import with_more
from simpul.hsds.loading import Loaded, place_of
from simpul.hsds.taxonomies import nested_terms
from simpul.organisations.models import Organisation
from simpul.organisations.queries.bodies import is_place_secret
from simpul.organisations.queries.secret_words import open_text
from simpul.services.models import AtPlace, Place, Service
from simpul.services.queries.places import ShownPlace, shown_place
from simpul.services.stages import Listing

Row = dict[str, Any]

# Of an imported record, what the interface tells beside what Simpul knows itself. Never who assures it: a person.
_SERVICE_MORE = ("interpretation_services", "licenses", "fees")
# Rows of an imported service that are told as they came; contacts are people and stay out.
_ROWS_MORE = ("attribute", "cost_option", "funding", "language", "required_document")
_PARENTS = ("service_id", "location_id", "service_at_location_id", "organization_id", "link_id")


def _below(children: Iterable[Row]) -> list[Row]:
    """Rows without the keys of what they stand in."""
    return [{name: value for name, value in row.items() if name not in _PARENTS} for row in children]


def _filled(row: Row) -> Row:
    """Without lists that hold nothing."""
    return {name: value for name, value in row.items() if value != []}


# --- services ---


def service_listed(service: Service, found: Loaded) -> Row:
    """One item of the list of services: its own fields, and its body's."""
    row = _service_row(service, found)
    return {**row, "organization": rows.organization_row(service.organisation, found)}


# What service_minimal reads.
MINIMAL = (
    "name",
    "kind",
    "listing",
    "modified_at",
    "organisation__kind",
    "organisation__is_address_secret",
    "organisation__region",
    "organisation__address",
)


def service_minimal(service: Service) -> Row:
    """The least of a service, with its organisation. The schema of a list asks for the name and the status too."""
    at = rows.moment(service.modified_at)
    name = open_text(service.organisation, service.name) or rows.kind_words(service)
    row = {"id": str(service.pk), "name": name, "status": rows.STATUS[Listing(service.listing)]}
    return {**row, "last_modified": at, "modified_date": at}


def service_nested(service: Service, found: Loaded, *, has_places: bool = True, has_body: bool = True) -> Row:
    """A service with all that belongs to it."""
    row = _service_row(service, found)
    more = _kept_rows(service)
    row |= {
        "phones": _below(rows.service_phones(service)),
        "schedules": _below(rows.schedules(service, found)),
        "service_areas": _below(rows.service_areas(service, found)),
        "languages": _below([*rows.languages(service), *more["language"]]),
        "funding": _below(more["funding"]),
        "cost_options": _below([*rows.cost_options(service), *more["cost_option"]]),
        "required_documents": _below([*rows.required_documents(service, found), *more["required_document"]]),
        "attributes": [*_attributes(service), *_below(more["attribute"])],
    }
    if has_places:
        row["service_at_locations"] = [
            at_location_nested(at_place, service, found, has_service=False) for at_place in at_places(service)
        ]
    if has_body:
        row["organization"] = rows.organization_row(service.organisation, found)
    return _filled(row)


def at_places(service: Service) -> list[AtPlace]:
    """Where it is given, as it was prefetched."""
    return list(service.at_places.all())


def _service_row(service: Service, found: Loaded) -> Row:
    row = rows.service_row(service, found)
    if is_place_secret(service.organisation):
        return row
    return with_more(row, service.hsds, _SERVICE_MORE)


def _kept_rows(service: Service) -> dict[str, list[Row]]:
    """Rows of an import for which Simpul has no field; of a secret body nothing that was not looked at."""
    kept: Mapping[str, Any] = {} if is_place_secret(service.organisation) else service.hsds.get("rows", {})
    return {
        table: [entry["record"] for entry in kept.get(table, ()) if entry.get("as") is None]
        for table in _ROWS_MORE
    }


def _attributes(service: Service) -> list[Row]:
    known = nested_terms()
    return [
        {**row, "taxonomy_term": known[row["taxonomy_term_id"]]} for row in _below(rows.attributes(service))
    ]


# --- services at places ---


def at_location_listed(row: AtPlace, service: Service, found: Loaded) -> Row:
    """One item of the list of services at locations."""
    place = place_of(row, service)
    return {
        **rows.at_place_row(row),
        "location": rows.location_row(place, service.organisation),
        "service": service_listed(service, found),
    }


def at_location_nested(row: AtPlace, service: Service, found: Loaded, *, has_service: bool = True) -> Row:
    """A service at a location with all that belongs to both."""
    place = place_of(row, service)
    nested: Row = {
        "id": str(row.pk),
        "schedules": _below(rows.schedules_at(service, row.place_id, found)),
        "location": location_nested(place, service.organisation, found),
    }
    if has_service:
        nested["service"] = service_nested(service, found, has_places=False)
    return _filled(nested)


def location_nested(place: ShownPlace, body: Organisation, found: Loaded) -> Row:
    """A place as everybody may be told."""
    return _filled(
        {
            **{name: value for name, value in rows.location_row(place, body).items() if name not in _PARENTS},
            "addresses": _below(rows.addresses(place, found)),
            "accessibility": _below(rows.accessibility(place)),
            "phones": _below(rows.location_phones(place)),
        }
    )


# --- bodies ---


def organization_nested(
    body: Organisation,
    found: Loaded,
    *,
    places: Iterable[Place],
    services: Iterable[Service],
    has_full_services: bool,
) -> Row:
    """A body with its places and its services: whole ones, or their own fields."""
    return _filled(
        {
            **rows.organization_row(body, found),
            "phones": _below(rows.organization_phones(body)),
            "locations": [location_nested(shown_place(place, body), body, found) for place in places],
            "services": [
                service_nested(service, found, has_body=False)
                if has_full_services
                else _service_row(service, found)
                for service in services
            ],
        }
    )
