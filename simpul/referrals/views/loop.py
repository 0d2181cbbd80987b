"""Pages of the sender: what was sent, one referral, proposing one, and writing to the receiver."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs, note_shown
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.cases.models import Case, PlanStep
from simpul.cases.queries.case import require_open, sees_all
from simpul.cases.queries.plans import kind_name
from simpul.referrals.actions import loop as actions
from simpul.referrals.actions import loop_messages
from simpul.referrals.forms.loop import MessageForm, PrepareForm, ProposeForm
from simpul.referrals.models import Referral
from simpul.referrals.queries import loop as queries
from simpul.referrals.queries import loop_lists as lists
from simpul.referrals.queries.finding import why_kept
from simpul.referrals.stages import Stage
from simpul.services.models import Service
from simpul.ui.doing import done, form_page, pressed_on
from simpul.ui.render import page

PAGE_LENGTH = 50
_RELATED = ("case__person", "person", "service", "receiver", "consent__person", "step")


@needs(Permission.REFERRAL_VIEW)
def sent(request: Entered) -> HttpResponse:
    """What was sent from cases within reach, late ones first."""
    day, only, mine = timezone.localdate(), request.GET.get("tampil", ""), "saya" in request.GET
    found = lists.sent_within(request.user, day, only=only, mine=mine)
    cut = Paginator(found, PAGE_LENGTH).get_page(request.GET.get("page"))
    rows = lists.sent_rows(cut, day)
    note_shown(rows, by=request.user, permission=Permission.REFERRAL_VIEW)
    return page(
        request,
        "referrals/loop_sent.html",
        rows=rows,
        page=cut,
        only=only,
        mine=mine,
    )


@needs(Permission.REFERRAL_VIEW)
def of_case(request: Entered, pk: UUID) -> HttpResponse:
    """Every referral of one case, and the steps of its plan that could be referred."""
    case = look_up(Case, pk, by=request.user, permission=Permission.REFERRAL_VIEW, related=("person",))
    rows = lists.sent_rows(lists.of_case(case, request.user), timezone.localdate())
    may_send = case.is_open and is_within_reach(case, request.user, Permission.REFERRAL_SEND)
    lines = lists.lines_of(case, is_told=sees_all(case, request.user)) if may_send else ()
    return page(request, "referrals/loop_of_case.html", case=case, rows=rows, lines=lines)


@needs(Permission.REFERRAL_SEND)
def propose(request: Entered, pk: UUID, step: UUID, service: UUID | None = None) -> HttpResponse:
    """Propose a service for a line of the plan, or a body outside."""
    line = look_up(PlanStep, step, by=request.user, permission=Permission.REFERRAL_SEND)
    if line.case_id != pk:
        raise Http404
    if request.method != "POST":
        require_open(line.case)
    chosen = get_object_or_404(Service.objects.public(), pk=service) if service else None
    initial = {"urgency": line.case.urgency}
    form = ProposeForm(request.POST or None, is_outside=chosen is None, initial=initial)
    if form.is_valid():
        why = why_kept(line, chosen, request.user, timezone.localdate())
        if made := done(request, form, actions.propose, line, service=chosen, finding=why, **form.details()):
            return redirect("referrals:consent", made.pk)
    told = {"case": line.case, "line": line, "service": chosen, "kind": kind_name(line.service_kind)}
    return form_page(request, "referrals/loop_propose.html", form, **told)


@needs(Permission.REFERRAL_VIEW)
def referral(request: Entered, pk: UUID) -> HttpResponse:
    """One referral as its sender sees it."""
    found = look_up(Referral, pk, by=request.user, permission=Permission.REFERRAL_VIEW, related=_RELATED)
    return _shown(request, found, MessageForm())


def _shown(request: Entered, found: Referral, form: MessageForm) -> HttpResponse:
    seen = queries.sent_page(found, request.user, timezone.localdate())
    if seen.may_write and any(one.is_new for one in seen.messages):
        loop_messages.note_read(found, by=request.user, at=timezone.now())
    return form_page(request, "referrals/loop_referral.html", form, referral=found, seen=seen)


@needs(Permission.REFERRAL_SEND)
def prepare(request: Entered, pk: UUID) -> HttpResponse:
    """Change the words for the receiver before sending, and the notes of the preparation."""
    found = look_up(Referral, pk, by=request.user, permission=Permission.REFERRAL_SEND, related=_RELATED)
    initial = {
        "version": found.version,
        "words": found.words or "",
        "preparation": found.preparation or "",
    }
    form = PrepareForm(request.POST or None, initial=initial)
    if form.is_valid():
        if made := done(request, form, actions.prepare, found, **form.cleaned_data):
            messages.success(request, _("Keterangan disimpan."))
            if (found.stage, made.stage) == (Stage.CONSENTED, Stage.PROPOSED):
                messages.warning(request, _("Persetujuannya untuk keterangan yang lama. Mintalah lagi."))
            return redirect("referrals:referral", pk)
        found.refresh_from_db()
    return form_page(request, "referrals/loop_prepare.html", form, referral=found)


@needs(Permission.REFERRAL_SEND)
@pressed_on("referrals:referral")
def write(request: Entered, pk: UUID) -> HttpResponse:
    """Write to the receiver. A refused message is shown again with what was typed."""
    found = look_up(Referral, pk, by=request.user, permission=Permission.REFERRAL_SEND, related=_RELATED)
    form = MessageForm(request.POST)
    if form.is_valid() and done(
        request,
        form,
        loop_messages.write,
        found,
        key=form.cleaned_data["once"],
        words=form.cleaned_data["words"],
    ):
        messages.success(request, _("Pesan dikirim."))
        return redirect("referrals:referral", pk)
    return _shown(request, found, form)
