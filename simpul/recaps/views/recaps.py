"""Recaps on the screen and as files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from simpul.access.gate import Entered, needs
from simpul.access.permissions import Permission
from simpul.recaps.actions import take_out
from simpul.recaps.facts import Asked, Cell, Column, Definition, Line, Recap, Table
from simpul.recaps.queries import RECAPS, pictures
from simpul.recaps.queries.behind import pages_of
from simpul.recaps.queries.due import place_of
from simpul.recaps.queries.files import TYPES, content, lines_of, shown
from simpul.recaps.views.asking import definition_of, form_of
from simpul.recaps.views.rows import Behind, address_of
from simpul.ui.render import file_answer, page


@dataclass(frozen=True)
class Shown:
    """A number or the head of a line as it stands on the page; `href` leads to the rows behind it, or its page."""

    words: str
    href: str = ""


@needs(Permission.RECAP_VIEW)
def index(request: Entered) -> HttpResponse:
    """All recaps, each with what it says."""
    return page(request, "recaps/index.html", definitions=tuple(RECAPS.values()))


@needs(Permission.RECAP_VIEW)
def one(request: Entered, code: str) -> HttpResponse:
    """One recap, asked for by its address, so that it can be sent to a colleague."""
    definition = definition_of(code)
    form = form_of(request, definition, Permission.RECAP_VIEW)
    if not form.is_valid():
        return page(request, "recaps/one.html", status=422, definition=definition, form=form, recap=None)
    asked = form.asked()
    recap = definition.make(request.user, asked)
    behind = address_of(request, definition, asked)
    tables = [as_shown(table, behind, _pages(request, table)) for table in recap.tables]
    return page(
        request,
        "recaps/one.html",
        definition=definition,
        form=form,
        recap=recap,
        tables=tables,
        forms=tuple(TYPES),
        query=request.GET.urlencode(),
        **_pictures(request, definition, recap),
    )


def _pictures(request: Entered, definition: Definition, recap: Recap) -> dict[str, Any]:
    """One column as a picture; over time only where that was asked for, since each time is counted anew."""
    found = pictures.chosen(recap, request.GET.get("kolom", ""))
    wants_time = "waktu" in request.GET
    if found is None:
        return {"picture": None}
    table, column = found
    told = (
        pictures.over_time(request.user, definition, recap.asked, table.key, column.key)
        if wants_time
        else None
    )
    return {
        "picture": pictures.picture(table, column),
        "columns": pictures.choices(recap),
        "chosen": pictures.name_of(recap, table, column),
        "asked_before": [pair for pair in request.GET.items() if pair[0] not in ("kolom", "waktu")],
        "wants_time": wants_time,
        "over_time": told,
        "time_lines": as_shown(told.table, nowhere)[1] if told else [],
    }


def _pages(request: Entered, table: Table) -> dict[str, str]:
    """The pages of lines that are rows of their own, as far as this reader may open them."""
    return pages_of(request.user, table.each, [line.key for line in table.lines])


def nowhere(_table: Table, _line: Line, _column: Column, _cell: Cell) -> str:
    return ""


def as_shown(
    table: Table, behind: Behind, pages: Mapping[str, str] | None = None
) -> tuple[Table, list[tuple[Shown, list[Shown]]]]:
    """A table with its lines as they stand on a page, the total last; `pages` of the lines, by their keys."""
    lines = []
    for line in lines_of(table):
        cells = [
            Shown(shown(cell), behind(table, line, column, cell))
            for column, cell in zip(table.columns, line.cells, strict=True)
        ]
        lines.append((Shown(line.words, (pages or {}).get(line.key, "")), cells))
    return table, lines


@needs(Permission.RECAP_EXPORT)
def file(request: Entered, code: str, form: str) -> HttpResponse:
    """The same as a file; recorded before it is made."""
    definition = definition_of(code)
    if form not in TYPES:
        raise Http404
    if request.method != "POST":
        return redirect(f"{reverse('recaps:one', args=[code])}?{request.GET.urlencode()}")
    asked_for = form_of(request, definition, Permission.RECAP_EXPORT)
    if not asked_for.is_valid():
        raise Http404
    asked = asked_for.asked()
    take_out(place_of(request.user, asked.area), by=request.user, recap=code, form=form, asked=_told(asked))
    recap = definition.make(request.user, asked)
    name = f"{code}-{asked.area or 'semua'}-{asked.until.isoformat()}.{form}"
    return file_answer(content(recap, form, by=request.user, at=timezone.now()), TYPES[form], name)


def _told(asked: Asked) -> str:
    return f"{asked.area} {asked.since.isoformat()} {asked.until.isoformat()} {asked.edition}".strip()
