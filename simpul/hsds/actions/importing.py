"""Listings of another register become listings here: all of them or none."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import Refusal
from simpul.hsds.door import LANGUAGE
from simpul.hsds.exporting import Tables, now_tables
from simpul.hsds.flattening import Collected
from simpul.hsds.identifiers import key_of
from simpul.hsds.loading import whole
from simpul.hsds.planning import Plan, planned
from simpul.hsds.reading import hours_fields, place_fields, region, service_fields
from simpul.organisations.actions.bodies import register
from simpul.organisations.models import Kind, Organisation
from simpul.services.models import Area, AtPlace, Hours, Outside, Place, Service
from simpul.services.queries.derived import derive

Row = dict[str, Any]

# Rows of these tables have rows of their own here, whose `hsds` keeps the record.
_OWN = {
    "service": Service,
    "service_at_location": AtPlace,
    "schedule": Hours,
    "service_area": Area,
    "location": Place,
}
# Rows that belong to one service stand beside it; all others among Outside.
_BESIDE = ("attribute", "cost_option", "funding", "language", "phone", "required_document")
# By what a row that Simpul says itself is the same as one of the file, where the keys differ.
_SAME = {
    "phone": ("number",),
    "language": ("code",),
    "required_document": ("document",),
    "attribute": ("taxonomy_term_id",),
    "address": ("location_id",),
    "accessibility": ("simpul_code",),
    "cost_option": ("option",),
}


class ImportFaulty(Refusal):
    """The files are not in order; the plan names each fault. Nothing was written."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        words = "; ".join(
            f"{fault.file} {fault.number} {fault.field}: {fault.words}" for fault in plan.faults[:3]
        )
        super().__init__(f"{_('Berkas itu belum dapat diimpor. Tidak ada yang disimpan.')} {words}")


@action(Permission.HSDS_IMPORT)
def import_listings(
    where: Where, /, *, by: User, held: Collected, source: str, on: date, at: datetime
) -> Plan:
    """Bring in all rows of a folder; bodies that are not here yet are registered in `where`. Raises ImportFaulty.

    `source` names the other register. Listings whose owner keeps them here stay as they are.
    """
    plan = planned(held, by=by, where=where)
    if plan.faults:
        raise ImportFaulty(plan)
    _Bringing(plan, held, by, source, on, at).bring()
    return plan


class _Bringing:
    """One import while it is being written."""

    def __init__(self, plan: Plan, held: Collected, by: User, source: str, on: date, at: datetime) -> None:
        self.plan, self.held, self.by, self.source, self.on, self.at = plan, held, by, source, on, at
        self.coming = {record["id"] for record in (*plan.new, *plan.again)}
        self.staying = {record["id"] for record in plan.kept}
        self.below: dict[tuple[str, str], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        self.own: set[tuple[str, str]] = set()
        self.bodies: dict[str, Organisation] = {}

    def bring(self) -> None:
        self._sort_below()
        for key, body in self.plan.bodies.items():
            self.bodies[key] = body.existing or self._registered(body.record, body.region)
        for record in (*self.plan.new, *self.plan.again):
            self._service(record)
        self._places()
        self._say()

    def _sort_below(self) -> None:
        for table in self.held.rows:
            for row in self.held.table(table):
                for column in ("service_id", "location_id", "link_id"):
                    if parent := row.get(column):
                        owner = "location" if column == "location_id" else "service"
                        self.below[owner, str(parent)][table].append(row)

    def _registered(self, record: Row, code: str) -> Organisation:
        kind = record.get("simpul_kind")
        year = record.get("year_incorporated")
        made: Organisation = register(
            Where(region=code),
            by=self.by,
            key=UUID(record["id"]),
            name=str(record["name"])[:200],
            kind=kind if kind in Kind.values else Kind.LKS,
            on=self.on,
            short_name=str(record.get("alternate_name", ""))[:40],
            founded_year=year if isinstance(year, int) and 1800 <= year <= self.on.year else None,
            about=str(record.get("description", "")),
            source=f"HSDS: {self.source}"[:300],
        )
        return made

    def _service(self, record: Row) -> None:
        fields = service_fields(record, self.below["service", record["id"]], self.at)
        body = self.bodies[str(record["organization_id"])]
        service = Service.objects.filter(pk=record["id"]).first() or Service(pk=UUID(record["id"]))
        service.organisation = body
        for name, value in fields.items():
            setattr(service, name, value)
        service.hsds = {"record": record, "source": self.source}
        service.save()
        # What an earlier import brought is written anew.
        Hours.objects.filter(service=service).delete()
        Area.objects.filter(service=service).delete()
        AtPlace.objects.filter(service=service).delete()
        self.own.add(("service", record["id"]))
        self._areas(service)

    def _areas(self, service: Service) -> None:
        codes = set()
        for row in self.below["service", str(service.pk)]["service_area"]:
            code = region(row)
            if code and code not in codes:
                codes.add(code)
                Area.objects.create(pk=UUID(row["id"]), service=service, code=code, hsds={"record": row})
                self.own.add(("service_area", row["id"]))

    def _places(self) -> None:
        for row in self.held.table("service_at_location"):
            if str(row["service_id"]) not in self.coming:
                continue
            service = Service.objects.select_related("organisation").get(pk=row["service_id"])
            place = self._place(self.held.rows["location"][str(row["location_id"])], service.organisation)
            AtPlace.objects.create(pk=UUID(row["id"]), service=service, place=place, hsds={"record": row})
            self.own.add(("service_at_location", row["id"]))
        for row in self.held.table("schedule"):
            self._hours(row)
        for service in Service.objects.filter(pk__in=self.coming).select_related("organisation"):
            derive(service)
            service.save()

    def _place(self, record: Row, body: Organisation) -> Place:
        ordered = next(row for row in self.held.table("location") if row["id"] == record["id"])
        found: Place | None = Place.objects.filter(pk=record["id"]).first()
        place = found or Place(pk=UUID(record["id"]), organisation=body)
        for name, value in place_fields(ordered, self.below["location", record["id"]]).items():
            setattr(place, name, value)
        place.modified_at, place.hsds, place.ended_on = self.at, {"record": ordered}, None
        place.save()
        self.own.add(("location", record["id"]))
        return place

    def _hours(self, row: Row) -> None:
        at_place = self.held.rows.get("service_at_location", {}).get(
            str(row.get("service_at_location_id")), {}
        )
        service = str(row.get("service_id") or at_place.get("service_id") or "")
        place = str(row.get("location_id") or at_place.get("location_id") or "")
        if service not in self.coming:
            return
        is_there = ("location", place) in self.own
        Hours.objects.create(
            pk=UUID(row["id"]),
            service_id=UUID(service),
            place_id=UUID(place) if is_there else None,
            hsds={"record": row},
            **hours_fields(row),
        )
        self.own.add(("schedule", row["id"]))

    # --- what Simpul says of it right after, so that what nobody changes goes out as it came ---

    def _say(self) -> None:
        listings = list(whole(Service.objects.filter(pk__in=self.coming)).order_by("pk"))
        with override(LANGUAGE):
            now = now_tables(listings, self.on, more_bodies=self.bodies.values())
        said = {table: {row["id"]: row for row in rows} for table, rows in now.items()}
        models: dict[str, Any] = dict(_OWN)
        for table, model in models.items():
            keys = [UUID(key) for kind, key in self.own if kind == table]
            for row in model.objects.filter(pk__in=keys):
                row.hsds = {**row.hsds, "said": said.get(table, {}).pop(str(row.pk), {})}
                if table == "service":
                    row.hsds["version"] = row.version
                row.save(update_fields=["hsds"])
        beside = self._keep_others(said)
        self._keep_beside(beside, said)

    def _keep_others(self, said: dict[str, dict[str, Row]]) -> dict[str, dict[str, list[Row]]]:
        """Rows without a row of their own here: beside their service, or among Outside."""
        beside: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        outside = []
        for table in self.held.rows:
            for row in self.held.table(table):
                if (table, row["id"]) in self.own or self._stays(table, row):
                    continue
                entry = self._entry(table, row, said.get(table, {}))
                owner = str(row.get("service_id") or row.get("link_id") or "")
                if table in _BESIDE and owner in self.coming:
                    beside[owner][table].append(entry)
                else:
                    outside.append(self._outside(table, row, entry))
        Outside.objects.bulk_create(
            outside,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["words", "source", "modified_at"],
        )
        return beside

    def _stays(self, table: str, row: Row) -> bool:
        """Whether it belongs to a listing that is kept here by its owner."""
        at_place = self.held.rows.get("service_at_location", {}).get(
            str(row.get("service_at_location_id")), row
        )
        owners = {row["id"] if table == "service" else "", row.get("service_id"), row.get("link_id")}
        return not self.staying.isdisjoint({*owners, at_place.get("service_id")} - {None})

    def _entry(self, table: str, row: Row, said: dict[str, Row]) -> Row:
        """The row beside what Simpul says in its place, if it says anything."""
        if table == "organization":
            own = str(self.bodies[row["id"]].pk)
        else:
            own = next(
                (key for key, other in said.items() if key == row["id"] or _is_same(table, row, other)), ""
            )
        return {"record": row, "as": own or None, "said": said.pop(own, {}) if own else {}}

    def _outside(self, table: str, row: Row, entry: Row) -> Outside:
        """Among Outside, with the bodies whose place must not be secret for it to go out."""
        bodies = self._bodies_of(table, row)
        return Outside(
            pk=UUID(key_of("outside", table, row["id"])),
            kind=table,
            source=self.source[:200],
            words={**entry, "bodies": sorted(bodies)},
            modified_at=self.at,
        )

    def _bodies_of(self, table: str, row: Row) -> set[str]:
        """The bodies to which a row leads, by whatever it stands below."""
        if table == "organization":
            return {str(self.bodies[row["id"]].pk)}
        found: set[str] = set()
        for column, parent in row.items():
            if not column.endswith("_id") or column == "parent_id":
                continue
            for other, rows in self.held.rows.items():
                if other != table and (above := rows.get(str(parent))) is not None:
                    found |= self._bodies_of(other, above)
        place = row["id"] if table == "location" else row.get("location_id")
        if place:
            held = self.held.rows.get("service_at_location", {}).values()
            near = [one for one in held if one.get("location_id") == place and one["id"] != row["id"]]
            if table != "service_at_location":
                found |= {
                    key
                    for one in near
                    for key in self._bodies_of(
                        "service_at_location", {"id": one["id"], "service_id": one["service_id"]}
                    )
                }
        return found

    def _keep_beside(self, beside: dict[str, dict[str, list[Row]]], said: Any) -> None:
        """With each service also what Simpul says beyond the file: it stays unsaid until it changes."""
        silent = _by_service(said, self.held)
        for service in Service.objects.filter(pk__in=self.coming):
            kept = beside[str(service.pk)]
            for table, rows in silent.get(str(service.pk), {}).items():
                kept[table] += [{"record": None, "as": row["id"], "said": row} for row in rows]
            service.hsds = {**service.hsds, "rows": {table: list(rows) for table, rows in kept.items()}}
            service.save(update_fields=["hsds"])


def _is_same(table: str, row: Row, other: Row) -> bool:
    """Whether both say the same thing of the same service or place."""
    names = _SAME.get(table)
    if not names or any(row.get(name) is None or row.get(name) != other.get(name) for name in names):
        return False
    owners = [
        (row.get(column), other[column])
        for column in ("service_id", "location_id", "link_id")
        if column in other
    ]
    return all(mine == theirs for mine, theirs in owners)


def _by_service(said: dict[str, dict[str, Row]], held: Collected) -> dict[str, Tables]:
    """What is left over of what Simpul says, by the service that it belongs to."""
    at_location = {
        str(row["location_id"]): str(row["service_id"])
        for row in held.rows.get("service_at_location", {}).values()
    }
    found: dict[str, Tables] = defaultdict(lambda: defaultdict(list))
    some = next(iter(held.rows.get("service", {})), "")
    for table, rows in said.items():
        for row in rows.values():
            owner = (
                row.get("service_id") or row.get("link_id") or at_location.get(str(row.get("location_id")))
            )
            if owner is None and table in ("taxonomy", "taxonomy_term"):
                owner = some
            if owner:
                found[str(owner)][table].append(row)
    return found
