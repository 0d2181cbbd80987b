"""Pages of confidentiality: who sees a case, what was told to others, supervision, and the client's own file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.refusal import Refusal
from simpul.cases.actions import privacy as actions
from simpul.cases.forms.privacy import DisclosureForm, ProtectForm, SupervisionForm
from simpul.cases.models import Case
from simpul.cases.queries import privacy as queries
from simpul.cases.queries.attachments import attached_to
from simpul.cases.queries.case import sees_all
from simpul.cases.queries.glass import broken_of, is_under_glass
from simpul.cases.queries.own_file import own_file as read_own_file
from simpul.people.queries import require_copyable
from simpul.ui.doing import done, form_page, pressed_on
from simpul.ui.render import page


@needs(Permission.CASE_VIEW)
def privacy(request: Entered, pk: UUID) -> HttpResponse:
    """Who sees a case, who opened it in an emergency, and what is attached."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_VIEW)
    return _overview(request, case, ProtectForm(initial=_held(case)))


@needs(Permission.CASE_PROTECT)
@pressed_on("cases:privacy")
def protect(request: Entered, pk: UUID) -> HttpResponse:
    """Change how confidential a case is. Who does not see it any more afterwards is led to the list."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_PROTECT)
    form = ProtectForm(request.POST)
    if form.is_valid() and done(request, form, actions.protect, case, **form.cleaned_data):
        messages.success(request, _("Kerahasiaan kasus disimpan."))
        stays = is_within_reach(case, request.user, Permission.CASE_VIEW)
        return redirect("cases:privacy", pk) if stays else redirect("cases:cases")
    case.refresh_from_db()
    # What is sent next is based on what is shown now.
    typed = request.POST.copy()
    typed["version"] = str(case.version)
    form.data = typed
    return _overview(request, case, form)


def _held(case: Case) -> dict[str, Any]:
    return {"level": case.confidentiality, "version": case.version}


def _overview(request: Entered, case: Case, form: ProtectForm) -> HttpResponse:
    user, now, is_told = request.user, timezone.now(), sees_all(case, request.user)
    may_protect = is_within_reach(case, user, Permission.CASE_PROTECT) and not is_under_glass(case, user, now)
    return page(
        request,
        "cases/privacy.html",
        status=422 if form.is_bound else 200,
        case=case,
        form=form if may_protect else None,
        level=case.get_confidentiality_display(),
        is_told=is_told,
        glass=broken_of(case, user, now, is_told=is_told),
        attachments=attached_to(case, is_told=is_told),
        may_attach=case.is_open and is_within_reach(case, user, Permission.CASE_NOTE),
        may_print=is_within_reach(case, user, Permission.CASE_PRINT),
        may_supervise=is_within_reach(case, user, Permission.SUPERVISION_NOTE),
    )


@needs(Permission.SUPERVISION_NOTE)
def supervision(request: Entered, pk: UUID) -> HttpResponse:
    """Supervisors' notes about the work on a case: for them alone, and in no copy or paper."""
    case = look_up(Case, pk, by=request.user, permission=Permission.SUPERVISION_NOTE)
    form = SupervisionForm(request.POST or None, initial={"held_on": timezone.localdate()})
    if form.is_valid():
        typed = dict(form.cleaned_data)
        if done(request, form, actions.note_supervision, case, key=typed.pop("once"), **typed):
            messages.success(request, _("Catatan supervisi disimpan."))
            return redirect("cases:supervision", pk)
    return form_page(request, "cases/supervision.html", form, case=case, notes=queries.supervision_of(case))


@needs(Permission.CASE_VIEW)
def disclosures(request: Entered, pk: UUID) -> HttpResponse:
    """What was told to others about this client; and noting one more."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_VIEW)
    form = None
    if is_within_reach(case, request.user, Permission.CASE_DISCLOSE):
        listeners, day = queries.listeners_of(case), {"told_on": timezone.localdate()}
        form = DisclosureForm(listeners, request.POST or None, initial=day)
    if form and form.is_valid() and done(request, form, actions.disclose, case, **form.details()):
        messages.success(request, _("Sudah dicatat."))
        return redirect("cases:disclosures", pk)
    return page(
        request,
        "cases/disclosures.html",
        status=422 if form and form.is_bound else 200,
        case=case,
        form=form,
        may_print=is_within_reach(case, request.user, Permission.CASE_PRINT),
        told=queries.told_of(case, is_told=sees_all(case, request.user)),
        has_consent=queries.referral_consent(case, timezone.localdate()) is not None,
    )


@needs(Permission.CASE_PRINT)
def register(request: Entered, pk: UUID) -> HttpResponse:
    """The register of what was told, to print. Recorded each time."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_PRINT, always=True)
    require_copyable(case.person)
    told = queries.told_of(case, is_told=sees_all(case, request.user))
    return page(request, "cases/disclosure_register.html", case=case, told=told, today=timezone.localdate())


@needs(Permission.CASE_PRINT)
def own_file(request: Entered, pk: UUID) -> HttpResponse:
    """The file as the client may read it or take it home. Recorded each time."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_PRINT, always=True)
    require_copyable(case.person)
    if not sees_all(case, request.user):
        raise Refusal(_("Berkas ini hanya dicetak oleh yang boleh membaca hal sangat peka."))
    return page(
        request,
        "cases/own_file.html",
        file=read_own_file(case),
        case=case,
        today=timezone.localdate(),
    )
