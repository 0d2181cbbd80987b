"""Pages of those around a client: request in, one call, page out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs, note_shown
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.cases.actions import around as actions
from simpul.cases.actions import ties
from simpul.cases.actions.episodes import take_along
from simpul.cases.forms.around import BeforeForm, ConcernedForm, HouseholdForm, TieForm
from simpul.cases.models import Case, Concerned, Tie
from simpul.cases.queries import around as queries
from simpul.cases.views.entering import require_form
from simpul.ui.doing import done, form_page, pressed, pressed_on, read_version, unjudged
from simpul.ui.render import page


@needs(Permission.CASE_VIEW)
def around(request: Entered, pk: UUID) -> HttpResponse:
    """Everybody around the client, who may be told what, and the two drawings."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_VIEW)
    return _page(request, case)


def _page(
    request: Entered, case: Case, *, household: HouseholdForm | None = None, before: BeforeForm | None = None
) -> HttpResponse:
    may_note = case.is_open and is_within_reach(case, request.user, Permission.CASE_NOTE)
    carried = queries.carried_of(case, request.user) if may_note else ()
    offered = queries.offered_of(case, request.user) if may_note else ()
    # Of the episode before more is known than of the household, so whoever stands there is offered from there.
    offered = tuple(one for one in offered if one.key not in {row.person_id for row in carried})
    note_shown(offered, by=request.user, permission=Permission.PERSON_VIEW)
    return page(
        request,
        "cases/around.html",
        status=422 if household or before else 200,
        case=case,
        around=queries.around_of(case, request.user),
        household=household or (HouseholdForm(offered) if offered else None),
        before=before or (BeforeForm(queries.as_offered(carried)) if carried else None),
        may_note=may_note,
    )


@needs(Permission.CASE_NOTE)
def add(request: Entered, pk: UUID) -> HttpResponse:
    """Note somebody or something new around the client."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_NOTE)
    require_form(request, case)
    form = ConcernedForm(request.POST or None)
    _offer(request, form)
    if "person_find" in request.POST:
        return _form_page(request, case, unjudged(form), status=200)
    if form.is_valid():
        key = form.cleaned_data["once"]
        if not key:
            form.add_error(None, _("Formulir ini tidak lengkap. Buka formulir baru, lalu isi lagi."))
        elif done(request, form, actions.add_concerned, case, key=key, about=actions.About(**form.about())):
            messages.success(request, _("Sudah dicatat."))
            return redirect("cases:around", pk)
    return _form_page(request, case, form)


@needs(Permission.CASE_NOTE)
def edit(request: Entered, pk: UUID, row: UUID) -> HttpResponse:
    """Change what is noted. After a clash the page shows what was typed and carries the newest version."""
    found = _row(request, Concerned, pk, row)
    require_form(request, found.case)
    linked = queries.person_within(request.user, found.person_id) if found.person_id else None
    form = ConcernedForm(request.POST or None, row=found, linked=linked)
    _offer(request, form)
    if "person_find" in request.POST:
        return _form_page(request, found.case, unjudged(form), status=200)
    if form.is_valid():
        version, about = form.cleaned_data["version"] or 0, actions.About(**form.about())
        if done(request, form, actions.edit_concerned, found, version=version, about=about):
            messages.success(request, _("Perubahan sudah disimpan."))
            return redirect("cases:around", pk)
        found.refresh_from_db()
    return _form_page(request, found.case, form)


@needs(Permission.CASE_NOTE)
@pressed_on("cases:around")
def end(request: Entered, pk: UUID, row: UUID) -> HttpResponse:
    """Somebody no longer stands around the client."""
    found = _row(request, Concerned, pk, row)
    pressed(request, actions.end_concerned, found, version=read_version(request))
    return redirect("cases:around", pk)


@needs(Permission.CASE_NOTE)
@pressed_on("cases:around")
def household(request: Entered, pk: UUID) -> HttpResponse:
    """Note the chosen members of the client's household at one press."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_NOTE)
    form = HouseholdForm(queries.offered_of(case, request.user), request.POST)
    if form.is_valid():
        key, members = form.cleaned_data["once"], form.chosen()
        if done(request, form, ties.add_household, case, key=key, members=members) is not None:
            messages.success(request, _("Sudah dicatat. Periksa hubungan tiap orang, lalu lengkapi."))
            return redirect("cases:around", pk)
    return _page(request, case, household=form)


@needs(Permission.CASE_NOTE)
@pressed_on("cases:around")
def before(request: Entered, pk: UUID) -> HttpResponse:
    """Note the chosen of those who stood around the client in the episode before."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_NOTE)
    form = BeforeForm(queries.as_offered(queries.carried_of(case, request.user)), request.POST)
    if form.is_valid():
        key, members = form.cleaned_data["once"], form.chosen()
        if done(request, form, take_along, case, key=key, members=members) is not None:
            messages.success(request, _("Sudah dicatat. Tanyakan lagi siapa yang boleh diberi tahu apa."))
            return redirect("cases:around", pk)
    return _page(request, case, before=form)


@needs(Permission.CASE_NOTE)
def tie(request: Entered, pk: UUID) -> HttpResponse:
    """How two of them stand to each other."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_NOTE)
    require_form(request, case)
    form = TieForm(case, request.POST or None)
    if form.is_valid() and done(request, form, ties.tie, case, **form.details()):
        messages.success(request, _("Hubungan dicatat dan digambar."))
        return redirect("cases:around", pk)
    return form_page(request, "cases/tie.html", form, case=case)


@needs(Permission.CASE_NOTE)
@pressed_on("cases:around")
def end_tie(request: Entered, pk: UUID, row: UUID) -> HttpResponse:
    """A tie is over, or was noted wrongly."""
    pressed(request, ties.end_tie, _row(request, Tie, pk, row))
    return redirect("cases:around", pk)


def _row(request: Entered, model: Any, case: UUID, key: UUID) -> Any:
    """A row of this case, or 404."""
    found = look_up(model, key, by=request.user, permission=Permission.CASE_NOTE)
    if found.case_id != case:
        raise Http404
    return found


def _offer(request: Entered, form: ConcernedForm) -> None:
    """Registered people to choose from, where a name was looked for; that they were shown is recorded."""
    found = queries.people_like(request.user, str(request.POST.get("person_text", "")).strip()[:100])
    note_shown(found, by=request.user, permission=Permission.PERSON_SEARCH)
    form.offer(found)


def _form_page(
    request: Entered, case: Case, form: ConcernedForm, *, status: int | None = None
) -> HttpResponse:
    status = status or (422 if form.is_bound else 200)
    return page(request, "cases/concerned.html", status=status, case=case, form=form, row=form.row)
