"""Pages of how strong a body stands: the checks side by side, and one of them answered on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, needs
from simpul.access.permissions import Permission
from simpul.access.refusal import NotAllowed, Refusal
from simpul.instruments.forms import AnswersForm
from simpul.programmes.actions import strength as actions
from simpul.programmes.forms.strength import BeginStrengthForm
from simpul.programmes.models import Member, StrengthCheck
from simpul.programmes.queries import strength as queries
from simpul.programmes.queries.mentoring import HANDS, hand_of
from simpul.programmes.views.reached import found
from simpul.ui.doing import act, done, form_page, pressed_on
from simpul.ui.render import page

_ANY = Permission.ORGANISATION_VIEW
_MENTOR, _MANAGE = Permission.PROGRAMME_MENTOR, Permission.PROGRAMME_MANAGE
Act = dict[Permission, Callable[..., Any]]
_BEGIN: Act = {_MENTOR: actions.begin, _MANAGE: actions.begin_for_mentor}
_ANSWER: Act = {_MENTOR: actions.answer, _MANAGE: actions.answer_for_mentor}
_FINISH: Act = {_MENTOR: actions.finish, _MANAGE: actions.finish_for_mentor}
_OF_MEMBER = ("member__organisation", "member__programme", "programme")


@needs(_ANY)
def strength(request: Entered, pk: UUID) -> HttpResponse:
    """The checks of one body, before beside after."""
    member = found(request, Member, pk, related=("organisation", "programme"))
    return page(request, "programmes/strength.html", shown=queries.page_of(member, request.user))


@needs(_ANY)
def strength_begin(request: Entered, pk: UUID) -> HttpResponse:
    """Begin a check with what Simpul knows of itself."""
    member = found(request, Member, pk, HANDS, related=("organisation", "programme"))
    form = BeginStrengthForm(request.POST or None, initial={"seen_on": timezone.localdate()})
    if form.is_valid():
        kept = form.cleaned_data
        details = {"key": kept["once"], "occasion": kept["occasion"], "seen_on": kept["seen_on"]}
        if made := done(request, form, _BEGIN[_hand(request, member)], member, **details):
            return redirect("programmes:strength-fill", made.pk)
    back = reverse("programmes:strength", args=[pk])
    return form_page(
        request,
        "ui/form.html",
        form,
        title=_("Periksa keberdayaan lembaga"),
        back=back,
        about=member.organisation.name,
        button=_("Mulai"),
    )


@needs(_ANY)
def strength_fill(request: Entered, pk: UUID) -> HttpResponse:
    """What Simpul knows, and the rest to be answered."""
    check = found(request, StrengthCheck, pk, HANDS, related=_OF_MEMBER)
    if check.done_at is not None:
        return redirect("programmes:strength-check", pk)
    answers = AnswersForm(
        queries.asked(queries.instrument_of(check), check.known), request.POST or None, initial=check.answers
    )
    refusal = ""
    if answers.is_bound and answers.is_valid():
        details = {"mark": request.POST.get("mark", ""), "answers": answers.cleaned_answers()}
        try:
            act(request, _ANSWER[_hand(request, check.member)], check, **details)
        except Refusal as refused:
            refusal = str(refused)
            check.refresh_from_db()
        else:
            messages.success(request, _("Jawaban disimpan."))
            return redirect(
                "programmes:strength-check" if "check" in request.POST else "programmes:strength-fill", pk
            )
    return form_page(
        request,
        "programmes/strength_fill.html",
        answers,
        check=check,
        answers=answers,
        known=queries.known_lines(check.known),
        mark=queries.mark_of(check.answers),
        refusal=refusal,
    )


@needs(_ANY)
def strength_check(request: Entered, pk: UUID) -> HttpResponse:
    """One check to read."""
    check = found(request, StrengthCheck, pk, related=_OF_MEMBER)
    return _reading(request, check)


def _reading(request: Entered, check: StrengthCheck, refusal: str = "") -> HttpResponse:
    return page(
        request,
        "programmes/strength_check.html",
        status=422 if refusal else 200,
        check=check,
        fields=queries.fields_of(check),
        mark=queries.mark_of(check.answers),
        hand=queries.writing_hand(check.member, request.user),
        refusal=refusal,
    )


@needs(_ANY)
@pressed_on("programmes:strength-check")
def strength_finish(request: Entered, pk: UUID) -> HttpResponse:
    """Finish a check that was read."""
    check = found(request, StrengthCheck, pk, HANDS, related=_OF_MEMBER)
    perform = _FINISH[_hand(request, check.member)]
    try:
        act(request, perform, check, mark=request.POST.get("mark", ""))
    except Refusal as refused:
        check.refresh_from_db()
        return _reading(request, check, str(refused))
    messages.success(request, _("Pemeriksaan selesai."))
    return redirect("programmes:strength", check.member_id)


def _hand(request: Entered, member: Member) -> Permission:
    right = hand_of(member, request.user)
    if right is None:
        raise NotAllowed
    return right
