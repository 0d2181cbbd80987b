"""From a number of a recap to the rows behind it, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse

from simpul.access.gate import Entered, needs, note_shown
from simpul.access.permissions import Permission
from simpul.access.refusal import NotAllowed
from simpul.recaps.facts import Asked, Cell, Column, Definition, Line, Recap, Rows, Table
from simpul.recaps.queries.behind import KINDS, AboutPerson, may_list, seen, told
from simpul.recaps.queries.files import lines_of, shown, whole_words
from simpul.recaps.queries.people import edition_of
from simpul.recaps.queries.restricted import from_address, in_address
from simpul.recaps.views.asking import definition_of, form_of
from simpul.ui.render import page

PAGE_LENGTH = 50
# Stands in an address for the line of a total, which has no key; "-" is the key of what has no name.
TOTAL = "jumlah"
Behind = Callable[[Table, Line, Column, Cell], str]


@needs(Permission.RECAP_VIEW)
def behind(request: Entered, code: str, table: str, line: str, column: str) -> HttpResponse:
    """The rows behind one number; of those about people it is recorded whom the reader saw."""
    definition = definition_of(code)
    form = form_of(request, definition, Permission.RECAP_VIEW)
    if not form.is_valid():
        raise Http404
    asked = form.asked()
    edition = edition_of(asked)
    where = table, "" if line == TOTAL else from_address(line, edition), from_address(column, edition)
    words, cell, of = _number(definition.make(request.user, asked), *where)
    if not may_list(request.user, of):
        raise NotAllowed
    rows = definition.behind(request.user, asked, *where) or Rows(of, ())
    found = Paginator(seen(request.user, rows), PAGE_LENGTH).get_page(request.GET.get("page"))
    some = told(request.user, rows, found, asked.until)
    about = [AboutPerson(key) for row in some for key in row.about]
    note_shown(about, by=request.user, permission=KINDS[of].needs[0])
    return page(
        request,
        "recaps/behind.html",
        definition=definition,
        words=words,
        number=shown(cell),
        rows=[(row, shown(row.adds)) for row in some],
        counted=KINDS[of].number(len(rows.keys)),
        is_sum=bool(rows.adds),
        hidden=len(rows.keys) - found.paginator.count,
        page=found,
        back=_back(request, code, table),
    )


def _number(recap: Recap, table: str, line: str, column: str) -> tuple[str, Cell, str]:
    """A number of a recap: the words that stand over and beside it, the number, and what the rows behind it are."""
    for one in recap.tables:
        for beside in lines_of(one):
            for over, cell in zip(one.columns, beside.cells, strict=True):
                if over.rows and (one.key, beside.key, over.key) == (table, line, column):
                    return f"{one.title} · {beside.words} · {whole_words(over)}", cell, over.rows
    raise Http404


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
