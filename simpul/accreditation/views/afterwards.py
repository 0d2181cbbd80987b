"""Pages after the decision: the improvement plan, monitoring, and accreditations that run out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.accreditation.actions import afterwards as actions
from simpul.accreditation.forms.afterwards import DoneForm, PlanForm, WatchForm
from simpul.accreditation.models import Accreditation, Recommendation
from simpul.accreditation.queries import afterwards as queries
from simpul.ui.doing import done, form_page, pressed_on
from simpul.ui.render import page

_VIEW = Permission.ACCREDITATION_VIEW
_APPLY = Permission.ACCREDITATION_APPLY


@needs(_VIEW)
def improvement(request: Entered, pk: UUID) -> HttpResponse:
    """Every recommendation and what the body does about it; the Dinas sees the same."""
    found = look_up(Accreditation, pk, by=request.user, permission=_VIEW, related=("organisation",))
    today, language = timezone.localdate(), get_language() or "id"
    return page(
        request,
        "accreditation/improvement.html",
        run=found,
        rows=queries.improvements_of(found, today, language),
        may_plan=is_within_reach(found, request.user, _APPLY),
    )


@needs(_APPLY)
def plan(request: Entered, pk: UUID) -> HttpResponse:
    """What will be done about one recommendation."""
    found = look_up(Recommendation, pk, by=request.user, permission=_APPLY)
    form = PlanForm(found, request.POST or None)
    if form.is_valid() and done(request, form, actions.plan_improvement, found, **form.cleaned_data):
        messages.success(request, _("Rencana perbaikan disimpan."))
        return redirect("accreditation:improvement", found.accreditation_id)
    return _recommendation(request, found, form, DoneForm(found, on=timezone.localdate()), shown=form)


@needs(_APPLY)
@pressed_on("accreditation:plan")
def finish(request: Entered, pk: UUID) -> HttpResponse:
    """What was done about it."""
    found = look_up(Recommendation, pk, by=request.user, permission=_APPLY)
    form = DoneForm(found, request.POST, on=timezone.localdate())
    if form.is_valid() and done(request, form, actions.finish_improvement, found, **form.cleaned_data):
        messages.success(request, _("Perbaikan dilaporkan selesai."))
        return redirect("accreditation:improvement", found.accreditation_id)
    return _recommendation(request, found, PlanForm(found), form, shown=form)


def _recommendation(
    request: Entered, found: Recommendation, plan_form: PlanForm, done_form: DoneForm, *, shown: Any
) -> HttpResponse:
    found.refresh_from_db()
    return page(
        request,
        "accreditation/recommendation.html",
        status=422 if shown.is_bound else 200,
        row=found,
        run=found.accreditation,
        form=shown,
        plan_form=plan_form,
        done_form=done_form,
    )


@needs(_VIEW)
def watch(request: Entered, pk: UUID) -> HttpResponse:
    """What was seen of an accredited body afterwards, and another look for who may."""
    found = look_up(Accreditation, pk, by=request.user, permission=_VIEW, related=("organisation",))
    perform, today = _watching(request, found), timezone.localdate()
    complaint_on = queries.complaint_to_look_at(found, today) if found.certificate_id else None
    form = WatchForm((request.POST or None) if perform else None, on=today, is_early=complaint_on is not None)
    if form.is_valid() and done(request, form, perform, found, **form.details()):
        messages.success(request, _("Pemantauan dicatat."))
        return redirect("accreditation:watch", found.pk)
    rows = queries.watches_of(found)
    return form_page(
        request,
        "accreditation/watch.html",
        form,
        run=found,
        rows=rows,
        complaint_on=complaint_on,
        must_recheck=found.certificate_id is not None and bool(rows) and rows[0].needs_recheck,
        may_take_back=is_within_reach(found, request.user, Permission.ACCREDITATION_SECRETARY),
        may_start=is_within_reach(found, request.user, _APPLY),
        may_watch=perform is not None and queries.is_decided(found),
    )


def _watching(request: Entered, found: Accreditation) -> Any:
    """The action by which this person may note a look: as a Dinas, as the secretariat, or not at all."""
    if is_within_reach(found, request.user, Permission.REGISTRATION_CHECK):
        return actions.watch
    if is_within_reach(found, request.user, Permission.ACCREDITATION_SECRETARY):
        return actions.watch_from_the_secretariat
    return None


@needs(_VIEW)
def watch_list(request: Entered) -> HttpResponse:
    """Accredited bodies within reach, those to be looked at next first."""
    rows = queries.watch_list(request.user, timezone.localdate())
    return page(request, "accreditation/watch_list.html", rows=rows)


@needs(_VIEW)
def renewals(request: Entered) -> HttpResponse:
    """Accreditations within reach that run out or have run out."""
    rows = queries.renewals(request.user, timezone.localdate())
    own = Accreditation.objects.reachable(request.user, _APPLY)
    startable = set(own.filter(pk__in=[row.accreditation.pk for row in rows]).values_list("pk", flat=True))
    return page(request, "accreditation/renewals.html", rows=rows, startable=startable)
