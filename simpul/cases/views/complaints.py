"""Pages of complaints: two that stand open to everybody, and those of who answers them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from simpul.access.gate import THE_MACHINE, Entered, look_up, needs
from simpul.access.limits import address_of
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.refusal import Refusal
from simpul.cases.actions import complaints as actions
from simpul.cases.forms.complaints import (
    FINDING,
    SENDING,
    TRYING_CODES,
    AnswerForm,
    CodeForm,
    ComplaintForm,
)
from simpul.cases.models import Complaint
from simpul.cases.queries import complaints as queries
from simpul.ui.doing import act, done, pressed_on, read_version, unjudged
from simpul.ui.render import page

PAGE_LENGTH = 50
# What is asked of everybody, signed in or not, is recorded of nobody: an anonymous sender stays so.


@login_not_required
@never_cache
def complain(request: HttpRequest) -> HttpResponse:
    """A complaint by anybody, without an account."""
    typed = request.POST or None
    is_flood = "find" in request.POST and FINDING.is_over(address_of(request))
    form = ComplaintForm(() if is_flood else _offered(request), typed, at=timezone.now())
    if is_flood:
        form.add_error(None, _too_much())
        return _complaint_page(request, form, status=429)
    if "find" in request.POST:
        return _complaint_page(request, unjudged(form), status=200)
    if form.is_valid():
        if SENDING.is_over(address_of(request)):
            form.add_error(None, _too_much())
            return _complaint_page(request, form, status=429)
        if made := _sent(form):
            return page(
                request,
                "cases/complaint_sent.html",
                complaint=made,
                code=form.page_ticket.code_shown,
                office=queries.office_of(made),
            )
    return _complaint_page(request, form, status=422 if form.is_bound else 200)


def _offered(request: HttpRequest) -> tuple[queries.Receiver, ...]:
    """The offices found for what was typed, with the one already chosen in front."""
    found = queries.receivers(request.POST.get("office_text", ""))
    chosen = request.POST.get("office", "")
    if not chosen or any(one.value == chosen for one in found):
        return found
    known = queries.receiver_of(chosen)
    return (queries.Receiver(chosen, known[1], ""), *found) if known else found


def _sent(form: ComplaintForm) -> Complaint | None:
    receiver = queries.receiver_of(form.cleaned_data["office"])
    if receiver is None:
        form.add_error("office", _("Kantor itu tidak ditemukan lagi. Cari dan pilih lagi."))
        return None
    try:
        return actions.complain(
            receiver[0], by=THE_MACHINE, on=timezone.localdate(), at=timezone.now(), **form.details()
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None


def _complaint_page(request: HttpRequest, form: ComplaintForm, *, status: int) -> HttpResponse:
    looked = "find" in request.POST
    return page(request, "cases/complain.html", status=status, form=form, looked=looked)


@login_not_required
@never_cache
def complaint_status(request: HttpRequest) -> HttpResponse:
    """Where a complaint stands and its answer, for whoever holds the code. The code never stands in an address."""
    form, found = CodeForm(request.POST or None), None
    status = 422 if form.is_bound else 200
    if form.is_bound and TRYING_CODES.is_over(address_of(request)):
        form.add_error(None, _too_much())
        status = 429
    elif form.is_valid():
        found = queries.complaint_with(form.cleaned_data["code"])
        if found is None:
            form.add_error("code", _("Kode itu tidak dikenal. Periksa huruf dan angkanya."))
        else:
            status = 200
    return page(
        request,
        "cases/complaint_status.html",
        status=status,
        form=form,
        complaint=found,
        office=queries.office_of(found) if found else "",
        today=timezone.localdate(),
    )


def _too_much() -> str:
    return _("Terlalu banyak percobaan dari jaringan ini. Coba lagi sejam lagi, atau datang ke kantornya.")


# --- for who receives them ---


@needs(Permission.COMPLAINT_RECEIVE)
def complaints(request: Entered) -> HttpResponse:
    """Complaints within reach, late ones first."""
    waiting = queries.received_by(request.user, timezone.localdate())
    found = Paginator(waiting, PAGE_LENGTH).get_page(request.GET.get("page"))
    return page(request, "cases/complaints.html", rows=queries.rows_of(found, request.user), page=found)


@needs(Permission.COMPLAINT_RECEIVE)
def complaint(request: Entered, pk: UUID) -> HttpResponse:
    """One complaint. Whoever it is about does not read it."""
    found = look_up(Complaint, pk, by=request.user, permission=Permission.COMPLAINT_RECEIVE)
    form = AnswerForm()
    return _reading(request, found, form)


def _reading(request: Entered, found: Complaint, form: AnswerForm, *, refusal: str = "") -> HttpResponse:
    names_reader = queries.is_about(found, request.user)
    is_open = found.answered_at is None
    answers = not names_reader and is_within_reach(found, request.user, Permission.COMPLAINT_ANSWER)
    return page(
        request,
        "cases/complaint.html",
        status=422 if form.is_bound or refusal else 200,
        complaint=found,
        office=queries.office_of(found),
        names_reader=names_reader,
        mentions_reader=not names_reader and queries.mentions(found, request.user),
        is_late=is_open and found.due_on < timezone.localdate(),
        may_answer=is_open and answers,
        may_erase=answers and queries.may_be_erased(found, timezone.localdate()),
        form=form,
        refusal=refusal,
    )


@needs(Permission.COMPLAINT_RECEIVE)
@pressed_on("cases:complaint")
def take_up(request: Entered, pk: UUID) -> HttpResponse:
    """Say that one looks into it."""
    found = look_up(Complaint, pk, by=request.user, permission=Permission.COMPLAINT_RECEIVE)
    try:
        act(request, actions.take_up, found, version=read_version(request))
    except Refusal as refusal:
        found.refresh_from_db()
        return _reading(request, found, AnswerForm(), refusal=str(refusal))
    messages.success(request, _("Anda yang memeriksa pengaduan ini."))
    return redirect("cases:complaint", pk)


@needs(Permission.COMPLAINT_ANSWER)
@pressed_on("cases:complaint")
def answer(request: Entered, pk: UUID) -> HttpResponse:
    """Answer a complaint. A refused answer is shown again with what was typed."""
    found = look_up(Complaint, pk, by=request.user, permission=Permission.COMPLAINT_ANSWER)
    form = AnswerForm(request.POST)
    if form.is_valid() and done(request, form, actions.answer_complaint, found, **form.cleaned_data):
        messages.success(request, _("Jawaban disimpan. Pengirim dapat membacanya dengan kodenya."))
        return redirect("cases:complaint", pk)
    found.refresh_from_db()
    return _reading(request, found, form)


@needs(Permission.COMPLAINT_ANSWER)
@pressed_on("cases:complaint")
def erase(request: Entered, pk: UUID) -> HttpResponse:
    """Destroy what an answered complaint says, when its time to keep is over."""
    found = look_up(Complaint, pk, by=request.user, permission=Permission.COMPLAINT_ANSWER)
    try:
        act(request, actions.erase_complaint, found)
    except Refusal as refusal:
        return _reading(request, found, AnswerForm(), refusal=str(refusal))
    messages.success(request, _("Isi pengaduan dihapus. Yang tersisa hanya catatan bahwa pernah ada."))
    return redirect("cases:complaint", pk)
