"""What is known about a person on a day, and who said it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.catalogue import facts as catalogue_facts
from simpul.engines.days import months_later
from simpul.engines.rules import DateRange, FactKind, Value
from simpul.people.models import Fact, Person, Source, State

HIDDEN = "highly_restricted"


@dataclass(frozen=True, slots=True)
class HeldFact:
    """A fact as it stands: what was said, by whom, when, how it was seen or proved.

    `faded_on` is the day since which it is too old to be taken for true without asking again; None while it
    holds. `key` is the row that says it, None for what only the register knows.
    """

    name: str
    state: str
    value: Value | None
    source: str
    noted_at: datetime
    noted_by_name: str
    proof: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    faded_on: date | None = None
    key: UUID | None = None

    @property
    def is_known(self) -> bool:
        return self.state == State.KNOWN

    @property
    def is_faded(self) -> bool:
        return self.faded_on is not None


def facts_on(person: Person, on: date) -> dict[str, HeldFact]:
    """The facts of the person and the household on that day; what was said last counts.

    What was said too long ago is there too, with `faded_on`: it may be asked about, not judged by. Birth and
    sex are the register's own where it knows them.
    """
    about = Q(person=person) | Q(household_id=person.household_id)
    return _newest(person, Fact.objects.filter(about).valid_on(on).order_by("noted_at", "pk"), on)


def _newest(person: Person, rows: Iterable[Fact], on: date) -> dict[str, HeldFact]:
    # Only what still counts is opened: the newest of each name.
    newest = {bytes(row.name_index): row for row in rows}
    # The home's and the person's own are two fingerprints, should the catalogue have moved a fact between them.
    latest = sorted(newest.values(), key=lambda row: (row.noted_at, str(row.pk)))
    held = {row.name: _held(row, on) for row in latest if row.name}
    for name, value in (("born", person.born), ("sex", person.sex or None)):
        if value is not None and (name not in held or held[name].value != value):
            held[name] = HeldFact(name, State.KNOWN, value, Source.SELF, person.registered_at, "")
    return held


def known_values(person: Person, on: date) -> dict[str, Value]:
    """Only what is known, ready for a rule; what is unknown, refused or faded is left out."""
    return _known(facts_on(person, on))


def known_values_of(persons: Collection[Person], on: date) -> dict[UUID, dict[str, Value]]:
    """The same of many people, asked for at once."""
    homes = {person.household_id for person in persons} - {None}
    about = Q(person__in=[person.pk for person in persons]) | Q(household__in=homes)
    said: dict[UUID, list[Fact]] = {}
    for row in Fact.objects.filter(about).valid_on(on).order_by("noted_at", "pk"):
        said.setdefault(row.person_id or row.household_id, []).append(row)
    found = {}
    for person in persons:
        rows = [*said.get(person.pk, ()), *(said.get(person.household_id, ()) if person.household_id else ())]
        rows.sort(key=lambda row: (row.noted_at, row.pk))
        found[person.pk] = _known(_newest(person, rows, on))
    return found


def _known(held: Mapping[str, HeldFact]) -> dict[str, Value]:
    return {name: fact.value for name, fact in held.items() if fact.value is not None and not fact.is_faded}


def history_of(person: Person, name: str) -> list[HeldFact]:
    """Everything that was ever said about one fact, newest first."""
    about = Q(person=person) | Q(household_id=person.household_id)
    return [_held(row) for row in Fact.objects.filter(about).named(name).order_by("-noted_at", "-pk")]


def name_of_fact(person: Person, key: UUID) -> str:
    """Which fact a row of this person or the household says; empty where there is no such row.

    Addresses carry the key: what somebody was asked about has no place in a browser's history.
    """
    about = Q(person=person) | Q(household_id=person.household_id)
    row = Fact.objects.filter(about, pk=key).first()
    return row.name if row else ""


def visible(held: Iterable[HeldFact], person: Person, user: User) -> list[HeldFact]:
    """Without the very sensitive facts where this reader may not see them."""
    shown = list(held)
    if all(not is_hidden(fact.name) for fact in shown) or may_see_hidden(person, user):
        return shown
    return [fact for fact in shown if not is_hidden(fact.name)]


def may_see_hidden(person: Person, user: User) -> bool:
    """Whether this reader may see the very sensitive facts of this person."""
    return is_within_reach(person, user, Permission.SENSITIVE_VIEW)


def is_hidden(name: str) -> bool:
    """Whether the catalogue marks the fact as very sensitive. A fact it no longer knows is hidden too."""
    fact = catalogue_facts.all_facts().get(name)
    return fact is None or fact.sensitivity == HIDDEN


def stored(value: Value | None) -> Any:
    """A value as JSON can hold it."""
    if isinstance(value, DateRange):
        return {"earliest": value.earliest.isoformat(), "latest": value.latest.isoformat()}
    return value.isoformat() if isinstance(value, date) else value


def faded_on(row: Fact, on: date) -> date | None:
    """Since when the catalogue no longer takes what was said for true; None if it still does on that day."""
    asked = catalogue_facts.all_facts().get(row.name)
    if asked is None or asked.holds_for is None:
        return None
    day = months_later(row.valid_from, asked.holds_for)
    return day if day <= on else None


def _held(row: Fact, on: date | None = None) -> HeldFact:
    return HeldFact(
        name=row.name,
        state=row.state,
        value=_restored(row.name, row.value),
        source=row.source,
        noted_at=row.noted_at,
        noted_by_name=row.noted_by_name,
        proof=row.proof,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        faded_on=faded_on(row, on) if on else None,
        key=row.pk,
    )


def _restored(name: str, value: Any) -> Value | None:
    fact = catalogue_facts.all_facts().get(name)
    if fact is None or fact.kind is not FactKind.DATE or value is None:
        return value  # type: ignore[no-any-return]
    if isinstance(value, dict):
        return DateRange(date.fromisoformat(value["earliest"]), date.fromisoformat(value["latest"]))
    return date.fromisoformat(value)
