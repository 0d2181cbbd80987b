"""Pages on which the sender moves a referral on: consent, sending, what was learnt, the client's word, taking back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.cases.actions.goals import score_goal
from simpul.cases.forms.goals import ScoreForm
from simpul.cases.models import Moment
from simpul.cases.queries.case import sees_all
from simpul.cases.queries.goals import may_be_scored, said_level, scores_of
from simpul.cases.queries.privacy import referral_consent
from simpul.people.models import Basis
from simpul.referrals.actions import loop as actions
from simpul.referrals.actions.loop_answers import record_answer
from simpul.referrals.actions.loop_consent import consent_to
from simpul.referrals.forms.loop import AnswerForm, ConfirmForm, ConsentForm, SendForm, WithdrawForm
from simpul.referrals.models import Referral
from simpul.referrals.queries.loop_goal import goal_to_score
from simpul.referrals.queries.loop_queue import passed_over
from simpul.referrals.queries.loop_shared import keeps_apart, offered, previewed, tells_sensitive, to_whom
from simpul.referrals.queries.loop_sides import has_account, may_say, verbs_for
from simpul.referrals.stages import Side, Stage
from simpul.ui.doing import done, form_page, pressed, pressed_on

_RELATED = ("case__person", "person", "service", "receiver", "consent__person", "step")


def _found(request: Entered, pk: UUID) -> Referral:
    return look_up(Referral, pk, by=request.user, permission=Permission.REFERRAL_SEND, related=_RELATED)


def again(request: Entered, template: str, form: Form, found: Referral, **shown: Any) -> HttpResponse:
    """The form with what was typed. What is sent next is based on what is shown now."""
    if form.is_bound:
        found.refresh_from_db()
        typed = request.POST.copy()
        typed["version"] = str(found.version)
        form.data = typed
    told = {"referral": found, "to_whom": to_whom(found), **shown}
    return form_page(request, template, form, **told)


@needs(Permission.REFERRAL_SEND)
def consent(request: Entered, pk: UUID) -> HttpResponse:
    """Exactly which data may go to this receiver, and who agreed."""
    found, day = _found(request, pk), timezone.localdate()
    if found.stage not in (Stage.PROPOSED, Stage.CONSENTED):
        return redirect("referrals:referral", pk)
    has_general = referral_consent(found.case, day) is not None
    held = {
        "version": found.version,
        "shares": found.shares,
        "basis": found.basis or Basis.CONSENT,
        "because": found.basis_because or "",
        "capacity": found.consent_capacity,
        "given_by": found.consent_by or "",
        "mode": found.consent_mode,
    }
    lines = offered(found, request.user, day)
    form = ConsentForm(lines, request.POST or None, has_general=has_general, initial=held)
    if form.is_valid() and done(request, form, consent_to, found, **form.cleaned_data):
        return redirect("referrals:send", pk)
    case = found.case
    told = {"case": case, "is_child": case.person.is_child_on(day), "is_told": sees_all(case, request.user)}
    told["is_own_body"] = found.receiver_id is not None and found.receiver_id == case.organisation
    return again(request, "referrals/loop_consent.html", form, found, **told)


@needs(Permission.REFERRAL_SEND)
def send(request: Entered, pk: UUID) -> HttpResponse:
    """What the receiver will see, word for word, and the button that sends it."""
    found = _found(request, pk)
    if found.stage != Stage.CONSENTED and request.method != "POST":
        return redirect("referrals:consent" if found.stage == Stage.PROPOSED else "referrals:referral", pk)
    form = SendForm(request.POST or None, initial={"version": found.version})
    if form.is_valid() and done(request, form, actions.send, found, **form.cleaned_data):
        messages.success(request, _("Rujukan dikirim. Tercatat juga sebagai pemberitahuan keluar."))
        reads_here = has_account(found.receiver_id)
        return redirect("referrals:referral" if reads_here else "referrals:letter", pk)
    seen = previewed(found, request.user, timezone.localdate())
    told = {"seen": seen, "has_account": has_account(found.receiver_id)}
    told["is_for_all"] = told["has_account"] and tells_sensitive(seen) and not keeps_apart(found)
    return again(request, "referrals/loop_send.html", form, found, **told)


@needs(Permission.REFERRAL_SEND)
def withdraw(request: Entered, pk: UUID) -> HttpResponse:
    """Take it back. The receiver sees nothing of it from then on."""
    found = _found(request, pk)
    initial = {"version": found.version, "who": request.GET.get("oleh", "")}
    form = WithdrawForm(request.POST or None, initial=initial)
    if form.is_valid() and done(request, form, actions.withdraw, found, **form.details()):
        messages.success(request, _("Rujukan ditutup bagi penerima mulai sekarang."))
        return redirect("referrals:referral", pk)
    return again(request, "referrals/loop_withdraw.html", form, found)


@needs(Permission.REFERRAL_SEND)
def confirm(request: Entered, pk: UUID) -> HttpResponse:
    """What the client says of it, and what becomes of the line in the plan."""
    found = _found(request, pk)
    initial = {"version": found.version, "told_on": timezone.localdate(), "step_to": "running"}
    form = ConfirmForm(request.POST or None, initial=initial)
    if form.is_valid() and done(request, form, actions.confirm, found, **form.cleaned_data):
        messages.success(request, _("Kata penerima manfaat disimpan."))
        return redirect("referrals:referral", pk)
    return again(request, "referrals/loop_confirm.html", form, found)


@needs(Permission.CASE_PLAN)
def goal(request: Entered, pk: UUID) -> HttpResponse:
    """How the goal stands now, with the client's own words already in the form."""
    found = look_up(Referral, pk, by=request.user, permission=Permission.REFERRAL_VIEW, related=_RELATED)
    served = goal_to_score(found, request.user)
    if served is None:
        return redirect("referrals:referral", pk)
    scores = scores_of(served)
    has_baseline = any(score.moment == Moment.BASELINE for score in scores)
    form = ScoreForm(served, on=timezone.localdate(), has_baseline=has_baseline, typed=request.POST or None)
    # After a service a goal is looked at again, even where nobody had looked before.
    form.initial.update(seen=found.told_words or "", seen_on=found.told_on, moment=Moment.PROGRESS)
    if form.is_valid() and done(request, form, score_goal, served, **form.details()):
        messages.success(request, _("Perkembangan tujuan disimpan."))
        return redirect("cases:goal", served.pk)
    last = scores[0] if scores else None
    told = {"goal": served, "case": found.case, "may_score": may_be_scored(served.levels)}
    told |= {"last": last, "last_level": said_level(last.level) if last else ""}
    return form_page(request, "cases/goal_score.html", form, **told)


@needs(Permission.REFERRAL_SEND)
def record(request: Entered, pk: UUID, to: str) -> HttpResponse:
    """Write down what was learnt: an answer by telephone, the first visit, that it was given."""
    found = _found(request, pk)
    stage = stage_of(to, found, Side.SENDER, by_hand=not has_account(found.receiver_id))
    if stage is None:
        raise Http404
    if request.method != "POST" and is_said(stage, found, Side.SENDER):
        return redirect("referrals:referral", pk)
    form = AnswerForm(stage, request.POST or None, side=Side.SENDER, initial=first_values(found))
    if form.is_valid() and done(request, form, record_answer, found, **form.details()):
        messages.success(request, _("Sudah dicatat."))
        return redirect("referrals:referral", pk)
    title = dict(verbs_for((stage,), Side.SENDER))[stage]
    return again(request, "referrals/loop_answer.html", form, found, title=title, back="referrals:referral")


def stage_of(to: str, referral: Referral, side: Side, *, by_hand: bool = False) -> Stage | None:
    """The stage of an address, where this side may say it now or just has; None for anything else."""
    is_known = to in Stage.values and Stage(to) in dict(verbs_for(tuple(Stage), side))
    if not is_known or to == Stage.CONFIRMED:
        return None
    stage = Stage(to)
    may = stage in may_say(referral, side, by_hand=by_hand)
    return stage if may or referral.stage == stage else None


def is_said(stage: Stage, referral: Referral, side: Side) -> bool:
    """Whether it stands there already, so that its form would only repeat it: as after going back."""
    return referral.stage == stage and stage not in may_say(referral, side, by_hand=True)


def passed_for(stage: Stage, referral: Referral) -> int:
    """How many who wait the receiver would pass over by saying this."""
    is_new = stage == Stage.ACCEPTED and referral.stage != Stage.ACCEPTED
    return passed_over(referral, timezone.localdate()) if is_new else 0


def first_values(referral: Referral) -> dict[str, Any]:
    """What stands in a form of answers when it opens."""
    return {"version": referral.version, "day": None, "came": "unknown"}


@needs(Permission.REFERRAL_SEND)
@pressed_on("referrals:referral")
def adjust_plan(request: Entered, pk: UUID) -> HttpResponse:
    """Let the line of the plan say how far the referral is."""
    pressed(request, actions.adjust_plan, _found(request, pk), _("Langkah rencana disesuaikan."))
    return redirect("referrals:referral", pk)
