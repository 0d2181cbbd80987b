"""What an import would do, before anything is written: every fault by file, row and field; every body and listing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where, is_within_reach
from simpul.hsds.flattening import Collected, Place
from simpul.hsds.folder import Fault
from simpul.hsds.identifiers import key_of
from simpul.hsds.reading import region
from simpul.hsds.schemas import tables, wrong_fields
from simpul.organisations.models import Organisation
from simpul.organisations.queries.bodies import AT_HOME, is_place_secret
from simpul.places.queries import named
from simpul.services.models import AtPlace, Outside, Service
from simpul.services.models import Place as ServicePlace

Row = dict[str, Any]

# Which of two rows must be there for the other to mean anything.
_NEEDS = (
    ("service", "organization_id", "organization"),
    ("service_at_location", "service_id", "service"),
    ("service_at_location", "location_id", "location"),
)
_IDENTIFIERS = ("npwp", "nib", "approval_number")


@dataclass(frozen=True, slots=True)
class Body:
    """A body of the file: the one that is here already, or None where it will be registered in `region`."""

    record: Row
    existing: Organisation | None
    region: str


@dataclass
class Plan:
    """What would happen. With any fault nothing does."""

    faults: list[Fault] = field(default_factory=list)
    bodies: dict[str, Body] = field(default_factory=dict)
    new: list[Row] = field(default_factory=list)
    again: list[Row] = field(default_factory=list)
    # Listings that are kept here by their owner: what is here stands.
    kept: list[Row] = field(default_factory=list)

    @property
    def new_bodies(self) -> list[Body]:
        return [body for body in self.bodies.values() if body.existing is None]


def planned(held: Collected, *, by: User, where: Where) -> Plan:
    """The plan of an import by that user; new bodies are registered in `where`, unless the file tells a region."""
    plan = Plan()
    plan.faults += _clashes(held)
    plan.faults += [
        fault for table in held.rows for row in held.table(table) for fault in _wrong(held, table, row)
    ]
    plan.faults += _missing(held)
    if plan.faults:
        return plan
    _plan_bodies(plan, held, by, where)
    _plan_services(plan, held)
    plan.faults += _taken(plan, held)
    return plan


def _fault(held: Collected, table: str, key: str, name: str, words: str) -> Fault:
    place = held.places.get((table, key), Place(table, 0))
    return Fault(place.file, place.number, name, words)


def _clashes(held: Collected) -> Iterator[Fault]:
    for table, key, name, place in dict.fromkeys(held.clashes):
        words = _("Kunci %(key)s di %(table)s ada lebih dari satu kali dengan isi yang berbeda.")
        yield Fault(place.file, place.number, name, words % {"key": key, "table": table})


def _wrong(held: Collected, table: str, row: Row) -> Iterator[Fault]:
    key = str(row.get("id", ""))
    for name in wrong_fields(table, row):
        words = (
            _("Wajib diisi.")
            if name not in row
            else _("Isinya tidak sesuai standar: %(value)s") % {"value": str(row[name])[:80]}
        )
        yield _fault(held, table, key, name, words)
    for name, value in row.items():
        if isinstance(value, str) and ("\0" in value or not _is_storable(value)):
            yield _fault(held, table, key, name, _("Memuat tanda yang tidak dapat disimpan."))


def _is_storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _missing(held: Collected) -> Iterator[Fault]:
    for table, column, other in _NEEDS:
        for key, row in held.rows.get(table, {}).items():
            if str(row.get(column)) not in held.rows.get(other, {}):
                words = _("Tidak ada %(table)s dengan kunci itu di berkas ini.") % {
                    "table": tables()[other].file
                }
                yield _fault(held, table, key, column, words)


# --- bodies ---


def _plan_bodies(plan: Plan, held: Collected, by: User, where: Where) -> None:
    regions = _regions(held)
    identifiers: dict[str, list[str]] = defaultdict(list)
    for row in held.rows.get("organization_identifier", {}).values():
        identifiers[str(row.get("organization_id"))].append(str(row["identifier"]))
    for record in held.table("organization"):
        key = record["id"]
        found = _existing(record, identifiers[key])
        code = found.region if found else _known(regions.get(key, "")) or where.region
        plan.bodies[key] = Body(record, found, code)
        if words := _not_here(found, code, by):
            plan.faults.append(_fault(held, "organization", key, "name", words))


def _not_here(found: Organisation | None, code: str, by: User) -> str:
    """Why listings of this body cannot be brought in; "" where they can."""
    if found is None:
        if not code:
            return _(
                "Lembaga ini belum terdaftar dan wilayahnya tidak disebut. Sebut wilayahnya dengan --region."
            )
        return "" if _may(Where(region=code), by) else _("Wilayah lembaga ini di luar jangkauan akun Anda.")
    if not _may(found, by):
        return _("Lembaga ini di luar jangkauan akun Anda.")
    if found.is_closed:
        return _("Lembaga ini tercatat sudah tutup.")
    if is_place_secret(found) or found.kind in AT_HOME:
        return _(
            "Tempat lembaga ini dirahasiakan. Layanannya dicatat oleh lembaga itu sendiri, tidak diimpor."
        )
    return ""


def _known(code: str) -> str:
    """The code, where the list of regions knows it."""
    return code if code and named(code) else ""


def _may(subject: Any, by: User) -> bool:
    return is_within_reach(subject, by, Permission.HSDS_IMPORT)


def _regions(held: Collected) -> dict[str, str]:
    """Where each body serves first, by the codes of its places."""
    found: dict[str, str] = {}
    for row in held.table("service_at_location"):
        service = held.rows["service"][str(row["service_id"])]
        if code := region(held.rows["location"][str(row["location_id"])]):
            found.setdefault(str(service["organization_id"]), code)
    return found


def _existing(record: Row, identifiers: list[str]) -> Organisation | None:
    """The body that is meant: by its key, by an earlier import, by a number of its papers, by its whole name."""
    rows = Organisation.objects
    if found := rows.filter(pk=record["id"]).first():
        return _one(found)
    if earlier := Outside.objects.filter(pk=key_of("outside", "organization", record["id"])).first():
        return _one(rows.filter(pk=earlier.words["as"]).first())
    for name in _IDENTIFIERS:
        if number := rows.filter(**{f"{name}__in": [one for one in identifiers if one]}).first():
            return _one(number)
    same = list(rows.filter(name__iexact=record["name"])[:2])
    return same[0] if len(same) == 1 else None


def _one(found: Any) -> Organisation | None:
    return found if isinstance(found, Organisation) else None


# --- listings ---


def _plan_services(plan: Plan, held: Collected) -> None:
    records = held.table("service")
    here = Service.objects.in_bulk([record["id"] for record in records])
    for record in records:
        found = here.get(UUID(record["id"]))
        if found is None:
            plan.new.append(record)
        elif found.hsds.get("record") and found.version == found.hsds.get("version"):
            plan.again.append(record)
        else:
            plan.kept.append(record)


def _taken(plan: Plan, held: Collected) -> Iterator[Fault]:
    """Keys that already belong to something else here."""
    words = _("Kunci ini sudah dipakai untuk hal lain di Simpul.")
    coming = {record["id"] for record in (*plan.new, *plan.again)}
    at_places = {
        row["id"]: str(row["service_id"])
        for row in held.rows.get("service_at_location", {}).values()
        if str(row["service_id"]) in coming
    }
    for key, service in AtPlace.objects.filter(pk__in=list(at_places)).values_list("pk", "service_id"):
        if str(service) != at_places[str(key)]:
            yield _fault(held, "service_at_location", str(key), "id", words)
    wanted = [
        row["location_id"]
        for row in held.rows.get("service_at_location", {}).values()
        if row["id"] in at_places
    ]
    for key in ServicePlace.objects.filter(pk__in=wanted, hsds={}).values_list("pk", flat=True):
        yield _fault(held, "location", str(key), "id", words)
