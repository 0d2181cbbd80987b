"""Pages on which an office enters a certificate from paper, and strikes one that was entered by mistake."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.refusal import NotAllowed
from simpul.organisations.actions import certificates_recorded as actions
from simpul.organisations.forms.certificates_recorded import OnPaperForm, StrikeForm
from simpul.organisations.models import Certificate, Organisation
from simpul.organisations.queries import certificates_recorded as queries
from simpul.organisations.queries.registration_lines import papers_of
from simpul.ui.doing import done, form_page

_INSIDE = Permission.ORGANISATION_INSIDE


@needs(Permission.ORGANISATION_INSIDE)
def record(request: Entered, pk: UUID) -> HttpResponse:
    """What a paper says that was shown."""
    organisation = look_up(Organisation, pk, by=request.user, permission=_INSIDE)
    kinds = queries.kinds_for(organisation, request.user)
    if not kinds:
        raise NotAllowed
    form = OnPaperForm(organisation, kinds, request.POST or None)
    checks = is_within_reach(organisation, request.user, Permission.REGISTRATION_CHECK)
    perform = actions.record_certificate if checks else actions.record_accreditation
    if form.is_valid():
        details = {"key": form.cleaned_data["once"], "told": form.told()}
        if made := done(request, form, perform, organisation, **details):
            messages.success(
                request, _("Surat dicatat. Mulai sekarang ia dihitung seperti yang terbit di sini.")
            )
            return redirect("organisations:certificate", made.pk)
    return form_page(
        request,
        "organisations/certificate_record.html",
        form,
        organisation=organisation,
        has_papers=bool(papers_of(organisation)),
        may_add=checks,
    )


@needs(Permission.ORGANISATION_INSIDE)
def strike(request: Entered, pk: UUID) -> HttpResponse:
    """Ask once more and why, then strike it."""
    row = look_up(Certificate, pk, by=request.user, permission=_INSIDE, related=("organisation",))
    if not row.is_recorded:
        raise Http404
    if not queries.may_strike(row, request.user):
        return redirect("organisations:certificate", pk)
    form = StrikeForm(request.POST or None)
    checks = is_within_reach(row, request.user, Permission.REGISTRATION_CHECK)
    perform = actions.strike_certificate if checks else actions.strike_accreditation
    if form.is_valid() and done(request, form, perform, row, because=form.cleaned_data["because"]):
        messages.success(request, _("Catatan itu dicoret. Ia tidak dihitung lagi."))
        return redirect("organisations:certificate", pk)
    return form_page(request, "organisations/certificate_strike.html", form, row=row)
