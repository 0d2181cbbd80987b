"""Recaps: every number as on the page, for other programs."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.http import Http404
from django.utils import timezone
from ninja import Path, Query, Router, Schema
from pydantic import Field

from simpul.access.gate import Entered
from simpul.access.permissions import Permission
from simpul.api.addresses import REGION
from simpul.api.answers import read
from simpul.api.door import Holds
from simpul.api.shapes import Day
from simpul.organisations.queries.office import areas_of
from simpul.recaps.queries import RECAPS
from simpul.recaps.queries.asking import asked_for

router = Router(tags=["Recaps"])
VIEW = Permission.RECAP_VIEW
CODE = r"^R[0-9]{1,2}$"
EDITION = r"^[a-z0-9-]{0,60}$"
CellShape = int | float | dt.date | str | None


class RecapKind(Schema):
    """`uses` names what may be asked beside the day: area, period, edition, suggested, place."""

    code: str
    title: str
    about: str
    uses: list[str]


class ColumnShape(Schema):
    key: str
    group: str
    words: str


class LineShape(Schema):
    """`cells` stand in the order of the columns; null where there is nothing to count."""

    key: str
    words: str
    cells: list[CellShape]


class TableShape(Schema):
    key: str
    title: str
    unit: str
    head: str
    columns: list[ColumnShape]
    lines: list[LineShape]
    total: LineShape | None
    notes: list[str]


class RecapShape(Schema):
    """`limits` say what is missing or cannot be said; `heading` what stands above every printed recap."""

    code: str
    title: str
    region: str
    since: dt.date
    until: dt.date
    heading: list[tuple[str, str]]
    limits: list[str]
    tables: list[TableShape]


class Asked(Schema):
    """The same as on the page. Without days the month that ended last, and today for how things stand."""

    region: str = Field("", pattern=REGION)
    since: Day | None = None
    until: Day | None = None
    edition: str = Field("", pattern=EDITION)
    counted: Literal["confirmed", "suggested"] = "confirmed"
    by: Literal["domicile", "service"] = "domicile"


@router.get("/recaps", auth=Holds(VIEW), response=read(list[RecapKind]))
def recaps(request: Entered) -> Any:
    """Every recap, and what each can be asked for."""
    return [
        {"code": one.code, "title": str(one.title), "about": str(one.about), "uses": sorted(one.uses)}
        for one in RECAPS.values()
    ]


@router.get("/recaps/{code}", auth=Holds(VIEW), response=read(RecapShape))
def recap(request: Entered, asked: Query[Asked], code: str = Path(..., pattern=CODE)) -> Any:
    """One recap of what this account reaches; the same function as the page and the files."""
    definition = RECAPS.get(code)
    if definition is None:
        raise Http404
    wanted = asked_for(
        definition,
        tops=areas_of(request.user, VIEW),
        on=timezone.localdate(),
        area=asked.region,
        since=asked.since,
        until=asked.until,
        edition=asked.edition,
        by_place=asked.by == "service",
        suggested=asked.counted == "suggested",
    )
    made = definition.make(request.user, wanted)
    told = {name: getattr(made, name) for name in ("code", "title", "heading", "limits", "tables")}
    return told | {"region": made.asked.area, "since": made.asked.since, "until": made.asked.until}
