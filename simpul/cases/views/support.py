"""The page of network and providers: request in, one call, page out."""

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
from simpul.cases.actions.support import review_support
from simpul.cases.forms.support import SupportForm
from simpul.cases.models import Case
from simpul.cases.queries.case import sees_all
from simpul.cases.queries.support import may_still_be_judged, moment_now, support_of
from simpul.screening.queries import has_basis
from simpul.ui.doing import done, form_page


@needs(Permission.CASE_VIEW)
def support(request: Entered, pk: UUID) -> HttpResponse:
    """How able network and providers are, then and now, and the form of a new judgement."""
    permission = Permission.CASE_ASSESS if request.method == "POST" else Permission.CASE_VIEW
    case, today = look_up(Case, pk, by=request.user, permission=permission), timezone.localdate()
    form = SupportForm(request.POST or None, on=today, moment=moment_now(case))
    if form.is_valid() and done(request, form, review_support, case, **form.details()):
        messages.success(request, _("Penilaian jejaring dan penyedia disimpan."))
        return redirect("cases:support", case.pk)
    may_judge = may_still_be_judged(case) and is_within_reach(case, request.user, Permission.CASE_ASSESS)
    return form_page(
        request,
        "cases/support.html",
        form,
        case=case,
        support=support_of(case, is_told=sees_all(case, request.user)),
        may_judge=may_judge,
        has_basis=has_basis(case.person, today),
    )
