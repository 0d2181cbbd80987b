"""Handing a case over: what the new worker sees first, asking, answering."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.refusal import Refusal
from simpul.cases.actions import handover as actions
from simpul.cases.forms.handover import AnswerForm, HandoverForm
from simpul.cases.models import Case, Handover
from simpul.cases.queries import handover as queries
from simpul.cases.queries.caseload import load_words, loads_of
from simpul.cases.queries.team import colleagues_of
from simpul.ui.doing import act, done, pressed, pressed_on
from simpul.ui.render import page


@needs(Permission.CASE_VIEW)
def handover(request: Entered, pk: UUID) -> HttpResponse:
    """The handover view, what was asked of whom, and asking somebody."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_VIEW)
    form = _form(request, case)
    if form and form.is_valid() and done(request, form, actions.propose, case, **form.details()):
        messages.success(request, _("Permintaan sudah disampaikan dan menunggu jawaban."))
        return redirect("cases:handover", pk)
    return _page(request, case, form, AnswerForm())


def _form(request: Entered, case: Case) -> HandoverForm | None:
    if not (case.is_open and is_within_reach(case, request.user, Permission.CASE_TEAM)):
        return None
    colleagues = [one for one in colleagues_of(case, Permission.CASE_MOVE) if one.key != case.worker]
    # An answer comes to this page again when it lacks its reason; it is not a new request.
    typed = request.POST if request.method == "POST" and "kind" in request.POST else None
    loads = loads_of([one.key for one in colleagues])
    return HandoverForm(
        [replace(one, name=f"{one.name} ({load_words(loads.get(one.key))})") for one in colleagues], typed
    )


def _page(request: Entered, case: Case, form: HandoverForm | None, answer: AnswerForm) -> HttpResponse:
    today = timezone.localdate()
    asked = queries.handovers_of(case, request.user)
    is_wrong = answer.is_bound or (form is not None and form.is_bound)
    return page(
        request,
        "cases/handover.html",
        status=422 if is_wrong else 200,
        case=case,
        form=form,
        answer=answer,
        waiting=[one for one in asked if one.is_waiting],
        earlier=[one for one in asked if not one.is_waiting],
        sight=queries.first_sight(case, request.user, today),
        today=today,
    )


@needs(Permission.CASE_MOVE)
@pressed_on("cases:handover")
def answer(request: Entered, pk: UUID, row: UUID) -> HttpResponse:
    """Accept, or decline with a reason."""
    found = _row(request, pk, row, Permission.CASE_MOVE)
    form = AnswerForm(request.POST)
    try:
        if "accept" in request.POST:
            accepted = act(request, actions.accept, found)
            messages.success(request, _accepted_words(accepted))
        elif form.is_valid():
            act(request, actions.decline, found, because=form.cleaned_data["because"])
            messages.success(request, _("Jawaban Anda sudah disampaikan."))
    except Refusal as refusal:
        form.full_clean()
        form.add_error(None, str(refusal))
    if form.errors:
        return _page(request, found.case, _form(request, found.case), form)
    return redirect("cases:handover", pk)


def _accepted_words(handover: Handover) -> str:
    if handover.until:
        return _("Anda menjadi pengganti untuk kasus ini.")
    return _("Anda sekarang manajer kasus ini. Semua tugasnya pindah kepada Anda.")


@needs(Permission.CASE_TEAM)
@pressed_on("cases:handover")
def withdraw(request: Entered, pk: UUID, row: UUID) -> HttpResponse:
    """Take a request back."""
    found = _row(request, pk, row, Permission.CASE_TEAM)
    pressed(request, actions.withdraw, found, _("Permintaan sudah ditarik."))
    return redirect("cases:handover", pk)


def _row(request: Entered, case: UUID, key: UUID, permission: Permission) -> Handover:
    """A handover of this case, or 404."""
    found = look_up(Handover, key, by=request.user, permission=permission)
    if found.case_id != case:
        raise Http404
    return found
