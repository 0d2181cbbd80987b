"""From a number of a recap to the rows behind it, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse

from simpul.access.gate import Entered, needs
from simpul.access.permissions import Permission
from simpul.recaps.facts import Asked, Cell, Column, Definition, Line, Table
from simpul.recaps.queries.behind import may_list
from simpul.recaps.queries.drilled import TOTAL, drilled, shown_rows
from simpul.recaps.queries.files import shown
from simpul.recaps.queries.people import edition_of
from simpul.recaps.queries.restricted import in_address
from simpul.recaps.views.asking import definition_of, form_of
from simpul.ui.render import page

PAGE_LENGTH = 50
Behind = Callable[[Table, Line, Column, Cell], str]


@needs(Permission.RECAP_VIEW)
def behind(request: Entered, code: str, table: str, line: str, column: str) -> HttpResponse:
    """The rows behind one number; of those about people it is recorded whom the reader saw."""
    definition = definition_of(code)
    form = form_of(request, definition, Permission.RECAP_VIEW)
    if not form.is_valid():
        raise Http404
    asked = form.asked()
    try:
        one = drilled(request.user, definition, asked, table, line, column)
    except KeyError:
        raise Http404 from None
    found = Paginator(one.found, PAGE_LENGTH).get_page(request.GET.get("page"))
    some = shown_rows(request.user, one, found, asked)
    return page(
        request,
        "recaps/behind.html",
        definition=definition,
        words=one.words,
        number=shown(one.number),
        rows=[(row, shown(row.adds)) for row in some],
        counted=one.counted,
        is_sum=bool(one.rows.adds),
        hidden=len(one.rows.keys) - found.paginator.count,
        page=found,
        back=_back(request, code, table),
    )


def _back(request: Entered, code: str, table: str) -> str:
    asked = request.GET.copy()
    asked.pop("page", None)
    return f"{reverse('recaps:one', args=[code])}?{asked.urlencode()}#t-{table}"


def address_of(request: Entered, definition: Definition, asked: Asked) -> Behind:
    """Where a number leads: to the rows behind it, for who may see such rows; nowhere for none."""
    query, edition = request.GET.urlencode(), edition_of(asked)

    def address(table: Table, line: Line, column: Column, cell: Cell) -> str:
        if not cell or not may_list(request.user, column.rows):
            return ""
        keys = in_address(line.key, edition) or TOTAL, in_address(column.key, edition)
        return f"{reverse('recaps:behind', args=[definition.code, table.key, *keys])}?{query}"

    return address
