"""Pages of the plan and its versions: request in, one call, page out."""

from __future__ import annotations

import uuid
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.rows import key_in
from simpul.cases.actions import plans as actions
from simpul.cases.forms.plans import AgreeForm, CrisisForm, DecideForm
from simpul.cases.models import Case, Plan, PlanState
from simpul.cases.queries import plans as queries
from simpul.cases.queries.case import sees_all
from simpul.cases.views.entering import require_form
from simpul.places.models import VILLAGE_SIGNS
from simpul.ui.doing import act, done, form_page, pressed_on
from simpul.ui.render import page


@needs(Permission.CASE_VIEW)
def plan(request: Entered, pk: UUID) -> HttpResponse:
    """The plan of a case: the version that is being worked on now, and all versions."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_VIEW)
    plans = queries.plans_of(case)
    return _plan_page(request, case, queries.in_the_making(plans) or queries.in_force(plans), plans)


@needs(Permission.CASE_VIEW)
def version(request: Entered, pk: UUID) -> HttpResponse:
    """One version of the plan."""
    found = look_up(Plan, pk, by=request.user, permission=Permission.CASE_VIEW)
    return _plan_page(request, found.case, found, queries.plans_of(found.case))


def _plan_page(request: Entered, case: Case, shown: Plan | None, plans: tuple[Plan, ...]) -> HttpResponse:
    is_told = sees_all(case, request.user)
    rows = queries.steps_of(shown, timezone.localdate(), is_told=is_told) if shown else ()
    is_written = shown is not None and shown.state in queries.IN_THE_MAKING
    may_plan = case.is_open and is_within_reach(case, request.user, Permission.CASE_PLAN)
    return page(
        request,
        "cases/plan.html",
        case=case,
        plan=shown,
        plans=plans,
        rows=queries.with_preparations(rows, case),
        total=queries.total_cost(rows),
        is_told=is_told,
        may_plan=may_plan,
        may_write=may_plan and is_written,
        may_track=may_plan and shown is not None and shown.state != PlanState.REPLACED,
        may_start=may_plan and queries.in_the_making(plans) is None,
        may_decide=_may_decide(request, case, shown),
        has_older=shown is not None and shown.number > 1,
        once=uuid.uuid4(),
    )


def _may_decide(request: Entered, case: Case, shown: Plan | None) -> bool:
    return (
        shown is not None
        and shown.state == PlanState.WAITING
        and case.is_open
        and is_within_reach(case, request.user, Permission.CASE_APPROVE)
        and not queries.made_by(shown, request.user)
    )


@needs(Permission.CASE_PLAN)
@pressed_on("cases:plan")
def start_plan(request: Entered, pk: UUID) -> HttpResponse:
    """Begin a version: the first, or a copy of the one in force."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_PLAN)
    key = key_in(request.POST.get("once", ""))
    if key is None:
        raise Http404
    begun = act(request, actions.start_plan, case, key=key)
    messages.success(request, _("Rencana versi %(number)s dimulai.") % {"number": begun.number})
    return redirect("cases:plan", case.pk)


@needs(Permission.CASE_VIEW)
def changes(request: Entered, pk: UUID) -> HttpResponse:
    """What changed from the version before to this one, side by side."""
    found = look_up(Plan, pk, by=request.user, permission=Permission.CASE_VIEW)
    older = queries.before(found)
    if older is None or not sees_all(found.case, request.user):
        raise Http404
    return page(
        request,
        "cases/plan_changes.html",
        case=found.case,
        plan=found,
        older=older,
        changes=queries.changes(older, found),
        crisis_changed=(older.crisis or "") != (found.crisis or ""),
    )


@needs(Permission.CASE_PLAN)
def crisis(request: Entered, pk: UUID) -> HttpResponse:
    """Write what is done when things get worse."""
    found = look_up(Plan, pk, by=request.user, permission=Permission.CASE_PLAN)
    require_form(request, found.case)
    form = CrisisForm(request.POST or None, initial={"words": found.crisis or ""})
    if form.is_valid() and done(request, form, actions.write_crisis_plan, found, **form.cleaned_data):
        messages.success(request, _("Rencana saat krisis disimpan."))
        return redirect("cases:plan", found.case_id)
    return _refreshed_page(request, "cases/plan_crisis.html", form, found)


@needs(Permission.CASE_PLAN)
def agree(request: Entered, pk: UUID) -> HttpResponse:
    """Note that the client or guardian, and the team, agreed."""
    found = look_up(Plan, pk, by=request.user, permission=Permission.CASE_PLAN)
    require_form(request, found.case)
    form = AgreeForm(timezone.localdate(), request.POST or None)
    if form.is_valid() and (agreed := done(request, form, actions.agree, found, **form.cleaned_data)):
        messages.success(request, _("Rencana: %(state)s.") % {"state": agreed.get_state_display()})
        if agreed.state == PlanState.WAITING and not queries.can_be_approved(agreed):
            messages.warning(
                request,
                _("Hanya tim yang melihat kasus ini. Undang seorang supervisor agar rencananya disetujui."),
            )
        return redirect("cases:plan", found.case_id)
    return _refreshed_page(request, "cases/plan_agree.html", form, found)


@needs(Permission.CASE_APPROVE)
def decide(request: Entered, pk: UUID) -> HttpResponse:
    """A supervisor approves a plan, or returns it."""
    found = look_up(Plan, pk, by=request.user, permission=Permission.CASE_APPROVE)
    require_form(request, found.case)
    form = DecideForm(request.POST or None)
    if form.is_valid() and (decided := done(request, form, actions.decide, found, **form.cleaned_data)):
        messages.success(request, _("Rencana: %(state)s.") % {"state": decided.get_state_display()})
        return redirect("cases:plan", found.case_id)
    return _refreshed_page(request, "cases/plan_decide.html", form, found)


def _refreshed_page(request: Entered, template: str, form: Form, found: Plan) -> HttpResponse:
    """The form, again with what was typed after a refusal; it then carries the newest version."""
    found.refresh_from_db()
    rows = queries.steps_of(found, timezone.localdate(), is_told=True)
    return form_page(request, template, form, plan=found, case=found.case, rows=rows)


@needs(Permission.CASE_VIEW)
def unmet(request: Entered) -> HttpResponse:
    """Needs that found no service, by area and kind, within reach."""
    region = request.GET.get("wilayah", "")[:VILLAGE_SIGNS]
    rows = queries.unmet_needs(request.user, region, timezone.localdate())
    return page(request, "cases/unmet.html", rows=rows, region=region, total=sum(row.steps for row in rows))
