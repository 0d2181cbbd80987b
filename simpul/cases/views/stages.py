"""Pages of the way of a case: opening it, what kind it is, what comes first, a new episode, how all this works."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.cases.actions.opening import describe, open_case, reopen
from simpul.cases.actions.stages import prescreen
from simpul.cases.forms.case import CaseForm, DirectCaseForm
from simpul.cases.forms.stages import DescribeForm, PrescreeningForm, ReopenForm
from simpul.cases.models import Case
from simpul.cases.queries.case import case_of, cases_of, sees_all
from simpul.cases.queries.stages import later_of
from simpul.cases.queries.ways import ways
from simpul.cases.stages import ENDED
from simpul.cases.views.entering import require_form
from simpul.people.models import Person
from simpul.screening.models import Screening
from simpul.screening.queries import has_basis, result
from simpul.screening.stages import State
from simpul.ui.doing import done, form_page
from simpul.ui.render import page


@needs(Permission.CASE_OPEN)
def open_from_screening(request: Entered, screening: UUID) -> HttpResponse:
    """Open a case from a decided screening, with one sentence about the person."""
    subject = look_up(Screening, screening, by=request.user, permission=Permission.CASE_OPEN)
    if existing := case_of(subject, request.user):
        return redirect("cases:case", existing.pk)
    if subject.state is not State.DECIDED:
        return redirect("screening:result", subject.pk)
    if not has_basis(subject.person, timezone.localdate()):
        return page(
            request, "screening/withheld.html", status=409, screening=subject, is_judged=True, may_end=True
        )
    form = CaseForm(request.POST or None)
    if form.is_valid() and (opened := _opened(request, form, subject)):
        return redirect("cases:case", opened.pk)
    found = result(subject, on=timezone.localdate(), viewer=request.user)
    confirmed = [entry for entry in found.types if entry.decision and entry.decision.decided == "yes"]
    return _opening(request, form, person=subject.person, screening=subject, confirmed=confirmed)


@needs(Permission.CASE_OPEN)
def open_for_person(request: Entered, person: UUID) -> HttpResponse:
    """Open a case for somebody who needs help before any screening."""
    subject = look_up(Person, person, by=request.user, permission=Permission.CASE_OPEN)
    if not has_basis(subject, timezone.localdate()):
        return page(request, "cases/open_withheld.html", status=409, person=subject)
    form = DirectCaseForm(request.POST or None)
    if form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("urgency", "stage")}
        if opened := _opened(request, form, subject, **typed):
            return redirect("cases:case", opened.pk)
    running = [row for row in cases_of(subject.pk, request.user) if row.stage not in ENDED]
    return _opening(request, form, person=subject, screening=None, running=running)


def _opened(request: Entered, form: CaseForm, subject: Screening | Person, **typed: Any) -> Case | None:
    opened: Case | None = done(
        request,
        form,
        open_case,
        subject,
        key=form.cleaned_data["once"],
        summary=form.cleaned_data["summary"],
        confidentiality=form.cleaned_data["confidentiality"],
        described=form.described(),
        **typed,
    )
    if opened:
        messages.success(request, _("Kasus %(number)s dibuka.") % {"number": opened.number})
    return opened


def _opening(request: Entered, form: CaseForm, **shown: Any) -> HttpResponse:
    return form_page(request, "cases/open.html", form, **{"confirmed": (), "running": ()} | shown)


@needs(Permission.CASE_MOVE)
def description(request: Entered, pk: UUID) -> HttpResponse:
    """Say anew what kind of case it is. After a clash the page carries the newest version."""
    found = look_up(Case, pk, by=request.user, permission=Permission.CASE_MOVE)
    require_form(request, found)
    form = DescribeForm(found, request.POST or None, is_told=sees_all(found, request.user))
    if form.is_valid():
        typed = {"version": form.cleaned_data["version"], "described": form.described()}
        if done(request, form, describe, found, **typed):
            messages.success(request, _("Keterangan kasus disimpan."))
            return redirect("cases:case", found.pk)
        found.refresh_from_db()
    return form_page(request, "cases/describe.html", form, case=found)


@needs(Permission.CASE_ASSESS)
def prescreening(request: Entered, pk: UUID) -> HttpResponse:
    """Whether another service has to come first, and which."""
    found = look_up(Case, pk, by=request.user, permission=Permission.CASE_ASSESS)
    require_form(request, found)
    form = PrescreeningForm(request.POST or None)
    if form.is_valid():
        typed = dict(form.cleaned_data)
        key = typed.pop("once")
        if done(request, form, prescreen, found, key=key, **typed):
            messages.success(request, _("Penyaringan awal dicatat."))
            return redirect("cases:case", found.pk)
    return form_page(request, "cases/prescreening.html", form, case=found)


@needs(Permission.CASE_OPEN)
def reopening(request: Entered, pk: UUID) -> HttpResponse:
    """A new episode for somebody whose case ended."""
    found = look_up(Case, pk, by=request.user, permission=Permission.CASE_OPEN)
    if later := later_of(found, request.user):
        return redirect("cases:case", later.pk)
    form = ReopenForm(found, request.POST or None)
    if not sees_all(found, request.user):
        form.initial["summary"] = ""
    if form.is_valid():
        typed = dict(form.cleaned_data)
        key = typed.pop("once")
        if opened := done(request, form, reopen, found, key=key, **typed):
            messages.success(request, _("Episode baru dibuka: kasus %(number)s.") % {"number": opened.number})
            return redirect("cases:case", opened.pk)
    return form_page(request, "cases/reopen.html", form, case=found)


@needs(Permission.CATALOGUE_VIEW)
def how_cases_are_worked(request: Entered) -> HttpResponse:
    """Aims, functions, components, steps, models, roles and principles, with their sources."""
    return page(request, "cases/ways.html", ways=ways())
