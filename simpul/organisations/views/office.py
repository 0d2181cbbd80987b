"""Lists of organisations: everybody's directory, and the office's queue, numbers, map, list and files."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, needs
from simpul.access.kept import key_of
from simpul.access.permissions import Permission
from simpul.organisations.actions.office import take_out
from simpul.organisations.forms.office import DirectoryForm, MapForm, OfficeForm
from simpul.organisations.queries import office as queries
from simpul.organisations.queries import office_files as files
from simpul.organisations.queries.office_asked import Asked
from simpul.organisations.queries.office_kept import KEPT, CountedOnce
from simpul.organisations.queries.office_list import everywhere, lines_of, listed, watched
from simpul.organisations.queries.office_map import legend, tile_map
from simpul.organisations.views.office_files import as_pdf
from simpul.places.queries import named, names_of
from simpul.ui.render import file_answer, page
from simpul.ui.sheets import CSV, XLSX, Sheet, as_csv, as_xlsx

PAGE_LENGTH = 50
# What stands on paper, where a row has room for less: places in the whole table.
_ON_PAPER = (0, 2, 4, 5, 8, 11, 12, 13, 14)
_FORMS = (("xlsx", "XLSX"), ("csv", "CSV"), ("pdf", "PDF"))
_TYPES = {
    "csv": CSV,
    "xlsx": XLSX,
    "pdf": "application/pdf",
}


@needs(Permission.ORGANISATION_VIEW)
def directory(request: Entered) -> HttpResponse:
    """All organisations: that they exist is public."""
    form = DirectoryForm(request.GET)
    may_register = request.user.can(Permission.ORGANISATION_REGISTER)
    return _list(request, "organisations/organisations.html", form, everywhere(), may_register=may_register)


@needs(Permission.ORGANISATION_WATCH)
def office_list(request: Entered) -> HttpResponse:
    """Those that this office watches, with its own filters and the list as a file."""
    form = OfficeForm(request.GET, tops=queries.areas_of(request.user))
    may_export = request.user.can(Permission.ORGANISATION_EXPORT)
    scope = watched(request.user)
    return _list(
        request,
        "organisations/office_list.html",
        form,
        scope,
        with_flags=True,
        may_export=may_export,
        file_forms=_FORMS,
    )


def _list(
    request: Entered,
    template: str,
    form: DirectoryForm,
    scope: Any,
    *,
    with_flags: bool = False,
    **shown: Any,
) -> HttpResponse:
    """One page of a list; nothing where what was asked cannot be."""
    on, asked = timezone.localdate(), form.asked()
    rows = listed(scope, asked, on) if form.is_valid() else scope.none()
    found = CountedOnce(rows, PAGE_LENGTH).get_page(request.GET.get("page"))
    lines = lines_of(found, on, with_flags=with_flags)
    return page(
        request,
        template,
        status=200 if form.is_valid() else 422,
        form=form,
        asked=asked,
        page=found,
        lines=lines,
        places=names_of({line.region for line in lines}),
        **shown,
    )


@needs(Permission.ORGANISATION_WATCH)
def office(request: Entered) -> HttpResponse:
    """What waits, the numbers of an area, and the area as tiles."""
    on, scope = timezone.localdate(), watched(request.user)
    form = MapForm(request.GET, tops=queries.areas_of(request.user))
    asked = Asked(area=form.area)
    return page(
        request,
        "organisations/office.html",
        status=200 if form.is_valid() else 422,
        form=form,
        waits=queries.waits(request.user, on),
        ages=queries.ages(request.user, on),
        numbers=queries.numbers(scope, asked, on),
        **_map_of(scope, asked, on),
        place=named(form.area) if form.area else None,
        on=on,
    )


def _map_of(scope: Any, asked: Asked, on: date) -> dict[str, Any]:
    """The area as tiles, and these as they are drawn: the same for everybody who watches as much."""
    key = (key_of(scope), asked, on, get_language())
    tiles = KEPT.answer(("map", *key), lambda: tile_map(scope, asked, on))
    drawn = KEPT.answer(
        ("drawn", *key),
        lambda: render_to_string("organisations/_office_map.html", {"map": tiles, "legend": legend()}),
    )
    return {"map": tiles, "drawn": drawn}


# --- files ---


@needs(Permission.ORGANISATION_EXPORT)
def office_file(request: Entered, form: str) -> HttpResponse:
    """The list as a file, for as far as this person may take it out; recorded each time, before it is made."""
    if form not in _TYPES:
        raise Http404
    if request.method != "POST":
        return redirect(f"{reverse('organisations:office-list')}?{request.GET.urlencode()}")
    asked_for = OfficeForm(request.GET, tops=queries.areas_of(request.user, Permission.ORGANISATION_EXPORT))
    if not asked_for.is_valid():
        raise Http404
    on, asked = timezone.localdate(), asked_for.asked()
    bodies = list(listed(watched(request.user, Permission.ORGANISATION_EXPORT), asked, on))
    where = files.where_of(request.user, asked)
    take_out(where, by=request.user, form=form, number=len(bodies), filters=asked.told)
    content = _content(request, form, [files.headings(), *files.rows(bodies, on)], asked_for)
    return file_answer(content, _TYPES[form], f"lembaga-{on.isoformat()}.{form}")


def _content(request: Entered, form: str, table: list[tuple[str, ...]], asked_for: OfficeForm) -> bytes:
    if form == "csv":
        return as_csv(table)
    made_at = date_format(timezone.localtime(), "j F Y, H.i")
    notes = [*_narrowed(asked_for), (_("Diunduh oleh"), f"{request.user}, {made_at}")]
    if form == "xlsx":
        return as_xlsx(Sheet(_("Lembaga"), table[0], table[1:]), Sheet(_("Keterangan"), (), notes))
    return as_pdf(
        [tuple(row[place] for place in _ON_PAPER) for row in table],
        title=_("Daftar lembaga"),
        notes=notes,
        mark=f"{request.user} · {made_at}",
        pages=_("Halaman {page} dari {total}"),
    )


def _narrowed(form: OfficeForm) -> list[tuple[str, str]]:
    """What the list was narrowed to, in words."""
    told = []
    for name, value in form.cleaned_data.items():
        if not value or name == "urut":
            continue
        choices = {str(code): str(words) for code, words in getattr(form.fields[name], "choices", ())}
        words = _("ya") if value is True else choices.get(value, str(value)).removeprefix("– ")
        told.append((str(form.fields[name].label or _("Hanya yang tempatnya tidak lebih rinci")), words))
    return told
