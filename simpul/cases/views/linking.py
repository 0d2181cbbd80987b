"""The page on which a client is prepared for the service of a step: request in, one call, page out."""

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
from simpul.cases.actions.linking import prepare_client
from simpul.cases.forms.linking import PreparationForm
from simpul.cases.models import PlanStep
from simpul.cases.queries import linking as queries
from simpul.cases.queries.case import sees_all
from simpul.cases.queries.plans import kind_name
from simpul.ui.doing import done, form_page


@needs(Permission.CASE_VIEW)
def preparation(request: Entered, pk: UUID) -> HttpResponse:
    """How far the client is prepared for one step, every day on which something was done, and the form."""
    permission = Permission.CASE_PLAN if request.method == "POST" else Permission.CASE_VIEW
    found = look_up(PlanStep, pk, by=request.user, permission=permission)
    form = PreparationForm(request.POST or None, on=timezone.localdate())
    if form.is_valid() and done(request, form, prepare_client, found, **form.details()):
        messages.success(request, _("Persiapan dicatat."))
        return redirect("cases:step-preparation", found.pk)
    is_told = sees_all(found.case, request.user)
    rows = queries.preparations_of(found)
    return form_page(
        request,
        "cases/step_preparation.html",
        form,
        step=found,
        case=found.case,
        kind_name=kind_name(found.service_kind),
        prepared=queries.prepared_for(found, is_told=is_told),
        days=[(row, queries.said_parts(row) if is_told else ()) for row in rows],
        referred=queries.referred(found),
        is_told=is_told,
        may_prepare=found.case.is_open and is_within_reach(found.case, request.user, Permission.CASE_PLAN),
    )
