"""The minutes of a visit on paper."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.accreditation.models import Visit
from simpul.accreditation.queries.minutes_pdf import pdf_of
from simpul.accreditation.queries.plenary import kept_away
from simpul.ui.render import file_answer
from simpul.ui.typeset import PDF


@needs(Permission.ACCREDITATION_VIEW)
def minutes_pdf(request: Entered, pk: UUID) -> HttpResponse:
    """For who may see the run, and reads its minutes there; each time recorded."""
    row = look_up(
        Visit,
        pk,
        by=request.user,
        permission=Permission.ACCREDITATION_VIEW,
        always=True,
        related=("accreditation__organisation",),
    )
    if kept_away(row.accreditation, request.user):
        raise Http404
    return file_answer(pdf_of(row, request.user), PDF, f"berita-acara-{row.on.isoformat()}.pdf", opens=True)
