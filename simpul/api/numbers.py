"""The numbers of casework, and exactly the cases behind each."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Path, Query, Router, Schema
from pydantic import Field

from simpul.access.gate import Entered, note_shown
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.api.addresses import REGION
from simpul.api.answers import cut, paged, read
from simpul.api.case_shapes import CaseList
from simpul.api.door import Holds
from simpul.api.shapes import Day
from simpul.cases.models import Case
from simpul.cases.queries import numbers as queries
from simpul.cases.queries.case import rows_of

router = Router(tags=["Numbers"])
VIEW = Permission.CASE_VIEW
# Of a part or a group: letters and digits with what stands between them. A database refuses other signs loudly.
CODE = r"^[\w:.-]*$"


class FigureShape(Schema):
    """A number of cases; with `group` the list of exactly these cases is asked for."""

    group: str
    cases: int


class MeasureShape(Schema):
    """What else was measured. Null may not be said: too few cases stand behind it."""

    name: str
    value: float | None


class LineShape(Schema):
    title: str
    figures: list[FigureShape]
    words: str
    measures: list[MeasureShape]

    @staticmethod
    def resolve_measures(line: queries.Line) -> list[dict[str, Any]]:
        return [{"name": name, "value": value} for name, value in line.measures]


class PartShape(Schema):
    """Numbers that belong together. `definition` says what is counted; `columns` name the figures of each line.

    `is_now`: how things stand today, whatever the period. Without `has_list` no cases stand behind the figures.
    """

    code: str
    title: str
    definition: str
    columns: list[str]
    lines: list[LineShape]
    has_list: bool
    is_now: bool


class NumbersShape(Schema):
    since: date
    until: date
    region: str
    organisation: UUID | None
    parts: list[PartShape]


class Asked(Schema):
    """Which days and which part of the reach. Without `since` and `until` the year so far."""

    since: Day | None = None
    until: Day | None = None
    region: str = Field("", pattern=REGION)
    organisation: UUID | None = None
    instrument: str = Field(
        "", max_length=60, pattern=CODE, description="Whose change, domain by domain, is told as well."
    )


class Behind(Asked):
    """Also which figure: without a group all cases of the part."""

    group: str = Field("", max_length=80, pattern=CODE)
    page: int = Field(1, ge=1)


def scope_of(asked: Asked, request: Entered) -> queries.Scope:
    """What is counted. Raises Refusal for days that cannot be."""
    today = timezone.localdate()
    since, until = queries.period_of(queries.Period.THIS_YEAR, today)
    since, until = asked.since or since, asked.until or until
    if until < since:
        raise Refusal(_("Tanggal akhir lebih awal daripada tanggal mulai. Periksa keduanya."))
    if until > today:
        raise Refusal(_("Tanggal akhir belum terjadi. Pilih tanggal sampai hari ini."))
    return queries.Scope(request.user, today, since, until, asked.region, asked.organisation)


@router.get("/numbers", auth=Holds(VIEW), response=read(NumbersShape))
def numbers(request: Entered, asked: Query[Asked]) -> Any:
    """Every number within reach, each with its definition; the same as on the page."""
    scope = scope_of(asked, request)
    named = {name: getattr(scope, name) for name in ("since", "until", "region", "organisation")}
    return named | {"parts": queries.parts_of(scope, asked.instrument)}


@router.get("/numbers/{part}/cases", auth=Holds(VIEW), response=read(CaseList))
def cases_behind(
    request: Entered, asked: Query[Behind], part: str = Path(..., max_length=80, pattern=CODE)
) -> Any:
    """Exactly the cases behind one figure, newest first; all of the part without a group."""
    try:
        keys = queries.cases_behind(scope_of(asked, request), part, asked.group)
    except (KeyError, ValidationError) as error:
        raise Http404 from error
    found = cut(keys, asked.page)
    reached = Case.objects.reachable(request.user, VIEW).select_related("person").in_bulk(list(found))
    rows = rows_of([reached[key] for key in found if key in reached], request.user)
    note_shown(rows, by=request.user, permission=VIEW)
    return paged(found, rows)
