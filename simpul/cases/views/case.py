"""Pages of cases: request in, one call, page out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, entered, look_up, needs, note_shown
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.rows import key_in
from simpul.cases import actions, queries
from simpul.cases.forms.case import AsideForm, OnwardForm
from simpul.cases.models import Case
from simpul.cases.queries import (
    around,
    assessments,
    contacts,
    ending,
    goals,
    plans,
    privacy,
    stages,
    team,
    voice,
)
from simpul.cases.queries.case import OVER, RUNNING
from simpul.cases.queries.page import Seen, reached, seen_by
from simpul.cases.queries.timeline import Timeline, recent_since, timeline_of
from simpul.cases.stages import SIDE, Stage
from simpul.screening.models import Screening
from simpul.ui.doing import done, pressed_on
from simpul.ui.render import page

PAGE_LENGTH = 50


@needs(Permission.CASE_VIEW)
def cases(request: Entered) -> HttpResponse:
    """The cases within reach, newest first; those that run, unless others are asked for."""
    stage, mine = request.GET.get("tahap", RUNNING), "saya" in request.GET
    worker = key_in(request.GET.get("petugas", ""))
    reach = queries.cases_within_reach(request.user, stage=stage, mine=mine, worker=worker)
    found = Paginator(reach, PAGE_LENGTH).get_page(request.GET.get("page"))
    rows = queries.rows_of(found, request.user)
    note_shown(rows, by=request.user, permission=Permission.CASE_VIEW)
    can = request.user.can
    return page(
        request,
        "cases/cases.html",
        rows=rows,
        page=found,
        stages=((RUNNING, _("yang berjalan")), (OVER, _("yang sudah berakhir")), *Stage.choices),
        stage=stage,
        mine=mine,
        worker=worker,
        may_see_team=can(Permission.TEAM_VIEW),
        may_set_norms=can(Permission.CASE_SETTINGS),
        may_approve=can(Permission.CASE_APPROVE),
        may_receive=can(Permission.COMPLAINT_RECEIVE),
        may_request=can(Permission.DATA_REQUEST_RECORD),
    )


@needs(Permission.CASE_VIEW)
def case(request: Entered, pk: UUID) -> HttpResponse:
    """One case: who, what stage, the one next step, and everything that happened."""
    found = entered(reached(pk, request.user), by=request.user, permission=Permission.CASE_VIEW)
    return case_page(request, found, OnwardForm(), AsideForm(found))


def case_page(
    request: Entered, found: Case, onward: OnwardForm, aside: AsideForm, *, status: int = 200
) -> HttpResponse:
    """The page of one case, also when a move was refused and is shown again."""
    today = timezone.localdate()
    seen, standing = seen_by(found, request.user, today)
    return page(
        request,
        "cases/case.html",
        status=status,
        case=found,
        seen=seen,
        onward=onward,
        aside=aside,
        following=queries.onward_of(found, standing.model),
        steps=queries.steps_of(found),
        needs=queries.needs_of(found, all_seen=seen.all) if seen.has_basis else (),
        later=seen.later,
        stages=stages.panel(found, request.user, today, standing=standing),
        contacts=contacts.panel(found, request.user, today),
        goals=goals.panel(found, request.user, today),
        team=team.panel(found, request.user, today),
        timeline=_timeline(request, found, seen, today),
        current=found.get_stage_display(),
        next_step=queries.next_step_of(found),
        today=today,
    )


_PARTS: dict[str, Callable[[Case, User, date], Any]] = {
    "stages": stages.panel,
    "goals": goals.panel,
    "plans": plans.panel,
    "assessments": assessments.panel,
    "contacts": contacts.panel,
    "team": team.panel,
    "around": around.panel,
    "voice": voice.panel,
    "privacy": privacy.panel,
    "ending": ending.panel,
}


@needs(Permission.CASE_VIEW)
def overview(request: Entered, pk: UUID) -> HttpResponse:
    """All parts of a case on one page, as they stand today: for a supervisor, a handover, a conference."""
    found = look_up(Case, pk, by=request.user, permission=Permission.CASE_VIEW)
    today = timezone.localdate()
    parts = {name: panel(found, request.user, today) for name, panel in _PARTS.items()}
    crisis = plans.crisis_of(found) if (is_told := queries.sees_all(found, request.user)) else ""
    return page(
        request, "cases/overview.html", case=found, today=today, is_told=is_told, crisis=crisis, **parts
    )


def _timeline(request: Entered, found: Case, seen: Seen, today: date) -> Timeline:
    """The last three months without what the system notes; the whole when it is asked for."""
    asked = request.GET.get("riwayat", "")
    since = None if asked in ("semua", "sistem") else recent_since(today)
    return timeline_of(found, all_seen=seen.all, since=since, with_system=asked == "sistem")


@needs(Permission.CASE_MOVE)
@pressed_on("cases:case")
def move(request: Entered, pk: UUID) -> HttpResponse:
    """Let the case pass to its next stage, or note what happened beside the way."""
    found = look_up(Case, pk, by=request.user, permission=Permission.CASE_MOVE)
    is_aside = request.POST.get("to") in SIDE
    onward = OnwardForm(None if is_aside else request.POST)
    aside = AsideForm(found, request.POST if is_aside else None)
    if _moved(request, found, aside if is_aside else onward):
        return redirect("cases:case", found.pk)
    found.refresh_from_db()
    return case_page(request, found, onward, aside, status=422)


def _moved(request: Entered, found: Case, form: OnwardForm) -> bool:
    if not form.is_valid():
        return False
    moved = done(request, form, actions.move, found, **form.cleaned_data)
    if not moved:
        return False
    messages.success(
        request, _("Tahap kasus ini sekarang: %(stage)s.") % {"stage": moved.get_stage_display()}
    )
    return True


@needs(Permission.CASE_VIEW)
def of_screening(request: Entered, screening: UUID) -> HttpResponse:
    """The case that came of a screening."""
    subject = look_up(Screening, screening, by=request.user, permission=Permission.CASE_VIEW)
    found = queries.case_of(subject, request.user)
    if found is None:
        raise Http404
    return redirect("cases:case", found.pk)
