"""A body without an account: the sender makes its letter, and whoever holds the code reads and answers."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from simpul.access.gate import THE_MACHINE, Entered, look_up, needs
from simpul.access.limits import address_of
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.refusal import Refusal
from simpul.catalogue.services import norms
from simpul.organisations.queries.certificates import grouped
from simpul.referrals.actions import loop_answers, loop_messages
from simpul.referrals.actions import outside as actions
from simpul.referrals.forms.loop import AnswerForm, MessageForm
from simpul.referrals.forms.outside import OPENING, LetterForm, OpenForm
from simpul.referrals.models import Referral
from simpul.referrals.queries import loop as queries
from simpul.referrals.queries import outside_letter
from simpul.referrals.queries.loop_shared import may_hand_over, to_whom
from simpul.referrals.queries.loop_sides import verbs_for
from simpul.referrals.queries.outside import Ticket, holds, lettered, opens
from simpul.referrals.stages import Deed, Side
from simpul.referrals.views.loop_moving import first_values, passed_for, stage_of
from simpul.ui.doing import act, pressed_on
from simpul.ui.render import file_answer, page
from simpul.ui.taking import taken

_RELATED = ("case__person", "person", "service", "receiver", "consent__person")


# --- for the sender ---


@needs(Permission.REFERRAL_SEND)
def letter(request: Entered, pk: UUID) -> HttpResponse:
    """How the letter is made; pressed, a new code and the letter of it. The code is shown this once."""
    found = look_up(Referral, pk, by=request.user, permission=Permission.REFERRAL_SEND, related=_RELATED)
    if not queries.sent_page(found, request.user, timezone.localdate()).may_letter:
        return redirect("referrals:referral", pk)
    told: dict[str, Any] = {"referral": found, "to_whom": to_whom(found), "code": ""}
    if request.method == "POST":
        try:
            code = act(request, actions.issue_code, found)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("referrals:referral", pk)
        found.refresh_from_db()
        told["code"] = grouped(code)
        told["form"] = LetterForm(initial={"ticket": outside_letter.Fresh(found.pk, code).sealed()})
        told["mail"] = outside_letter.mail_text(found, _address(request, found))
        told["mail_link"] = outside_letter.mail_link(found, told["mail"])
    response = page(request, "referrals/outside_letter.html", **told)
    response["Cache-Control"] = "no-store"
    return response


def _address(request: HttpRequest, found: Referral) -> str:
    """The whole address of the page of answers, with the number and never the code."""
    return request.build_absolute_uri(reverse("referrals:answer-numbered", args=[found.number]))


@needs(Permission.REFERRAL_SEND)
@pressed_on("referrals:letter")
def letter_pdf(request: Entered, pk: UUID) -> HttpResponse:
    """The letter to print, each time recorded. Only from the page on which its code was made."""
    permission = Permission.REFERRAL_SEND
    found = look_up(Referral, pk, by=request.user, permission=permission, always=True, related=_RELATED)
    form = LetterForm(request.POST)
    fresh = outside_letter.Fresh.read(form.cleaned_data["ticket"]) if form.is_valid() else None
    day = timezone.localdate()
    is_right = fresh is not None and fresh.key == pk and opens(found, fresh.code, day)
    if fresh is None or not is_right or not may_hand_over(found, request.user):
        messages.error(request, _("Kode itu tidak berlaku lagi. Buat kode dan surat yang baru."))
        return redirect("referrals:letter", pk)
    with_shared = form.cleaned_data["with_shared"]
    said = outside_letter.said_on_paper(
        found, fresh.code, _address(request, found), day, with_shared=with_shared
    )
    made = outside_letter.typeset(said | {"mark": taken(request.user, timezone.now())})
    return file_answer(made, "application/pdf", f"rujukan-{found.number}.pdf", opens=True)


# --- for who holds a code ---


@login_not_required
@never_cache
def answer(request: HttpRequest, number: str = "") -> HttpResponse:
    """The page of a letter: its number and code open it, and what is answered there carries a sealed ticket."""
    if "ticket" in request.POST:
        return _inside(request, Ticket.read(request.POST["ticket"]))
    form = OpenForm(request.POST or None, initial={"number": number})
    if not form.is_bound:
        return page(request, "referrals/outside_open.html", form=form)
    if OPENING.is_over(address_of(request)):
        form.add_error(None, _("Terlalu banyak percobaan dari jaringan ini. Coba lagi sejam lagi."))
        return page(request, "referrals/outside_open.html", status=429, form=form)
    found = _opened(form) if form.is_valid() else None
    if found is None:
        return page(request, "referrals/outside_open.html", status=404 if form.is_valid() else 422, form=form)
    if _sends(request, found):
        return _closed(request, _FOR_THE_OTHERS)
    return _letter_page(request, _seen(found), Ticket.of(found, timezone.now()))


_FOR_THE_OTHERS = gettext_lazy(
    "Halaman ini untuk lembaga penerima. Bila mereka menjawab lewat telepon, catat jawabannya di halaman rujukan."
)


def _sends(request: HttpRequest, found: Referral) -> bool:
    """Whether somebody of the sender's side is signed in here: they never answer for the body."""
    user: Any = request.user
    return user.is_authenticated and is_within_reach(found, user, Permission.REFERRAL_VIEW)


def _closed(request: HttpRequest, words: Any) -> HttpResponse:
    messages.error(request, words)
    return page(request, "referrals/outside_open.html", status=404, form=OpenForm())


def _opened(form: OpenForm) -> Referral | None:
    """The referral of this number and code. A wrong code is counted; why it does not open is never told."""
    found, code = lettered(form.cleaned_data["number"]), form.cleaned_data["code"]
    day = timezone.localdate()
    if found is not None and opens(found, code, day):
        return found
    # So many are told to the sender; more would only fill the record that nobody can shorten.
    if found is not None and holds(found, day) and found.code_tries < norms().code_tries:
        actions.note_wrong_code(found, by=THE_MACHINE, on=day, at=timezone.now(), did=Deed.WRONG_CODE)
    return None


def _seen(found: Referral) -> Referral:
    return loop_answers.see_by_code(
        found, by=THE_MACHINE, on=timezone.localdate(), at=timezone.now(), did=Deed.READ_BY_CODE
    )


def _inside(request: HttpRequest, ticket: Ticket | None) -> HttpResponse:
    """What was pressed on an open page: a button, an answer, or a message."""
    found = ticket.referral(timezone.now(), timezone.localdate()) if ticket else None
    if ticket is None or found is None:
        return _closed(request, _("Halaman ini sudah ditutup. Tulis lagi nomor dan kodenya."))
    if _sends(request, found):
        return _closed(request, _FOR_THE_OTHERS)
    if "to" in request.POST:
        return _answering(request, found, ticket)
    if "words" in request.POST:
        return _writing(request, found, ticket)
    return _letter_page(request, found, ticket)


def _letter_page(
    request: HttpRequest, found: Referral, ticket: Ticket, form: MessageForm | None = None, *, who: str = ""
) -> HttpResponse:
    """Exactly what a receiver with an account sees."""
    seen = queries.received_page(found, timezone.localdate())
    if any(one.is_new for one in seen.messages):
        loop_messages.note_read_back(found, by=THE_MACHINE, at=timezone.now(), did=Deed.READ_BY_CODE)
    told: dict[str, Any] = {"referral": found, "seen": seen, "form": form or MessageForm(), "who": who}
    # The one with which it was opened: its hours run from then, however often something is pressed.
    told["ticket"] = ticket.sealed()
    status = 422 if form is not None and form.is_bound else 200
    return page(request, "referrals/outside_answer.html", status=status, **told)


def _by_code(found: Referral) -> dict[str, Any]:
    """When it is done, and what the record says of it: by a code, and whose."""
    now = {"on": timezone.localdate(), "at": timezone.now()}
    return {**now, "did": Deed.ANSWERED_BY_CODE, "maker": found.code_by_name}


def _answering(request: HttpRequest, found: Referral, ticket: Ticket) -> HttpResponse:
    stage = stage_of(request.POST["to"], found, Side.RECEIVER)
    if stage is None:
        raise Http404
    typed = request.POST if "version" in request.POST else None
    passed = passed_for(stage, found)
    form = AnswerForm(stage, typed, asks_who=True, passed=passed, initial=first_values(found))
    if form.is_valid():
        try:
            made = loop_answers.answer(found, by=THE_MACHINE, **_by_code(found), **form.details())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Jawaban Anda terkirim. Terima kasih."))
            return _letter_page(request, made, ticket)
    told: dict[str, Any] = {
        "referral": found,
        "form": form,
        "title": dict(verbs_for((stage,), Side.RECEIVER))[stage],
        "to": stage.value,
    }
    told["ticket"] = ticket.sealed()
    return page(request, "referrals/outside_reply.html", status=422 if form.is_bound else 200, **told)


def _writing(request: HttpRequest, found: Referral, ticket: Ticket) -> HttpResponse:
    form, who = MessageForm(request.POST), request.POST.get("who", "")
    if form.is_valid():
        key: uuid.UUID = form.cleaned_data["once"]
        try:
            loop_messages.write_back(
                found, by=THE_MACHINE, key=key, words=form.cleaned_data["words"], who=who, **_by_code(found)
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Pesan dikirim."))
            return _letter_page(request, found, ticket)
    return _letter_page(request, found, ticket, form, who=who)
