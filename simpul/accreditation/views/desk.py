"""The application, and the secretariat's check of its papers."""

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
from simpul.accreditation.actions import desk as actions
from simpul.accreditation.forms.run import CheckForm, ReturnForm
from simpul.accreditation.models import Accreditation
from simpul.accreditation.queries.desk import checklist, wanting
from simpul.accreditation.queries.eligibility import eligibility, reasons
from simpul.accreditation.queries.scheme import scheme_of
from simpul.accreditation.stages import Stage
from simpul.engines.reasons import Finding
from simpul.ui.doing import act, done, form_page, pressed_on, read_version
from simpul.ui.render import page


@needs(Permission.ACCREDITATION_APPLY)
def apply(request: Entered, pk: UUID) -> HttpResponse:
    """What is sent to the secretariat: conditions, what was returned, and the button."""
    run = look_up(
        Accreditation,
        pk,
        by=request.user,
        permission=Permission.ACCREDITATION_APPLY,
        related=("organisation",),
    )
    if request.method == "POST":
        return _sent(request, run)
    scheme = scheme_of(run)
    lines = checklist(run, scheme)
    return page(
        request,
        "accreditation/apply.html",
        run=run,
        scheme=scheme,
        reasons=reasons(
            eligibility(run.organisation, scheme, timezone.localdate()), scheme, run.organisation
        ),
        lines=lines,
        wanting=wanting(lines) if run.stage == Stage.RETURNED else (),
        may_send=run.stage in (Stage.APPLICATION, Stage.RETURNED),
    )


def _sent(request: Entered, run: Accreditation) -> HttpResponse:
    try:
        act(request, actions.apply, run, version=read_version(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("accreditation:apply", run.pk)
    messages.success(request, _("Permohonan dikirim ke sekretariat."))
    return redirect("accreditation:run", run.pk)


@needs(Permission.ACCREDITATION_SECRETARY)
def desk(request: Entered, pk: UUID) -> HttpResponse:
    """The checklist. Saved as often as wanted; accepting and giving back are buttons below it."""
    run = look_up(
        Accreditation,
        pk,
        by=request.user,
        permission=Permission.ACCREDITATION_SECRETARY,
        related=("organisation",),
    )
    scheme = scheme_of(run)
    lines = checklist(run, scheme)
    form = CheckForm(request.POST or None, lines=lines)
    if form.is_valid() and done(request, form, actions.check, run, answers=form.answers()) is not None:
        messages.success(request, _("Tersimpan."))
        return redirect("accreditation:desk", pk)
    shown = {
        "reasons": reasons(Finding.from_json(run.conditions), scheme, run.organisation)
        if run.conditions
        else (),
        "is_complete": all(line.is_settled for line in lines),
        "is_open": run.stage == Stage.DESK_CHECK,
    }
    return form_page(request, "accreditation/desk.html", form, run=run, scheme=scheme, **shown)


@needs(Permission.ACCREDITATION_SECRETARY)
@pressed_on("accreditation:desk")
def accept(request: Entered, pk: UUID) -> HttpResponse:
    """The file is complete."""
    run = look_up(Accreditation, pk, by=request.user, permission=Permission.ACCREDITATION_SECRETARY)
    try:
        act(request, actions.accept, run, version=read_version(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("accreditation:desk", pk)
    messages.success(request, _("Berkas diterima. Tugaskan asesornya."))
    return redirect("accreditation:assignments", pk)


@needs(Permission.ACCREDITATION_SECRETARY)
def give_back(request: Entered, pk: UUID) -> HttpResponse:
    """Give the file back with its list."""
    run = look_up(Accreditation, pk, by=request.user, permission=Permission.ACCREDITATION_SECRETARY)
    form = ReturnForm(request.POST or None, initial={"version": run.version})
    if form.is_valid() and done(request, form, actions.give_back, run, **form.cleaned_data):
        messages.success(request, _("Berkas dikembalikan dengan daftar kekurangannya."))
        return redirect("accreditation:run", pk)
    shown = {"wanting": wanting(checklist(run, scheme_of(run)))}
    return form_page(request, "accreditation/give_back.html", form, run=run, **shown)
