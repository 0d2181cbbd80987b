"""Pages of sheets: the list, beginning one, filling it in, reading it, and what a locked one still allows."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.refusal import Clash, Refusal
from simpul.catalogue.instruments import Instrument
from simpul.instruments import actions, queries
from simpul.instruments.forms import AnswersForm, BeginForm, ReasonForm
from simpul.instruments.models import AnswerSheet
from simpul.instruments.views.finding import shown_instrument
from simpul.ui.doing import act, done, form_page, pressed_on, read_version
from simpul.ui.render import page

PER_PAGE = 50


@needs(Permission.INSTRUMENT_FILL)
def sheets(request: Entered) -> HttpResponse:
    """The sheets within reach. Who only reads answers sees them together, never one by one."""
    rows = queries.sheets_for(request.user)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "instruments/sheets.html",
        lines=queries.lines(request.user, shown.object_list),
        page_of=shown,
        may_fill=True,
    )


@needs(Permission.INSTRUMENT_FILL)
def begin(request: Entered, code: str, version: int) -> HttpResponse:
    """Who answers, and when; the sheet opens at once."""
    found, row = shown_instrument(request, code, version)
    where = queries.where_to_fill(request.user)
    form = BeginForm(request.POST or None, initial={"about": request.GET.get("lembaga", "")})
    if (row is None or row.withdrawn_at is None) and form.is_valid():
        typed = form.cleaned_data
        key, called = typed.pop("once"), typed.pop("participant")
        # Who stays without a name is nobody again: no second sheet can be theirs.
        participant = queries.participant_called(where, called) if called else key
        made = done(
            request, form, actions.begin, where, key=key, instrument=code, version=version,
            participant=participant, **typed,
        )  # fmt: skip
        if made:
            return redirect("instruments:sheet-fill", made.pk)
    return form_page(request, "instruments/begin.html", form, instrument=found)


@needs(Permission.INSTRUMENT_FILL)
def fill_in(request: Entered, pk: UUID) -> HttpResponse:
    """Fill in a draft. After a clash the page carries the newest version and what was typed."""
    sheet = look_up(AnswerSheet, pk, by=request.user, permission=Permission.INSTRUMENT_FILL)
    instrument = _instrument_of(sheet)
    if sheet.is_locked and request.method != "POST":
        return redirect("instruments:sheet", sheet.pk)
    form = AnswersForm(instrument, request.POST or None, initial=sheet.answers or {})
    refusal = ""
    if form.is_bound and form.is_valid():
        try:
            act(request, actions.answer, sheet, version=read_version(request), answers=form.cleaned_answers())
        except Clash as clash:
            refusal = str(clash)
            sheet.refresh_from_db()
        except Refusal as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("Jawaban disimpan."))
            return redirect("instruments:sheet" if "check" in request.POST else "instruments:sheet-fill", pk)
    return form_page(
        request,
        "instruments/fill.html",
        form,
        sheet=sheet,
        instrument=instrument,
        answers=form,
        refusal=refusal,
    )


@needs(Permission.INSTRUMENT_FILL)
def sheet(request: Entered, pk: UUID) -> HttpResponse:
    """One sheet to read."""
    return _reading(request, reached(request, pk))


def reached(request: Entered, pk: UUID) -> AnswerSheet:
    """The sheet for who fills it in; 404 for anybody else."""
    return look_up(AnswerSheet, pk, by=request.user, permission=Permission.INSTRUMENT_FILL)


def _reading(request: Entered, found: AnswerSheet, refusal: str = "") -> HttpResponse:
    instrument = _instrument_of(found)
    is_named = queries.sees_names(request.user, found)
    return page(
        request,
        "instruments/sheet.html",
        status=422 if refusal else 200,
        sheet=found,
        instrument=instrument,
        is_named=is_named,
        parts=queries.shown_parts(found, instrument, is_named=is_named),
        may_unlock=found.is_locked and is_within_reach(found, request.user, Permission.INSTRUMENT_EDIT),
        refusal=refusal,
    )


@needs(Permission.INSTRUMENT_FILL)
@pressed_on("instruments:sheet")
def lock(request: Entered, pk: UUID) -> HttpResponse:
    """Finish a sheet that was read."""
    found = look_up(AnswerSheet, pk, by=request.user, permission=Permission.INSTRUMENT_FILL)
    try:
        act(request, actions.lock, found, version=read_version(request))
    except Refusal as refusal:
        found.refresh_from_db()
        return _reading(request, found, str(refusal))
    messages.success(request, _("Lembar selesai dan dikunci."))
    return redirect("instruments:sheet", pk)


@needs(Permission.INSTRUMENT_EDIT)
def unlock(request: Entered, pk: UUID) -> HttpResponse:
    """Open a locked sheet again, with a reason."""
    found = look_up(AnswerSheet, pk, by=request.user, permission=Permission.INSTRUMENT_EDIT)
    form = ReasonForm(request.POST or None, initial={"version": found.version})
    if form.is_valid() and done(request, form, actions.unlock, found, **form.cleaned_data):
        messages.success(request, _("Lembar dibuka lagi untuk diperbaiki."))
        return redirect("instruments:sheet-fill", pk)
    return form_page(request, "instruments/unlock.html", form, sheet=found, instrument=_instrument_of(found))


@needs(Permission.INSTRUMENT_FILL)
def discard(request: Entered, pk: UUID) -> HttpResponse:
    """Throw a draft away, after a word of confirmation."""
    found = look_up(AnswerSheet, pk, by=request.user, permission=Permission.INSTRUMENT_FILL)
    refusal = ""
    if request.method == "POST":
        try:
            act(request, actions.discard, found, version=read_version(request))
        except Refusal as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("Lembar dihapus."))
            return redirect("instruments:sheets")
    status = 422 if refusal else 200
    return page(
        request,
        "instruments/discard.html",
        status=status,
        sheet=found,
        instrument=_instrument_of(found),
        refusal=refusal,
    )


@needs(Permission.INSTRUMENT_FILL)
def forget(request: Entered, pk: UUID) -> HttpResponse:
    """Take a participant's name away, after a word of confirmation."""
    found = look_up(AnswerSheet, pk, by=request.user, permission=Permission.INSTRUMENT_FILL)
    if request.method == "POST":
        act(request, actions.forget, found)
        messages.success(request, _("Nama dihapus. Jawabannya tetap ada dengan kode."))
        return redirect("instruments:sheet", pk)
    return page(request, "instruments/forget.html", sheet=found, instrument=_instrument_of(found))


def _instrument_of(found: AnswerSheet) -> Instrument:
    try:
        return queries.find(found.instrument, found.instrument_version)
    except KeyError as error:
        raise Http404 from error
