"""The whole register: its numbers, the people behind each, and having it screened again."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.exports import note_export
from simpul.access.gate import Entered, needs, note_shown
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.population.actions import screen_everybody
from simpul.population.forms import AreaForm, ScreenForm
from simpul.population.queries import newest, register_on
from simpul.population.queries.numbers import PEOPLE, needs_of, numbers_of, people_in, rows_behind
from simpul.population.stages import Standing
from simpul.ui.doing import done, form_page
from simpul.ui.render import page
from simpul.ui.sheets import CSV, Cell, as_csv

PAGE_LENGTH = 50


@needs(Permission.POPULATION_VIEW)
def register(request: Entered) -> HttpResponse:
    """How many stand where, by type; when it was judged; what is under way."""
    found = register_on(None)
    form = AreaForm(request.GET.dict(), viewer=request.user, register=found)
    return page(
        request,
        "population/register.html",
        numbers=numbers_of(found, request.user, form.region) if found else None,
        newest=newest(),
        form=form,
        standings=Standing,
        sees_people=request.user.can(PEOPLE),
        may_screen=request.user.can(Permission.POPULATION_SCREEN),
    )


@needs(Permission.POPULATION_VIEW)
def numbers_file(request: Entered) -> HttpResponse:
    """The same numbers for a spreadsheet; recorded each time."""
    found = register_on(None)
    if found is None:
        raise Http404
    form = AreaForm(request.GET.dict(), viewer=request.user, register=found)
    asked = f"{form.region} {found.on}".strip()
    note_export(by=request.user, permission=Permission.POPULATION_VIEW, file="register-numbers", asked=asked)
    told = numbers_of(found, request.user, form.region)
    head: list[Cell] = [_("Jenis"), *(str(standing.label) for standing in Standing)]
    rows: list[list[Cell]] = [
        [line.need.display.in_language("id"), *map(line.of, Standing.values)] for line in told.lines
    ]
    answer = HttpResponse(as_csv([head, *rows]), content_type=CSV)
    answer.headers["Content-Disposition"] = f'attachment; filename="seluruh-register-{found.on:%Y%m%d}.csv"'
    return answer


@needs(Permission.SCREENING_VIEW)
def people(request: Entered, number: int, standing: str) -> HttpResponse:
    """The people behind one number: for the work that waits there."""
    found = register_on(None)
    need = next((one for one in needs_of(found) if one.number == number), None) if found else None
    if found is None or need is None or standing not in Standing.values:
        raise Http404
    form = AreaForm(request.GET.dict(), viewer=request.user, register=found)
    try:
        frame = rows_behind(found, request.user, need.code, standing, form.region)
    except KeyError as error:
        raise Http404 from error
    cut = Paginator(range(frame.height), PAGE_LENGTH).get_page(request.GET.get("page"))
    rows = people_in(
        frame.slice(max(cut.start_index() - 1, 0), PAGE_LENGTH), request.user, on=timezone.localdate()
    )
    note_shown(rows, by=request.user, permission=PEOPLE)
    return page(
        request,
        "population/people.html",
        rows=rows,
        page=cut,
        need=need,
        standing=Standing(standing),
        on=found.on,
        form=form,
    )


def listed(frame: pl.DataFrame, request: Entered) -> dict[str, Any]:
    """One page of people, recorded as shown."""
    cut = Paginator(range(frame.height), PAGE_LENGTH).get_page(request.GET.get("page"))
    piece = frame.slice(max(cut.start_index() - 1, 0), PAGE_LENGTH)
    rows = people_in(piece, request.user, on=timezone.localdate())
    note_shown(rows, by=request.user, permission=PEOPLE)
    return {"rows": rows, "page": cut}


@needs(Permission.POPULATION_SCREEN)
def screen(request: Entered) -> HttpResponse:
    """Have everybody screened now, also as of another day or by another list."""
    today = timezone.localdate()
    typed = request.POST.dict() if request.method == "POST" else None
    form = ScreenForm(typed, on=today, edition=request.GET.get("daftar", ""))
    if typed is not None and form.is_valid():
        grant = request.user.grants_with(Permission.POPULATION_SCREEN)[0]
        where = Where(grant.organisation, grant.region)
        if done(request, form, screen_everybody, where, **form.details()):
            messages.success(request, _("Penapisan dimulai. Anda boleh terus bekerja."))
            return redirect("population:register")
    return form_page(
        request,
        "ui/form.html",
        form,
        title=_("Tapis seluruh register"),
        about=_("Setiap malam ini dikerjakan sendiri. Jalankan sekarang bila banyak data baru masuk."),
        button=_("Mulai"),
        back=reverse("population:register"),
    )
