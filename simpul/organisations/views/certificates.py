"""Pages of certificates: one of them, its PDF, what an office does to it, and the check that stands open to all."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from simpul.access.gate import Entered, look_up, needs
from simpul.access.limits import address_of
from simpul.access.permissions import Permission
from simpul.access.refusal import NotAllowed
from simpul.organisations.actions import certificates as actions
from simpul.organisations.forms.certificates import CHECKING, CheckForm, StateForm
from simpul.organisations.models import Certificate
from simpul.organisations.queries import certificates as queries
from simpul.organisations.queries import may_see_address
from simpul.organisations.queries.certificates_check import checked as found_by
from simpul.organisations.queries.certificates_check import without_place
from simpul.organisations.queries.certificates_pdf import pdf_of
from simpul.organisations.queries.certificates_recorded import may_strike
from simpul.organisations.queries.certificates_states import changes_for
from simpul.organisations.queries.registration import HeldCertificate
from simpul.organisations.queries.registration_printed import copies_for
from simpul.organisations.stages import CertificateKind, CertificateState
from simpul.ui.doing import done, pressed_on
from simpul.ui.render import file_answer, page

_INSIDE = Permission.ORGANISATION_INSIDE
_ACTS = {
    CertificateState.SUSPENDED.value: actions.suspend_certificate,
    CertificateState.STANDING.value: actions.lift_suspension,
    CertificateState.WITHDRAWN.value: actions.withdraw_certificate,
}
_ACTS_ON_ACCREDITATION = {
    CertificateState.SUSPENDED.value: actions.suspend_accreditation,
    CertificateState.STANDING.value: actions.lift_accreditation,
    CertificateState.WITHDRAWN.value: actions.withdraw_accreditation,
}


@needs(Permission.ORGANISATION_INSIDE)
def certificate(request: Entered, pk: UUID) -> HttpResponse:
    """One certificate as it is printed, and how it stands."""
    row = look_up(Certificate, pk, by=request.user, permission=_INSIDE, related=("organisation",))
    return _shown(request, row)


def _shown(request: Entered, row: Certificate, form: StateForm | None = None) -> HttpResponse:
    offered = changes_for(row, request.user)
    return page(
        request,
        "organisations/certificate.html",
        status=422 if form else 200,
        row=row,
        held=HeldCertificate(row, queries.standing_on(row, timezone.localdate())),
        title=queries.title_of(row.kind),
        lines=queries.words(row) if may_see_address(row.organisation, request.user) else without_place(row),
        code=queries.grouped(row.code),
        mark=queries.grouped(queries.mark_of(row)),
        address=_check_address(request, row),
        form=form or (StateForm(row, offered) if offered else None),
        is_accreditation=row.kind == CertificateKind.ACCREDITATION,
        may_strike=may_strike(row, request.user),
        copies=copies_for(row, request.user),
    )


def _check_address(request: HttpRequest, row: Certificate) -> str:
    """The whole address that stands in the QR."""
    path = reverse("organisations:checked", args=[row.code, queries.mark_of(row)])
    return request.build_absolute_uri(path)


@needs(Permission.ORGANISATION_INSIDE)
def certificate_pdf(request: Entered, pk: UUID) -> HttpResponse:
    """The paper itself; each time recorded."""
    row = look_up(
        Certificate, pk, by=request.user, permission=_INSIDE, always=True, related=("organisation",)
    )
    if row.is_recorded:
        # The paper is another's: nothing of ours is printed that could be taken for it.
        raise Http404
    # Printed before the place became secret, it names its village.
    if not may_see_address(row.organisation, request.user) and without_place(row) != queries.words(row):
        raise NotAllowed
    paper = pdf_of(row, _check_address(request, row))
    return file_answer(paper, "application/pdf", f"{row.kind}-{row.code}.pdf", opens=True)


@needs(Permission.ORGANISATION_INSIDE)
@pressed_on("organisations:certificate")
def certificate_state(request: Entered, pk: UUID) -> HttpResponse:
    """Suspend, lift or withdraw it, with a reason."""
    row = look_up(Certificate, pk, by=request.user, permission=_INSIDE, related=("organisation",))
    form = StateForm(row, changes_for(row, request.user), request.POST)
    acts = _ACTS_ON_ACCREDITATION if row.kind == CertificateKind.ACCREDITATION else _ACTS
    if form.is_valid():
        kept = form.cleaned_data
        if done(request, form, acts[kept["to"]], row, was=kept["was"], because=kept["because"]):
            messages.success(request, _("Keadaan tanda daftar diubah."))
            return redirect("organisations:certificate", pk)
    row.refresh_from_db()
    return _shown(request, row, form)


# --- the check, for anybody ---


@login_not_required
@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """A form for the code and mark of a paper, for anybody, without an account."""
    form = CheckForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        code = queries.plain_code(form.cleaned_data["code"])
        mark = queries.plain_code(form.cleaned_data["mark"])
        return _answer(request, form, code, mark)
    return page(request, "organisations/check.html", status=422 if form.is_bound else 200, form=form)


@login_not_required
@never_cache
def checked(request: HttpRequest, code: str, mark: str) -> HttpResponse:
    """What the address in a QR leads to."""
    return _answer(request, CheckForm(), queries.plain_code(code), queries.plain_code(mark))


def _answer(request: HttpRequest, form: CheckForm, code: str, mark: str) -> HttpResponse:
    """What the paper says and how it stands; for anything unknown always the same."""
    if CHECKING.is_over(address_of(request)):
        return page(request, "organisations/check.html", status=429, form=form, is_flood=True)
    found = found_by(code, mark, timezone.localdate())
    if found is None:
        return page(request, "organisations/check.html", status=404, form=form, is_unknown=True)
    return page(request, "organisations/checked.html", found=found, today=timezone.localdate())
