"""Pages of the plenary: what waits, the vote, the decision; and the result for all who may see it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.accreditation.actions import appeal as appeal_actions
from simpul.accreditation.actions import plenary as actions
from simpul.accreditation.forms.plenary import DecideForm, VoteForm
from simpul.accreditation.forms.validation import SendForm
from simpul.accreditation.models import Accreditation
from simpul.accreditation.queries import afterwards, appeal, scheme, validation, visit
from simpul.accreditation.queries import plenary as queries
from simpul.accreditation.queries.shown import grade_label
from simpul.accreditation.stages import Round
from simpul.organisations.queries.certificates import standing_on
from simpul.organisations.queries.oversight_flags import standing_flags
from simpul.ui.doing import done, pressed_on
from simpul.ui.render import page

_MAY = Permission.ACCREDITATION_DECIDE


@needs(_MAY)
def queue(request: Entered) -> HttpResponse:
    """What this member may vote on; what somebody else has to decide does not stand here."""
    rows = [
        (one, queries.voting_of(one), queries.left_to_recheck(one))
        for round_ in (Round.PLENARY, Round.APPEAL)
        for one in queries.at_the_plenary(request.user, round_)
    ]
    told = [(one, voting, left, voting and voting.of(request.user)) for one, voting, left in rows]
    return page(request, "accreditation/plenary_queue.html", rows=told)


@needs(_MAY)
def plenary(request: Entered, pk: UUID) -> HttpResponse:
    """The grade with its reasons, the votes, and the decision."""
    found = look_up(Accreditation, pk, by=request.user, permission=_MAY, related=("organisation",))
    if queries.round_of(found) is None:
        return redirect("accreditation:result", found.pk)
    return _shown(request, found)


@needs(_MAY)
@pressed_on("accreditation:plenary")
def vote(request: Entered, pk: UUID) -> HttpResponse:
    """One member's vote."""
    found = look_up(Accreditation, pk, by=request.user, permission=_MAY)
    form = VoteForm(request.POST)
    if form.is_valid() and done(request, form, actions.vote, found, **form.details()):
        messages.success(request, _("Suara Anda dicatat."))
        return redirect("accreditation:plenary", found.pk)
    return _shown(request, found, vote=form)


@needs(_MAY)
@pressed_on("accreditation:plenary")
def decide(request: Entered, pk: UUID) -> HttpResponse:
    """The decision of the plenary, or the final one after an appeal."""
    found = look_up(Accreditation, pk, by=request.user, permission=_MAY)
    form = _decide_form(found, request.POST)
    perform = appeal_actions.decide_appeal if _is_appeal(found) else actions.decide
    if form.is_valid():
        key, decided = form.cleaned_data["once"], form.decided()
        if done(request, form, perform, found, key=key, decided=decided):
            messages.success(request, _("Keputusan dicatat."))
            return redirect("accreditation:result", found.pk)
    return _shown(request, found, decide=form)


@needs(_MAY)
@pressed_on("accreditation:plenary")
def send_back(request: Entered, pk: UUID) -> HttpResponse:
    """Back to the validation, with words."""
    found = look_up(Accreditation, pk, by=request.user, permission=_MAY)
    form = _back(found, request.POST)
    if form.is_valid() and done(request, form, actions.return_to_validation, found, **form.cleaned_data):
        messages.success(request, _("Akreditasi ini dikembalikan ke validasi."))
        return redirect("accreditation:plenary-queue")
    return _shown(request, found, back=form)


def _is_appeal(found: Accreditation) -> bool:
    return queries.round_of(found) == Round.APPEAL


def _decide_form(found: Accreditation, typed: object = None) -> DecideForm:
    return DecideForm(queries.reading_of(found), typed, is_appeal=_is_appeal(found))


def _back(found: Accreditation, typed: object = None) -> SendForm:
    return SendForm(found.version, typed, label=_("Apa yang harus diperiksa lagi?"), prefix="back")


def _shown(request: Entered, found: Accreditation, **forms: object) -> HttpResponse:
    found.refresh_from_db()
    voting = queries.voting_of(found)
    if voting is None:
        # Decided meanwhile by another member: what was typed has no place to go any more.
        messages.error(request, _("Akreditasi ini sudah diputuskan."))
        return redirect("accreditation:result", found.pk)
    status = 422 if forms else 200
    shown: dict[str, Any] = {"run": found, "scheme": scheme.scheme_of(found), "forms": list(forms.values())}
    if barred := queries.barred(found, request.user, voting.round):
        # Who may not decide reads why, and nothing of what is being decided.
        return page(request, "accreditation/plenary.html", status=status, barred=barred, **shown)
    return page(
        request,
        "accreditation/plenary.html",
        status=status,
        **shown,
        **_beside(found),
        left=queries.left_to_recheck(found),
        reading=queries.reading_of(found),
        voting=voting,
        own=voting.of(request.user),
        vote_form=forms.get("vote") or VoteForm(),
        decide_form=forms.get("decide") or _decide_form(found),
        back_form=forms.get("back") or _back(found),
        appealed=appeal.appeal_of(found),
        earlier=queries.decision_that_holds(found),
    )


def _beside(found: Accreditation) -> dict[str, Any]:
    """What is read beside the scores."""
    return {
        "parts": validation.validation_rows(found),
        "flags": standing_flags(found.organisation, timezone.localdate()),
        "agreements": visit.agreements(found),
        "visits": visit.visits_of(found),
    }


@needs(Permission.ACCREDITATION_VIEW)
def result(request: Entered, pk: UUID) -> HttpResponse:
    """What was decided, down to the last item, and what may follow."""
    may = Permission.ACCREDITATION_VIEW
    found = look_up(
        Accreditation, pk, by=request.user, permission=may, related=("organisation", "certificate")
    )
    today, language = timezone.localdate(), get_language() or "id"
    decisions = queries.decisions_of(found)
    return page(
        request,
        "accreditation/result.html",
        run=found,
        scheme=scheme.scheme_of(found),
        decisions=[
            (one, queries.reading_of_decision(one), grade_label(one.grade, scheme.scheme_of(found)))
            for one in reversed(decisions)
        ],
        improvements=afterwards.improvements_of(found, today, language),
        appealed=appeal.appeal_of(found),
        may_appeal=request.user.can(Permission.ACCREDITATION_APPLY)
        and not appeal.barred_from_appeal(found, today),
        last_day=appeal.last_day_to_appeal(found),
        standing=standing_on(found.certificate, today) if found.certificate else None,
        watches=afterwards.watches_of(found),
    )
