"""The duty list of requests for help, and what is done with one of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs, note_shown
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.referrals.actions import incoming as ending
from simpul.referrals.actions import incoming_moving as actions
from simpul.referrals.forms.incoming import CaseLinkForm, CloseForm, PassOnForm, ReachForm, RequestAnswerForm
from simpul.referrals.models import HelpRequest
from simpul.referrals.queries import incoming as queries
from simpul.referrals.queries import incoming_page as pages
from simpul.ui.doing import act, done, form_page, pressed, pressed_on, read_version
from simpul.ui.render import page

PAGE_LENGTH = 30
DUTY = Permission.REQUEST_DUTY
_TABS = (queries.WAITING, queries.MINE, queries.ENDED, queries.TO_ERASE)


@needs(DUTY)
def requests(request: Entered) -> HttpResponse:
    """What lies on the duty list: danger first, then the overdue, then the oldest."""
    asked = request.GET.get("tampil", "")
    shown = asked if asked in _TABS else queries.WAITING
    rows = queries.on_duty(request.user, shown, timezone.localdate(), timezone.now())
    found = Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("page"))
    told: dict[str, Any] = {"rows": queries.rows_of(found), "page": found, "shown": shown}
    return page(request, "referrals/incoming_list.html", **told)


@needs(DUTY)
def one(request: Entered, pk: UUID) -> HttpResponse:
    """One request; that it was read is recorded."""
    return _reading(request, _found(request, pk))


def _found(request: Entered, pk: UUID) -> HelpRequest:
    return look_up(
        HelpRequest, pk, by=request.user, permission=DUTY, related=("service", "case", "double_of")
    )


def _reading(request: Entered, found: HelpRequest, refusal: str = "") -> HttpResponse:
    shown = pages.page_of(found, request.user, timezone.localdate(), timezone.now())
    status = 422 if refusal else 200
    told: dict[str, Any] = {"shown": shown, "found": found, "refusal": refusal}
    told["may_look"] = request.user.can(Permission.PERSON_SEARCH)
    return page(request, "referrals/incoming_one.html", status=status, **told)


@needs(DUTY)
@pressed_on("referrals:request")
def take(request: Entered, pk: UUID) -> HttpResponse:
    """Say that one looks after it."""
    found = _found(request, pk)
    try:
        act(request, actions.take_request, found, version=read_version(request))
    except Refusal as refusal:
        found.refresh_from_db()
        return _reading(request, found, str(refusal))
    messages.success(request, _("Anda yang menangani permintaan ini."))
    return redirect("referrals:request", pk)


@needs(DUTY)
def reach(request: Entered, pk: UUID) -> HttpResponse:
    """Note whether the sender could be spoken with."""
    return _deed(request, pk, ReachForm, actions.note_reaching, _("Sudah dihubungi?"), _("Dicatat."))


@needs(DUTY)
def answer(request: Entered, pk: UUID) -> HttpResponse:
    """Answer the sender, who reads it with the number."""
    title, told = _("Jawab pengirim"), _("Jawaban disimpan. Pengirim membacanya dengan nomor permintaannya.")
    return _deed(request, pk, RequestAnswerForm, actions.answer_request, title, told)


@needs(DUTY)
def close(request: Entered, pk: UUID) -> HttpResponse:
    """End it as the same as another, or as no request for help."""
    return _deed(
        request, pk, CloseForm, actions.close_request, _("Akhiri permintaan"), _("Permintaan diakhiri.")
    )


def _deed(
    request: Entered, pk: UUID, kind: Any, perform: Any, title: str, words: str, **details: Any
) -> HttpResponse:
    """A form of a few fields and the deed behind it; refused, what was typed stands there again."""
    found = _found(request, pk)
    if pages.is_out_of_sight(found, request.user):
        return redirect("referrals:request", pk)
    form: Form = kind(request.POST or None, initial={"version": found.version}, **details)
    if form.is_valid() and done(request, form, perform, found, **form.details()):  # type: ignore[attr-defined]
        messages.success(request, words)
        return redirect("referrals:requests")
    return form_page(request, "referrals/incoming_deed.html", form, found=found, title=title)


@needs(DUTY)
def pass_on(request: Entered, pk: UUID) -> HttpResponse:
    """Pass it on to a service of the directory, or to another office that then reaches it."""
    found, on, at = _found(request, pk), timezone.localdate(), timezone.now()
    lists = (pages.services_for(found, on, at), pages.offices_for(found, on))
    form = PassOnForm(*lists, request.POST or None, initial={"version": found.version})
    if form.is_valid():
        details = form.details()
        chosen = next((line.service for line in lists[0] if details["to"] == f"s:{line.service.pk}"), None)
        if chosen and not details["answer"].strip():
            details["answer"] = pages.answer_about(chosen)
        if done(request, form, actions.pass_on, found, **details):
            messages.success(request, _("Permintaan diteruskan."))
            return redirect("referrals:requests")
    title = _("Teruskan permintaan")
    return form_page(request, "referrals/incoming_deed.html", form, found=found, title=title)


@needs(DUTY)
def to_case(request: Entered, pk: UUID) -> HttpResponse:
    """From the request to the register and a case; what is carried over is ticked by the worker."""
    found = _found(request, pk)
    if pages.is_out_of_sight(found, request.user):
        return redirect("referrals:request", pk)
    cases = pages.cases_to_link(found, request.user)
    note_shown(cases, by=request.user, permission=Permission.CASE_VIEW)
    form = CaseLinkForm(cases, request.POST or None, initial={"version": found.version})
    if form.is_valid():
        told = form.cleaned_data
        case = form.cases.get(told["case"]) or pages.case_numbered(told["number"], request.user)
        if case is None:
            form.add_error("number", _("Kasus dengan nomor itu tidak ditemukan. Periksa nomornya."))
        elif done(request, form, actions.link_case, found, version=told["version"], case=case):
            messages.success(request, _("Permintaan ini menjadi kasus %(number)s.") % {"number": case.number})
            return redirect("cases:case", case.pk)
    shown = pages.page_of(found, request.user, timezone.localdate(), timezone.now())
    return form_page(request, "referrals/incoming_case.html", form, found=found, shown=shown)


@needs(DUTY)
@pressed_on("referrals:request")
def erase(request: Entered, pk: UUID) -> HttpResponse:
    """Destroy what an old request says."""
    words = _("Isi permintaan dihapus. Yang tersisa hanya catatan bahwa pernah ada.")
    pressed(request, ending.erase_request, _found(request, pk), words)
    return redirect("referrals:request", pk)


@needs(DUTY)
def erase_all(request: Entered) -> HttpResponse:
    """Destroy what all requests say whose time to keep is over, within reach."""
    if request.method == "POST":
        old = queries.on_duty(request.user, queries.TO_ERASE, timezone.localdate(), timezone.now())
        for row in old[:PAGE_LENGTH]:
            pressed(request, ending.erase_request, row)
        messages.success(request, _("Isi permintaan lama dihapus."))
    return redirect("referrals:requests")
