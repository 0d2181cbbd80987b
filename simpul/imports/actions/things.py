"""Bodies, sources of help, services and answers of a file: few enough that each passes the action of its own subject."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from simpul.access.models import User
from simpul.access.reach import Where
from simpul.imports.models import Batch, Doubt, Made
from simpul.imports.queries.lots import lots
from simpul.imports.queries.things import ThingPlan, ThingRow, thing_key
from simpul.imports.stages import Kind, Table
from simpul.instruments.actions import import_answers
from simpul.instruments.models import AnswerSheet
from simpul.organisations.actions.bodies import register
from simpul.organisations.actions.changes import change_directly
from simpul.organisations.actions.sources import register_source
from simpul.organisations.queries.parts import mark_of, values_of
from simpul.services.actions.listing import add_service, change_service
from simpul.services.stages import Cost

Progress = Callable[[int, int], None]
_AT_ONCE = 500
# Which fields of a file belong to which part of a body's record, after it is registered.
BODY_PARTS = (("identity", ("phone", "email")), ("service", ("capacity", "need_types")))
_FIRST = ("short_name", "address", "founded_year", "legal_note", "about")


def _load_things(
    batch: Batch, plan: ThingPlan, *, by: User, on: date, at: datetime, progress: Progress
) -> list[UUID]:
    """Every new row, by the action that a page would use. Gives back the keys of what was made."""
    if batch.kind == Kind.SHEETS:
        return _load_sheets(batch, plan, by, on, at)
    made = []
    for done, row in enumerate(plan.new, start=1):
        made.append(_load_thing(batch, row, by=by, on=on, at=at))
        progress(done, len(plan.new))
    Doubt.objects.bulk_create([_thing_doubt(batch, row, likes) for row, likes in plan.doubtful])
    return made


def _load_thing(batch: Batch, row: ThingRow, *, by: User, on: date, at: datetime) -> UUID:
    """One row, and that it came with this file. Gives back its key."""
    load, table = _LOADERS[Kind(batch.kind)]
    key = thing_key(batch, row.number)
    load(batch, row, key, by, on, at)
    Made.objects.create(key=key, batch=batch, table=table, number=row.number)
    return key


def _thing_doubt(batch: Batch, row: ThingRow, likes: list[UUID]) -> Doubt:
    held = Doubt(batch=batch, number=row.number, fingerprint=row.fingerprint)
    held.row, held.likes = row.as_json(), [str(key) for key in likes]
    return held


def _load_body(batch: Batch, row: ThingRow, key: UUID, by: User, on: date, at: datetime) -> None:
    values = row.values
    first = {name: values[name] for name in _FIRST if name in values}
    body = register(
        row.where,
        by=by,
        key=key,
        name=values["name"],
        kind=values.get("body_kind", "lks"),
        on=on,
        source=batch.list_name,
        **first,
    )
    for part, names in BODY_PARTS:
        told = {name: values[name] for name in names if name in values}
        before = values_of(body, part)
        if any(before[name] != value for name, value in told.items()):
            change_directly(
                body,
                by=by,
                key=uuid5(key, part),
                part=part,
                values=told,
                read=mark_of(before),
                on=on,
                at=at,
            )
            body.refresh_from_db()


def _load_source(batch: Batch, row: ThingRow, key: UUID, by: User, on: date, at: datetime) -> None:
    details = {name: value for name, value in row.values.items() if name != "source_type"}
    register_source(
        row.where,
        by=by,
        key=key,
        type_code=row.values["source_type"],
        details=details,
        on=on,
        at=at,
        is_another=True,
    )


def _load_service(batch: Batch, row: ThingRow, key: UUID, by: User, on: date, at: datetime) -> None:
    values = row.values
    what = {"name": values["name"], "kind": values["service_kind"], "about": values.get("about", "")}
    if row.body is None:
        raise ValueError("A service without its body was not refused.")
    service = add_service(row.body, by=by, key=key, at=at, values=what)
    for part, told in _parts_of(values):
        service = change_service(service, by=by, version=service.version, part=part, values=told, at=at)


def _parts_of(values: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if "need_types" in values:
        yield "whom", {"need_types": values["need_types"]}
    if "phone" in values:
        yield "contact", {"phone": values["phone"]}
    if "capacity" in values:
        yield "room", {"capacity": values["capacity"]}
    if values.get("free_of_charge"):
        yield "cost", {"cost": Cost.FREE.value}


def _load_sheets(batch: Batch, plan: ThingPlan, by: User, on: date, at: datetime) -> list[UUID]:
    if not plan.sheets or batch.instrument_version is None:
        return []
    import_answers(
        Where(batch.organisation, batch.region),
        by=by,
        instrument=batch.instrument,
        version=batch.instrument_version,
        rows=plan.sheets,
        on=on,
        at=at,
    )
    numbers = {row.key: row.number for row in plan.sheets}
    made = []
    for piece in lots([row.participant for row in plan.sheets], _AT_ONCE):
        kept = AnswerSheet.objects.filter(
            instrument=batch.instrument, series=None, participant__in=piece, begun_at=at, by=by.pk
        )
        for sheet in kept:
            number = numbers.get((sheet.participant, sheet.wave))
            if number is not None:
                made.append(Made(key=sheet.pk, batch=batch, table=Table.SHEET, number=number))
    Made.objects.bulk_create(made, batch_size=_AT_ONCE)
    return [one.key for one in made]


_LOADERS: dict[Kind, tuple[Any, Table]] = {
    Kind.ORGANISATIONS: (_load_body, Table.ORGANISATION),
    Kind.SOURCES: (_load_source, Table.SOURCE),
    Kind.SERVICES: (_load_service, Table.SERVICE),
}
