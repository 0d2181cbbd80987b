"""The page of the service agreement: request in, one call, page out."""

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
from simpul.cases.actions.agreements import make_agreement
from simpul.cases.forms.agreements import AgreementForm
from simpul.cases.models import Case
from simpul.cases.queries.agreements import agreements_of
from simpul.cases.queries.case import sees_all
from simpul.screening.queries import has_basis
from simpul.ui.doing import done, form_page


@needs(Permission.CASE_VIEW)
def agreement(request: Entered, pk: UUID) -> HttpResponse:
    """When the service agreement was made, and noting that it is made now."""
    case, today = look_up(Case, pk, by=request.user, permission=Permission.CASE_VIEW), timezone.localdate()
    may_note = case.is_open and is_within_reach(case, request.user, Permission.CASE_PLAN)
    form = AgreementForm((request.POST or None) if may_note else None, on=today)
    if form.is_valid():
        details = form.cleaned_data
        if done(request, form, make_agreement, case, key=details.pop("once"), **details):
            messages.success(request, _("Kesepakatan layanan dicatat."))
            return redirect("cases:agreement", case.pk)
    return form_page(
        request,
        "cases/agreement.html",
        form,
        case=case,
        may_note=may_note,
        made=agreements_of(case),
        is_told=sees_all(case, request.user),
        may_print=is_within_reach(case, request.user, Permission.CASE_PRINT),
        has_basis=has_basis(case.person, today),
    )
