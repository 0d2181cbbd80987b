"""Pages of the steps of a plan, and of checking whether services were given."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.cases.actions import plan_steps as actions
from simpul.cases.forms.plans import CheckForm, StateForm, StepForm
from simpul.cases.models import Plan, PlanStep
from simpul.cases.queries import plans as queries
from simpul.cases.queries.case import sees_all
from simpul.cases.views.entering import require_form
from simpul.ui.doing import done, form_page


@needs(Permission.CASE_PLAN)
def add_step(request: Entered, pk: UUID) -> HttpResponse:
    """One more step of a version that is being written."""
    plan = look_up(Plan, pk, by=request.user, permission=Permission.CASE_PLAN)
    require_form(request, plan.case)
    form = StepForm(plan, typed=request.POST or None)
    if form.is_valid():
        key = form.cleaned_data["once"]
        if done(request, form, actions.add_step, plan, key=key, **form.details()):
            messages.success(request, _("Langkah disimpan."))
            return redirect("cases:plan", plan.case_id)
    return _step_page(request, form, plan)


@needs(Permission.CASE_PLAN)
def edit_step(request: Entered, pk: UUID) -> HttpResponse:
    """Change a step. After a clash the page shows what was typed and carries the newest version."""
    found = look_up(PlanStep, pk, by=request.user, permission=Permission.CASE_PLAN)
    require_form(request, found.case)
    form = StepForm(found.plan, found, typed=request.POST or None)
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        if done(request, form, actions.edit_step, found, version=version, **form.details()):
            messages.success(request, _("Langkah disimpan."))
            return redirect("cases:plan", found.case_id)
        found.refresh_from_db()
    return _step_page(request, form, found.plan, found)


def _step_page(request: Entered, form: StepForm, plan: Plan, step: PlanStep | None = None) -> HttpResponse:
    return form_page(request, "cases/step_form.html", form, plan=plan, case=plan.case, step=step)


@needs(Permission.CASE_PLAN)
def set_state(request: Entered, pk: UUID) -> HttpResponse:
    """Note how far a step is."""
    found = look_up(PlanStep, pk, by=request.user, permission=Permission.CASE_PLAN)
    require_form(request, found.case)
    held = {"to": found.state, "reason": found.outcome or ""}
    form = StateForm(request.POST or None, initial=held)
    if form.is_valid():
        if done(request, form, actions.set_step_state, found, **form.cleaned_data):
            messages.success(request, _("Keadaan langkah disimpan."))
            return redirect("cases:plan", found.case_id)
        found.refresh_from_db()
    return form_page(request, "cases/step_state.html", form, step=found, case=found.case)


@needs(Permission.CASE_VIEW)
def checks(request: Entered, pk: UUID) -> HttpResponse:
    """Whether the service of one step was given: every check, and the form of a new one."""
    permission = Permission.CASE_PLAN if request.method == "POST" else Permission.CASE_VIEW
    found = look_up(PlanStep, pk, by=request.user, permission=permission)
    form = CheckForm(timezone.localdate(), request.POST or None)
    if form.is_valid() and done(request, form, actions.check_service, found, **form.details()):
        messages.success(request, _("Pemantauan disimpan."))
        return redirect("cases:step-checks", found.pk)
    return form_page(
        request,
        "cases/step_checks.html",
        form,
        step=found,
        case=found.case,
        kind_name=queries.kind_name(found.service_kind),
        checks=queries.checks_of(found),
        is_told=sees_all(found.case, request.user),
        may_check=found.case.is_open and is_within_reach(found.case, request.user, Permission.CASE_PLAN),
    )
