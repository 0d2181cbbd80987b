"""Recaps on the screen, as files, and the people behind a number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from simpul.access.gate import Entered, needs, note_shown
from simpul.access.permissions import Permission
from simpul.organisations.queries.office import areas_of
from simpul.people.models import Person
from simpul.places.queries import names_of
from simpul.recaps.actions import take_out
from simpul.recaps.facts import Asked, Cell, Definition, Recap, Table
from simpul.recaps.forms import AskedForm
from simpul.recaps.queries import RECAPS, pictures
from simpul.recaps.queries.due import place_of
from simpul.recaps.queries.files import TYPES, content, lines_of, shown
from simpul.recaps.queries.people import edition_of
from simpul.recaps.queries.restricted import from_address, in_address, permission_behind
from simpul.ui.render import page

PAGE_LENGTH = 50
# Stands in an address for the line of a total, which has no key.
TOTAL = "-"
Behind = Callable[[str, str, str, Cell], str]


@dataclass(frozen=True)
class Shown:
    """A number as it stands on the page; `href` leads to the people behind it."""

    words: str
    href: str = ""


@needs(Permission.RECAP_VIEW)
def index(request: Entered) -> HttpResponse:
    """All recaps, each with what it says."""
    return page(request, "recaps/index.html", definitions=tuple(RECAPS.values()))


@needs(Permission.RECAP_VIEW)
def one(request: Entered, code: str) -> HttpResponse:
    """One recap, asked for by its address, so that it can be sent to a colleague."""
    definition = _definition(code)
    form = _form(request, definition, Permission.RECAP_VIEW)
    if not form.is_valid():
        return page(request, "recaps/one.html", status=422, definition=definition, form=form, recap=None)
    asked = form.asked()
    recap = definition.make(request.user, asked)
    behind = _behind_address(request, definition, asked)
    tables = [as_shown(table, behind) for table in recap.tables]
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


def nowhere(_table: str, _line: str, _column: str, _cell: Cell) -> str:
    return ""


def as_shown(table: Table, behind: Behind) -> tuple[Table, list[tuple[object, list[Shown]]]]:
    """A table with its lines as they stand on a page, the total last."""
    lines: list[tuple[object, list[Shown]]] = []
    for line in lines_of(table):
        cells = [
            Shown(shown(cell), behind(table.key, line.key, column.key, cell))
            for column, cell in zip(table.columns, line.cells, strict=True)
        ]
        lines.append((line, cells))
    return table, lines


@needs(Permission.RECAP_EXPORT)
def file(request: Entered, code: str, form: str) -> HttpResponse:
    """The same as a file; recorded before it is made."""
    definition = _definition(code)
    if form not in TYPES:
        raise Http404
    if request.method != "POST":
        return redirect(f"{reverse('recaps:one', args=[code])}?{request.GET.urlencode()}")
    asked_for = _form(request, definition, Permission.RECAP_EXPORT)
    if not asked_for.is_valid():
        raise Http404
    asked = asked_for.asked()
    take_out(place_of(request.user, asked.area), by=request.user, recap=code, form=form, asked=_told(asked))
    recap = definition.make(request.user, asked)
    made_by = f"{request.user} · {date_format(timezone.localtime(), 'j F Y, H.i')}"
    answer = HttpResponse(content(recap, form, made_by=made_by), content_type=TYPES[form])
    name = f"{code}-{asked.area or 'semua'}-{asked.until.isoformat()}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


@needs(Permission.PERSON_VIEW)
def behind(request: Entered, code: str, table: str, line: str, column: str) -> HttpResponse:
    """The people behind one number, as far as this worker may see people; recorded as seen."""
    definition = _definition(code)
    form = _form(request, definition, Permission.RECAP_VIEW)
    needed = permission_behind(table)
    if definition.behind is None or not form.is_valid() or not request.user.can(needed):
        raise Http404
    edition = edition_of(form.asked())
    which = "" if line == TOTAL else from_address(line, edition)
    frame = definition.behind(request.user, form.asked(), table, which, from_address(column, edition))
    keys = frame["person"].to_list() if frame.width else []
    seen = Person.objects.reachable(request.user, Permission.PERSON_VIEW)
    rows = seen.reachable(request.user, needed).filter(pk__in=keys)
    found = Paginator(rows.order_by("name", "pk"), PAGE_LENGTH).get_page(request.GET.get("page"))
    people = list(found)
    note_shown(people, by=request.user, permission=Permission.PERSON_VIEW)
    return page(
        request,
        "recaps/behind.html",
        definition=definition,
        people=people,
        page=found,
        number=len(keys),
        places=names_of({person.region for person in people}),
        on=form.asked().until,
    )


def _definition(code: str) -> Definition:
    try:
        return RECAPS[code]
    except KeyError:
        raise Http404 from None


def _form(request: Entered, definition: Definition, permission: Permission) -> AskedForm:
    return AskedForm(
        request.GET, of=definition, tops=areas_of(request.user, permission), on=timezone.localdate()
    )


def _told(asked: Asked) -> str:
    return f"{asked.area} {asked.since.isoformat()} {asked.until.isoformat()} {asked.edition}".strip()


def _behind_address(request: Entered, definition: Definition, asked: Asked) -> Behind:
    """Where a number leads: to the people, for who may see people; nowhere for none."""
    if definition.behind is None or not request.user.can(Permission.PERSON_VIEW):
        return lambda table, line, column, cell: ""
    query, edition = request.GET.urlencode(), edition_of(asked)

    def address(table: str, line: str, column: str, cell: Cell) -> str:
        if not cell or column == "pairs" or not (line or table == "persons"):
            return ""
        if not request.user.can(permission_behind(table)):
            return ""
        keys = in_address(line, edition) or TOTAL, in_address(column, edition)
        path = reverse("recaps:behind", args=[definition.code, table, *keys])
        return f"{path}?{query}"

    return address
