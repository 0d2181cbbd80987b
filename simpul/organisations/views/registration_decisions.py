"""Pages of who decides: yes or no, the certificate, sanctions, and the rules of the office."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.catalogue import registration as catalogue
from simpul.organisations.actions import registration_decisions as actions
from simpul.organisations.actions.registration_rules import set_rules
from simpul.organisations.actions.registration_sanctions import impose, lift
from simpul.organisations.forms.registration import DecideForm, IssueForm
from simpul.organisations.forms.registration_office import LiftForm, RulesForm, SanctionForm
from simpul.organisations.models import Organisation, Registration, Sanction
from simpul.organisations.queries import registration_sanctions as ladder
from simpul.organisations.queries.oversight_flags import standing_flags
from simpul.organisations.queries.registration_page import run_page
from simpul.organisations.queries.registration_printed import printed_lines, printed_name, suggested_end
from simpul.organisations.queries.registration_rules import (
    MINISTRY_ADDRESS,
    called,
    own_offices,
    rules_of,
    said,
    suggestion,
    sure,
)
from simpul.organisations.stages import RunStage
from simpul.ui.doing import done, form_page
from simpul.ui.render import page

_DECIDE = Permission.REGISTRATION_DECIDE


def _decided(request: Entered, pk: UUID) -> Registration:
    run: Registration = look_up(
        Registration, pk, by=request.user, permission=_DECIDE, related=("organisation",)
    )
    if run.submitted_on is None:
        raise Http404
    return run


@needs(Permission.REGISTRATION_DECIDE)
def decide(request: Entered, pk: UUID) -> HttpResponse:
    """Yes, or no with grounds and a reason."""
    run = _decided(request, pk)
    if run.stage != RunStage.DECISION:
        return redirect("organisations:registration", pk)
    form = DecideForm(run, request.POST or None)
    if form.is_valid() and _said(request, run, form):
        messages.success(request, _("Keputusan disimpan."))
        return redirect("organisations:registration", pk)
    run.refresh_from_db()
    today = timezone.localdate()
    return form_page(
        request,
        "organisations/registration_decide.html",
        form,
        run=run,
        shown=run_page(run, request.user, today),
        flags=standing_flags(run.organisation, today),
        sanctions=ladder.standing_sanctions(run.organisation),
    )


def _said(request: Entered, run: Registration, form: DecideForm) -> bool:
    kept = form.cleaned_data
    if kept["decision"] == "return":
        details = {"version": kept["version"], "because": kept["words"]}
        return bool(done(request, form, actions.send_back, run, **details))
    if kept["decision"] == "approve":
        details = {"version": kept["version"], "words": kept["words"]}
        return bool(done(request, form, actions.approve, run, **details))
    refused = {"version": kept["version"], "grounds": kept["grounds"], "because": kept["words"]}
    return bool(done(request, form, actions.refuse, run, **refused))


@needs(Permission.REGISTRATION_DECIDE)
def issue(request: Entered, pk: UUID) -> HttpResponse:
    """The certificate: what will stand on it, until when, and its number."""
    run = _decided(request, pk)
    if run.stage != RunStage.APPROVED:
        return redirect("organisations:registration", pk)
    rules = rules_of(run.region)
    form = IssueForm(run, suggested_end(run, rules, timezone.localdate()), request.POST or None)
    if form.is_valid() and (made := done(request, form, actions.issue, run, **form.cleaned_data)):
        messages.success(request, _("Tanda daftar terbit dengan nomor %(number)s.") % {"number": made.number})
        return redirect("organisations:certificate", made.pk)
    run.refresh_from_db()
    return form_page(
        request,
        "organisations/registration_issue.html",
        form,
        run=run,
        rules=rules,
        name=printed_name(run),
        lines=[line for line in printed_lines(run, rules) if line[1]],
        suggestion="" if "valid_months" in rules.own else suggestion("valid_months"),
    )


# --- sanctions ---


@needs(Permission.REGISTRATION_DECIDE)
def sanctions(request: Entered, pk: UUID) -> HttpResponse:
    """The ladder: what stands against a body, and the next rung."""
    organisation = look_up(Organisation, pk, by=request.user, permission=_DECIDE)
    form = SanctionForm(ladder.may_follow_now(organisation), request.POST or None)
    if form.is_valid():
        kept = form.cleaned_data
        details = {"key": kept["once"], "step": kept["step"]}
        details |= {"ground": kept["ground"], "until": kept["until"]}
        if done(request, form, impose, organisation, **details):
            messages.success(request, _("Sanksi dicatat."))
            return redirect("organisations:sanctions", pk)
    return form_page(
        request,
        "organisations/registration_sanctions.html",
        form,
        organisation=organisation,
        rows=ladder.sanctions_of(organisation),
        liftable=ladder.liftable(organisation, request.user),
        rungs=[(said(one.title), said(one.about), sure(one.verified)) for one in catalogue.sanctions()],
        source=catalogue.sanctions()[0].source,
    )


@needs(Permission.REGISTRATION_DECIDE)
def sanction_lift(request: Entered, pk: UUID) -> HttpResponse:
    """Say that it was mended."""
    row = look_up(Sanction, pk, by=request.user, permission=_DECIDE, related=("organisation",))
    form = LiftForm(request.POST or None)
    if form.is_valid() and done(request, form, lift, row, because=form.cleaned_data["because"]):
        messages.success(request, _("Sanksi diakhiri."))
        return redirect("organisations:sanctions", row.organisation_id)
    return form_page(request, "organisations/registration_sanction_lift.html", form, row=row)


# --- the rules of an office ---


@needs(Permission.REGISTRATION_DECIDE)
def offices(request: Entered) -> HttpResponse:
    """The offices whose rules this person may set; the only one at once."""
    regions = own_offices(request.user, _DECIDE)
    if len(regions) == 1:
        return redirect("organisations:registration-office", regions[0] or MINISTRY_ADDRESS)
    names = called(regions)
    homes = [(region or MINISTRY_ADDRESS, names[region]) for region in regions]
    return page(request, "organisations/registration_offices.html", homes=homes)


@needs(Permission.REGISTRATION_DECIDE)
def office(request: Entered, region: str) -> HttpResponse:
    """Number pattern, validity, working days, own requirements, the office's name and who signs."""
    code = "" if region == MINISTRY_ADDRESS else region
    if code not in own_offices(request.user, _DECIDE):
        raise Http404
    rules = rules_of(code)
    form = RulesForm(rules, request.POST or None)
    if form.is_valid() and done(request, form, set_rules, Where(region=code), **form.details()):
        messages.success(request, _("Aturan kantor disimpan."))
        return redirect("organisations:registration-office", region)
    return form_page(
        request,
        "organisations/registration_office.html",
        form,
        rules=rules_of(code),
        name=called([code])[code],
        pattern=catalogue.pattern(),
        pattern_sure=sure(catalogue.pattern().verified),
        suggestions={number: suggestion(number) for number in catalogue.norms()},
        overlay=next(iter(catalogue.overlays().values())),
    )
