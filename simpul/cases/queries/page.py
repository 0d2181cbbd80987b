"""What the page of one case shows to one viewer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Subquery

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.prepared import Prepared
from simpul.cases.models import Case
from simpul.cases.models.case import Ties, is_reached_by, ties_of
from simpul.cases.queries.gates import Standing, asked_of, questions, standing_in
from simpul.places.models import Region
from simpul.screening.queries import has_basis


@dataclass(frozen=True, slots=True)
class Seen:
    """What one viewer may see and do on the page of a case, asked for all at once.

    `all` is whether very sensitive types and what workers wrote in their own words may be read; `place` and
    `district` say where the client lives; `level` how
    confidential the case is; `earlier` and `later` the episodes beside it that this viewer may see.
    """

    all: bool
    may_move: bool
    may_note: bool
    may_print: bool
    may_reopen: bool
    may_see_trail: bool
    has_basis: bool
    place: str
    district: str
    level: str
    earlier: UUID | None
    later: UUID | None


def reached(key: UUID, viewer: User) -> Case | None:
    """The case with its client, its screening and how this viewer is tied to it; None out of reach.

    The same answer as `Case.objects.reachable`, in one question that is compiled once.
    """
    found = _REACHED.rows(key=key, viewer=viewer.pk)
    if not found or not is_reached_by(found[0], found[0], viewer, Permission.CASE_VIEW):
        return None
    case: Case = found[0]
    return case


def _reached_one(*, key: UUID, viewer: UUID) -> QuerySet[Any]:
    rows: QuerySet[Any] = Case.objects.filter(pk=key).select_related("person", "screening")
    tied: QuerySet[Any] = rows.annotate(**ties_of(viewer, key)).order_by()
    return tied


_REACHED = Prepared(_reached_one)


def seen_by(case: Case, viewer: User, on: date) -> tuple[Seen, Standing]:
    """How this viewer stands to the case on that day, and how the case stands before its gates.

    Two questions to the database, three where there is another episode; the client and the screening have to be at hand.
    """

    region = case.person.region
    row = _PAGE.rows(
        bool(case.organisation),
        **asked_of(case),
        viewer=viewer.pk,
        village=region,
        district=region.rpartition(".")[0],
    )[0]
    ties = Ties(*(row[name] for name in Ties._fields))
    sees_all, may_move, may_note, may_print = (
        is_reached_by(ties, case, viewer, permission) for permission in _FLAGS
    )
    reached = _reached({case.earlier_id, row["next_episode"]} - {None}, viewer)
    seen = Seen(
        all=sees_all,
        may_move=case.is_open and may_move,
        may_note=case.is_open and may_note,
        may_print=may_print,
        may_reopen=not case.is_open and may_move and row["next_episode"] is None,
        may_see_trail=viewer.can(Permission.TRAIL_VIEW),
        has_basis=has_basis(case.person, on),
        place=row["village"] or "",
        district=row["district"] or "",
        level=case.get_confidentiality_display().partition(":")[0],
        earlier=case.earlier_id if case.earlier_id in reached else None,
        later=row["next_episode"] if row["next_episode"] in reached else None,
    )
    return seen, standing_in(case, on, row)


def _reached(episodes: set[UUID], viewer: User) -> set[UUID]:
    """Those of them that this viewer may see."""
    if not episodes:
        return episodes
    rows = Case.objects.reachable(viewer, Permission.CASE_VIEW).filter(pk__in=episodes)
    return set(rows.order_by().values_list("pk", flat=True))


_FLAGS = (Permission.SENSITIVE_VIEW, Permission.CASE_MOVE, Permission.CASE_NOTE, Permission.CASE_PRINT)


def _page(
    of_organisation: bool, *, key: UUID, office: UUID | str, viewer: UUID, village: str, district: str
) -> QuerySet[Any, Any]:
    def name_of(code: str) -> Subquery:
        return Subquery(Region.objects.filter(code=code).values("name")[:1])

    rows = Case.objects.filter(pk=key).order_by()
    return rows.values(
        **questions(of_organisation, key=key, office=office),
        **ties_of(viewer, key),
        village=name_of(village),
        district=name_of(district),
        next_episode=Subquery(Case.objects.filter(earlier=key).values("pk")[:1]),
    )


_PAGE = Prepared(_page)
