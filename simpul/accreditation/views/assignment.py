"""Naming people for a run, their declarations, and one's own list of assignments."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.accreditation.actions import assignment as actions
from simpul.accreditation.forms.run import BecauseForm
from simpul.accreditation.forms.visit import DeclareForm, NameForm, ProlongForm
from simpul.accreditation.models import Accreditation, Assignment
from simpul.accreditation.queries.assignment import WHEN, all_assignments, candidates, lacking, own_today
from simpul.accreditation.queries.scheme import scheme_of
from simpul.accreditation.stages import Part, Stage
from simpul.ui.doing import act, done, form_page, pressed_on, read_version
from simpul.ui.render import page

SECRETARY = Permission.ACCREDITATION_SECRETARY


@needs(Permission.ACCREDITATION_SECRETARY)
def assignments(request: Entered, pk: UUID) -> HttpResponse:
    """Who is named, what they declared, and whether the visit may begin."""
    run = look_up(Accreditation, pk, by=request.user, permission=SECRETARY, related=("organisation",))
    return page(
        request,
        "accreditation/assignments.html",
        run=run,
        scheme=scheme_of(run),
        rows=all_assignments(run),
        parts=[part for part in Part if run.stage in WHEN[part]],
        lacking=lacking(run),
        may_begin=run.stage == Stage.ASSIGNMENT,
        may_go_back=run.stage == Stage.VISIT,
    )


@needs(Permission.ACCREDITATION_SECRETARY)
def name(request: Entered, pk: UUID, part: str) -> HttpResponse:
    """Name somebody for one part; who may not be named stands below with the reason."""
    run = look_up(Accreditation, pk, by=request.user, permission=SECRETARY, related=("organisation",))
    if part not in Part.values:
        raise Http404
    found = candidates(run, Part(part))
    initial = {"since": timezone.localdate()}
    form = NameForm(request.POST or None, candidates=found, initial=initial)
    if form.is_valid():
        typed = dict(form.cleaned_data)
        if done(request, form, actions.name, run, key=typed.pop("once"), part=part, **typed):
            messages.success(request, _("Penugasan disimpan."))
            return redirect("accreditation:assignments", pk)
    barred = [one for one in found if one.barred]
    shown = {"task": Part(part), "barred": barred, "has_free": len(barred) < len(found)}
    return form_page(request, "accreditation/name.html", form, run=run, **shown)


@needs(Permission.ACCREDITATION_SECRETARY)
def prolong(request: Entered, pk: UUID) -> HttpResponse:
    """Move the last day of somebody's assignment."""
    row = look_up(
        Assignment, pk, by=request.user, permission=SECRETARY, related=("accreditation__organisation",)
    )
    form = ProlongForm(request.POST or None, initial={"until": row.until})
    if form.is_valid() and done(request, form, actions.prolong, row, until=form.cleaned_data["until"]):
        messages.success(request, _("Penugasan diperpanjang."))
        return redirect("accreditation:assignments", row.accreditation_id)
    return form_page(request, "accreditation/prolong.html", form, row=row, run=row.accreditation)


@needs(Permission.ACCREDITATION_SECRETARY)
def end(request: Entered, pk: UUID) -> HttpResponse:
    """End somebody's assignment, with a reason."""
    row = look_up(
        Assignment, pk, by=request.user, permission=SECRETARY, related=("accreditation__organisation",)
    )
    form = BecauseForm(request.POST or None, initial={"version": row.accreditation.version})
    if form.is_valid() and done(request, form, actions.end, row, words=form.cleaned_data["because"]):
        messages.success(request, _("Penugasan diakhiri."))
        return redirect("accreditation:assignments", row.accreditation_id)
    return form_page(request, "accreditation/end_assignment.html", form, row=row, run=row.accreditation)


@needs(Permission.ACCREDITATION_SECRETARY)
@pressed_on("accreditation:assignments")
def begin_visit(request: Entered, pk: UUID) -> HttpResponse:
    """The visit may begin."""
    run = look_up(Accreditation, pk, by=request.user, permission=SECRETARY)
    try:
        act(request, actions.begin_visit, run, version=read_version(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("accreditation:assignments", pk)
    messages.success(request, _("Visitasi dimulai. Asesor dapat menilai."))
    return redirect("accreditation:run", pk)


@needs(Permission.ACCREDITATION_SECRETARY)
def name_anew(request: Entered, pk: UUID) -> HttpResponse:
    """Back from the visit to the naming."""
    run = look_up(Accreditation, pk, by=request.user, permission=SECRETARY, related=("organisation",))
    form = BecauseForm(request.POST or None, initial={"version": run.version})
    if form.is_valid():
        typed = {"version": form.cleaned_data["version"], "words": form.cleaned_data["because"]}
        if done(request, form, actions.name_anew, run, **typed):
            messages.success(request, _("Kembali ke penugasan."))
            return redirect("accreditation:assignments", pk)
    return form_page(request, "accreditation/name_anew.html", form, run=run)


# --- those who are named ---


@needs(Permission.DESK_VIEW)
def mine(request: Entered) -> HttpResponse:
    """What one is named for today: assessors, companions, validators."""
    rows = own_today(request.user.pk, timezone.localdate())
    return page(request, "accreditation/mine.html", rows=rows)


@needs(Permission.ACCREDITATION_SCORE)
def declare(request: Entered, pk: UUID) -> HttpResponse:
    """An assessor or companion declares, before anything is seen."""
    return _declare(request, pk, Permission.ACCREDITATION_SCORE, actions.declare)


@needs(Permission.ACCREDITATION_VALIDATE)
def declare_as_validator(request: Entered, pk: UUID) -> HttpResponse:
    """The second person declares, before anything is seen."""
    return _declare(request, pk, Permission.ACCREDITATION_VALIDATE, actions.declare_as_validator)


def _declare(request: Entered, pk: UUID, permission: Permission, perform: object) -> HttpResponse:
    row = look_up(
        Assignment, pk, by=request.user, permission=permission, related=("accreditation__organisation",)
    )
    if row.user != request.user.pk:
        raise Http404
    form = DeclareForm(request.POST or None)
    if form.is_valid():
        details = {"has_conflict": form.has_conflict, "words": form.cleaned_data["words"]}
        if done(request, form, perform, row, **details):
            messages.success(request, _("Pernyataan Anda disimpan."))
            return redirect("accreditation:mine")
    return form_page(request, "accreditation/declare.html", form, row=row, run=row.accreditation)
