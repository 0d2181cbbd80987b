"""Many people at once, for lists of an office: the same checks as one by one, one event, written in pieces.

What registering one person does, done for a hundred thousand: `_fill` checks and derives, the birth date and sex stand
in the history of facts, everything is sealed. Only what stands around it is done once instead of each time: the gate,
the event, and the questions to the database.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, partial
from operator import attrgetter, itemgetter, methodcaller
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import DateField, DateTimeField, ForeignKey, JSONField, Model, UUIDField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.engines.rules import Value
from simpul.people.actions.record import TEXT_LENGTH, OutOfReach, _fill, _set_kk, _set_region, _text
from simpul.people.models import Consent, Fact, Household, Person, State
from simpul.people.queries import stored

T = TypeVar("T")

# A key beside that of the person, as far from all others as theirs is.
_FIRST: Mapping[str, int] = {"born": 0x1B0, "sex": 0x5E0}
# Rows of one statement: beyond some thousands it gets no faster, and SQLite takes so many variables at most.
PIECE = 2_000
_ADDRESS = gettext_lazy("Alamat")
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class NewHome:
    """A household that is not known yet."""

    key: UUID
    where: Where
    address: str = ""
    kk: str = ""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody to register: `changes` are fields by the names that `register` uses, without the region."""

    key: UUID
    home: UUID
    where: Where
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a list says about a person, or about their home where the catalogue asks it of the household."""

    key: UUID
    name: str
    state: str
    value: Value | None
    where: Where
    person: UUID | None = None
    household: UUID | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """From which list it comes: who told it (a Source), under which name it stands in histories, from and until when."""

    source: str
    by_name: str
    since: date
    until: date | None = None


@action(Permission.PERSON_REGISTER)
def register_many(
    subject: Model,
    /,
    *,
    by: User,
    homes: Collection[NewHome],
    people: Sequence[Newcomer],
    told: Told,
    on: date,
    at: datetime,
    progress: Progress = lambda done: None,
) -> int:
    """Homes and then people, all or none; gives back how many people. `subject` is the row that brings them.

    Raises OutOfReach where one of them would live outside the reach of `by`, or another Refusal of `register`.
    """
    _require_reach(
        by, Permission.PERSON_REGISTER, [*(one.where for one in homes), *(one.where for one in people)]
    )
    with _Writer(Household) as written_homes:
        for home in homes:
            written_homes.add(_home(written_homes.fresh(), home, at))
    with _Writer(Person) as written_people, _Writer(Fact) as facts:
        for done, one in enumerate(people, start=1):
            person = _person(written_people.fresh(), one, by, on, at)
            written_people.add(person)
            for said in _first_said(person, one.where):
                facts.add(_fact(facts.fresh(), said, by, told, at))
            if done % PIECE == 0:
                progress(done)
    return len(people)


@action(Permission.FACT_RECORD)
def record_many(
    subject: Model,
    /,
    *,
    by: User,
    statements: Sequence[Statement],
    told: Told,
    at: datetime,
    progress: Progress = lambda done: None,
) -> int:
    """Keep what a list says of many people. The caller has checked each value as `record_fact` does."""
    _require_reach(by, Permission.FACT_RECORD, (one.where for one in statements))
    with _Writer(Fact) as facts:
        for done, one in enumerate(statements, start=1):
            facts.add(_fact(facts.fresh(), one, by, told, at))
            if done % PIECE == 0:
                progress(done)
    return len(statements)


@action(Permission.PERSON_REGISTER)
def take_back_many(
    subject: Model,
    /,
    *,
    by: User,
    people: Collection[UUID],
    homes: Collection[UUID],
    statements: Collection[UUID],
    progress: Progress = lambda done: None,
) -> None:
    """Take back what was registered by mistake, as if it had never been; the events stay.

    The caller has seen that nothing else hangs on it; what does stops the whole (ProtectedError).
    """
    for piece in _lots(statements):
        Fact.objects.filter(pk__in=piece).delete()
    done = 0
    for piece in _lots(people):
        Fact.objects.filter(person__in=piece).delete()
        Consent.objects.filter(person__in=piece).delete()
        Person.objects.filter(pk__in=piece).delete()
        done += len(piece)
        progress(done)
    for piece in _lots(homes):
        empty = Household.objects.filter(pk__in=piece, members=None)
        kept = [home.pk for home in empty]
        Fact.objects.filter(household__in=kept).delete()
        Household.objects.filter(pk__in=kept).delete()


def _lots(rows: Collection[T]) -> Iterator[list[T]]:
    held = list(rows)
    for start in range(0, len(held), PIECE):
        yield held[start : start + PIECE]


class _Writer:
    """New rows of one table, written in lots: `add(filled(fresh()))` for each, inside `with`.

    There is one row object, filled anew each time, and how a column is written is asked once: with `bulk_create`, which
    does both for each row, a list takes three times as long. Nothing is read back.
    """

    def __init__(self, model: type[Model]) -> None:
        fields: Any = model._meta.concrete_fields
        names = ", ".join(f'"{field.column}"' for field in fields)
        self._table = f'"{model._meta.db_table}" ({names})'
        self._places = ", ".join(["%s"] * len(fields))
        self._held = itemgetter(*(field.attname for field in fields))
        self._changed = [(place, keep) for place, field in enumerate(fields) if (keep := _keeper(field))]
        self._row = model()
        self._blank = {name: value for name, value in vars(self._row).items() if name != "_state"}
        self._lot: list[list[Any]] = []

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        if kind is None:
            self._flush()

    def fresh(self) -> Any:
        """The row, as new as if it had just been made; without a key of its own."""
        vars(self._row).update(self._blank)
        self._row._state.fields_cache.clear()
        return self._row

    def add(self, row: Model) -> None:
        values = list(self._held(vars(row)))
        for place, keep in self._changed:
            if values[place] is not None:
                values[place] = keep(values[place])
        self._lot.append(values)
        if len(self._lot) == PIECE:
            self._flush()

    def _flush(self) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {self._table} FROM STDIN") as copy:
                    for values in self._lot:
                        copy.write_row(values)
            else:
                statement = f"INSERT INTO {self._table} VALUES ({self._places})"  # noqa: S608 - our own names
                cursor.executemany(statement, self._lot)
        self._lot = []


def _keeper(field: Any) -> Callable[[Any], Any] | None:
    kind = field.target_field if isinstance(field, ForeignKey) else field
    if isinstance(kind, JSONField):
        return partial(kind.get_db_prep_save, connection=connection)
    if connection.features.has_native_uuid_field:
        return None
    if isinstance(kind, UUIDField):
        return attrgetter("hex")
    if isinstance(kind, DateTimeField):
        # The one moment, again and again.
        return lru_cache(maxsize=16)(partial(kind.get_db_prep_save, connection=connection))
    if isinstance(kind, DateField):
        return methodcaller("isoformat")
    return None


def _require_reach(by: User, permission: Permission, wheres: Iterable[Where]) -> None:
    grants = by.grants_with(permission)
    for where in set(wheres):
        if not any(where.is_within(grant) for grant in grants):
            raise OutOfReach(
                _(
                    "Ada orang dalam daftar ini yang tinggal di luar wilayah kerja Anda. Tidak ada yang disimpan."
                )
            )


def _home(row: Household, one: NewHome, at: datetime) -> Household:
    row.id, row.organisation, row.registered_at = one.key, one.where.organisation, at
    _set_region(row, one.where.region)
    row.address = _text(one.address, _ADDRESS, TEXT_LENGTH) or None
    if one.kk:
        _set_kk(row, one.kk)
    return row


def _person(row: Person, one: Newcomer, by: User, on: date, at: datetime) -> Person:
    row.id, row.household_id, row.organisation = one.key, one.home, one.where.organisation
    row.registered_at, row.registered_by = at, by.pk
    _fill(row, {**one.changes, "region": one.where.region}, on)
    return row


def _first_said(person: Person, where: Where) -> Iterator[Statement]:
    """Who said the birth date and sex, and when, is history too."""
    key = person.id
    for name, value in (("born", person.born), ("sex", person.sex)):
        if value:
            yield Statement(_first_key(key, name), name, State.KNOWN, value, where, person=key)


def _first_key(person: UUID, name: str) -> UUID:
    """The key of what was said with the registration itself: by it, it is told from what was said later."""
    return UUID(int=person.int ^ _FIRST[name])


def _fact(row: Fact, one: Statement, by: User, told: Told, at: datetime) -> Fact:
    row.id, row.person_id, row.household_id = one.key, one.person, one.household
    row.organisation, row.region = one.where.organisation, one.where.region
    row.state, row.source = one.state, told.source
    row.noted_at, row.noted_by, row.noted_by_name = at, by.pk, told.by_name[:200]
    row.valid_from, row.valid_until = told.since, told.until
    row.say(one.name, stored(one.value))
    return row
