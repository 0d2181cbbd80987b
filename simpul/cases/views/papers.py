"""Papers of a case, filled or blank: on screen for printing, and as a PDF."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs, note_reading
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.cases.forms.papers import PaperForm
from simpul.cases.models import Case
from simpul.cases.queries.papers import (
    KINDS,
    Choices,
    Filling,
    Paper,
    PaperKind,
    Picked,
    drawn,
    filling_of,
    instrument_called,
    instruments_for,
    kind_called,
)
from simpul.cases.queries.timeline import recent_since
from simpul.screening.queries import has_basis, require_basis
from simpul.ui.doing import pressed_on
from simpul.ui.render import file_answer, page
from simpul.ui.taking import taken
from simpul.ui.typeset import PDF, typeset

TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "cases" / "paper.typ"


@needs(Permission.CASE_PRINT)
def papers(request: Entered, pk: UUID) -> HttpResponse:
    """Every paper of a case, to be printed filled or blank."""
    return _list(request, _reached(request, pk))


def _reached(request: Entered, pk: UUID) -> Case:
    """The case within reach for printing. Looking at the list prints nothing yet."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_VIEW)
    if not is_within_reach(case, request.user, Permission.CASE_PRINT):
        raise Http404
    return case


def _list(request: Entered, case: Case, code: str = "") -> HttpResponse:
    """The list, again with what was typed for one paper that could not be made."""
    choices = Choices(case)
    forms = [_form(case, kind, request.POST if kind.code == code else None, choices) for kind in KINDS]
    return page(
        request,
        "cases/papers.html",
        status=422 if code else 200,
        case=case,
        forms=forms,
        wrong=next((form for form in forms if form.is_bound), None),
        instruments=_instruments(request),
        is_printable=_has_basis(case) and not case.person.is_limited,
    )


def _has_basis(case: Case) -> bool:
    return not case.person.is_erased and has_basis(case.person, timezone.localdate())


def _instruments(request: Entered) -> list[dict[str, str]]:
    return [{"code": code, "title": title} for code, title in instruments_for(request.user)]


# --- filled ---


@needs(Permission.CASE_PRINT)
@pressed_on("cases:papers")
def paper(request: Entered, pk: UUID, code: str) -> HttpResponse:
    """One paper filled from the case. What is chosen is sent, never in the address; recorded each time."""
    case, kind = _reached(request, pk), _kind(code)
    form = _form(case, kind, request.POST)
    if not (form.is_ready and form.is_valid()):
        return _list(request, case, code)
    made = _filled(request, case, kind, form)
    return _unkept(page(request, "cases/paper.html", case=case, paper=made, form=form))


@needs(Permission.CASE_PRINT)
@pressed_on("cases:papers")
def paper_pdf(request: Entered, pk: UUID, code: str) -> HttpResponse:
    """The same paper as a tagged PDF; recorded each time."""
    case, kind = _reached(request, pk), _kind(code)
    form = _form(case, kind, request.POST)
    if not (form.is_ready and form.is_valid()):
        return _list(request, case, code)
    return _as_pdf(_filled(request, case, kind, form), across=taken(request.user, timezone.now()))


def _form(case: Case, kind: PaperKind, typed: Any, choices: Choices | None = None) -> PaperForm:
    today = timezone.localdate()
    return PaperForm(kind, choices or Choices(case), typed, since=recent_since(today), until=today)


def _kind(code: str) -> PaperKind:
    try:
        return kind_called(code)
    except KeyError as error:
        raise Http404 from error


def _filled(request: Entered, case: Case, kind: PaperKind, form: PaperForm) -> Paper:
    """The paper, after everything that must hold. It is recorded before anything is shown."""
    require_basis(case.person, timezone.localdate())
    look_up(Case, case.pk, by=request.user, permission=Permission.CASE_PRINT, always=True)
    filling = filling_of(
        case,
        request.user,
        timezone.localdate(),
        picked=form.picked(),
        is_inside=form.is_inside,
    )
    if filling.shows_identity and kind.shows_identity:
        note_reading(case.person, by=request.user, permission=Permission.PERSON_IDENTITY_VIEW, always=True)
    return drawn(kind, filling, timezone.now())


# --- blank ---


@needs(Permission.CATALOGUE_VIEW)
def blank_papers(request: Entered) -> HttpResponse:
    """Every paper for the pen, for an office that works on paper. They hold nothing about anybody."""
    return page(request, "cases/blank_papers.html", kinds=KINDS, instruments=_instruments(request))


@needs(Permission.CATALOGUE_VIEW)
def blank_paper(request: Entered, code: str) -> HttpResponse:
    """One paper with lines and boxes for the pen."""
    return page(request, "cases/paper.html", case=None, paper=_blank(request, code), form=None)


@needs(Permission.CATALOGUE_VIEW)
def blank_paper_pdf(request: Entered, code: str) -> HttpResponse:
    """The same as a tagged PDF."""
    return _as_pdf(_blank(request, code))


def _blank(request: Entered, code: str) -> Paper:
    kind, picked = _kind(code), Picked()
    if "assessment" in kind.asks:
        instrument = instrument_called(request.user, request.GET.get("instrumen", ""))
        if instrument is None:
            raise Http404
        picked = Picked(instrument=instrument)
    return drawn(kind, Filling(request.user, timezone.localdate(), picked=picked), timezone.now())


# --- the PDF ---


def _as_pdf(made: Paper, *, across: str = "") -> HttpResponse:
    words = made.as_words() | {
        "case-word": _("Kasus"),
        "pages": _("Halaman {page} dari {total}"),
        "across": across,
    }
    return file_answer(typeset(TEMPLATE, words), PDF, _file_name(made, timezone.localdate()), opens=True)


def _file_name(made: Paper, on: date) -> str:
    return f"{made.code}-{on.isoformat()}.pdf"


def _unkept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
