"""Pages of changes to the record of a body: what waits, one change side by side, the history."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.organisations.actions.changes import accept_change, refuse_change, withdraw_change
from simpul.organisations.forms.parts import ReasonForm
from simpul.organisations.models import Change, Organisation
from simpul.organisations.queries import changes as queries
from simpul.organisations.queries.parts import PARTS
from simpul.organisations.stages import ChangeState
from simpul.ui.render import page

PER_PAGE = 20


@needs(Permission.ORGANISATION_VERIFY)
def waiting(request: Entered) -> HttpResponse:
    """What waits for this officer, the oldest first."""
    rows = Paginator(queries.queue(request.user), PER_PAGE).get_page(request.GET.get("page"))
    told = [(row, queries.title_of(row)) for row in rows]
    return page(request, "organisations/bodies_waiting.html", rows=rows, told=told)


@needs(Permission.ORGANISATION_INSIDE)
def change(request: Entered, pk: UUID) -> HttpResponse:
    """One change side by side, with what may be done about it."""
    return _change_page(request, _change(request, pk, Permission.ORGANISATION_INSIDE), ReasonForm())


@needs(Permission.ORGANISATION_VERIFY)
def accept(request: Entered, pk: UUID) -> HttpResponse:
    """The record becomes what was proposed."""
    found = _change(request, pk, Permission.ORGANISATION_VERIFY)
    if request.method == "POST" and _done(request, accept_change, found, on=timezone.localdate()):
        messages.success(request, _("Perubahan diterima dan sudah tercatat."))
        return redirect("organisations:organisation", found.organisation_id)
    return redirect("organisations:change", pk)


@needs(Permission.ORGANISATION_VERIFY)
def refuse(request: Entered, pk: UUID) -> HttpResponse:
    """What was proposed is not taken, with the reason."""
    found = _change(request, pk, Permission.ORGANISATION_VERIFY)
    if request.method != "POST":
        return redirect("organisations:change", pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _change_page(request, found, form)
    if _done(request, refuse_change, found, because=form.cleaned_data["because"]):
        messages.success(request, _("Usulan ditolak. Lembaga dapat membaca alasannya."))
    return redirect("organisations:change", pk)


@needs(Permission.ORGANISATION_EDIT)
def withdraw(request: Entered, pk: UUID) -> HttpResponse:
    """The body takes its proposal back."""
    found = _change(request, pk, Permission.ORGANISATION_EDIT)
    if request.method == "POST" and _done(request, withdraw_change, found):
        messages.success(request, _("Usulan ditarik kembali."))
        return redirect("organisations:organisation", found.organisation_id)
    return redirect("organisations:change", pk)


@needs(Permission.ORGANISATION_INSIDE)
def history(request: Entered, pk: UUID) -> HttpResponse:
    """All that was accepted, by part, and what was not taken."""
    body = look_up(Organisation, pk, by=request.user, permission=Permission.ORGANISATION_INSIDE)
    chosen = PARTS.get(request.GET.get("bagian", ""))
    rows = Paginator(queries.history_of(body, chosen.code if chosen else ""), PER_PAGE)
    shown = rows.get_page(request.GET.get("page"))
    knows = queries.sight_of(body, request.user).knows_place
    return page(
        request,
        "organisations/bodies_history.html",
        organisation=body,
        parts=PARTS.values(),
        chosen=chosen,
        rows=shown,
        told=queries.told_all(shown, knows_place=knows),
        not_taken=queries.told_all(queries.not_taken(body)[:PER_PAGE], knows_place=knows),
    )


def _change(request: Entered, pk: UUID, permission: Permission) -> Change:
    """A change within reach, or 404; that it was read is recorded."""
    return look_up(Change, pk, by=request.user, permission=permission, related=("organisation",))


def _done(request: Entered, perform: Any, change: Change, **details: Any) -> bool:
    """Whether it was done; a refusal is shown on the next page."""
    try:
        perform(change, by=request.user, at=timezone.now(), **details)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return False
    return True


def _change_page(request: Entered, change: Change, form: ReasonForm) -> HttpResponse:
    sight = queries.sight_of(change.organisation, request.user)
    return page(
        request,
        "organisations/bodies_change.html",
        status=422 if form.is_bound else 200,
        told=queries.told_of(change, knows_place=sight.knows_place),
        change=change,
        sight=sight,
        form=form,
        is_waiting=change.state == ChangeState.WAITING,
    )
