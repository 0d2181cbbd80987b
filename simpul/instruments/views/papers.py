"""An instrument on paper: blank for the pen, or as it was filled in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import typst
from django.http import Http404, HttpResponse
from django.utils import timezone

from simpul.access.gate import Entered, needs, note_reading
from simpul.access.permissions import Permission
from simpul.instruments import queries
from simpul.instruments.views.finding import PDF, file_answer, shown_instrument
from simpul.instruments.views.sheets import reached
from simpul.ui.taking import taken

TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "instruments" / "paper.typ"


@needs(Permission.INSTRUMENT_VIEW)
def blank_pdf(request: Entered, code: str, version: int) -> HttpResponse:
    """The same to fill in with a pen, as a tagged PDF. It holds nothing about anybody."""
    found, _row = shown_instrument(request, code, version)
    return file_answer(typeset(queries.paper_words(found)), PDF, f"{code}-{version}.pdf")


@needs(Permission.INSTRUMENT_FILL)
def sheet_pdf(request: Entered, pk: UUID) -> HttpResponse:
    """One sheet as it was filled in; recorded each time."""
    sheet = reached(request, pk)
    try:
        found = queries.find(sheet.instrument, sheet.instrument_version)
    except KeyError as error:
        raise Http404 from error
    is_named = queries.sees_names(request.user, sheet)
    note_reading(sheet, by=request.user, permission=Permission.INSTRUMENT_FILL, always=True)
    # The name of the file tells nothing about the person: it stays in the list of downloads.
    name = f"lembar-{timezone.localdate().isoformat()}.pdf"
    words = queries.paper_words(found, sheet, is_named=is_named)
    across = {"across": taken(request.user, timezone.now())}
    return file_answer(typeset(words | across), PDF, name, is_kept=False)


def typeset(words: dict[str, Any]) -> bytes:
    """Typst reads the words as JSON: nothing that anybody typed ever becomes Typst source."""
    inputs = {"data": json.dumps(words, ensure_ascii=False)}
    try:
        made: bytes = typst.compile(str(TEMPLATE), sys_inputs=inputs, pdf_standards=["ua-1"])
    except typst.TypstError:
        # PDF/UA allows no sign that the fonts cannot draw. It is then tagged all the same, without claiming the standard.
        made = typst.compile(str(TEMPLATE), sys_inputs=inputs)
    return made
