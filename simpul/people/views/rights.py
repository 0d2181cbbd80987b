"""What people ask about their own data: recording, the clock, the answer, limiting, erasing and its minutes."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs, note_shown
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.people import actions, queries
from simpul.people.forms import AnswerForm, DespiteForm, ReasonForm, RequestForm
from simpul.people.models import DataRequest, Person, RequestKind, RequestState
from simpul.ui.render import page

PAGE_LENGTH = 100
# What is typed wrong, or may not be done, is shown again with this.
REFUSED = 422


@needs(Permission.DATA_REQUEST_RECORD)
def waiting(request: Entered) -> HttpResponse:
    """Everything that waits for an answer, the latest first."""
    rows = queries.waiting_requests(request.user)
    found = Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("page"))
    note_shown(found, by=request.user, permission=Permission.DATA_REQUEST_RECORD)
    return page(request, "people/data_requests.html", rows=list(found), page=found, now=timezone.now())


@needs(Permission.DATA_REQUEST_RECORD)
def record(request: Entered, pk: uuid.UUID) -> HttpResponse:
    """What this person asked so far, and a form for one thing more."""
    someone = look_up(Person, pk, by=request.user, permission=Permission.DATA_REQUEST_RECORD)
    on, at = timezone.localdate(), timezone.now()
    form = RequestForm(request.POST or None, initial={"once": uuid.uuid4()}, on=on)
    if form.is_valid():
        try:
            received = form.received_at(at)
            asked = actions.record_request(
                someone, by=request.user, received_at=received, on=on, at=at, **form.details()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Permintaan sudah dicatat."))
            return redirect("people:data-request", asked.pk)
    requests = queries.requests_of(someone)
    return page(
        request, "people/data_request_new.html", status=REFUSED if form.errors else 200,
        form=form, person=someone, requests=requests, now=at,
    )  # fmt: skip


@needs(Permission.DATA_REQUEST_RECORD)
def answer(request: Entered, pk: uuid.UUID) -> HttpResponse:
    """One request: what is asked, how long there is, and the answer."""
    asked = look_up(DataRequest, pk, by=request.user, permission=Permission.DATA_REQUEST_RECORD)
    form = AnswerForm(request.POST or None, on=timezone.localdate())
    if form.is_valid():
        try:
            answered = actions.answer_request(asked, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            asked.refresh_from_db()
        else:
            messages.success(request, _answered(answered))
            return redirect("people:data-request", pk)
    return page(
        request,
        "people/data_request.html",
        status=REFUSED if form.errors else 200,
        form=form,
        asked=asked,
        person=asked.person,
        holds=queries.holds_on(asked.person, form.on) if _needs_holds(asked) else [],
        may=queries.may_do(request.user),
        sees_words=queries.may_see_hidden(asked.person, request.user),
        now=timezone.now(),
    )


def _needs_holds(asked: DataRequest) -> bool:
    return asked.kind == RequestKind.ERASE and asked.is_waiting


def _answered(asked: DataRequest) -> str:
    if asked.state == RequestState.CHECKED:
        return _("Disetujui. Sekarang orang kedua memeriksa dan menghapusnya.")
    return _("Jawaban sudah dicatat. Sampaikan kepada yang meminta.")


@needs(Permission.PERSON_ERASE)
def erase(request: Entered, pk: uuid.UUID) -> HttpResponse:
    """The second person looks once more, and erases. It cannot be undone."""
    asked = look_up(DataRequest, pk, by=request.user, permission=Permission.PERSON_ERASE)
    if asked.kind != RequestKind.ERASE or asked.state == RequestState.OPEN:
        raise Http404
    form, refusal = DespiteForm(request.POST or None, on=timezone.localdate()), None
    if request.method == "POST" and form.is_valid():
        try:
            actions.erase(asked, by=request.user, on=form.on, at=timezone.now(), **form.cleaned_data)
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, _("Data sudah dihapus. Cetak berita acaranya."))
            return redirect("people:minutes", pk)
    return page(
        request,
        "people/data_request_erase.html",
        status=REFUSED if refusal or form.errors else 200,
        form=form,
        asked=asked,
        person=asked.person,
        holds=queries.holds_on(asked.person, form.on),
        is_second=queries.is_second_person(asked, request.user),
        refusal=refusal,
    )


@needs(Permission.DATA_REQUEST_RECORD)
def minutes(request: Entered, pk: uuid.UUID) -> HttpResponse:
    """The minutes of an erasure, to print: who asked, who decided, how much was destroyed. No name."""
    asked = look_up(DataRequest, pk, by=request.user, permission=Permission.DATA_REQUEST_RECORD)
    if asked.approved_at is None:
        raise Http404
    return page(
        request,
        "people/minutes.html",
        asked=asked,
        person=asked.person,
        counts=queries.destroyed_words(asked),
    )


@needs(Permission.PERSON_LIMIT)
def lift_limit(request: Entered, pk: uuid.UUID) -> HttpResponse:
    """The record may be used again, with the reason."""
    someone = look_up(Person, pk, by=request.user, permission=Permission.PERSON_LIMIT)
    form = ReasonForm(request.POST or None, on=timezone.localdate())
    if form.is_valid():
        try:
            actions.lift_limit(someone, by=request.user, because=form.cleaned_data["reason"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Pembatasan sudah dicabut. Data dapat dipakai lagi."))
            return redirect("people:person", pk)
    return page(
        request, "people/limit_lift.html", status=REFUSED if form.errors else 200, form=form, person=someone
    )


@needs(Permission.PERSON_ERASE)
def hold(request: Entered, pk: uuid.UUID) -> HttpResponse:
    """Hold a record back from erasing because of a legal process, or let it go."""
    someone = look_up(Person, pk, by=request.user, permission=Permission.PERSON_ERASE)
    form = ReasonForm(request.POST or None, on=timezone.localdate())
    if form.is_valid():
        try:
            _hold(someone, request, form.cleaned_data["reason"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("people:person", pk)
    return page(
        request, "people/hold.html", status=REFUSED if form.errors else 200, form=form, person=someone
    )


def _hold(someone: Person, request: Entered, reason: str) -> None:
    # The button says what it was pressed for: a second press must not turn it round.
    if request.POST.get("do") == "lift":
        actions.lift_hold(someone, by=request.user, because=reason)
        messages.success(request, _("Penahanan data sudah dicabut."))
    else:
        actions.hold(someone, by=request.user, reason=reason, at=timezone.now())
        messages.success(request, _("Data ditahan: tidak dapat dihapus sampai penahanannya dicabut."))
