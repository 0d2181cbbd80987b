"""A file is loaded: all of it in one transaction, or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import date, datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.access.rows import current
from simpul.imports.actions.sending import NotNow
from simpul.imports.actions.things import _load_things
from simpul.imports.models import Batch, Doubt, Made
from simpul.imports.queries.alike import by_nik
from simpul.imports.queries.homes import homes_with_kk
from simpul.imports.queries.lots import lots, unswept
from simpul.imports.queries.people import PeoplePlan, new_homes, newcomer_of
from simpul.imports.queries.planning import Plan
from simpul.imports.queries.rows import PersonRow, home_key, person_key
from simpul.imports.stages import State, Table
from simpul.people.actions.bulk import Told, _Writer, record_many, register_many

Progress = Callable[[int, int], None]


class Moved(Refusal):
    """Somebody registered one of these people while the file was looked through; it is looked through again."""

    def __init__(self) -> None:
        super().__init__(_("Data berubah selagi berkas diperiksa. Coba muat sekali lagi."))


@action(Permission.IMPORT_MAKE)
def run(
    batch: Batch,
    /,
    *,
    by: User,
    plan: Plan,
    version: int,
    on: date,
    at: datetime,
    progress: Progress = lambda done, total: None,
) -> Batch:
    """Write what a plan says, whole. A file that is loaded already stays as it is.

    `plan` was made just now, outside of this transaction, because looking through a large file takes long and others
    write meanwhile. Raises Moved where what it saw has changed, NotNow for a file that nobody tried.
    """
    held = current(batch)
    if held.state == State.DONE:
        return held
    if held.state != State.TRIED or held.version != version:
        raise NotNow(held)
    if isinstance(plan, PeoplePlan):
        with unswept():
            made = _load_people(held, plan, by, on, at, progress)
    else:
        made = _load_things(held, plan, by=by, on=on, at=at, progress=progress)
    held.state, held.counts, held.refused = State.DONE, plan.counts, plan.refused
    held.run_at, held.run_by, held.run_by_name = at, by.pk, str(by)
    held.version += 1
    held.save()
    _loaded(held, by=by, rows=len(made), made=_made_mark(made))
    return held


@action(Permission.IMPORT_MAKE, tells=("rows", "made"))
def _loaded(batch: Batch, /, *, by: User, rows: int, made: str) -> None:
    """The one event of the import: how many things it made, and a mark over their keys that nobody can alter after."""


def _made_mark(keys: Iterable[UUID]) -> str:
    """A fingerprint of which things an import made, whatever their order."""
    return hashlib.sha256(b"".join(sorted(key.bytes for key in keys))).hexdigest()


def _told_by(batch: Batch, by: User) -> Told:
    """Under which name and from which day the list's words stand in histories.

    Without the list's own name, which may tell what is known of everybody on it: this stands in plain.
    """
    day = date_format(batch.listed_on, "j F Y")
    name = _("%(who)s, dari daftar tanggal %(day)s") % {"who": by, "day": day}
    return Told(batch.source, name, batch.listed_on, batch.valid_until)


def _load_people(
    batch: Batch, plan: PeoplePlan, by: User, on: date, at: datetime, progress: Progress
) -> list[UUID]:
    if by_nik(plan.new, by) or homes_with_kk(plan.homes, by):
        raise Moved
    told = _told_by(batch, by)
    total = len(plan.new) + len(plan.statements)
    newcomers = [newcomer_of(batch, row, plan.homes_known) for row in plan.new]
    homes = [*new_homes(batch, plan.new, plan.homes_known), *new_homes(batch, plan.homes, {})]
    if newcomers or homes:
        register_many(
            batch,
            by=by,
            homes=homes,
            people=newcomers,
            told=told,
            on=on,
            at=at,
            progress=lambda done: progress(done, total),
        )
    if plan.statements:
        record_many(
            batch,
            by=by,
            statements=plan.statements,
            told=told,
            at=at,
            progress=lambda done: progress(len(newcomers) + done, total),
        )
    _keep_made(batch, plan, [home.key for home in homes])
    for piece in lots(plan.doubtful):
        Doubt.objects.bulk_create([_doubt(batch, row, likes) for row, likes in piece])
    return [one.key for one in newcomers] or [home.key for home in homes]


def _keep_made(batch: Batch, plan: PeoplePlan, homes: list[UUID]) -> None:
    numbers = {home_key(batch, row): row.number for row in reversed((*plan.new, *plan.homes))}
    with _Writer(Made) as made:
        for row in plan.new:
            made.add(_made_of(batch, row, made.fresh()))
        for key in homes:
            home = made.fresh()
            home.key, home.batch_id, home.table, home.number = key, batch.pk, Table.HOUSEHOLD, numbers[key]
            made.add(home)


def _made_of(batch: Batch, row: PersonRow, made: Made | None = None) -> Made:
    """That the person of a row came with this file."""
    made = made or Made()
    made.key, made.batch_id = person_key(batch, row), batch.pk
    made.table, made.number, made.fingerprint = Table.PERSON, row.number, row.fingerprint
    if row.need_type:
        made.said = row.need_type
    return made


def _doubt(batch: Batch, row: PersonRow, likes: list[UUID]) -> Doubt:
    held = Doubt(batch=batch, number=row.number, fingerprint=row.fingerprint)
    held.row, held.likes = row.as_json(), [str(key) for key in likes]
    return held
