"""How many of some bodies are registered, accredited, flagged, …: each table is read once for all its numbers.

What counts is what the lists of `office_list` show; counted list by list it would take four times as long.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import Case, Count, Max, Q, QuerySet, Value, When

from simpul.organisations.models import Certificate, Flag, Sanction
from simpul.organisations.queries.certificates import valid_on
from simpul.organisations.queries.office_asked import NO_TYPE
from simpul.organisations.queries.office_list import ACCREDITED_BY, standing_papers
from simpul.organisations.queries.oversight_flags import stands_on
from simpul.organisations.queries.papers_days import is_over, is_told, last_day_told
from simpul.organisations.queries.registration_office import NOT_REGISTERED
from simpul.organisations.queries.registration_sanctions import standing_on_day
from simpul.organisations.stages import REGISTERED_BY

_ONE = Value(1)


def counts_of(bodies: QuerySet[Any], on: date) -> Counter[str]:
    """The numbers of these bodies by their codes; the types by their letters. Nothing is said of those that are 0."""
    found = _types(bodies)
    for counted in (_certificates(bodies, on), _papers(bodies, on), _flagged(bodies, on)):
        found.update(counted)
    found["not_registered"] = found["could_be_registered"] - found["registered_of_these"]
    return found


def _types(bodies: QuerySet[Any]) -> Counter[str]:
    groups = (
        bodies.order_by()
        .values("confirmed_type")
        .annotate(number=Count("*"), could=Count(_ONE, filter=~Q(kind__in=NOT_REGISTERED)))
    )
    found: Counter[str] = Counter()
    for group in groups:
        found[group["confirmed_type"] or NO_TYPE] = group["number"]
        found["all"] += group["number"]
        found["could_be_registered"] += group["could"]
    return found


def _certificates(bodies: QuerySet[Any], on: date) -> dict[str, int]:
    longer = Q(valid_to=None) | Q(valid_to__gt=last_day_told(on))
    registers, accredits = Q(kind__in=REGISTERED_BY), Q(kind__in=ACCREDITED_BY)
    held = (
        _of(bodies, Certificate.objects.filter(valid_on(on), kind__in=(*REGISTERED_BY, *ACCREDITED_BY)))
        .values("organisation")
        .annotate(
            registers=_any(registers),
            registers_longer=_any(registers & longer),
            accredits=_any(accredits),
            accredits_longer=_any(accredits & longer),
            could=_any(~Q(organisation__kind__in=NOT_REGISTERED)),
        )
    )
    counted: dict[str, int] = held.aggregate(
        registered=_those(registers=1),
        registered_ending=_those(registers=1, registers_longer=0),
        registered_of_these=_those(registers=1, could=1),
        accredited=_those(accredits=1),
        accredited_ending=_those(accredits=1, accredits_longer=0),
    )
    return counted


def _papers(bodies: QuerySet[Any], on: date) -> dict[str, int]:
    over = is_over("valid_to", on)
    held = (
        _of(bodies, standing_papers().filter(is_told("valid_to", on)))
        .values("organisation")
        .annotate(over=_any(over), soon=_any(~over))
    )
    counted: dict[str, int] = held.aggregate(papers_ended=_those(over=1), papers_ending=_those(soon=1))
    return counted


def _flagged(bodies: QuerySet[Any], on: date) -> dict[str, int]:
    flags = _of(bodies, Flag.objects.filter(stands_on(on))).values("organisation")
    sanctions = _of(bodies, Sanction.objects.filter(standing_on_day(on))).values("organisation")
    return {"flagged": flags.union(sanctions).count()}


def _of(bodies: QuerySet[Any], rows: QuerySet[Any]) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.filter(organisation__in=bodies.order_by().values("pk")).order_by()
    return found


def _any(condition: Q) -> Max:
    """1 where any row of the group is so, 0 where none is."""
    return Max(Case(When(condition, then=_ONE), default=Value(0)))


def _those(**marks: int) -> Count:
    return Count(_ONE, filter=Q(**marks))
