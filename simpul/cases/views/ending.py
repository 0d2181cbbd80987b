"""Pages of the ending and the looks afterwards: request in, one call, page out."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.refusal import Refusal
from simpul.access.rows import key_in
from simpul.cases.actions import ending as actions
from simpul.cases.actions import follow_ups
from simpul.cases.forms.ending import CancelForm, EndingForm, FollowUpForm
from simpul.cases.models import Case, Ending, FollowUp
from simpul.cases.queries import ending as queries
from simpul.cases.queries.case import sees_all
from simpul.cases.queries.stages import later_of
from simpul.cases.queries.support import support_of
from simpul.screening.queries import has_basis
from simpul.ui.doing import act, done, form_page, pressed_on, read_version
from simpul.ui.render import page


@needs(Permission.CASE_VIEW)
def ending(request: Entered, pk: UUID) -> HttpResponse:
    """The ending of a case: all that happened, the evaluation, and the looks afterwards."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_VIEW)
    return _reading(request, case)


def _reading(request: Entered, case: Case, refusal: str = "") -> HttpResponse:
    today, is_told = timezone.localdate(), sees_all(case, request.user)
    found = queries.ending_of(case)
    return page(
        request,
        "cases/ending.html",
        status=422 if refusal else 200,
        case=case,
        ending=found,
        told=queries.Told.of(found) if found and is_told else None,
        reason=queries.reason_name(found.reason) if found and found.reason else "",
        process=_labelled(queries.PROCESS, found.process if found and is_told else None),
        transition=_labelled(queries.TRANSITION, found.transition if found and is_told else None),
        outcomes=queries.outcomes_of(case, found, request.user, today),
        support=support_of(case, is_told=is_told),
        happened=queries.happened_in(case, request.user, today),
        looks=queries.looks_of(case, today, is_told=is_told),
        is_told=is_told,
        has_basis=has_basis(case.person, today),
        may_end=is_within_reach(case, request.user, Permission.CASE_END),
        once=uuid.uuid4(),
        refusal=refusal,
    )


def _labelled(labels: Any, held: Any) -> list[tuple[str, str]]:
    return [(str(labels[name]), words) for name, words in (held or {}).items() if name in labels]


@needs(Permission.CASE_END)
@pressed_on("cases:ending")
def begin(request: Entered, pk: UUID) -> HttpResponse:
    """Begin the draft; whoever begins again gets the same."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_END)
    try:
        act(request, actions.begin_ending, case, key=_once(request))
    except Refusal as refusal:
        return _reading(request, case, str(refusal))
    return redirect("cases:ending-edit", case.pk)


@needs(Permission.CASE_END)
def edit(request: Entered, pk: UUID) -> HttpResponse:
    """Fill in the draft. After a clash the page shows what was typed and carries the newest version."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_END)
    found = queries.ending_of(case)
    if found is None or (found.completed_at is not None and request.method != "POST"):
        return redirect("cases:ending", case.pk)
    outcomes = queries.outcomes_of(case, found, request.user, timezone.localdate())
    form = EndingForm(found, outcomes, request.POST or None)
    if form.is_valid():
        version = form.cleaned_data["version"]
        if done(request, form, actions.save_ending, found, version=version, told=form.told()):
            messages.success(request, _("Draf disimpan."))
            return redirect("cases:ending", case.pk)
        found.refresh_from_db()
    return form_page(
        request,
        "cases/ending_form.html",
        form,
        case=case,
        ending=found,
        support=support_of(case, is_told=False),
        has_basis=has_basis(case.person, timezone.localdate()),
    )


@needs(Permission.CASE_END)
def complete(request: Entered, pk: UUID) -> HttpResponse:
    """Freeze a draft that was read."""
    found = look_up(Ending, pk, by=request.user, permission=Permission.CASE_END)
    if request.method != "POST":
        return redirect("cases:ending", found.case_id)
    try:
        act(request, actions.complete_ending, found, version=read_version(request))
    except Refusal as refusal:
        return _reading(request, found.case, str(refusal))
    messages.success(request, _("Pengakhiran selesai dan tidak diubah lagi."))
    return redirect("cases:ending", found.case_id)


@needs(Permission.CASE_END)
def follow_up(request: Entered, pk: UUID) -> HttpResponse:
    """Note a look after the ending, and what was decided."""
    found = look_up(FollowUp, pk, by=request.user, permission=Permission.CASE_END)
    form = FollowUpForm(found, request.POST or None, on=timezone.localdate())
    if form.is_valid():
        made = done(request, form, follow_ups.record_follow_up, found, **form.details())
        if made:
            messages.success(request, _("Bimbingan lanjut dicatat."))
            begun = later_of(made.case, request.user) if made.decision == "reopen" else None
            return redirect("cases:case", begun.pk) if begun else redirect("cases:ending", made.case_id)
        found.refresh_from_db()
    return _look_page(request, found, form, CancelForm(found))


@needs(Permission.CASE_END)
@pressed_on("cases:follow-up")
def cancel(request: Entered, pk: UUID) -> HttpResponse:
    """Say that a look will not be made."""
    found = look_up(FollowUp, pk, by=request.user, permission=Permission.CASE_END)
    form = CancelForm(found, request.POST)
    if form.is_valid() and done(request, form, follow_ups.cancel_follow_up, found, **form.cleaned_data):
        messages.success(request, _("Bimbingan lanjut dibatalkan."))
        return redirect("cases:ending", found.case_id)
    found.refresh_from_db()
    return _look_page(request, found, FollowUpForm(found, on=timezone.localdate()), form)


def _look_page(request: Entered, found: FollowUp, form: FollowUpForm, cancelling: CancelForm) -> HttpResponse:
    case, is_refused = found.case, form.is_bound or cancelling.is_bound
    return page(
        request,
        "cases/follow_up.html",
        status=422 if is_refused else 200,
        case=case,
        look=found,
        form=form,
        cancelling=cancelling,
        forms=[form, cancelling],
        waiting=len(queries.waiting_beside(found)),
        tries=queries.tries_of(case),
        has_basis=has_basis(case.person, timezone.localdate()),
    )


def _once(request: Entered) -> UUID:
    """The key that the page carried; a new one where it was lost, as there is one ending only."""
    return key_in(request.POST.get("once", "")) or uuid.uuid4()
