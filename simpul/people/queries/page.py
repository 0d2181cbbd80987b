"""What a person's own page shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.rows import key_in
from simpul.catalogue import facts as catalogue_facts
from simpul.engines.rules import DateRange
from simpul.people.models import Consent, Household, Person, Purpose
from simpul.people.queries.facts import HeldFact, facts_on, visible
from simpul.people.queries.register import consents_of, household_within_reach, households_like, members_of


@dataclass(frozen=True)
class Agreement:
    """One purpose, what stands for it, and what stood before."""

    purpose: Purpose
    standing: Consent | None
    earlier: list[Consent]


@dataclass(frozen=True)
class Topic:
    """Facts that belong together."""

    name: str
    facts: list[HeldFact]


@dataclass(frozen=True)
class HouseholdChoice:
    """A household that a new person may join, named by who lives there."""

    key: UUID
    members: list[Person]

    @property
    def names(self) -> str:
        return ", ".join(member.name for member in self.members)


@dataclass(frozen=True)
class May:
    """What this worker may do with people at all; how far it reaches the gate says."""

    register: bool
    edit: bool
    see_identity: bool
    record_consent: bool
    withdraw_consent: bool
    screen: bool
    see_trail: bool
    ask: bool
    copy: bool
    limit: bool
    hold: bool
    open_case: bool


def may_do(user: User, person: Person | None = None) -> May:
    """For showing only buttons that lead somewhere: on the page of a limited record, none that changes it."""
    may = _may_do(user)
    if person is not None and person.is_limited:
        return replace(may, edit=False, record_consent=False, screen=False, open_case=False)
    return may


def _may_do(user: User) -> May:
    return May(
        register=user.can(Permission.PERSON_REGISTER),
        edit=user.can(Permission.PERSON_EDIT),
        see_identity=user.can(Permission.PERSON_IDENTITY_VIEW),
        record_consent=user.can(Permission.CONSENT_RECORD),
        withdraw_consent=user.can(Permission.CONSENT_WITHDRAW),
        screen=user.can(Permission.SCREENING_START),
        see_trail=user.can(Permission.TRAIL_VIEW),
        ask=user.can(Permission.DATA_REQUEST_RECORD),
        copy=user.can(Permission.PERSON_COPY),
        limit=user.can(Permission.PERSON_LIMIT),
        hold=user.can(Permission.PERSON_ERASE),
        open_case=user.can(Permission.CASE_OPEN),
    )


def consents_by_purpose(person: Person, on: date) -> list[Agreement]:
    """For each purpose: what stands on that day, and the rest as history."""
    rows = consents_of(person)
    return [_agreement(purpose, [row for row in rows if row.purpose == purpose], on) for purpose in Purpose]


def _agreement(purpose: Purpose, rows: list[Consent], on: date) -> Agreement:
    standing = next(
        (
            row
            for row in rows
            if row.given_on <= on
            and (row.withdrawn_on is None or row.withdrawn_on > on)
            and not row.has_lapsed_on(on)
        ),
        None,
    )
    return Agreement(purpose, standing, [row for row in rows if row is not standing])


def facts_by_topic(person: Person, user: User, on: date) -> list[Topic]:
    """What is known, in the order of the catalogue, without what this reader may not see."""
    shown = {fact.name: fact for fact in visible(facts_on(person, on).values(), person, user)}
    topics: dict[str, list[HeldFact]] = {}
    for name, fact in catalogue_facts.all_facts().items():
        if name in shown:
            topics.setdefault(fact.topic, []).append(shown[name])
    return [Topic(name, held) for name, held in topics.items()]


def register_values(person: Person, on: date) -> dict[str, Any]:
    """What a form for changes starts with. Numbers are not put there: they stay hidden."""
    names = ("name", "called", "sex", "nik_absent_because", "relation_to_head", "region", "version")
    values: dict[str, Any] = {name: getattr(person, name) for name in names}
    born = person.born
    if isinstance(born, DateRange):
        values |= _estimate(born, on)
    else:
        values["born"] = born
    return values


def _estimate(born: DateRange, on: date) -> dict[str, Any]:
    least, most = on.year - born.latest.year, on.year - born.earliest.year
    half = max(1, (most - least) // 2)
    margin = next((years for years in (1, 2, 5, 10) if years >= half), 10)
    return {"age": (least + most) // 2, "margin": str(margin)}


def households_to_join(
    user: User, *, chosen: str = "", text: str = "", with_kk: Household | None = None
) -> list[HouseholdChoice]:
    """Households to choose from: the one chosen already, the one with this family card, those found by name."""
    keys = dict.fromkeys(_keys_to_join(user, chosen, text, with_kk))
    choices = [HouseholdChoice(key, members_of(user, key)) for key in keys]
    # A home without people was registered just now; it is offered where it was chosen, or has that card.
    expected = {chosen, str(with_kk.pk) if with_kk else ""}
    return [choice for choice in choices if choice.members or str(choice.key) in expected]


def _keys_to_join(user: User, chosen: str, text: str, with_kk: Household | None) -> Iterator[UUID]:
    if with_kk is not None:
        yield with_kk.pk
    if key_in(chosen) and (household := household_within_reach(user, chosen)):
        yield household.pk
    if text:
        yield from (person.household_id for person in households_like(user, text))
