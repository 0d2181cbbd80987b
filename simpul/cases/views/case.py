"""Pages of cases: request in, one call, page out."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.access.gate import Entered, look_up, needs, note_shown
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.refusal import Refusal
from simpul.cases import actions, queries
from simpul.cases.forms import AsideForm, CaseForm, OnwardForm
from simpul.cases.models import Case
from simpul.cases.stages import SIDE, Stage
from simpul.screening.models import Screening
from simpul.screening.queries import has_basis, result
from simpul.screening.stages import State
from simpul.ui.render import page

PAGE_LENGTH = 50


@needs(Permission.CASE_VIEW)
def cases(request: Entered) -> HttpResponse:
    """The cases within reach, newest first."""
    stage, mine = request.GET.get("tahap", ""), "saya" in request.GET
    reach = queries.cases_within_reach(request.user, stage=stage, mine=mine)
    found = Paginator(reach, PAGE_LENGTH).get_page(request.GET.get("page"))
    rows = queries.rows_of(found, request.user)
    note_shown(rows, by=request.user, permission=Permission.CASE_VIEW)
    return page(
        request,
        "cases/cases.html",
        rows=rows,
        page=found,
        stages=Stage.choices,
        stage=stage,
        mine=mine,
    )


@needs(Permission.CASE_VIEW)
def case(request: Entered, pk: UUID) -> HttpResponse:
    """One case: who, what stage, the one next step, and everything that happened."""
    found = look_up(Case, pk, by=request.user, permission=Permission.CASE_VIEW)
    return _case_page(request, found, OnwardForm(), AsideForm(found))


def _case_page(
    request: Entered, found: Case, onward: OnwardForm, aside: AsideForm, *, status: int = 200
) -> HttpResponse:
    today, all_seen = timezone.localdate(), queries.sees_all(found, request.user)
    may_be_read = has_basis(found.person, today)
    return page(
        request,
        "cases/case.html",
        status=status,
        case=found,
        onward=onward,
        aside=aside,
        following=queries.onward_of(found),
        may_move=found.is_open and is_within_reach(found, request.user, Permission.CASE_MOVE),
        steps=queries.steps_of(found),
        summary=found.summary if all_seen else "",
        needs=queries.needs_of(found, all_seen=all_seen) if may_be_read else (),
        has_basis=may_be_read,
        timeline=queries.timeline_of(found, all_seen=all_seen),
        others=queries.others_around(found),
        current=found.get_stage_display(),
        next_step=queries.next_step_of(found),
        today=today,
        may_see_trail=request.user.can(Permission.TRAIL_VIEW),
    )


@needs(Permission.CASE_MOVE)
@require_POST
def move(request: Entered, pk: UUID) -> HttpResponse:
    """Let the case pass to its next stage, or note what happened beside the way."""
    found = look_up(Case, pk, by=request.user, permission=Permission.CASE_MOVE)
    is_aside = request.POST.get("to") in SIDE
    onward = OnwardForm(None if is_aside else request.POST)
    aside = AsideForm(found, request.POST if is_aside else None)
    if _moved(request, found, aside if is_aside else onward):
        return redirect("cases:case", found.pk)
    found.refresh_from_db()
    return _case_page(request, found, onward, aside, status=422)


def _moved(request: Entered, found: Case, form: OnwardForm) -> bool:
    if not form.is_valid():
        return False
    try:
        moved = actions.move(
            found, by=request.user, on=timezone.localdate(), at=timezone.now(), **form.cleaned_data
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(
        request, _("Tahap kasus ini sekarang: %(stage)s.") % {"stage": moved.get_stage_display()}
    )
    return True


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
    if not has_basis(subject.person, timezone.localdate()):
        return page(
            request, "screening/withheld.html", status=409, screening=subject, is_judged=True, may_end=True
        )
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
