"""Pages of an application for registration: those of a body, one of them, and what the applicant does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.files import handed_over
from simpul.access.gate import Entered, look_up, needs, note_reading
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.refusal import NotAllowed
from simpul.catalogue import registration as catalogue
from simpul.catalogue.organisations.papers import largest_file
from simpul.organisations.actions import registration as actions
from simpul.organisations.forms.registration import LineForm, StartForm, VersionForm
from simpul.organisations.models import Organisation, Paper, Registration, Requirement
from simpul.organisations.queries import may_see_address
from simpul.organisations.queries import registration as queries
from simpul.organisations.queries.certificates_recorded import kinds_for
from simpul.organisations.queries.registration_lines import (
    Line,
    is_foreign,
    line_row,
    lines_of,
    papers_of,
    seen_of,
)
from simpul.organisations.queries.registration_office import is_applicants_turn, judged_office
from simpul.organisations.queries.registration_page import RunPage, run_page
from simpul.organisations.queries.registration_rules import called, said, sure
from simpul.organisations.queries.standing_words import authority_lines, code_list_words
from simpul.organisations.stages import RUN_ENDED
from simpul.ui.doing import done, form_page, pressed_on
from simpul.ui.render import page

_INSIDE = Permission.ORGANISATION_INSIDE
_APPLY = Permission.REGISTRATION_APPLY
_MEGABYTE = 1_000_000


@needs(Permission.ORGANISATION_INSIDE)
def registrations(request: Entered, pk: UUID) -> HttpResponse:
    """The runs and certificates of one body, its duties, and what stands against it."""
    organisation = look_up(Organisation, pk, by=request.user, permission=_INSIDE)
    return _of_body(request, organisation)


def _of_body(request: Entered, organisation: Organisation, form: StartForm | None = None) -> HttpResponse:
    today = timezone.localdate()
    panel = queries.panel(organisation, request.user, today)
    may_start = panel is not None and panel.may_apply and queries.running_of(organisation) is None
    offered = queries.kinds_offered(organisation, today)
    return page(
        request,
        "organisations/registrations.html",
        status=422 if form else 200,
        organisation=organisation,
        panel=panel,
        runs=queries.runs_of(organisation, request.user),
        certificates=queries.certificates_of(organisation, today),
        duties=_duties(organisation),
        unknown=_unknown(organisation),
        form=form or (StartForm(offered) if may_start else None),
        may_record=bool(kinds_for(organisation, request.user)),
        may_sanction=is_within_reach(organisation, request.user, Permission.REGISTRATION_DECIDE),
    )


def _duties(organisation: Organisation) -> list[tuple[str, str, str]]:
    owed = catalogue.duties(is_foreign=is_foreign(organisation))
    return [(said(one.title), said(one.about), sure(one.verified)) for one in owed]


def _unknown(organisation: Organisation) -> str:
    """What we do not know about the licence of a foreign body; empty for all others."""
    text = catalogue.current_scheme().missing_foreign if is_foreign(organisation) else None
    return said(text) if text else ""


@needs(Permission.REGISTRATION_APPLY)
@pressed_on("organisations:registrations")
def start(request: Entered, pk: UUID) -> HttpResponse:
    """Begin an application."""
    organisation = look_up(Organisation, pk, by=request.user, permission=_APPLY)
    form = StartForm(queries.kinds_offered(organisation, timezone.localdate()), request.POST)
    if form.is_valid():
        kept = form.cleaned_data
        details = {"key": kept["once"], "kind": kept["kind"], "scheme": kept["scheme"]}
        if made := done(request, form, actions.start, organisation, **details):
            return redirect("organisations:registration", made.pk)
    return _of_body(request, organisation, form)


@needs(Permission.ORGANISATION_INSIDE)
def registration(request: Entered, pk: UUID) -> HttpResponse:
    """One run: where it stands, the checklist, the one next step."""
    run = seen_run(request, pk)
    shown = run_page(run, request.user, timezone.localdate())
    return page(
        request,
        "organisations/registration.html",
        shown=shown if may_see_address(run.organisation, request.user) else without_place(shown),
        run=run,
        is_ended=run.stage in RUN_ENDED,
    )


def without_place(shown: RunPage) -> RunPage:
    """The page for who may not know where a safe house is: what was brought, not what stands in it."""
    hidden = _("Dirahasiakan")
    lines = (
        replace(line, words=hidden if line.is_brought else "", paper=None, note="") for line in shown.lines
    )
    # Shown, never saved: what people wrote may name the place.
    shown.run.words = shown.run.answer = ""
    return replace(
        shown, lines=tuple(lines), visits=[], steps=[replace(step, words="") for step in shown.steps]
    )


def seen_run(request: Entered, pk: UUID) -> Registration:
    """The run, where whoever asks may see it: a draft is the applicant's alone."""
    run: Registration = look_up(
        Registration, pk, by=request.user, permission=_INSIDE, related=("organisation",)
    )
    if not queries.may_see(run, request.user):
        raise Http404
    return run


@needs(Permission.ORGANISATION_INSIDE)
def paper(request: Entered, pk: UUID, paper: UUID) -> HttpResponse:
    """A paper that lies with this run, as a download; each time recorded."""
    run = seen_run(request, pk)
    # What is brought for a safe house names its address.
    if not may_see_address(run.organisation, request.user):
        raise NotAllowed
    line = Requirement.objects.filter(registration=run, paper=paper).select_related("paper").first()
    found: Paper | None = line.paper if line else None
    if found is None or not found.is_there:
        raise Http404
    note_reading(found, by=request.user, permission=_INSIDE, always=True)
    return handed_over(found)


# --- what the applicant does ---


@needs(Permission.REGISTRATION_APPLY)
def line(request: Entered, pk: UUID, code: str) -> HttpResponse:
    """One line of the checklist: words, a paper that is there, or a new file."""
    run = _applied(request, pk)
    if not is_applicants_turn(run.stage):
        return redirect("organisations:registration", pk)
    shown = _line(run, code)
    row = line_row(run, code)
    form = LineForm(shown, row, papers_of(run.organisation), request.POST or None, request.FILES or None)
    if form.is_valid() and done(request, form, actions.bring, run, code=code, **form.details()):
        messages.success(request, _("Disimpan: %(line)s.") % {"line": shown.title})
        return redirect("organisations:registration", pk)
    return form_page(
        request,
        "organisations/registration_line.html",
        form,
        run=run,
        line=shown,
        seen=seen_of(line_row(run, code)),
        most=max(largest_file() // _MEGABYTE, 1),
    )


def _applied(request: Entered, pk: UUID) -> Registration:
    run: Registration = look_up(
        Registration, pk, by=request.user, permission=_APPLY, related=("organisation",)
    )
    return run


def _line(run: Registration, code: str) -> Line:
    found = next((one for one in lines_of(run, timezone.localdate()) if one.code == code), None)
    if found is None:
        raise Http404
    return found


@needs(Permission.REGISTRATION_APPLY)
def submit(request: Entered, pk: UUID) -> HttpResponse:
    """To which office it goes and why; then it goes."""
    run = _applied(request, pk)
    hint = _("Bila ada yang perlu diketahui petugas.")
    form = VersionForm(run, request.POST or None, label=_("Pesan untuk kantor"), hint=hint)
    if form.is_valid() and done(request, form, actions.submit, run, **form.cleaned_data):
        messages.success(request, _("Permohonan diajukan."))
        return redirect("organisations:registration", pk)
    run.refresh_from_db()
    office = judged_office(run.organisation, timezone.localdate())
    return form_page(
        request,
        "organisations/registration_submit.html",
        form,
        run=run,
        office=office,
        called=called([office.region])[office.region] if office.is_known else "",
        reasons=authority_lines(office.judged),
        code_list=code_list_words(office.judged.area),
        empty=[one for one in lines_of(run, timezone.localdate()) if not one.is_brought],
    )


@needs(Permission.REGISTRATION_APPLY)
def withdraw(request: Entered, pk: UUID) -> HttpResponse:
    """Ask once more, then take it back."""
    run = _applied(request, pk)
    form = VersionForm(run, request.POST or None, label=_("Alasan"))
    if form.is_valid() and _withdrawn(request, run, form):
        messages.success(request, _("Permohonan ditarik."))
        return redirect("organisations:registrations", run.organisation_id)
    run.refresh_from_db()
    return form_page(request, "organisations/registration_withdraw.html", form, run=run)


def _withdrawn(request: Entered, run: Registration, form: VersionForm) -> Any:
    kept = form.cleaned_data
    details = {"version": kept["version"], "because": kept["words"]}
    return done(request, form, actions.withdraw_run, run, **details)
