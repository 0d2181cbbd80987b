"""For whom a service is looked for: what is known of the person, as far as the one who looks may see it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from uuid import UUID

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.cases.models import Case
from simpul.catalogue import editions, facts
from simpul.catalogue.services.matching import matching
from simpul.engines.matching.fit import Need
from simpul.engines.matching.nearness import Position
from simpul.engines.reasons import Answer
from simpul.engines.rules import Facts, completed
from simpul.people.queries.facts import known_values_of
from simpul.referrals.queries.finding_offers import positions_of
from simpul.screening.facts import HIGHLY_RESTRICTED, highly_restricted
from simpul.screening.queries.decided import newest_decisions_of

Types = Mapping[str, Answer]
_ANSWERS = {"yes": Answer.YES, "no": Answer.NO}


def need_of(case: Case, viewer: User, on: date) -> Need:
    """What services are weighed by, on that day. Very sensitive facts and types only for who may see them."""
    return needs_of_many([case], viewer, on)[case.pk]


def needs_of_many(cases: Collection[Case], viewer: User, on: date) -> dict[UUID, Need]:
    """The same for many cases, in as many questions to the database as for one.

    What somebody may not see is left out whether it is known or not, so that an answer tells nothing of it. The
    cases come with person and screening.
    """
    open_to = Case.objects.reachable(viewer, Permission.SENSITIVE_VIEW)
    seen = set(open_to.filter(pk__in=[case.pk for case in cases]).order_by().values_list("pk", flat=True))
    values = known_values_of([case.person for case in cases], on)
    types, positions = types_of(cases), positions_of({case.person.region for case in cases})
    return {
        case.pk: _need(
            case, on, values[case.person_id], types[case.pk], positions[case.person.region], case.pk in seen
        )
        for case in cases
    }


def _need(case: Case, on: date, values: Facts, types: Types, position: Position | None, sees: bool) -> Need:
    withheld = frozenset() if sees else _very_sensitive()
    hidden_types = frozenset() if sees else _hidden_types(edition_of(case))
    specs = facts.specs()
    told = {name: value for name, value in values.items() if name not in withheld and name in specs}
    known = completed(told, tuple(specs.values()), on)
    known = {name: value for name, value in known.items() if name not in withheld}
    return Need(
        on=on,
        facts=known,
        withheld=withheld,
        types={code: said for code, said in types.items() if code not in hidden_types},
        withheld_types=hidden_types,
        region=case.person.region,
        position=position,
        accesses=accesses_for(known),
    )


def edition_of(case: Case) -> str:
    """The edition by which the person of a case was screened; "" where they were not."""
    return case.screening.edition if case.screening else ""


def types_of(cases: Collection[Case]) -> dict[UUID, Types]:
    """What was decided about each type in each case; what was not is not there. Sealed elsewhere: never to be stored."""
    decided = newest_decisions_of(case.screening for case in cases if case.screening)
    found: dict[UUID, Types] = {}
    for case in cases:
        told = dict.fromkeys(case.need_types or (), Answer.YES)
        for code, decision in (decided[case.screening_id] if case.screening_id else {}).items():
            if decision.decided in _ANSWERS:
                told.setdefault(code, _ANSWERS[decision.decided])
        found[case.pk] = told
    return found


def accesses_for(known: Facts) -> tuple[tuple[str, ...], ...]:
    """Which access somebody needs, by what is hard for them; one of each group is enough."""
    return tuple(need.accesses for need in matching().access_needs if known.get(need.fact) in need.values)


@cache
def _very_sensitive() -> frozenset[str]:
    """Also what is derived from a very sensitive fact, since it would tell it."""
    hidden = set(highly_restricted())
    for name, node in facts.book().derived.items():
        if node.facts() & hidden:
            hidden.add(name)
    return frozenset(hidden)


@cache
def _hidden_types(edition: str) -> frozenset[str]:
    """The very sensitive types of every edition, as they stand on an offer: others carry their edition's name."""
    return frozenset(
        need.code if found.code == edition or not edition else f"{found.code}/{need.code}"
        for found in editions.all_editions()
        for need in found.types
        if need.sensitivity == HIGHLY_RESTRICTED
    )
