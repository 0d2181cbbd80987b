"""Pages of the office's desk: the queue, the check of a file, where it goes next, the field visit."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.files import handed_over
from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.catalogue.organisations.papers import largest_file
from simpul.organisations.actions import registration_checks as actions
from simpul.organisations.forms.registration import CheckForm, MoveForm, VisitForm
from simpul.organisations.models import Registration, VisitPhoto
from simpul.organisations.queries import registration as queries
from simpul.organisations.queries.belonging import belongs_to
from simpul.organisations.queries.registration_lines import lines_of
from simpul.organisations.queries.registration_office import clock_of
from simpul.organisations.stages import RunStage
from simpul.ui.doing import done, form_page, pressed, pressed_on, read_version
from simpul.ui.render import page

_CHECK = Permission.REGISTRATION_CHECK
_A_PAGE = 50
_MEGABYTE = 1_000_000
_MOVES = {
    RunStage.RETURNED.value: actions.return_run,
    RunStage.FIELD_VISIT.value: actions.send_to_visit,
    RunStage.DECISION.value: actions.pass_to_decision,
}


@needs(Permission.REGISTRATION_CHECK)
def queue(request: Entered) -> HttpResponse:
    """What this person's offices have in hand, those that are due first; "?terlambat" only what is late."""
    today = timezone.localdate()
    is_late = "terlambat" in request.GET
    rows = queries.overdue(request.user, today) if is_late else queries.queue(request.user, today)
    part = Paginator(rows, _A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "organisations/registration_queue.html",
        rows=[(run, clock_of(run, today)) for run in part],
        shown_page=part,
        is_late=is_late,
        today=today,
    )


def _checked(request: Entered, pk: UUID) -> Registration:
    run: Registration = look_up(
        Registration, pk, by=request.user, permission=_CHECK, related=("organisation",)
    )
    if run.submitted_on is None:
        raise Http404
    return run


@needs(Permission.REGISTRATION_CHECK)
@pressed_on("organisations:registration")
def take(request: Entered, pk: UUID) -> HttpResponse:
    """Begin the desk check."""
    run = _checked(request, pk)
    pressed(
        request, actions.take_up, run, _("Anda yang memeriksa berkas ini."), version=read_version(request)
    )
    return redirect("organisations:registration", pk)


@needs(Permission.REGISTRATION_CHECK)
def check(request: Entered, pk: UUID) -> HttpResponse:
    """Line by line: there and right, missing, or to be mended."""
    run = _checked(request, pk)
    if run.stage != RunStage.DESK_CHECK:
        return redirect("organisations:registration", pk)
    form = CheckForm(run, lines_of(run, timezone.localdate()), request.POST or None)
    if form.is_valid():
        details = {"version": form.cleaned_data["version"], "found": form.found()}
        if done(request, form, actions.check_lines, run, **details):
            messages.success(request, _("Hasil pemeriksaan disimpan."))
            return redirect("organisations:registration", pk)
    run.refresh_from_db()
    return form_page(request, "organisations/registration_check.html", form, run=run)


@needs(Permission.REGISTRATION_CHECK)
def move(request: Entered, pk: UUID) -> HttpResponse:
    """Return it, look on the spot, or lay it before who decides."""
    run = _checked(request, pk)
    if run.stage not in (RunStage.DESK_CHECK, RunStage.FIELD_VISIT):
        return redirect("organisations:registration", pk)
    form = MoveForm(run, request.POST or None)
    if form.is_valid():
        kept = form.cleaned_data
        perform = _MOVES[kept["to"]]
        if done(request, form, perform, run, version=kept["version"], words=kept["words"]):
            messages.success(request, _("Tersimpan: %(stage)s.") % {"stage": RunStage(kept["to"]).label})
            return redirect("organisations:registration", pk)
    run.refresh_from_db()
    lines = lines_of(run, timezone.localdate())
    return form_page(
        request,
        "organisations/registration_move.html",
        form,
        run=run,
        to_mend=[line for line in lines if line.is_to_mend],
        unchecked=sum(not line.answer for line in lines),
    )


@needs(Permission.REGISTRATION_CHECK)
def visit(request: Entered, pk: UUID) -> HttpResponse:
    """What was seen on the spot, with photographs."""
    run = _checked(request, pk)
    if run.stage != RunStage.FIELD_VISIT:
        return redirect("organisations:registration", pk)
    today = timezone.localdate()
    form = VisitForm(str(request.user), today, request.POST or None, request.FILES or None)
    if form.is_valid() and done(request, form, actions.record_visit, run, **form.details()):
        messages.success(request, _("Kunjungan dicatat."))
        return redirect("organisations:registration", pk)
    return form_page(
        request,
        "organisations/registration_visit.html",
        form,
        run=run,
        most=max(largest_file() // _MEGABYTE, 1),
        photos=actions.MOST_PHOTOS,
    )


@needs(Permission.REGISTRATION_CHECK)
def photo(request: Entered, pk: UUID) -> HttpResponse:
    """A photograph of a field visit, for the office; each time recorded."""
    related = ("visit__registration",)
    found = look_up(VisitPhoto, pk, by=request.user, permission=_CHECK, always=True, related=related)
    if not found.is_there or belongs_to([found.visit.registration.organisation_id], request.user):
        raise Http404
    return handed_over(found)
