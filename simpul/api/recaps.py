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
from simpul.api.answers import Paged, cut, paged, read
from simpul.api.door import Holds
from simpul.api.shapes import Day
from simpul.catalogue.needs import Edition
from simpul.organisations.queries.office import areas_of
from simpul.recaps.facts import Asked as AskedOf
from simpul.recaps.facts import Definition, Line, Table
from simpul.recaps.queries import RECAPS
from simpul.recaps.queries.asking import asked_for
from simpul.recaps.queries.behind import Told
from simpul.recaps.queries.drilled import TOTAL, drilled, shown_rows
from simpul.recaps.queries.people import edition_of
from simpul.recaps.queries.restricted import in_address

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
    """`address` names it where the rows behind a number are asked for; `rows` what these are, "" where there are none."""

    key: str
    group: str
    words: str
    address: str
    rows: str


class LineShape(Schema):
    """`cells` stand in the order of the columns; null where there is nothing to count. `address`: as of a column."""

    key: str
    words: str
    address: str
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


class RowShape(Schema):
    """One row behind a number. `adds` is what it adds to it, null where each is one; `page` is empty where closed."""

    words: str
    hint: str
    adds: int | None
    page: str

    @staticmethod
    def resolve_page(row: Told) -> str:
        return row.href


class BehindShape(Paged):
    """The rows of one number. `count` are those within reach; `hidden` are as many more, which are told to nobody."""

    words: str
    number: CellShape
    of: str
    hidden: int
    rows: list[RowShape]


class Asked(Schema):
    """The same as on the page. Without days the month that ended last, and today for how things stand."""

    region: str = Field("", pattern=REGION)
    since: Day | None = None
    until: Day | None = None
    edition: str = Field("", pattern=EDITION)
    counted: Literal["confirmed", "suggested"] = "confirmed"
    by: Literal["domicile", "service"] = "domicile"


class AskedBehind(Asked):
    page: int = Field(1, ge=1)


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
    definition, wanted = _wanted(request, asked, code)
    made = definition.make(request.user, wanted)
    told = {name: getattr(made, name) for name in ("code", "title", "heading", "limits")}
    edition = edition_of(wanted)
    tables = [_shaped(table, edition) for table in made.tables]
    return told | {
        "region": made.asked.area, "since": made.asked.since, "until": made.asked.until, "tables": tables
    }  # fmt: skip


@router.get("/recaps/{code}/{table}/{line}/{column}", auth=Holds(VIEW), response=read(BehindShape))
def behind(
    request: Entered,
    asked: Query[AskedBehind],
    code: str = Path(..., pattern=CODE),
    table: str = Path(..., max_length=60),
    line: str = Path(..., max_length=120),
    column: str = Path(..., max_length=120),
) -> Any:
    """The rows behind one number, as on the page; whom of them this account saw is recorded."""
    definition, wanted = _wanted(request, asked, code)
    try:
        one = drilled(request.user, definition, wanted, table, line, column)
    except KeyError:
        raise Http404 from None
    found = cut(one.found, asked.page)
    rows = shown_rows(request.user, one, found, wanted)
    hidden = len(one.rows.keys) - found.paginator.count
    return paged(found, rows, words=one.words, number=one.number, of=one.rows.of, hidden=hidden)


def _shaped(table: Table, edition: Edition) -> dict[str, Any]:
    """A table with the addresses of its columns and lines."""
    told = {name: getattr(table, name) for name in ("key", "title", "unit", "head", "notes")}
    columns = [
        {
            **{name: getattr(one, name) for name in ("key", "group", "words", "rows")},
            "address": in_address(one.key, edition),
        }
        for one in table.columns
    ]
    lines = [_line(one, edition) for one in table.lines]
    return told | {
        "columns": columns, "lines": lines, "total": _line(table.total, edition) if table.total else None
    }  # fmt: skip


def _line(line: Line, edition: Edition) -> dict[str, Any]:
    address = in_address(line.key, edition) or TOTAL
    return {"key": line.key, "words": line.words, "cells": line.cells, "address": address}


def _wanted(request: Entered, asked: Asked, code: str) -> tuple[Definition, AskedOf]:
    """Which recap, and what of it. 404 for none; Refusal for what cannot be asked."""
    definition = RECAPS.get(code)
    if definition is None:
        raise Http404
    return definition, asked_for(
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
