"""Registering a person, and changing what the register holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where, is_within_reach
from simpul.access.rows import KeyTaken
from simpul.engines.rules import DateRange
from simpul.people.actions.clash import EditClash, _differences
from simpul.people.actions.households import _move, _new_household, _require_reach, _take_along
from simpul.people.actions.record import OutOfReach, _choice, _fill
from simpul.people.models import Fact, Household, Person, Source, State
from simpul.people.queries import require_not_limited, stored


@action(Permission.PERSON_REGISTER)
def register(
    where: Where,
    /,
    *,
    by: User,
    key: UUID,
    name: str,
    on: date,
    at: datetime,
    called: str = "",
    sex: str = "",
    born: date | DateRange | None = None,
    nik: str = "",
    nik_absent_because: str = "",
    phone: str = "",
    mother: str = "",
    relation_to_head: str = "",
    household: Household | None = None,
    address: str = "",
    kk: str = "",
    source: str = Source.SELF,
    nik_confirmed: bool = False,
) -> Person:
    """A new person, in a new household or one within reach. A repeated key gives the same person again.

    Everything but a name may be missing. `nik_confirmed`: the worker saw what is odd about the NIK, and kept
    it. Raises a Refusal that says what is wrong; nothing is then written.
    """
    if found := Person.objects.filter(pk=key).first():
        return _the_same(found, by)
    if household is not None and not is_within_reach(household, by, Permission.PERSON_VIEW):
        raise OutOfReach(
            _("Rumah tangga itu di luar jangkauan Anda. Pilih rumah tangga lain atau buat yang baru.")
        )
    person = Person(id=key, organisation=where.organisation, registered_at=at, registered_by=by.pk)
    person.nik_confirmed = nik_confirmed
    changes = {
        "name": name,
        "called": called,
        "sex": sex,
        "born": born,
        "nik": nik,
        "nik_absent_because": nik_absent_because,
        "phone": phone,
        "mother": mother,
        "relation_to_head": relation_to_head,
        "region": where.region,
    }
    _fill(person, changes, on)
    try:
        with transaction.atomic():
            person.household = household or _new_household(
                person.organisation,
                person.region,
                key=uuid5(person.pk, "household"),
                address=address,
                kk=kk,
                at=at,
            )
            person.save(force_insert=True)
    except IntegrityError:
        # The same form arrived twice at the same moment; the other one was first.
        return _the_same(Person.objects.get(pk=key), by)
    _note_register(person, ("born", "sex"), by, source, on, at)
    return person


@action(Permission.PERSON_EDIT)
def edit(
    person: Person,
    /,
    *,
    by: User,
    version: int,
    changes: Mapping[str, Any],
    on: date,
    at: datetime,
    source: str = Source.SELF,
    who_moves: str = "",
    nik_confirmed: bool | None = None,
) -> Person:
    """Change what the register holds: fields of `changes` only, by the names that `register` uses.

    Where the village changes and others live in the home, `who_moves` (Moving) says whether they go along.
    `nik_confirmed` as in `register`; None where neither NIK nor what it is compared with was looked at.
    Raises EditClash, with both values, when somebody saved another version after `version`; MoveUnclear.
    """
    require_not_limited(person)
    current: Person = Person.objects.select_for_update().get(pk=person.pk)
    if current.version != version:
        raise EditClash(current, _differences(current, changes))
    before = {"born": current.born, "sex": current.sex}
    lived_in = current.region
    _fill(current, changes, on)
    if nik_confirmed is not None:
        current.nik_confirmed = nik_confirmed
    current.version += 1
    if current.region != lived_in:
        _require_reach(current, current.region, by)
        _move(current, lived_in, who_moves, by=by, at=at)
    current.save()
    _take_along(current)
    changed = tuple(name for name, old in before.items() if getattr(current, name) != old)
    _note_register(current, changed, by, source, on, at)
    return current


def _the_same(found: Person, by: User) -> Person:
    if found.registered_by != by.pk:
        raise KeyTaken
    return found


def _note_register(
    person: Person, names: tuple[str, ...], by: User, source: str, on: date, at: datetime
) -> None:
    """Who said the birth date and sex, and when, is history too."""
    rows = []
    for name in names:
        value = person.born if name == "born" else person.sex
        if not value:
            continue
        row = Fact(
            person=person,
            organisation=person.organisation,
            region=person.region,
            state=State.KNOWN,
            source=_choice(source, Source.values, _("sumber keterangan")),
            noted_at=at,
            noted_by=by.pk,
            noted_by_name=str(by),
            valid_from=on,
        )
        row.say(name, stored(value))
        rows.append(row)
    Fact.objects.bulk_create(rows)
