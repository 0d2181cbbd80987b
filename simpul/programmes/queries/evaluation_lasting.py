"""Did it last, did it reach people? What became of the bodies of a programme, and of those whom they serve.

All of it is association: bodies were chosen, not drawn by lot, and much else happened in the same years.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean
from uuid import UUID

from simpul.accreditation.models import Accreditation
from simpul.accreditation.queries.scheme import scheme_of
from simpul.accreditation.queries.shown import grade_label
from simpul.cases.models import Case
from simpul.cases.queries.goals import attainments
from simpul.cases.queries.numbers.measured import fewest_for_a_mean
from simpul.cases.stages import Confidentiality
from simpul.catalogue.programmes import norms
from simpul.organisations.models import Classification
from simpul.organisations.queries.standing_words import type_name
from simpul.programmes.models import Member, Programme
from simpul.programmes.stages import Arm, MemberState

# As long before a programme as is looked at beside what came after it.
_BEFORE = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Cases that ended in a span of days. `ended` is None under the smallest group; `change` of too few is None.

    `change` is the mean change of the T-score of the goals (Kiresuk and Sherman), `compared` over how many cases.
    """

    ended: int | None = None
    compared: int | None = None
    change: float | None = None


@dataclass(frozen=True, slots=True)
class BodyLater:
    """One body: type and grade when the programme began and now, and its clients before and since."""

    member: Member
    type_before: str
    type_now: str
    type_on: date | None
    grade_before: str
    grade_now: str
    grade_on: date | None
    before: Outcomes
    since: Outcomes
    others: tuple[Programme, ...]


def bodies_later(programme: Programme, on: date) -> tuple[BodyLater, ...]:
    """Every body that took part or is compared with, by arm and name."""
    members = Member.objects.filter(programme=programme, state=MemberState.CHOSEN)
    rows = list(members.select_related("organisation").order_by("arm", "organisation__name", "pk"))
    rows.sort(key=lambda row: row.arm != Arm.PROGRAMME)
    keys = [row.organisation_id for row in rows]
    types, grades, others = _types(keys), _grades(keys), _others(programme, keys)
    began = programme.starts_on
    return tuple(
        BodyLater(
            member=row,
            type_before=type_name(row.type_before or _last(types, row.organisation_id, until=began)[0]),
            type_now=type_name((now := _last(types, row.organisation_id, since=began))[0]),
            type_on=now[1],
            grade_before=_last(grades, row.organisation_id, until=began)[0],
            grade_now=(later := _last(grades, row.organisation_id, since=began))[0],
            grade_on=later[1],
            before=outcomes(row.organisation_id, began - _BEFORE, began - timedelta(days=1)),
            since=outcomes(row.organisation_id, began, on),
            others=tuple(others.get(row.organisation_id, ())),
        )
        for row in rows
    )


Said = Mapping[UUID, list[tuple[date, str]]]


def _types(keys: Iterable[UUID]) -> Said:
    found: dict[UUID, list[tuple[date, str]]] = {}
    rows = Classification.objects.filter(organisation__in=keys).order_by("on", "at")
    for key, on, confirmed in rows.values_list("organisation", "on", "confirmed"):
        found.setdefault(key, []).append((on, confirmed))
    return found


def _grades(keys: Iterable[UUID]) -> Said:
    found: dict[UUID, list[tuple[date, str]]] = {}
    rows = Accreditation.objects.filter(organisation__in=keys).exclude(decided_on=None).order_by("decided_on")
    for row in rows:
        told = grade_label(row.grade, scheme_of(row))
        found.setdefault(row.organisation_id, []).append((row.decided_on, told))
    return found


def _last(
    said: Said, key: UUID, *, since: date = date.min, until: date = date.max
) -> tuple[str, date | None]:
    """The last that was said before `until`, from `since` on; "" for nothing."""
    within = [(told, on) for on, told in said.get(key, ()) if since <= on < until]
    return within[-1] if within else ("", None)


def _others(programme: Programme, keys: Iterable[UUID]) -> dict[UUID, list[Programme]]:
    rows = Member.objects.filter(organisation__in=keys, state=MemberState.CHOSEN, arm=Arm.PROGRAMME)
    found: dict[UUID, list[Programme]] = {}
    for row in rows.exclude(programme=programme).select_related("programme").order_by("programme__starts_on"):
        found.setdefault(row.organisation_id, []).append(row.programme)
    return found


def outcomes(organisation: UUID, since: date, until: date) -> Outcomes:
    """Ordinary cases that ended in these days: cases of a higher secrecy are in no number that goes so far.

    Numbers of a group alone, so that who evaluates needs no reach into any case.
    """
    rows = Case.objects.filter(
        organisation=organisation,
        confidentiality=Confidentiality.ORDINARY,
        closed_on__range=(since, until),
    )
    keys = list(rows.order_by().values_list("pk", flat=True))
    smallest = norms().smallest_group_shown
    if len(keys) < smallest:
        return Outcomes()
    changes = [found.change for found in attainments(keys, until).values() if found.change is not None]
    if len(changes) < smallest or 0 < len(keys) - len(changes) < smallest:
        return Outcomes(len(keys))
    enough = len(changes) >= max(smallest, fewest_for_a_mean("goals"))
    return Outcomes(len(keys), len(changes), fmean(changes) if enough else None)
