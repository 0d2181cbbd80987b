"""Somebody looks at a doubtful row and says whom it is about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import Clash, Refusal
from simpul.imports.actions.running import _made_of, _told_by
from simpul.imports.actions.things import _load_thing
from simpul.imports.models import Batch, Doubt, Made
from simpul.imports.queries.doubts import likes_of
from simpul.imports.queries.people import new_homes, newcomer_of
from simpul.imports.queries.rows import PersonRow, home_key
from simpul.imports.queries.statements import news, statements_of
from simpul.imports.queries.things import ThingRow
from simpul.imports.queries.values import restored_said
from simpul.imports.stages import OF_PEOPLE, Decided, Kind, State, Table
from simpul.people.actions.bulk import Statement, record_many, register_many
from simpul.people.actions.erase import Emptying
from simpul.people.models import Household, Person
from simpul.people.queries import kk_fingerprint, require_not_limited


class PersonNotOffered(Refusal):
    """Somebody, or something, else than what the row may be about."""


@action(Permission.IMPORT_MAKE)
def decide(
    doubt: Doubt,
    /,
    *,
    by: User,
    version: int,
    decided: str,
    on: date,
    at: datetime,
    person: UUID | None = None,
) -> Doubt:
    """The row is about `person`, about somebody new, or is left out. What it says is added to whom it is about.

    In a list of bodies, sources or services `person` is the key of one of those; nothing of it is altered then. The same
    said twice is once. Raises Clash where somebody else decided otherwise meanwhile.
    """
    held: Doubt = Doubt.objects.select_for_update(of=("self",)).select_related("batch").get(pk=doubt.pk)
    if held.decided:
        if (held.decided, held.person) == (decided, person or held.person):
            return held
        raise Clash(_("Keputusan"), held.get_decided_display(), str(Decided(decided).label))
    if held.version != version or held.batch.state != State.DONE:
        raise Refusal(_("Baris ini sudah berubah. Muat ulang halamannya."))
    if decided not in Decided.values:
        raise Refusal(_("Pilih salah satu: orang yang sama, orang baru, atau lewati."))
    if held.batch.kind not in OF_PEOPLE:
        held.person = _thing_of(held, decided, person, by, on, at)
    elif decided == Decided.SAME:
        held.person = _add_to_known(held, _row_of(held), person, by, on, at)
    elif decided == Decided.NEW:
        held.person = _register(held, _row_of(held), by, on, at)
    held.decided, held.decided_at, held.decided_by_name = decided, at, str(by)
    # What the row said lives on where it belongs; the copy is not needed any more.
    held.row, held.version = None, held.version + 1
    held.save()
    return held


def _thing_of(doubt: Doubt, decided: str, same: UUID | None, by: User, on: date, at: datetime) -> UUID | None:
    """Which body, source or service the row is about, or became."""
    if decided == Decided.NEW:
        row = ThingRow.from_json(doubt.batch.kind, doubt.number, doubt.row)
        return _load_thing(doubt.batch, row, by=by, on=on, at=at)
    if decided == Decided.SAME and same not in {like.key for like in likes_of(doubt, by)}:
        raise PersonNotOffered(_("Pilih dari yang ditampilkan."))
    return same if decided == Decided.SAME else None


def _row_of(doubt: Doubt) -> PersonRow:
    row = PersonRow.from_json(doubt.number, doubt.row)
    row.said = {name: restored_said(name, said) for name, said in row.said.items()}
    return row


def _add_to_known(
    doubt: Doubt, row: PersonRow, person: UUID | None, by: User, on: date, at: datetime
) -> UUID:
    reach = Person.objects.reachable(by, Permission.PERSON_SEARCH)
    known: Person | None = reach.filter(pk=person).first()
    if known is None or str(person) not in doubt.likes:
        raise PersonNotOffered(_("Pilih orangnya dari yang ditampilkan."))
    statements = _statements(doubt.batch, row, known)
    if statements:
        require_not_limited(known)
        fresh = list(news(statements, on))
        if fresh:
            record_many(doubt.batch, by=by, statements=fresh, told=_told_by(doubt.batch, by), at=at)
    return known.pk


def _statements(batch: Batch, row: PersonRow, known: Person) -> list[Statement]:
    where = Where(known.organisation, known.region)
    return list(statements_of(batch, row, known.pk, known.household_id, where))


def _register(doubt: Doubt, row: PersonRow, by: User, on: date, at: datetime) -> UUID:
    if doubt.batch.kind != Kind.PEOPLE:
        raise Refusal(_("Daftar ini hanya menambah keterangan. Pilih orangnya, atau lewati baris ini."))
    batch, known = doubt.batch, _home_known(row, by)
    newcomer = newcomer_of(batch, row, known)
    homes = [] if Household.objects.filter(pk=newcomer.home).exists() else new_homes(batch, [row], known)
    told = _told_by(batch, by)
    register_many(batch, by=by, homes=homes, people=[newcomer], told=told, on=on, at=at)
    statements = list(statements_of(batch, row, newcomer.key, newcomer.home, row.where))
    if statements:
        record_many(batch, by=by, statements=statements, told=told, at=at)
    made = [_made_of(batch, row)]
    if homes:
        made.append(Made(key=home_key(batch, row), batch=batch, table=Table.HOUSEHOLD, number=row.number))
    Made.objects.bulk_create(made)
    return newcomer.key


def _home_known(row: PersonRow, by: User) -> dict[str, UUID]:
    if not row.kk:
        return {}
    reach = Household.objects.reachable(by, Permission.PERSON_SEARCH)
    found = reach.filter(kk_index=kk_fingerprint(row.kk)).order_by("registered_at").first()
    return {row.kk: found.pk} if found else {}


def _rows_about(person: Person) -> Iterator[QuerySet[Any]]:
    keys = _keys_of(person)
    yield Doubt.objects.filter(person__in=keys)
    yield Made.objects.filter(key__in=keys)


def _keys_of(person: Person) -> list[UUID]:
    """Of the person, and of what was merged into them: a list may have named either."""
    return [person.pk, *Person.everybody.filter(merged_into=person).values_list("pk", flat=True)]


class _Eraser(Emptying):
    """What lists said of somebody goes with them; also a row that still waits and may be about them."""

    def __call__(self, person: Person) -> dict[str, int]:
        emptied = super().__call__(person)
        gone = {str(key) for key in _keys_of(person)}
        waiting = [one for one in Doubt.objects.filter(decided="") if gone & set(one.likes)]
        for doubt in waiting:
            doubt.likes = [key for key in doubt.likes if key not in gone]
            doubt.save(update_fields=["likes"])
        # Nothing is told of what was never there.
        return {name: number for name, number in emptied.items() if number}


ERASER = _Eraser("list_rows", _rows_about)
