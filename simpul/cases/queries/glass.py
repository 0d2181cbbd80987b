"""Protected cases that somebody does not see, and the glass that was broken for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.cases.models import BrokenGlass, Case
from simpul.cases.stages import Confidentiality
from simpul.people.models import Person


def closed_cases(person: Person | UUID, viewer: User) -> Any:
    """Cases of this person that only their confidentiality hides from this viewer.

    Those of other bodies are not among them: that they exist is none of this viewer's business.
    """
    rows = Case.objects.all()
    near = rows.covered(viewer, Permission.CASE_BREAK_GLASS) & rows.covered(viewer, Permission.CASE_VIEW)
    seen = Case.objects.reachable(viewer, Permission.CASE_VIEW).order_by().values("pk")
    hidden = Case.objects.filter(near, person=person).exclude(confidentiality=Confidentiality.ORDINARY)
    return hidden.exclude(pk__in=seen)


def has_closed_case(person: Person, viewer: User) -> bool:
    """Whether there is something that this viewer could open with a reason; how much is not told."""
    if not viewer.can(Permission.CASE_BREAK_GLASS):
        return False
    reached = is_within_reach(person, viewer, Permission.CASE_BREAK_GLASS)
    return reached and bool(closed_cases(person, viewer).exists())


def opened_for(person: Person | UUID, viewer: User, at: datetime) -> tuple[BrokenGlass, ...]:
    """What this viewer opened of this person, and is still open."""
    rows = BrokenGlass.objects.filter(case__person=person, user=viewer.pk, until__gt=at)
    return tuple(rows.select_related("case").order_by("-case__opened_at", "pk"))


def is_under_glass(case: Case, viewer: User, at: datetime) -> bool:
    """Whether this viewer sees the case through broken glass: to read, not to change who sees it."""
    return BrokenGlass.objects.filter(case=case, user=viewer.pk, until__gt=at).exists()


@dataclass(frozen=True, slots=True)
class Broken:
    """One opening as it is shown; `because` is empty for who may not read workers' own words."""

    key: UUID
    at: datetime
    until: datetime
    who: str
    because: str
    is_open: bool
    seen_at: datetime | None
    seen_by: str
    may_close: bool
    may_acknowledge: bool


def broken_of(case: Case, viewer: User, at: datetime, *, is_told: bool) -> tuple[Broken, ...]:
    """Every time that somebody broke the glass of this case, the newest first."""
    rows = BrokenGlass.objects.filter(case=case).order_by("-at", "pk")
    supervises = is_within_reach(case, viewer, Permission.CASE_APPROVE)
    return tuple(_broken(row, viewer, at, is_told=is_told, supervises=supervises) for row in rows)


def _broken(row: BrokenGlass, viewer: User, at: datetime, *, is_told: bool, supervises: bool) -> Broken:
    is_mine, is_open = row.user == viewer.pk, row.until > at
    return Broken(
        key=row.pk,
        at=row.at,
        until=row.until,
        who=row.by_name,
        because=(row.because or "") if is_told else "",
        is_open=is_open,
        seen_at=row.seen_at,
        seen_by=row.seen_by_name,
        may_close=is_open and (is_mine or supervises),
        may_acknowledge=row.seen_at is None and supervises and not is_mine,
    )


@dataclass(frozen=True, slots=True)
class Opening:
    """That somebody broke a glass, as a supervisor is told: of which case only where that may be seen."""

    at: datetime
    until: datetime
    who: str
    case: UUID | None
    number: str
    seen_at: datetime | None
    seen_by: str


def openings(viewer: User) -> Any:
    """Every opening in the area or body that this person supervises, the newest first.

    Also of cases that only their team sees: nobody opens one without a supervisor hearing that it was done.
    """
    near = Case.objects.filter(Case.objects.all().covered(viewer, Permission.CASE_APPROVE))
    rows = BrokenGlass.objects.filter(case__in=near.order_by().values("pk"))
    return rows.select_related("case").order_by("-at", "pk")


def openings_shown(rows: Iterable[BrokenGlass], viewer: User) -> tuple[Opening, ...]:
    """Some of them as they are shown."""
    listed = list(rows)
    keys = {row.case_id for row in listed}
    reached = set(
        Case.objects.reachable(viewer, Permission.CASE_VIEW)
        .filter(pk__in=keys)
        .order_by()
        .values_list("pk", flat=True)
    )
    return tuple(
        Opening(
            row.at,
            row.until,
            row.by_name,
            row.case_id if row.case_id in reached else None,
            row.case.number if row.case_id in reached else "",
            row.seen_at,
            row.seen_by_name,
        )
        for row in listed
    )
