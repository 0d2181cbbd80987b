"""Pages of cases: request in, one call, page out."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.cases import actions, queries
from simpul.cases.forms import CaseForm
from simpul.cases.models import Case
from simpul.cases.stages import Stage
from simpul.screening.models import Screening
from simpul.screening.queries import result
from simpul.screening.stages import State
from simpul.ui.render import page

PAGE_LENGTH = 50


@needs(Permission.CASE_VIEW)
def cases(request: Entered) -> HttpResponse:
    """The cases within reach, newest first."""
    stage, mine = request.GET.get("tahap", ""), "saya" in request.GET
    rows = queries.cases_within_reach(request.user, stage=stage, mine=mine)
    found = Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("page"))
    return page(
        request,
        "cases/cases.html",
        rows=queries.rows_of(found),
        page=found,
        stages=Stage.choices,
        stage=stage,
        mine=mine,
    )


@needs(Permission.CASE_VIEW)
def case(request: Entered, pk: UUID) -> HttpResponse:
    """One case: who, what stage, the one next step, and everything that happened."""
    found = look_up(Case, pk, by=request.user, permission=Permission.CASE_VIEW)
    return page(
        request,
        "cases/case.html",
        case=found,
        steps=queries.steps_of(found),
        needs=queries.needs_of(found, request.user),
        timeline=queries.timeline_of(found),
        others=queries.others_around(found),
        current=found.get_stage_display(),
        next_step=queries.next_step_of(found),
        today=timezone.localdate(),
        may_see_trail=request.user.can(Permission.TRAIL_VIEW),
    )


@needs(Permission.CASE_VIEW)
def of_screening(request: Entered, screening: UUID) -> HttpResponse:
    """The case that came of a screening."""
    subject = look_up(Screening, screening, by=request.user, permission=Permission.CASE_VIEW)
    found = queries.case_of(subject)
    if found is None:
        raise Http404
    return redirect("cases:case", found.pk)


@needs(Permission.CASE_OPEN)
def open_case(request: Entered, screening: UUID) -> HttpResponse:
    """Open a case from a decided screening, with one sentence about the person."""
    subject = look_up(Screening, screening, by=request.user, permission=Permission.CASE_OPEN)
    if existing := queries.case_of(subject):
        return redirect("cases:case", existing.pk)
    if subject.state is not State.DECIDED:
        return redirect("screening:result", subject.pk)
    form = CaseForm(request.POST or None)
    if form.is_valid():
        try:
            opened = actions.open_case(
                subject,
                by=request.user,
                key=form.cleaned_data["once"],
                summary=form.cleaned_data["summary"],
                on=timezone.localdate(),
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kasus %(number)s dibuka.") % {"number": opened.number})
            return redirect("cases:case", opened.pk)
    status = 422 if form.is_bound else 200
    found = result(subject, on=timezone.localdate(), viewer=request.user)
    confirmed = [entry for entry in found.types if entry.decision and entry.decision.decided == "yes"]
    return page(request, "cases/open.html", status=status, screening=subject, confirmed=confirmed, form=form)
