"""Attaching a file, handing it over opened, and destroying it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.access.secrets import SealBroken
from simpul.cases.actions import attachments as actions
from simpul.cases.forms.privacy import AttachForm
from simpul.cases.models import Attachment, Case
from simpul.cases.queries.attachments import name_of, opened
from simpul.cases.queries.office import MEGABYTE, norms_for
from simpul.cases.views.entering import require_form
from simpul.people.queries import require_not_limited
from simpul.ui.doing import done, form_page, pressed
from simpul.ui.render import page


@needs(Permission.CASE_NOTE)
def attach(request: Entered, pk: UUID) -> HttpResponse:
    """A photograph or scan more."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_NOTE)
    require_form(request, case)
    form = AttachForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        sent = form.cleaned_data["file"]
        details = {"key": form.cleaned_data["once"], "title": form.cleaned_data["title"]}
        if done(request, form, actions.attach, case, file_name=sent.name or "", data=sent.read(), **details):
            messages.success(request, _("Lampiran disimpan."))
            return redirect("cases:privacy", pk)
    most = max(int(norms_for(case)["attachment_most_bytes"]) // MEGABYTE, 1)
    return form_page(request, "cases/attach.html", form, case=case, most=most)


@needs(Permission.SENSITIVE_VIEW)
def attachment(request: Entered, pk: UUID) -> HttpResponse:
    """The file as it was kept, to be saved. It leaves the office, so each time is recorded."""
    row = look_up(Attachment, pk, by=request.user, permission=Permission.SENSITIVE_VIEW, always=True)
    if not row.is_there:
        raise Http404
    require_not_limited(row.case.person_id)
    try:
        data = opened(row)
    except (FileNotFoundError, SealBroken) as error:
        raise Refusal(
            _("Berkas lampiran ini hilang atau rusak. Mintalah pengelola Simpul memulihkannya dari cadangan.")
        ) from error
    response = HttpResponse(data, content_type=row.media_type)
    response["Content-Disposition"] = content_disposition_header(True, name_of(row)) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@needs(Permission.CASE_NOTE)
def remove_attachment(request: Entered, pk: UUID) -> HttpResponse:
    """Ask once more, then destroy the file."""
    row = look_up(Attachment, pk, by=request.user, permission=Permission.CASE_NOTE)
    if request.method == "POST":
        words = _("Berkas dihancurkan. Yang tersisa hanya catatan bahwa pernah ada.")
        pressed(request, actions.remove_attachment, row, words)
        return redirect("cases:privacy", row.case_id)
    if not row.is_there:
        return redirect("cases:privacy", row.case_id)
    return page(request, "cases/attachment_remove.html", row=row, case=row.case)
