"""What every page of an instrument begins with, and how a file is answered."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from simpul.access.gate import Entered
from simpul.catalogue import instruments as shipped
from simpul.catalogue.instruments import Instrument
from simpul.instruments import queries
from simpul.instruments.models import StoredInstrument

PDF = "application/pdf"


def shown_instrument(request: Entered, code: str, version: int) -> tuple[Instrument, StoredInstrument | None]:
    """One version, with its row where it is an office's own; 404 where it is not offered to this person."""
    if queries.is_shipped(code, version):
        return shipped.get(code, version), None
    own = queries.own_of(request.user, code, version)
    if own is None:
        raise Http404
    return own.instrument, own.row


def file_answer(content: bytes, kind: str, name: str, *, is_kept: bool = True) -> HttpResponse:
    """A file to keep. `is_kept` false: nothing on the way may keep a copy, because it is about people."""
    answer = HttpResponse(content, content_type=kind)
    shown_as = "inline" if kind == PDF else "attachment"
    answer["Content-Disposition"] = f'{shown_as}; filename="{name}"'
    if not is_kept:
        answer["Cache-Control"] = "no-store"
    return answer
