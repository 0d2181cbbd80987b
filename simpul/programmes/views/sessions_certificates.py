"""Pages of certificates of taking part: who has earned one, giving them, the paper, withdrawing one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.programmes.actions import sessions_certificates as actions
from simpul.programmes.forms.sessions import IssueForm, WithdrawForm
from simpul.programmes.models import Diploma, Programme
from simpul.programmes.queries import sessions_certificates as queries
from simpul.programmes.views.reached import found
from simpul.ui.doing import done, form_page

_ANY, _MANAGE = Permission.ORGANISATION_VIEW, Permission.PROGRAMME_MANAGE
_OWN = Permission.PROGRAMME_TAKE_PART


@needs(_MANAGE)
def certificates(request: Entered, pk: UUID) -> HttpResponse:
    """Everybody with their attendance and certificate; the form that makes more."""
    row = look_up(Programme, pk, by=request.user, permission=_MANAGE)
    people = queries.earned(row)
    form = IssueForm(people, request.POST or None, issuer=queries.issuer_of(row))
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("pattern", "issuer", "signs")}
        chosen = {UUID(key) for key in form.cleaned_data["participants"]}
        if made := done(request, form, actions.issue, row, participants=chosen, **told):
            messages.success(request, _("%s sertifikat dibuat.") % len(made))
            return redirect("programmes:certificates", pk)
    today = timezone.localdate()
    return form_page(request, "programmes/certificates.html", form, programme=row, people=people, today=today)


@needs(_ANY)
def certificate_pdf(request: Entered, pk: UUID) -> HttpResponse:
    """The paper: for who runs the programme, and for the participant named on it."""
    row = found(request, Diploma, pk, (_MANAGE, _OWN), always=True, related=("participant",))
    if not _manages(request, row) and row.participant.user != request.user.pk:
        raise Http404
    address = request.build_absolute_uri(reverse("programmes:checked", args=[row.code]))
    response = HttpResponse(queries.pdf_of(row, address), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="sertifikat-{row.code}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def _manages(request: Entered, row: Diploma) -> bool:
    return Diploma.objects.reachable(request.user, _MANAGE).filter(pk=row.pk).exists()


@needs(_MANAGE)
def certificate_withdraw(request: Entered, pk: UUID) -> HttpResponse:
    """It no longer holds."""
    row = look_up(Diploma, pk, by=request.user, permission=_MANAGE, related=("participant", "programme"))
    form = WithdrawForm(request.POST or None, label_suffix="", initial={"version": row.version})
    if form.is_valid() and done(request, form, actions.withdraw, row, **form.cleaned_data):
        messages.success(request, _("Sertifikat ditarik."))
        return redirect("programmes:certificates", row.programme_id)
    back = reverse("programmes:certificates", args=[row.programme_id])
    title = _("Tarik sertifikat %s") % row.number
    about = row.participant.code
    return form_page(request, "ui/form.html", form, title=title, back=back, about=about)
