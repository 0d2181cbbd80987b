"""Pages of the receiver: what was sent to one's own body, reading it, and answering. Nothing of the case."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs, note_shown
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.referrals.actions import loop_messages
from simpul.referrals.actions.loop_answers import answer, see
from simpul.referrals.forms.loop import AnswerForm, MessageForm
from simpul.referrals.models import Referral
from simpul.referrals.queries import loop as queries
from simpul.referrals.queries import loop_lists as lists
from simpul.referrals.queries.loop_sides import verbs_for
from simpul.referrals.queries.loop_standing import is_consent_gone, is_own_hand
from simpul.referrals.stages import Deed, Side, Stage
from simpul.referrals.views.loop_moving import again, first_values, is_said, passed_for, stage_of
from simpul.ui.doing import act, done, form_page, pressed_on
from simpul.ui.render import page

PAGE_LENGTH = 50
_RELATED = ("service", "receiver", "consent__person", "case__person", "person")


@needs(Permission.REFERRAL_RECEIVE)
def received(request: Entered) -> HttpResponse:
    """What was sent to one's own body, late ones first."""
    day, only = timezone.localdate(), request.GET.get("tampil", "")
    found = lists.received_within(request.user, day, only=only)
    cut = Paginator(found, PAGE_LENGTH).get_page(request.GET.get("page"))
    rows = lists.received_rows(cut, day)
    note_shown(rows, by=request.user, permission=Permission.REFERRAL_RECEIVE)
    return page(request, "referrals/loop_received.html", rows=rows, page=cut, only=only)


def _found(request: Entered, pk: UUID, permission: Permission) -> Referral:
    """The referral, while its consent holds: a consent that was outgrown closes it as one that was taken back."""
    found = look_up(Referral, pk, by=request.user, permission=permission, related=_RELATED)
    if is_consent_gone(found, timezone.localdate()):
        raise Http404
    return found


@needs(Permission.REFERRAL_RECEIVE)
def received_one(request: Entered, pk: UUID) -> HttpResponse:
    """One of them. The first reading is told to the sender."""
    found = _found(request, pk, Permission.REFERRAL_RECEIVE)
    if found.stage == Stage.SENT:
        found = act(request, see, found)
    return _shown(request, found, MessageForm())


def _shown(request: Entered, found: Referral, form: MessageForm) -> HttpResponse:
    seen, is_own = (
        queries.received_page(found, timezone.localdate(), request.user),
        is_own_hand(found, request.user),
    )
    may_answer = not is_own and is_within_reach(found, request.user, Permission.REFERRAL_ANSWER)
    if may_answer and any(one.is_new for one in seen.messages):
        loop_messages.note_read_back(found, by=request.user, at=timezone.now(), did=Deed.READ)
    told = {"referral": found, "seen": seen, "may_answer": may_answer, "is_own": is_own}
    return form_page(request, "referrals/loop_received_one.html", form, **told)


@needs(Permission.REFERRAL_ANSWER)
def reply(request: Entered, pk: UUID, to: str) -> HttpResponse:
    """Answer: what this stage needs, and nothing else."""
    found = _found(request, pk, Permission.REFERRAL_ANSWER)
    stage = stage_of(to, found, Side.RECEIVER)
    if stage is None:
        raise Http404
    if request.method != "POST" and is_said(stage, found, Side.RECEIVER):
        return redirect("referrals:received-one", pk)
    form = AnswerForm(
        stage, request.POST or None, passed=passed_for(stage, found), initial=first_values(found)
    )
    if form.is_valid() and done(request, form, answer, found, **form.details()):
        messages.success(request, _("Jawaban dikirim kepada %(sender)s.") % {"sender": found.sender_name})
        return redirect("referrals:received-one", pk)
    title, back = dict(verbs_for((stage,), Side.RECEIVER))[stage], "referrals:received-one"
    told = {"title": title, "back": back, "to_whom": found.sender_name}
    return again(request, "referrals/loop_answer.html", form, found, **told)


@needs(Permission.REFERRAL_ANSWER)
@pressed_on("referrals:received-one")
def write_back(request: Entered, pk: UUID) -> HttpResponse:
    """Write to the sender."""
    found = _found(request, pk, Permission.REFERRAL_ANSWER)
    form = MessageForm(request.POST)
    typed = form.cleaned_data if form.is_valid() else None
    if typed and done(
        request, form, loop_messages.write_back, found, key=typed["once"], words=typed["words"]
    ):
        messages.success(request, _("Pesan dikirim."))
        return redirect("referrals:received-one", pk)
    return _shown(request, found, form)
