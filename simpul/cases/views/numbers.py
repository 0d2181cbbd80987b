"""Pages of numbers, and of the cases behind each."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from simpul.access.exports import note_export
from simpul.access.gate import Entered, needs, note_shown
from simpul.access.permissions import Permission
from simpul.cases.forms.numbers import NumbersForm
from simpul.cases.models import Case
from simpul.cases.queries import numbers as queries
from simpul.cases.queries.case import Row, rows_of
from simpul.ui.render import file_answer, page
from simpul.ui.sheets import CSV

PAGE_LENGTH = 50


@needs(Permission.CASE_VIEW)
def numbers(request: Entered) -> HttpResponse:
    """Every number for a period, an area and an organisation, with its definition."""
    form = _form(request)
    if not form.is_valid():
        return page(request, "cases/numbers.html", status=422, form=form, parts=(), heading=())
    scope = form.scope()
    parts = queries.parts_of(scope, form.cleaned_data["instrumen"])
    return page(request, "cases/numbers.html", form=form, parts=parts, heading=_heading(form, scope))


@needs(Permission.CASE_VIEW)
def numbers_file(request: Entered) -> HttpResponse:
    """The same as a file for a spreadsheet; recorded each time."""
    form = _form(request)
    if not form.is_valid():
        return page(request, "cases/numbers.html", status=422, form=form, parts=(), heading=())
    scope = form.scope()
    asked = f"{scope.region} {scope.since} {scope.until}".strip()
    note_export(by=request.user, permission=Permission.CASE_VIEW, file="case-numbers", asked=asked)
    parts = queries.parts_of(scope, form.cleaned_data["instrumen"])
    name = f"angka-kasus-{scope.since:%Y%m%d}-{scope.until:%Y%m%d}.csv"
    return file_answer(queries.as_csv(parts, _heading(form, scope)), CSV, name)


@needs(Permission.CASE_VIEW)
def numbers_list(request: Entered) -> HttpResponse:
    """Exactly the cases behind one number, as far as this person may see them."""
    form, part, group = _form(request), request.GET.get("angka", ""), request.GET.get("isi", "")
    if not form.is_valid():
        raise Http404
    scope = form.scope()
    try:
        keys = queries.cases_behind(scope, part, group)
    except (KeyError, ValidationError) as error:
        raise Http404 from error
    found = Paginator(keys, PAGE_LENGTH).get_page(request.GET.get("page"))
    rows = _rows(list(found), request)
    note_shown(rows, by=request.user, permission=Permission.CASE_VIEW)
    told = queries.parts_of(scope, form.cleaned_data["instrumen"], only=part)
    name, line = queries.label_of(told, part, group)
    return page(
        request,
        "cases/numbers_list.html",
        rows=rows,
        page=found,
        name=name,
        line=line,
        definition=told[0].definition if told else "",
        asked=form.asked,
        heading=_heading(form, scope),
    )


def _form(request: Entered) -> NumbersForm:
    return NumbersForm(request.GET.dict(), viewer=request.user, on=timezone.localdate())


def _rows(keys: list[UUID], request: Entered) -> tuple[Row, ...]:
    reached = Case.objects.reachable(request.user, Permission.CASE_VIEW).select_related("person")
    found = reached.in_bulk(keys)
    return rows_of([found[key] for key in keys if key in found], request.user)


def _heading(form: NumbersForm, scope: queries.Scope) -> tuple[tuple[str, str], ...]:
    """What all numbers on the page are about, and who counted them when."""
    areas, bodies = form.choices_of("wilayah"), form.choices_of("lembaga")
    counted_at = date_format(timezone.localtime(), "j F Y, H.i")
    return (
        (_("Masa"), f"{date_format(scope.since, 'j F Y')} – {date_format(scope.until, 'j F Y')}"),
        (_("Wilayah tempat tinggal"), areas.get(scope.region, "")),
        (_("Lembaga"), bodies.get(str(scope.organisation or ""), "")),
        (_("Dihitung oleh"), f"{scope.viewer}, {counted_at}"),
    )
