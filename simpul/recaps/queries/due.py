"""Which recaps are due from whom, who has handed in and who is late, and what was handed in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext, pgettext

from simpul.access.models import Grant, User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.organisations.models import Organisation
from simpul.organisations.queries import named
from simpul.organisations.queries.office_list import in_area
from simpul.organisations.queries.registration_office import NOT_REGISTERED
from simpul.organisations.queries.waiting import Waiting
from simpul.places.queries import children_of, names_of
from simpul.recaps.facts import Asked, Column, Line, Recap, Table
from simpul.recaps.models import Delivery, Due
from simpul.recaps.queries import RECAPS
from simpul.recaps.queries.reached import Deliverer
from simpul.recaps.stages import From, Period, before, last_ended

# What a body can hand in of itself; the others count areas or whole registers.
BY_BODIES = ("R4", "R8", "R9", "R11", "R14", "R15")
# So many periods back somebody may still hand in or be looked up.
PERIODS = 12


@dataclass(frozen=True, slots=True)
class Party:
    """Who hands in: a body, or the office of a region. `key` stands in addresses."""

    key: str
    words: str
    where: Where


@dataclass(frozen=True, slots=True)
class Owed:
    """One recap that one party owes for one period, and the one that holds if it was handed in."""

    due: Due
    title: str
    period: Period
    deadline: date
    party: Party
    delivery: Delivery | None
    on: date

    @property
    def is_late(self) -> bool:
        return self.delivery is None and self.deadline < self.on

    @property
    def was_late(self) -> bool:
        return self.delivery is not None and timezone.localdate(self.delivery.at) > self.deadline


def deadline_of(due: Due, period: Period) -> date:
    return period.until + timedelta(days=due.days)


def periods_of(due: Due, on: date) -> list[Period]:
    """Those that are over on that day and are asked for, the newest first."""
    found: list[Period] = []
    period = last_ended(on, due.every)
    while period.until >= due.first and len(found) < PERIODS:
        found.append(period)
        period = before(period, due.every)
    return found


def period_since(due: Due, since: date, on: date) -> Period | None:
    """The period of this due that begins on that day; None where there is none that can be handed in."""
    return next((period for period in periods_of(due, on) if period.since == since), None)


def title_of(code: str) -> str:
    return f"{code} · {RECAPS[code].title}" if code in RECAPS else code


# --- for the office that asks ---


def dues_of(user: User) -> list[Due]:
    """What the offices within reach ask for."""
    rows = Due.objects.reachable(user, Permission.RECAP_DELIVER).standing()
    return list(rows.order_by("region", "code", "every", "pk"))


def parties_of(due: Due) -> list[Party]:
    """Everybody who owes it: bodies of the area that could be registered, or the regions just below."""
    if due.asked_from == From.REGIONS:
        return [Party(one.code, one.title, Where(region=one.code)) for one in children_of(due.region)]
    bodies = Organisation.objects.filter(in_area(due.region), is_closed=False).exclude(
        kind__in=NOT_REGISTERED
    )
    return [_body(one) for one in bodies.order_by("name", "pk")]


def _body(one: Organisation) -> Party:
    return Party(str(one.pk), one.name, Where(organisation=one.pk, region=one.region))


def owed(due: Due, period: Period, on: date) -> list[Owed]:
    """Each party, the late first, then those still in time, then who has handed in."""
    held = _held(Q(code=due.code, since=period.since, until=period.until))
    found = [_owed(due, period, party, held, on) for party in parties_of(due)]
    return sorted(found, key=lambda one: (one.delivery is not None, not one.is_late, one.party.words))


def delivered(due: Due, period: Period, party: Party) -> Delivery | None:
    """The one that holds, where that party has handed it in."""
    held = _held(Q(code=due.code, since=period.since, until=period.until))
    return held.get((due.code, period.since, period.until, party.key))


def _owed(due: Due, period: Period, party: Party, held: dict[Any, Delivery], on: date) -> Owed:
    delivery = held.get((due.code, period.since, period.until, party.key))
    return Owed(due, title_of(due.code), period, deadline_of(due, period), party, delivery, on)


def _held(which: Q) -> dict[Any, Delivery]:
    """The deliveries that hold, without their numbers, by recap, period and party."""
    rows = Delivery.objects.filter(which, replaced_by=None).defer("numbers").order_by("at")
    return {
        (row.code, row.since, row.until, str(row.organisation) if row.organisation else row.region): row
        for row in rows
    }


# --- for who hands in ---


def own_parties(user: User) -> list[Party]:
    """The bodies and regions for which somebody hands in; an area without a body is that of an office."""
    grants = user.grants_with(Permission.RECAP_DELIVER)
    homes = {grant.organisation for grant in grants if grant.organisation}
    bodies = Organisation.objects.filter(pk__in=homes, is_closed=False).order_by("name") if homes else ()
    areas = sorted({grant.region for grant in grants if grant.region and not grant.organisation})
    names = names_of(areas) if areas else {}
    regions = [Party(code, str(names.get(code, code)), Where(region=code)) for code in areas]
    return [*(_body(one) for one in bodies), *regions]


def owed_by(user: User, on: date) -> list[Owed]:
    """What this person's own bodies and offices owe, the late first; also what they have handed in."""
    parties = own_parties(user)
    asked = [(due, party) for party in parties for due in _dues_for(party)]
    if not asked:
        return []
    keys = Q(pk__in=[])
    for party in parties:
        keys |= Q(organisation=party.where.organisation) if party.where.organisation else Q(organisation=None, region=party.where.region)  # fmt: skip
    held = _held(keys)
    found = [_owed(due, period, party, held, on) for due, party in asked for period in periods_of(due, on)]
    return sorted(found, key=lambda one: (one.delivery is not None, one.deadline, one.title, one.party.words))


def _dues_for(party: Party) -> list[Due]:
    region = party.where.region
    if party.where.organisation:
        above = [region[:length] for length in range(len(region) + 1)]
        return list(Due.objects.standing().filter(asked_from=From.BODIES, region__in=above))
    parent = region.rpartition(".")[0]
    return list(Due.objects.standing().filter(asked_from=From.REGIONS, region=parent))


def party_of(user: User, due: Due, key: str) -> Party | None:
    """The own party with that key that owes this; None for another's."""
    own = next((party for party in own_parties(user) if party.key == key), None)
    return own if own and due in _dues_for(own) else None


def acting_for(user: User, where: Where) -> Deliverer:
    """The same person with only the rights that they hold at this place, narrowed to it and never widened: so that
    what is handed in for a body holds nothing of another one, and nothing that is protected."""
    own = user.standing_grants if user.is_active else ()
    narrowed = (
        Grant(
            user=user,
            role=grant.role,
            organisation=where.organisation,
            region=grant.region if where.organisation else where.region,
        )
        for grant in own
        if where.is_within(grant)
    )
    return Deliverer(user.pk, tuple(narrowed), where.organisation)


def recap_for(user: User, due: Due, period: Period, party: Party) -> Recap:
    """What would be handed in now."""
    area = "" if party.where.organisation else party.where.region
    asked = Asked(since=period.since, until=period.until, area=area)
    return RECAPS[due.code].make(acting_for(user, party.where), asked)


def place_of(user: User, area: str) -> Where:
    """As what somebody takes a recap of an area out: for their office where they have one there, else for a body."""
    grants = user.grants_with(Permission.RECAP_EXPORT)
    office = Where(region=area)
    homes = [grant.organisation for grant in grants if grant.organisation]
    if homes and not any(office.is_within(grant) for grant in grants):
        return Where(organisation=homes[0], region=area)
    return office


# --- what was handed in ---


def tables_of(numbers: dict[str, Any]) -> Iterator[Table]:
    """The tables of a delivery as they stood."""
    for held in numbers["tables"]:
        columns = tuple(Column(key, words, group) for key, group, words in held["columns"])
        lines = tuple(Line(line[0], line[1], tuple(line[2:])) for line in held["lines"])
        total = (
            Line("", pgettext("recap", "Jumlah"), tuple(held["total"])) if held["total"] is not None else None
        )
        yield Table(
            held["key"],
            held["title"],
            held["unit"],
            held["head"],
            columns,
            lines,
            total,
            tuple(held["notes"]),
        )


def who_of(delivery: Delivery) -> str:
    """For whom it was handed in."""
    if delivery.organisation:
        return named({delivery.organisation}).get(delivery.organisation, str(delivery.organisation))
    return str(names_of([delivery.region]).get(delivery.region, delivery.region))


def versions_of(delivery: Delivery) -> Iterable[Delivery]:
    """Every one of the same party, recap and period, the newest first."""
    same = Q(organisation=delivery.organisation) if delivery.organisation else Q(organisation=None, region=delivery.region)  # fmt: skip
    rows: Iterable[Delivery] = (
        Delivery.objects.filter(same, code=delivery.code, since=delivery.since, until=delivery.until)
        .defer("numbers")
        .order_by("-at", "pk")
    )
    return rows


# --- what waits ---


def waits(user: User, on: date) -> tuple[Waiting, ...]:
    """How many recaps somebody still owes; nothing where nothing is asked for."""
    if not user.can(Permission.RECAP_DELIVER) or not Due.objects.standing().exists():
        return ()
    open_ = [one for one in owed_by(user, on) if one.delivery is None]
    if not open_:
        return ()
    words = ngettext("%(number)s rekap perlu diserahkan", "%(number)s rekap perlu diserahkan", len(open_)) % {
        "number": len(open_)
    }
    is_late = any(one.is_late for one in open_)
    return (Waiting(words, len(open_), reverse("recaps:dues"), is_late),)
