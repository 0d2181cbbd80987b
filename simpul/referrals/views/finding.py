"""Pages that look for a service for a line of a plan: the list with its reasons, what is kept, and that nothing fits."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.cases.models import PlanStep
from simpul.cases.queries.case import require_open, sees_all
from simpul.cases.queries.plans import kind_name
from simpul.referrals.actions import finding as actions
from simpul.referrals.forms.finding import PutAsideForm, UnmetForm, WantedForm
from simpul.referrals.queries import finding as queries
from simpul.referrals.stages import Unmet
from simpul.services.models import Service
from simpul.ui.doing import done, form_page, pressed, read_version
from simpul.ui.render import page

PAGE_LENGTH = 20


@needs(Permission.REFERRAL_SEND)
def find(request: Entered, pk: UUID, step: UUID) -> HttpResponse:
    """Services for a line of the plan, the best first, each with why it stands there."""
    line = _line(request, pk, step)
    form = WantedForm(request.GET)
    found = queries.ranking(line, request.user, timezone.localdate(), form.wanted())
    cut = Paginator(found.rows, PAGE_LENGTH).get_page(request.GET.get("page"))
    rows, unmet = found.shown(list(cut), cut.start_index()), queries.standing_unmet(line)
    around: dict[str, Any] = _around(request, line)
    around |= {
        "unmet": unmet,
        "reason": Unmet(unmet.reason).label if unmet else "",
        "asked": bool(request.GET),
    }
    return page(request, "referrals/finding.html", form=form, found=found, page=cut, rows=rows, **around)


@needs(Permission.REFERRAL_SEND)
def keep(request: Entered, pk: UUID, step: UUID, service: UUID) -> HttpResponse:
    """Keep a service as an alternative, or as the client's wish."""
    line = _line(request, pk, step)
    if request.method == "POST":
        chosen = get_object_or_404(Service.objects.public(), pk=service)
        pressed(
            request,
            actions.keep,
            line,
            _("Layanan disimpan untuk kebutuhan ini."),
            service=chosen,
            is_wished="wished" in request.POST,
        )
    return redirect("referrals:find", pk, step)


@needs(Permission.REFERRAL_SEND)
def put_aside(request: Entered, pk: UUID, step: UUID, service: UUID) -> HttpResponse:
    """Put a service aside, with the reason."""
    line = _line(request, pk, step)
    chosen = get_object_or_404(Service.objects.public(), pk=service)
    form = PutAsideForm(request.POST or None)
    if form.is_valid() and done(request, form, actions.put_aside, line, service=chosen, **form.cleaned_data):
        messages.success(request, _("Layanan disisihkan. Ia tetap ada di bagian bawah daftar."))
        return redirect("referrals:find", pk, step)
    return form_page(
        request, "referrals/finding_put_aside.html", form, service=chosen, **_around(request, line)
    )


@needs(Permission.REFERRAL_SEND)
def unmet(request: Entered, pk: UUID, step: UUID) -> HttpResponse:
    """Say that nothing fits, and why."""
    line = _line(request, pk, step)
    initial = {"version": line.version, "reason": queries.reason_offered(line)}
    form = UnmetForm(request.POST or None, initial=initial)
    if form.is_valid() and done(request, form, actions.record_unmet, line, **form.details()):
        messages.success(request, _("Kebutuhan ini tercatat belum terpenuhi."))
        return redirect("referrals:find", pk, step)
    return form_page(request, "referrals/finding_unmet.html", form, **_around(request, line))


@needs(Permission.REFERRAL_SEND)
def found_after_all(request: Entered, pk: UUID, step: UUID) -> HttpResponse:
    """A service was found after all."""
    line = _line(request, pk, step)
    if request.method == "POST":
        words = _("Kebutuhan ini tidak lagi tercatat belum terpenuhi.")
        pressed(request, actions.end_unmet, line, words, version=read_version(request))
    return redirect("referrals:find", pk, step)


def _line(request: Entered, pk: UUID, step: UUID) -> PlanStep:
    related = ("case__person", "case__screening", "plan")
    line = look_up(PlanStep, step, by=request.user, permission=Permission.REFERRAL_SEND, related=related)
    if line.case_id != pk:
        raise Http404
    if request.method != "POST":
        require_open(line.case)
    return line


def _around(request: Entered, line: PlanStep) -> dict[str, Any]:
    """What every page of this part shows of the line; the worker's own words only to who may read them."""
    is_told = sees_all(line.case, request.user)
    return {
        "case": line.case,
        "line": line,
        "need": (line.need or "") if is_told else "",
        "kind": kind_name(line.service_kind),
        "is_told": is_told,
    }
