"""The worker's decision, and how a screening ends."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.screening import actions, queries
from simpul.screening.actions import Verdict
from simpul.screening.forms import DecisionForm, EndForm
from simpul.screening.models import Screening
from simpul.screening.stages import State
from simpul.screening.views.results import withheld
from simpul.ui.render import page


@needs(Permission.SCREENING_DECIDE)
def decide(request: Entered, pk: UUID) -> HttpResponse:
    """Confirm or override each finding, and say how soon somebody must act."""
    screening = look_up(Screening, pk, by=request.user, permission=Permission.SCREENING_DECIDE)
    if screening.finished_at is None or not screening.is_running:
        return redirect("screening:result", screening.pk)
    if (closed := withheld(request, screening)) is not None:
        return closed
    found = queries.result(screening, on=timezone.localdate(), viewer=request.user)
    form = DecisionForm(found.types, request.POST or None, initial=_earlier(screening, found))
    if form.is_valid() and _decided(request, screening, form):
        messages.success(request, _("Keputusan Anda disimpan."))
        return redirect("screening:end", screening.pk)
    status = 422 if form.is_bound else 200
    return page(request, "screening/decide.html", status=status, screening=screening, result=found, form=form)


def _earlier(screening: Screening, found: queries.Result) -> dict[str, object]:
    """What was decided on these same facts before; otherwise only types that do not fit or are open have a choice."""
    initial: dict[str, object] = {"version": screening.version, "urgency": screening.urgency}
    for entry in found.types:
        if entry.decision:
            initial[f"decided-{entry.need.code}"] = entry.decision.decided
            initial[f"because-{entry.need.code}"] = entry.decision.because
        elif str(entry.answer) != "yes":
            initial[f"decided-{entry.need.code}"] = str(entry.answer)
    return initial


def _decided(request: Entered, screening: Screening, form: DecisionForm) -> bool:
    verdicts = {code: Verdict(decided, because) for code, (decided, because) in form.chosen().items()}
    try:
        actions.decide(
            screening,
            by=request.user,
            verdicts=verdicts,
            urgency=form.cleaned_data["urgency"],
            version=form.cleaned_data["version"],
            on=timezone.localdate(),
            at=timezone.now(),
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@needs(Permission.SCREENING_DECIDE)
def end(request: Entered, pk: UUID) -> HttpResponse:
    """What happens now: a case, or another ending with its reason."""
    screening = look_up(Screening, pk, by=request.user, permission=Permission.SCREENING_DECIDE)
    if not screening.is_running:
        return redirect("screening:result", screening.pk)
    form = EndForm(screening.state is not State.DECIDED, request.POST or None)
    if form.is_valid():
        try:
            actions.end(
                screening, by=request.user, on=timezone.localdate(), at=timezone.now(), **form.cleaned_data
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Penapisan diakhiri. Alasannya tersimpan."))
            return redirect("screening:result", screening.pk)
    status = 422 if form.is_bound else 200
    may_open = request.user.can(Permission.CASE_OPEN)
    return page(
        request, "screening/end.html", status=status, screening=screening, form=form, may_open_case=may_open
    )
