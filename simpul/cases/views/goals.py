"""Pages of goals: request in, one call, page out."""

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
from simpul.cases.actions import goals as actions
from simpul.cases.forms.goals import GoalEndForm, GoalForm, ScoreForm
from simpul.cases.models import Case, Goal, GoalState, Moment
from simpul.cases.queries import goals as queries
from simpul.cases.queries.case import sees_all
from simpul.cases.queries.office import norms_for
from simpul.cases.views.entering import require_form
from simpul.ui.doing import done, form_page
from simpul.ui.render import page


@needs(Permission.CASE_VIEW)
def goals(request: Entered, pk: UUID) -> HttpResponse:
    """All goals of a case, and what they say together."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_VIEW)
    longest = norms_for(case)["goal_longest_days"]
    return page(
        request,
        "cases/goals.html",
        case=case,
        goals=queries.goals_of(case, request.user, timezone.localdate(), longest=longest),
        may_plan=case.is_open and is_within_reach(case, request.user, Permission.CASE_PLAN),
    )


@needs(Permission.CASE_VIEW)
def goal(request: Entered, pk: UUID) -> HttpResponse:
    """One goal: its levels, its scores drawn and told, its newest notes."""
    found = look_up(Goal, pk, by=request.user, permission=Permission.CASE_VIEW)
    case, today = found.case, timezone.localdate()
    is_told = sees_all(case, request.user)
    scores = queries.scores_of(found)
    return page(
        request,
        "cases/goal.html",
        goal=found,
        case=case,
        is_told=is_told,
        levels=queries.levels_of(found) if is_told else (),
        scores=scores,
        picture=queries.picture_of(found, scores),
        notes=queries.notes_on(found),
        remarks=queries.remarks(found, today) if is_told else (),
        may_score=queries.may_be_scored(found.levels) and found.state != GoalState.DROPPED,
        is_active=found.state == GoalState.ACTIVE,
        may_plan=case.is_open and is_within_reach(case, request.user, Permission.CASE_PLAN),
    )


@needs(Permission.CASE_PLAN)
def set_goal(request: Entered, pk: UUID) -> HttpResponse:
    """A new goal in the client's words."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_PLAN)
    require_form(request, case)
    form = GoalForm(case, typed=request.POST or None)
    if form.is_valid():
        key = form.cleaned_data["once"]
        made = done(request, form, actions.set_goal, case, key=key, **form.details())
        if made:
            messages.success(request, _("Tujuan disimpan."))
            return redirect("cases:goal", made.pk)
    return _goal_page(request, form, case)


@needs(Permission.CASE_PLAN)
def edit_goal(request: Entered, pk: UUID) -> HttpResponse:
    """Change a goal. After a clash the page shows what was typed and carries the newest version."""
    found = look_up(Goal, pk, by=request.user, permission=Permission.CASE_PLAN)
    require_form(request, found.case)
    form = GoalForm(found.case, found, typed=request.POST or None)
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        if done(request, form, actions.edit_goal, found, version=version, **form.details()):
            messages.success(request, _("Tujuan disimpan."))
            return redirect("cases:goal", found.pk)
        found.refresh_from_db()
    return _goal_page(request, form, found.case, found)


def _goal_page(request: Entered, form: GoalForm, case: Case, goal: Goal | None = None) -> HttpResponse:
    return form_page(request, "cases/goal_form.html", form, case=case, goal=goal)


@needs(Permission.CASE_PLAN)
def score_goal(request: Entered, pk: UUID) -> HttpResponse:
    """Note on which level a goal stands."""
    found = look_up(Goal, pk, by=request.user, permission=Permission.CASE_PLAN)
    scores = queries.scores_of(found)
    form = ScoreForm(
        found,
        on=timezone.localdate(),
        has_baseline=any(score.moment == Moment.BASELINE for score in scores),
        typed=request.POST or None,
    )
    if form.is_valid() and done(request, form, actions.score_goal, found, **form.details()):
        messages.success(request, _("Penilaian disimpan."))
        return redirect("cases:goal", found.pk)
    return form_page(
        request,
        "cases/goal_score.html",
        form,
        goal=found,
        case=found.case,
        may_score=queries.may_be_scored(found.levels),
        last=scores[0] if scores else None,
        last_level=queries.said_level(scores[0].level) if scores else "",
    )


@needs(Permission.CASE_PLAN)
def end_goal(request: Entered, pk: UUID) -> HttpResponse:
    """Say that a goal was reached, or is not pursued any longer."""
    found = look_up(Goal, pk, by=request.user, permission=Permission.CASE_PLAN)
    require_form(request, found.case)
    form = GoalEndForm(request.POST or None)
    if form.is_valid():
        if done(request, form, actions.end_goal, found, **form.cleaned_data):
            messages.success(request, _("Tujuan diakhiri."))
            return redirect("cases:goal", found.pk)
        found.refresh_from_db()
    return form_page(request, "cases/goal_end.html", form, goal=found, case=found.case)
