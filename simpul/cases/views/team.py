"""Pages of the team of a case, its conferences, and the load of each worker."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.queries import user_called
from simpul.access.reach import is_within_reach
from simpul.cases.actions import team as actions
from simpul.cases.forms.team import ChangeForm, ConferenceForm, MemberForm
from simpul.cases.models import Case, CaseMember
from simpul.cases.queries import team as queries
from simpul.cases.queries.caseload import caseload as caseload_of
from simpul.cases.queries.five_tasks import tasks_shown
from simpul.cases.queries.tasks import workers_of
from simpul.cases.views.entering import require_form
from simpul.ui.doing import done, form_page, pressed, pressed_on
from simpul.ui.render import page


@needs(Permission.CASE_VIEW)
def team(request: Entered, pk: UUID) -> HttpResponse:
    """Who works on a case, with which profession and in which roles."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_VIEW)
    return page(
        request,
        "cases/team.html",
        case=case,
        team=queries.team_of(case, timezone.localdate()),
        manager_tasks=tasks_shown(case),
        roles_to_give=queries.roles_to_give(case, timezone.localdate()) if case.is_open else (),
        may_change=case.is_open and is_within_reach(case, request.user, Permission.CASE_TEAM),
    )


@needs(Permission.CASE_TEAM)
def add(request: Entered, pk: UUID) -> HttpResponse:
    """Let somebody into the team."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_TEAM)
    require_form(request, case)
    form = MemberForm(queries.colleagues_of(case, Permission.CASE_VIEW), request.POST or None)
    if form.is_valid() and (user := _who(form)) is not None:
        details = {"key": form.cleaned_data["once"], "called": form.cleaned_data["called"], **form.part()}
        if done(request, form, actions.add_member, case, user=user or None, **details):
            messages.success(request, _("Tim sudah diperbarui."))
            return redirect("cases:team", pk)
    return form_page(request, "cases/member.html", form, case=case, member=None)


def _who(form: MemberForm) -> UUID | str | None:
    """The key of whoever has an account, "" for a name only, None where nobody signs in by that name."""
    cleaned = form.cleaned_data
    if cleaned["colleague"]:
        return UUID(cleaned["colleague"])
    if not cleaned["username"]:
        return ""
    if found := user_called(cleaned["username"]):
        return found.pk
    form.add_error("username", _("Tidak ada rekan dengan nama pengguna itu. Periksa ejaannya."))
    return None


@needs(Permission.CASE_TEAM)
def change(request: Entered, pk: UUID, row: UUID) -> HttpResponse:
    """Another profession, other roles, another last day."""
    member = _member(request, pk, row)
    require_form(request, member.case)
    form = ChangeForm(member, request.POST or None)
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        if done(request, form, actions.change_member, member, seen=seen, **form.part()):
            messages.success(request, _("Tim sudah diperbarui."))
            return redirect("cases:team", pk)
        member.refresh_from_db()
    return form_page(
        request,
        "cases/member.html",
        form,
        case=member.case,
        member=member,
        seen=queries.mark_of(member),
    )


@needs(Permission.CASE_TEAM)
@pressed_on("cases:team")
def end(request: Entered, pk: UUID, row: UUID) -> HttpResponse:
    """Let somebody out of the team."""
    pressed(request, actions.end_member, _member(request, pk, row), _("Tim sudah diperbarui."))
    return redirect("cases:team", pk)


@needs(Permission.CASE_VIEW)
def conference(request: Entered, pk: UUID) -> HttpResponse:
    """The conferences of a case, and the minutes of a new one."""
    case, today = look_up(Case, pk, by=request.user, permission=Permission.CASE_VIEW), timezone.localdate()
    form = None
    if case.is_open and is_within_reach(case, request.user, Permission.CASE_TEAM):
        workers = workers_of(case, request.user, today)
        form = ConferenceForm(queries.team_of(case, today), workers, on=today, typed=request.POST or None)
    if form and form.is_valid() and _held(request, case, form):
        messages.success(request, _("Notula rapat disimpan. Tugasnya sudah dibagikan."))
        return redirect("cases:conference", pk)
    return page(
        request,
        "cases/conference.html",
        status=422 if form and form.is_bound else 200,
        case=case,
        form=form,
        meetings=queries.conferences_of(case, request.user),
    )


def _held(request: Entered, case: Case, form: ConferenceForm) -> Any:
    cleaned = form.cleaned_data
    minutes = actions.Minutes(
        held_on=cleaned["held_on"],
        place=cleaned["place"],
        participants=[actions.Participant(**one) for one in form.participants()],
        discussed=cleaned["discussed"],
        decided=cleaned["decided"],
        client_view=cleaned["client_view"],
        decisions=[actions.Decision(**one) for one in form.decisions()],
    )
    return done(request, form, actions.hold_conference, case, key=cleaned["once"], minutes=minutes)


@needs(Permission.TEAM_VIEW)
def caseload(request: Entered) -> HttpResponse:
    """How many open cases each worker has, beside the office's norm."""
    today = timezone.localdate()
    return page(request, "cases/caseload.html", rows=caseload_of(request.user, today), today=today)


def _member(request: Entered, case: UUID, key: UUID) -> CaseMember:
    """A membership of this case, or 404."""
    found = look_up(CaseMember, key, by=request.user, permission=Permission.CASE_TEAM)
    if found.case_id != case:
        raise Http404
    return found
